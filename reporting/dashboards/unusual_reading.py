"""Reading that information governance should look at: one's own record or a namesake's, and many records in an hour."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page, list_visible
from pairs.audit.models import AccountEvent, AccountEventKind
from pairs.families.family_line import HIDDEN_RECORD
from pairs.families.family_lines import load_visible_family_lines
from pairs.restrictions.models import OwnRecordAnswer
from pairs.restrictions.rules import OwnRecordKind
from pairs.web.formats import format_day_and_time

SHOWN_DAYS = 90


@policy.permission("govern_records")
@never_cache
def show_unusual_reading(request: ScopedRequest) -> HttpResponse:
    """Answers about records that may be a colleague's own, newest first; and who opened many within an hour."""
    page = get_visible_page(request, OwnRecordAnswer.objects.newest_first())
    since = timezone.now() - timedelta(days=SHOWN_DAYS)
    many = AccountEvent.objects.filter(kind=AccountEventKind.MANY_OPENED, at__gte=since)
    rows = list_visible(request, many.select_related("user").order_by("-at"))
    lines = load_visible_family_lines(request.scope, {each.family_id for each in page}, timezone.localdate())
    context = {
        "page": page,
        "own": [_build_own_row(each, lines) for each in page],
        "many": [_build_many_row(each) for each in rows],
        "days": SHOWN_DAYS,
    }
    return render(request, "dashboards/unusual_reading.html", context)


def _build_own_row(answer: OwnRecordAnswer, lines: dict[Any, Any]) -> list[Any]:
    line = lines.get(answer.family_id)
    opened = answer.answer == OwnRecordKind.SOMEBODY_ELSE
    again = reverse("withdraw-own-record-answer", args=[answer.pk])
    return [
        str(answer.person),
        line.name if line else HIDDEN_RECORD,
        answer.get_answer_display(),
        "Opened" if opened else "Stayed shut",
        format_day_and_time(answer.created_at),
        {"text": "Ask again", "hidden": f"{answer.person}", "href": again},
    ]


def _build_many_row(event: AccountEvent) -> list[Any]:
    day = timezone.localdate(event.at).isoformat()
    asked = urlencode({"username": event.user.username, "since": day, "until": day})
    return [
        str(event.user),
        format_day_and_time(event.at),
        {"text": "What was opened", "hidden": f"by {event.user}", "href": f"{reverse('access-log')}?{asked}"},
    ]
