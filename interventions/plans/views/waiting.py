"""Page of families who wait for an intervention, by site and intervention, with their last contact."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Intervention, InterventionWait
from interventions.plans.rules import get_waiting_contact_due_date
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope
from pairs.access.visible_records import list_visible
from pairs.families.banner import get_family_name
from pairs.families.family_line import FAMILY_HEADERS, FamilyLine, build_family_cells
from pairs.families.family_lines import load_family_lines
from pairs.service.models import Site
from pairs.web.csv_files import build_csv_response

CSV_HEADERS = (
    *FAMILY_HEADERS,
    "Site",
    "Intervention",
    "Lead",
    "Since",
    "Days",
    "Last contact",
    "Contact due",
)


@policy.permission("read_families")
def list_waiting(request: ScopedRequest) -> HttpResponse:
    """List open waits in scope, of one site (?site=) or all, longest first."""
    on, sites = timezone.localdate(), request.scope.sites("read_families")
    chosen, rows = request.GET.get("site", ""), _list_chosen_waits(request)
    lines = load_family_lines((each.episode.family_id for each in rows), on)
    context = {
        "groups": [
            _build_wait_group(group, list(each), lines, on, request.scope)
            for group, each in group_waits(rows)
        ],
        "sites": Site.objects.filter(pk__in=sites) if len(sites) > 1 else [],
        "chosen": chosen,
        "weeks": settings.WAITING_CONTACT_EVERY.days // 7,
    }
    return render(request, "plans/waiting.html", context)


@policy.permission("read_families")
def download_waiting(request: ScopedRequest) -> HttpResponse:
    """The same waits as a CSV file."""
    on, waits = timezone.localdate(), _list_chosen_waits(request)
    lines = load_family_lines((each.episode.family_id for each in waits), on)
    rows = (
        _build_csv_row(each, lines[each.episode.family_id], _build_wait_row(each, on, request.scope))
        for each in waits
    )
    return build_csv_response(f"waiting-to-start-{on:%Y-%m-%d}.csv", CSV_HEADERS, rows)


def _build_csv_row(wait: Any, line: FamilyLine, row: dict[str, Any]) -> list[Any]:
    known = (row["lead"], row["since"], row["days"], row["last"] or "", "Yes" if row["due"] else "")
    return [*build_family_cells(line), wait.site, wait.intervention, *known]


def _list_chosen_waits(request: ScopedRequest) -> list[Any]:
    """Of one site (?site=) or all."""
    chosen = request.GET.get("site", "")
    return [each for each in list_waits(request) if not chosen or str(each.site_id) == chosen]


def list_waits(request: ScopedRequest) -> list[Any]:
    """Open waits in scope with their families, by site and intervention, longest first."""
    rows = InterventionWait.objects.waiting().with_last_contact()
    rows = rows.select_related("site", "intervention", "episode__family", "episode__lead")
    rows = rows.prefetch_related("episode__family__infants")
    return list_visible(request, rows.order_by("site__name", "intervention__order", "since", "id"))


def group_waits(rows: list[Any]) -> Iterator[Any]:
    """[((site, intervention), rows)]."""
    return groupby(rows, key=lambda wait: (wait.site, wait.intervention))


def _build_wait_group(
    group: tuple[Site, Intervention],
    waits: list[InterventionWait],
    lines: dict[UUID, FamilyLine],
    on: date,
    scope: Scope,
) -> dict[str, Any]:
    site, intervention = group
    days = [(on - wait.since).days for wait in waits]
    return {
        "site": site,
        "intervention": intervention,
        "count": len(waits),
        "longest": max(days),
        "median": sorted(days)[len(days) // 2],
        "rows": [
            _build_wait_row(wait, on, scope) | {"line": lines[wait.episode.family_id]} for wait in waits
        ],
    }


def _build_wait_row(wait: Any, on: date, scope: Scope) -> dict[str, Any]:
    last = timezone.localdate(wait.last_contact) if wait.last_contact else None
    due = get_waiting_contact_due_date(
        since=wait.since, last_contact=last, every=settings.WAITING_CONTACT_EVERY
    )
    may = scope.may("write_records", at=wait.site_id)
    return {
        "name": get_family_name(wait.episode.family),
        "href": reverse("episode", args=[wait.episode_id]),
        "lead": wait.episode.lead,
        "since": wait.since,
        "days": (on - wait.since).days,
        "last": last,
        "due": bool(due and due <= on),
        "contact_href": reverse("new-contact", args=[wait.episode_id]) if may else None,
        "end_href": reverse("end-wait", args=[wait.pk]) if may else None,
    }
