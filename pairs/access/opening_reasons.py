"""Information governance opens a clinical page only with a reason, which is kept in the access log.

On pages the reason is asked for once a family and an hour; who uses the API sends it in a header.
"""

import time
from typing import Any
from uuid import UUID

from django.apps import apps
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from pairs.access.error_responses import build_json_refusal, is_api_request
from pairs.access.policy import PERMISSION, Policy
from pairs.access.scope import Scope
from pairs.service.roles import PERMISSIONS

GOVERNANCE = "govern_records"
# Permissions by which somebody works with families: whoever holds one there needs no reason besides their work.
WORK_PERMISSIONS = tuple(sorted(set(PERMISSIONS) - {GOVERNANCE, "manage_accounts", "read_reports"}))
REASON_HEADER = "Access-Reason"
REASON_SECONDS = 60 * 60
MIN_LENGTH, MAX_LENGTH = 10, 200
SESSION_KEY = "opening_reasons"
HOW_TO_SAY_WHY = (
    f"Give your reason for opening this family\u2019s record in the header {REASON_HEADER} "
    f"({MIN_LENGTH} to {MAX_LENGTH} characters). It is kept in the access log."
)


class ReasonNeeded(Exception):
    """The record may be opened once its reader has said why. ``family_id``: whose it is."""

    def __init__(self, family_id: UUID) -> None:
        self.family_id = family_id
        super().__init__(str(family_id))


def is_shared_with_clinicians(policy: Policy | None) -> bool:
    """Whether governance reads here what clinicians work on; pages of its own work ask for no reason."""
    names = policy.permissions_for("GET") if policy and policy.kind == PERMISSION else ()
    return GOVERNANCE in names and len(names) > 1


def require_reason(request: Any, family_id: UUID | None) -> None:
    """Raise ReasonNeeded for somebody who reaches this family as governance alone and has not said why."""
    if family_id is None or not getattr(request, "is_clinical_page", False):
        return
    if not request.scope.sites(GOVERNANCE) or _works_with_family(request.scope, family_id):
        return
    reason = _get_header_reason(request) or _get_session_reason(request, family_id)
    if not reason:
        raise ReasonNeeded(family_id)
    request.access_log.reason = reason


def _works_with_family(scope: Scope, family_id: UUID) -> bool:
    """Whether a role at the site of the family, or a grant, is for work with it. Asks only for whom it may matter."""
    if not scope.sites(*WORK_PERMISSIONS):
        return False
    families = apps.get_model("families", "Family")._base_manager  # an app above this one
    at = families.filter(pk=family_id).values_list("site_id", flat=True).first()
    return scope.may(*WORK_PERMISSIONS, at=at, of=family_id)


def _get_header_reason(request: Any) -> str:
    text = request.headers.get(REASON_HEADER, "").strip()
    return text if MIN_LENGTH <= len(text) <= MAX_LENGTH else ""


def _get_session_reason(request: Any, family_id: UUID) -> str:
    reason, until = request.session.get(SESSION_KEY, {}).get(str(family_id), ("", 0))
    return reason if time.time() < until else ""


def keep_reason(session: Any, family_id: UUID, reason: str) -> None:
    """For an hour; what has run out goes."""
    now = time.time()
    kept = {family: entry for family, entry in session.get(SESSION_KEY, {}).items() if entry[1] > now}
    session[SESSION_KEY] = kept | {str(family_id): (reason, int(now) + REASON_SECONDS)}


def ask_for_reason(request: Any, family_id: UUID) -> HttpResponse:
    """The page that asks, which leads back here; JSON for the API."""
    if is_api_request(request):
        return build_json_refusal(403, HOW_TO_SAY_WHY)
    onward = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('opening-reason', args=[family_id])}?{onward}")


def ask_reason_for_records(request: Any) -> None:
    """For a page of governance's own that shows what stands in a record: it asks why as a clinical page does."""
    request.is_clinical_page = True
