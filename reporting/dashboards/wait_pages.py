"""The list of those who wait for help, as a page and for the API."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from rest_framework import serializers

from pairs.access import policy
from pairs.access.batch_query import run_queries
from pairs.access.requests import ScopedRequest
from pairs.api.views import ListApi, QueryParameter
from pairs.families.family_line import FAMILY_HEADERS, FamilyLine, build_family_cells
from pairs.families.family_lines import load_family_lines
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from pairs.web.csv_files import build_csv_response
from pairs.web.jinja_environment import build_query_string
from referrals.referral_lines import load_referral_lines
from referrals.rules.choices import DISTRICT_NOT_STATED, ReferralState
from referrals.rules.clocks import FOUR_WEEK_LIMIT_DAYS
from reporting.dashboards.due_items import filter_visible_families
from reporting.dashboards.links import lead_in
from reporting.dashboards.waits import WaitingReferral, build_waiting_query, list_missing_steps

WAIT_READERS = ("triage_referrals", "read_families")
PER_PAGE = 20  # each takes a card of a phone
CSV_STEPS = ("decision", "contact", "assessment", "help")
CSV_HEADERS = (*FAMILY_HEADERS, "District", "Reference", "Status", "Since", "Days", "Decided", "First contact",
               "Assessment", "Help begun", "Still missing")  # fmt: skip


def _list_oldest_first(request: ScopedRequest, on: date, chosen: str) -> list[WaitingReferral]:
    """Those of the site with this id ('': of all), the oldest first: one query, however many."""
    found = run_queries([build_waiting_query(request.scope, on)])
    rows = [each for each in found if not chosen or str(each.site) == chosen]
    return sorted(rows, key=lambda each: (each.clock.start, each.reference))


def _is_over_limit(waiting: WaitingReferral, on: date) -> bool:
    return waiting.clock.days(on) > FOUR_WEEK_LIMIT_DAYS and bool(list_missing_steps(waiting))


VIEWS: dict[str, tuple[str, Callable[[WaitingReferral, date], bool]]] = {
    "": ("All", lambda waiting, on: True),
    "over": (f"Over {FOUR_WEEK_LIMIT_DAYS} days", _is_over_limit),
    "unseen": ("Not seen yet", lambda waiting, on: waiting.clock.contact is None),
}


def _list_in_view(view: str, found: list[WaitingReferral], on: date) -> list[WaitingReferral]:
    _, is_in_view = VIEWS[view]
    return [each for each in found if is_in_view(each, on)]


def _present_views(
    request: ScopedRequest, chosen: str, found: list[WaitingReferral], on: date
) -> list[dict[str, Any]]:
    """The views of the page, each with how many are in it."""
    return [
        {
            "text": text,
            "href": build_query_string(request, view=view or None, page=None),
            "count": len(_list_in_view(view, found, on)),
            "current": view == chosen,
        }
        for view, (text, _) in VIEWS.items()
    ]


def _get_view(request: ScopedRequest) -> str:
    view = request.GET.get("view", "")
    return view if view in VIEWS else ""


def _get_waits_page(request: ScopedRequest, rows: list[WaitingReferral]) -> Page:
    """A page of them; the families on it are noted as listed."""
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    _record_listed(request, page.object_list)
    return page


def _record_listed(request: ScopedRequest, rows: list[WaitingReferral]) -> None:
    request.access_log.listed.update(each.family for each in rows if each.family)


@policy.permission(*WAIT_READERS)
def list_waits(request: ScopedRequest) -> HttpResponse:
    """Everybody whose clock runs, oldest first."""
    on, view = timezone.localdate(), _get_view(request)
    found = _list_oldest_first(request, on, request.GET.get("site", ""))
    page = _get_waits_page(request, _list_in_view(view, found, on))
    ids = {site for name in WAIT_READERS for site in request.scope.sites(name)}
    context = {
        "page": page,
        "views": _present_views(request, view, found, on),
        "view": view,
        "rows": _present_waits(request, page.object_list, on),
        "sites": Site.objects.filter(pk__in=ids) if len(ids) > 1 else [],
        "limit": FOUR_WEEK_LIMIT_DAYS,
        "chosen": request.GET.get("site", ""),
    }
    return render(request, "dashboards/waits.html", context)


@policy.permission(*WAIT_READERS)
def download_waits(request: ScopedRequest) -> HttpResponse:
    """All of them as a CSV file, with the line in the access log that the page has."""
    on = timezone.localdate()
    every = _list_oldest_first(request, on, request.GET.get("site", ""))
    found = _list_in_view(_get_view(request), every, on)
    _record_listed(request, found)
    rows = map(_build_csv_row, _present_waits(request, found, on))
    return build_csv_response(f"waiting-times-{on:%Y-%m-%d}.csv", CSV_HEADERS, rows)


def _build_csv_row(row: dict[str, Any]) -> list[Any]:
    steps = [row["steps"][name].reached or "" for name in CSV_STEPS]
    who = build_family_cells(row["line"])
    return [*who, row["place"], row["reference"], row["status"], row["started"], row["days"], *steps,
            "; ".join(row["missing"])]  # fmt: skip


def _present_waits(request: ScopedRequest, found: list[WaitingReferral], on: date) -> list[dict[str, Any]]:
    """Each by its family; by those named in the referral where there is none the reader may open."""
    families = filter_visible_families(request.scope, [each.family for each in found if each.family])
    lines = load_family_lines(families, on)
    named = load_referral_lines((each.id for each in found if each.family not in lines), on)
    return [
        _present_wait(each, lines.get(each.family) or named[each.id], on)
        | {"href": lead_in(request.scope, each.href, at=each.site, of=each.family)}
        for each in found
    ]


def _present_wait(waiting: WaitingReferral, line: FamilyLine, on: date) -> dict[str, Any]:
    return {
        "line": line,
        "reference": waiting.reference,
        "status": waiting.status,
        "place": waiting.place or DISTRICT_NOT_STATED,
        "days": waiting.clock.days(on),
        "started": waiting.clock.start,
        "speak": on >= waiting.clock.speak_on,
        "speak_on": waiting.clock.speak_on,
        "steps": {step.name: step for step in waiting.steps},
        "missing": list_missing_steps(waiting),
        "declined": bool(waiting.declined),
        "outside": waiting.clock.outside,
        "national": waiting.clock.national,
    }


# ---------------------------------------------------------------- the API


class WaitStepOut(serializers.Serializer):
    """One step of the wait."""

    name = serializers.CharField()
    days = serializers.IntegerField(help_text="To the step, or until today while it has not come.")
    reached = serializers.DateField(allow_null=True)


class WaitingOut(serializers.Serializer):
    """One referral whose clock runs, without a name."""

    referral = serializers.UUIDField(source="id")
    reference = serializers.CharField()
    status = serializers.ChoiceField(ReferralState.choices)
    place = serializers.CharField(
        source="place_code", allow_null=True, help_text="Its district, by code; null where it is not stated."
    )
    family = serializers.UUIDField(allow_null=True)
    started = serializers.DateField(source="clock.start")
    steps = WaitStepOut(many=True)
    missing = serializers.ListField(child=serializers.CharField(), source="clock.missing")
    outside_national_measure = serializers.CharField(
        source="clock.outside", help_text="Why the national measure leaves it out; empty: it does not."
    )
    national_start = serializers.DateField(
        source="clock.national.start",
        allow_null=True,
        help_text="The baby's own referral, where the clock began before the birth: the national one began then.",
    )
    speak_on = serializers.DateField(source="clock.speak_on")


@policy.permission(*WAIT_READERS)
class WaitList(ListApi):
    """Referrals whose four-week clock is running, oldest first."""

    serializer_class = WaitingOut
    query_parameters = (QueryParameter("site", "The code of a site: those of this site alone."),)

    def get_rows(self) -> list[WaitingReferral]:
        return _list_oldest_first(self.request, timezone.localdate(), self._read_site())

    def _read_site(self) -> str:
        """The site's id; '' for all of them."""
        code = self.request.GET.get("site", "")
        if not code:
            return ""
        sites = Site.objects.filter(pk__in=self.request.scope.sites(*WAIT_READERS), code=code)
        if not (found := sites.values_list("pk", flat=True).first()):
            raise ActionRefused({"site": "There is no site of yours with this code."})
        return str(found)

    def serialize_page(self, rows: list[WaitingReferral]) -> Any:
        _record_listed(self.request, rows)
        return super().serialize_page(rows)
