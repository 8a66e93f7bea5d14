"""What a referrer follows: their own and their team's referrals, where each stands, what comes next and who to ask."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import (
    get_visible_page,
    list_visible,
    query_visible,
    record_listed_rows,
)
from pairs.families.family_line import FAMILY_HEADERS, build_family_cells
from pairs.web.csv_files import build_csv_response
from referrals.models import Referral
from referrals.referral_lines import load_referral_lines
from referrals.referrer_progress import ReferrerView, load_referrer_views
from referrals.views.professional import list_draft_links

MAX_ON_HOME, MAX_JUDGED = 5, 500
CSV_HEADERS = (*FAMILY_HEADERS, "Reference", "Sent", "Status", "Since", "Next step", "Named contact")


@policy.permission("make_referrals")
def list_my_referrals(request: ScopedRequest) -> HttpResponse:
    """Mine and my team's: where each stands, what comes next and who the named contact is."""
    page = get_visible_page(request, _query_newest(), within="made_by")
    context = {
        "page": page,
        "rows": _present_all(request, page.object_list),
        "drafts": list_draft_links(request),
    }
    return render(request, "referrals/my_referrals.html", context)


@policy.permission("make_referrals")
def download_my_referrals(request: ScopedRequest) -> HttpResponse:
    """All of them as a CSV file."""
    found = list_visible(request, _query_newest(), within="made_by")
    rows = map(_build_csv_row, _present_all(request, found))
    return build_csv_response(f"my-referrals-{timezone.localdate():%Y-%m-%d}.csv", CSV_HEADERS, rows)


def list_current_referrals(request: ScopedRequest) -> dict[str, Any]:
    """For the home page of whoever refers: {rows, count} of what is in progress, first what waits for their answer.

    Judged by what they are told of each, never by the status alone: what is missing here would tell of a decision that
    the family keeps to itself.
    """
    found = list(query_visible(request, _query_newest(), within="made_by")[:MAX_JUDGED])
    views = load_referrer_views(request.user, found)
    current = [each for each in found if not views[each.pk].progress.is_finished]
    current.sort(key=lambda each: not views[each.pk].progress.question)
    shown = current[:MAX_ON_HOME]
    record_listed_rows(request, shown)
    return {"rows": _present_all(request, shown, views), "count": len(current)}


def _query_newest() -> QuerySet[Referral]:
    return Referral.objects.select_related("lead").order_by("-received_at", "id")


def _present_all(
    request: ScopedRequest, referrals: Sequence[Any], views: dict[UUID, ReferrerView] | None = None
) -> list[dict[str, Any]]:
    views = views or load_referrer_views(request.user, referrals)
    lines = load_referral_lines((each.pk for each in referrals), timezone.localdate(), as_named=True)
    return [
        present_for_referrer(request, each, views[each.pk]) | {"line": lines[each.pk]} for each in referrals
    ]


def _build_csv_row(row: dict[str, Any]) -> list[Any]:
    sent = timezone.localdate(row["received"])
    status = (row["status"], row["since"] or "", row["next"], row["contact"] or "")
    return [*build_family_cells(row["line"]), row["reference"], sent, *status]


def present_for_referrer(request: ScopedRequest, referral: Any, view: ReferrerView) -> dict[str, Any]:
    """What a referrer may see of a referral's progress."""
    return {
        "id": referral.pk,
        "reference": referral.reference,
        "received": referral.received_at,
        "decided": referral.decided_at,
        "stage": view.progress.stage.value,
        "finished": view.progress.is_finished,
        "status": view.progress.words,
        "since": view.progress.day,
        "next": view.progress.next_step,
        "question": view.progress.question,
        "agreed": view.agreed,
        "contact": view.contact,
        "mine": referral.referrer_id == request.user.pk,
    }
