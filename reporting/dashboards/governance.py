"""For information governance: who looked at what, by person or by family; and who was given access to a family."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope
from pairs.access.visible_records import get_visible_page
from pairs.audit.models import AccessEntry
from pairs.families.models import FamilyGrant
from pairs.web.jinja_environment import format_day_and_time
from reporting.dashboards.forms import AccessLogForm


@policy.permission("govern_records")
def show_access_log(request: ScopedRequest) -> HttpResponse:
    """The access log, newest first; filtered by who looked or by the family looked at."""
    form = AccessLogForm(request.GET or None)
    entries = AccessEntry.objects.select_related("user").order_by("-at")
    if form.is_bound and form.is_valid():
        entries = entries.matching(username=form.cleaned_data["username"], family=form.cleaned_data["family"])
    page = get_visible_page(request, entries)
    context = {"form": form, "page": page, "rows": list(map(_build_log_row, page)), "grants": None}
    if form.is_bound and form.is_valid() and form.cleaned_data["family"]:
        context["grants"] = _list_grant_rows(request.scope, form.cleaned_data["family"])
    return render(request, "dashboards/access_log.html", context)


def _list_grant_rows(scope: Scope, family_id: UUID) -> list[list[str]]:
    """Everybody who was ever given access to this family beyond their sites, by whom, why and until when."""
    grants = FamilyGrant.objects.visible_to(scope).filter(family=family_id).with_names()
    return [
        [
            str(grant.user),
            grant.get_purpose_display(),
            grant.reason,
            f"{format_day_and_time(grant.created_at)}, {grant.granted_by}",
            format_day_and_time(grant.expires_at) if grant.expires_at else "No end",
        ]
        for grant in grants
    ]


def _build_log_row(entry: AccessEntry) -> list[Any]:
    who = entry.user.username if entry.user else "Nobody signed in"
    answer = "refused" if entry.status in (403, 404) else "shown"
    return [
        format_day_and_time(entry.at),
        who,
        entry.view,
        answer,
        entry.reason,
        len(entry.opened),
        len(entry.listed),
    ]
