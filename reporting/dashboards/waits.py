"""Who waits for help: each step from the referral on, what the national four-week measure still misses, and day 21."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from interventions.episodes.due import to_local_day
from interventions.plans.models import DeclinedOffer
from pairs.access import policy
from pairs.access.batch_query import Query, parse_date, parse_uuid, run_queries
from pairs.access.records import live_q
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope
from pairs.api.views import ListApi, QueryParameter
from pairs.families.due import CLINICAL, DueItem, in_families
from pairs.families.models import Family
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from referrals.models import Referral
from referrals.models.referral import ReferralQuerySet
from referrals.rules.choices import UNDECIDED_STATUSES, ReferralState
from referrals.rules.clocks import (
    BASELINE_TEXT,
    FIRST_CONTACT_TEXT,
    HELP_TEXT,
    FourWeekClock,
    WaitInterval,
    calculate_four_week_clock,
    list_wait_intervals,
)
from reporting.dashboards.referral_events import build_event_fields, parse_subjects

WAIT_READERS = ("triage_referrals", "read_families")
PER_PAGE = 50


@dataclass(frozen=True)
class WaitingReferral:
    """One referral whose clock runs: of twins, the clock of the one who waits longer."""

    id: UUID
    reference: str
    status: str
    place: str
    place_code: str
    site: UUID
    family: UUID | None
    episode: UUID | None
    lead: UUID | None
    who: str
    clock: FourWeekClock
    steps: tuple[WaitInterval, ...]
    declined: frozenset[str] = frozenset()  # what the family would rather not: nobody is reminded of it

    @property
    def href(self) -> str:
        """Where the next thing is done."""
        if self.episode:
            return reverse("episode", args=[self.episode])
        return reverse(
            "open-episode" if self.status == ReferralState.ACCEPTED else "decide-referral", args=[self.id]
        )


def build_waiting_query(scope: Scope, on: date, families: list[UUID] | None = None) -> Query:
    """The referrals in scope that nobody has decided, or whose work goes on, and whose clock runs."""
    return _build_clock_query(Referral.objects.visible_to(scope).filter(in_families(families)), on)


def _build_clock_query(referrals: ReferralQuerySet, on: date) -> Query:
    """Of these, the ones that nobody has decided or whose work goes on."""
    open_ones = Q(status__in=UNDECIDED_STATUSES) | Q(status=ReferralState.ACCEPTED, episode__ended_on=None)
    rows = referrals.filter(open_ones, live_q("episode__"))
    return Query(rows, WAITING_FIELDS | build_event_fields(), lambda row: _parse_waiting(row, on))


def _build_declined_condition(*what: str) -> Exists:
    return Exists(DeclinedOffer.objects.live().filter(episode=OuterRef("episode__pk"), what__in=what))


WAITING_FIELDS = {
    "no_plan": _build_declined_condition("plan"),
    "no_rating": _build_declined_condition("goals", "rating"),
    "id": "id",
    "reference": "reference",
    "place": "place__name",
    "place_code": "place__code",
    "site": "site_id",
    "family": "family_id",
    "lead": "episode__lead_id",
}


def _parse_waiting(row: dict[str, Any], on: date) -> Iterator[WaitingReferral]:
    people = list(parse_subjects(row))
    clocks = [calculate_four_week_clock(person.events) for person in people]
    running = [clock for clock in clocks if clock.is_running]
    if running:
        clock = min(running, key=lambda each: (-len(each.missing), each.start))
        yield WaitingReferral(
            id=UUID(row["id"]),
            reference=row["reference"],
            status=row["status"],
            place=row["place"],
            place_code=row["place_code"],
            site=UUID(row["site"]),
            family=parse_uuid(row["family"]),
            episode=parse_uuid(row["episode"]),
            lead=parse_uuid(row["lead"]),
            who=" and ".join(person.name for person in people if person.name),
            clock=clock,
            steps=_compute_steps(row, clock, on),
            declined=frozenset([HELP_TEXT] * row["no_plan"] + [BASELINE_TEXT] * row["no_rating"]),
        )


def _compute_steps(row: dict[str, Any], clock: FourWeekClock, on: date) -> tuple[WaitInterval, ...]:
    measured = [parse_date(each["on"]) for each in row["measured"]] + (
        [parse_date(row["rated"])] if row["rated"] else []
    )
    worked = [to_local_day(row["worked"])] if row["worked"] else []
    helped = worked + ([parse_date(row["plan"])] if row["plan"] else [])
    return list_wait_intervals(
        start=clock.start,
        decided=to_local_day(row["decided"]) if row["decided"] else None,
        contact=clock.contact,
        assessed=min(measured, default=None),
        helped=min(helped, default=None),
        on=on,
    )


def build_due_queries(scope: Scope, on: date, families: list[UUID] | None = None) -> list[Query]:
    """From day 21 on, what is still missing: of referrals that one triages, and whose family one may not read."""
    if not scope.may("triage_referrals"):
        return []
    readable = Family.objects.all()._within(scope).filter(pk=OuterRef("family"))
    return [_build_day_21_query(Referral.objects.visible_to(scope).exclude(Exists(readable)), on, families)]


def build_family_due_queries(scope: Scope, on: date, families: list[UUID] | None = None) -> list[Query]:
    """The same of the families that one may read."""
    readable = Referral.objects.visible_to(scope).filter(family__in=scope.rows(Family))
    return [_build_day_21_query(readable, on, families)]


def _build_day_21_query(referrals: ReferralQuerySet, on: date, families: list[UUID] | None) -> Query:
    """Those of the referrals whose 21st day has come, with what is still missing."""
    clocks = _build_clock_query(referrals.filter(in_families(families)), on)

    def to_due_items(row: dict[str, Any]) -> list[DueItem]:
        found = [each for each in clocks.to_items(row) if each.clock.speak_on <= on]
        return [_build_day_21_item(each, on) for each in found if list_missing_steps(each)]

    return Query(clocks.rows, clocks.fields, to_due_items)


def _build_day_21_item(waiting: WaitingReferral, on: date) -> DueItem:
    return DueItem(
        code="day_21",
        kind=CLINICAL,
        title="Four weeks from the referral: do what is still missing",
        subject_id=waiting.id,
        href=waiting.href,
        due_on=waiting.clock.speak_on,
        family_id=waiting.family,
        site_id=waiting.site,
        owner_id=waiting.lead,
        who=waiting.who or waiting.reference,
        why=f"Day {waiting.clock.days(on)}. Still missing: {'; '.join(list_missing_steps(waiting))}.",
    )


def list_missing_steps(waiting: WaitingReferral) -> list[str]:
    """Steps still missing and not declined; a baseline measure only where the national measure applies."""
    asked = (
        (FIRST_CONTACT_TEXT, HELP_TEXT)
        if waiting.clock.outside
        else (FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT)
    )
    return [words for words in waiting.clock.missing if words in asked and words not in waiting.declined]


def _list_oldest_first(request: ScopedRequest, on: date, chosen: str) -> list[WaitingReferral]:
    """Those of the site with this id ('': of all), the oldest first: one query, however many."""
    found = run_queries([build_waiting_query(request.scope, on)])
    rows = [each for each in found if not chosen or str(each.site) == chosen]
    return sorted(rows, key=lambda each: (each.clock.start, each.reference))


def _get_waits_page(request: ScopedRequest, on: date) -> Page:
    """A page of them; the families on it are noted as listed."""
    rows = _list_oldest_first(request, on, request.GET.get("site", ""))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    _record_listed(request, page.object_list)
    return page


def _record_listed(request: ScopedRequest, rows: list[WaitingReferral]) -> None:
    request.access_log.listed.update(each.family for each in rows if each.family)


@policy.permission(*WAIT_READERS)
def list_waits(request: ScopedRequest) -> HttpResponse:
    """Everybody whose clock runs, oldest first."""
    on = timezone.localdate()
    page = _get_waits_page(request, on)
    ids = {site for name in WAIT_READERS for site in request.scope.sites(name)}
    context = {
        "page": page,
        "rows": [_present_wait(each, on) for each in page.object_list],
        "sites": Site.objects.filter(pk__in=ids) if len(ids) > 1 else [],
        "chosen": request.GET.get("site", ""),
    }
    return render(request, "dashboards/waits.html", context)


def _present_wait(waiting: WaitingReferral, on: date) -> dict:
    return {
        "href": waiting.href,
        "reference": waiting.reference,
        "who": waiting.who,
        "status": waiting.status,
        "place": waiting.place,
        "days": waiting.clock.days(on),
        "started": waiting.clock.start,
        "speak": on >= waiting.clock.speak_on,
        "speak_on": waiting.clock.speak_on,
        "steps": {step.name: step for step in waiting.steps},
        "missing": list_missing_steps(waiting),
        "declined": bool(waiting.declined),
        "outside": waiting.clock.outside,
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
    place = serializers.CharField(source="place_code", help_text="Its district, by code.")
    family = serializers.UUIDField(allow_null=True)
    started = serializers.DateField(source="clock.start")
    steps = WaitStepOut(many=True)
    missing = serializers.ListField(child=serializers.CharField(), source="clock.missing")
    outside_national_measure = serializers.CharField(
        source="clock.outside", help_text="Why the national measure leaves it out; empty: it does not."
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
