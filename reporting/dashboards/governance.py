"""For information governance: what happened to accounts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page
from pairs.audit.models import AccountEvent
from pairs.web.formats import format_day_and_time
from reporting.dashboards.forms import AccountEventForm


@policy.permission("govern_records")
def list_account_events(request: ScopedRequest) -> HttpResponse:
    """Sign-ins, failures, lock-outs and changes of everybody's account, newest first; or of one person's."""
    form = AccountEventForm(request.GET or None)
    events = AccountEvent.objects.select_related("user", "by").order_by("-at")
    if form.is_bound and form.is_valid():
        events = events.matching(username=form.cleaned_data["username"], kind=form.cleaned_data["kind"])
    page = get_visible_page(request, events)
    context = {"form": form, "page": page, "rows": list(map(_build_event_row, page))}
    return render(request, "dashboards/account_events.html", context)


def _build_event_row(event: AccountEvent) -> list[Any]:
    what = event.get_kind_display()
    return [
        format_day_and_time(event.at),
        f"{event.user} ({event.user.username})" if event.user else "No account with that name",
        f"{what}: {event.detail}" if event.detail else what,
        str(event.by) if event.by else "",
        event.network,
    ]
