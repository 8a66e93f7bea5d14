"""The page of what was postponed: until when and why, and the way back before that day."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.families.family_line import FamilyLine
from pairs.families.family_lines import load_visible_family_lines
from pairs.web.url_cache import reverse_cached
from reporting.dashboards.actions import bring_back_due_item
from reporting.dashboards.postponed_items import PostponedItem, list_postponed


@policy.permission("read_families", "triage_referrals")
def show_postponed(request: ScopedRequest) -> HttpResponse:
    """The list; POST brings one back to To do."""
    on = timezone.localdate()
    found = list_postponed(request.scope, on)
    if request.method == "POST":
        return _bring_back(request, found)
    lines = load_visible_family_lines(request.scope, [each.item.family_id for each in found], on)
    request.access_log.listed.update(lines)
    rows = [_present(each, lines.get(each.item.family_id)) for each in found]
    return render(request, "dashboards/postponed.html", {"rows": rows})


def _bring_back(request: ScopedRequest, found: list[PostponedItem]) -> HttpResponse:
    chosen = next((each for each in found if each.key == request.POST.get("item")), None)
    if chosen:
        if request.scope.may_only_read(at=chosen.item.site_id, of=chosen.item.family_id):
            raise PermissionDenied
        bring_back_due_item(item=chosen.item, by=request.user)
        messages.success(request, "It is back in To do.")
    return redirect("postponed")


def _present(postponed: PostponedItem, line: FamilyLine | None) -> dict[str, Any]:
    item, decision = postponed.item, postponed.decision
    return {
        "key": postponed.key,
        "line": line or FamilyLine(item.who or item.title),
        "href": reverse_cached("family", item.family_id) if line else None,
        "title": item.title,
        "until": decision.snoozed_until,
        "why": decision.why,
        "by": decision.by,
    }
