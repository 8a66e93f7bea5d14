"""A record that may be the reader's own: it stays shut until they have said, and information governance has heard.

Which records these are is read with the scope, by the hook `own_records`; an app above this one has the page that asks.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from pairs.access.error_responses import build_json_refusal, is_api_request

ASKED_AT = "own-record"
SAY_SO_ON_THE_PAGE = (
    "A carer here has your name or e-mail address. Open the record in a browser, where you are asked."
)


class OwnRecord(Exception):
    """The record may be the reader's own. ``family_id``: whose it is."""

    def __init__(self, family_id: UUID) -> None:
        self.family_id = family_id
        super().__init__(str(family_id))


def require_no_own_record(request: Any, family_id: UUID | None) -> None:
    """Raise OwnRecord for a family that may be the reader's own, except on the page that asks about it."""
    if family_id not in request.scope.own_records:
        return
    match = getattr(request, "resolver_match", None)
    if match is None or match.url_name != ASKED_AT:
        raise OwnRecord(family_id)


def ask_about_own_record(request: Any, family_id: UUID) -> HttpResponse:
    """The page that asks; JSON for the API."""
    if is_api_request(request):
        return build_json_refusal(403, SAY_SO_ON_THE_PAGE)
    return redirect(reverse(ASKED_AT, args=[family_id]))
