"""Who waits for help: each step from the referral on, what the national four-week measure still misses, and day 21."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes.due import day_of
from interventions.plans.models import Declined
from pairs.access import policy
from pairs.access.asking import Question, answers, day, some_id
from pairs.access.described import extend_schema
from pairs.access.records import live_q
from pairs.families.due import CLINICAL, DueItem, of_families
from pairs.families.models import Family
from pairs.service.models import Site
from referrals.models import Referral
from referrals.rules.clocks import BASELINE, CONTACT, HELP, FourWeeks, Interval, four_week_clock, intervals
from reporting.desk.spells import facts, people_of

READERS = ("triage_referrals", "read_families")
PER_PAGE = 50


@dataclass(frozen=True)
class Waiting:
    """One referral whose clock runs: of twins, the clock of the one who waits longer."""

    id: UUID
    reference: str
    status: str
    place: str
    site: UUID
    family: UUID | None
    episode: UUID | None
    lead: UUID | None
    who: str
    clock: FourWeeks
    steps: tuple[Interval, ...]
    declined: frozenset[str] = frozenset()  # what the family would rather not: nobody is reminded of it

    @property
    def href(self) -> str:
        """Where the next thing is done."""
        if self.episode:
            return reverse("episode", args=[self.episode])
        return reverse("open-episode" if self.status == "accepted" else "decide-referral", args=[self.id])


def waiting(scope, on: date, families=None) -> Question:
    """The referrals in scope that nobody has decided, or whose work goes on, and whose clock runs."""
    return _clocks(Referral.objects.visible_to(scope).filter(of_families(families)), on)


def _clocks(referrals, on):
    """Of these, the ones that nobody has decided or whose work goes on."""
    open_ones = Q(status__in=("received", "read", "more_asked")) | Q(
        status="accepted", episode__ended_on=None
    )
    rows = referrals.filter(open_ones, live_q("episode__"))
    return Question(rows, FIELDS | facts(), lambda row: _waiting(row, on))


def _said_no(*what):
    return Exists(Declined.objects.live().filter(episode=OuterRef("episode__pk"), what__in=what))


FIELDS = {
    "no_plan": _said_no("plan"),
    "no_rating": _said_no("goals", "rating"),
    "id": "id",
    "reference": "reference",
    "place": "place__name",
    "site": "site_id",
    "family": "family_id",
    "lead": "episode__lead_id",
}


def _waiting(row, on: date) -> Iterator[Waiting]:
    people = list(people_of(row))
    clocks = [four_week_clock(person.events) for person in people]
    running = [clock for clock in clocks if clock.runs]
    if running:
        clock = min(running, key=lambda each: (-len(each.missing), each.start))
        yield Waiting(
            id=UUID(row["id"]),
            reference=row["reference"],
            status=row["status"],
            place=row["place"],
            site=UUID(row["site"]),
            family=some_id(row["family"]),
            episode=some_id(row["episode"]),
            lead=some_id(row["lead"]),
            who=" and ".join(person.name for person in people if person.name),
            clock=clock,
            steps=_steps(row, clock, on),
            declined=frozenset([HELP] * row["no_plan"] + [BASELINE] * row["no_rating"]),
        )


def _steps(row, clock: FourWeeks, on: date) -> tuple[Interval, ...]:
    measured = [day(each["on"]) for each in row["measured"]] + ([day(row["rated"])] if row["rated"] else [])
    worked = [day_of(row["worked"])] if row["worked"] else []
    helped = worked + ([day(row["plan"])] if row["plan"] else [])
    return intervals(
        start=clock.start,
        decided=day_of(row["decided"]) if row["decided"] else None,
        contact=clock.contact,
        assessed=min(measured, default=None),
        helped=min(helped, default=None),
        on=on,
    )


def questions(scope, on, families=None) -> list[Question]:
    """From day 21 on, what is still missing: of referrals that one triages, and whose family one may not read."""
    if not scope.may("triage_referrals"):
        return []
    readable = Family.objects.all()._within(scope).filter(pk=OuterRef("family"))
    return [_speaking(Referral.objects.visible_to(scope).exclude(Exists(readable)), on, families)]


def family_questions(scope, on, families=None) -> list[Question]:
    """The same of the families that one may read."""
    readable = Referral.objects.visible_to(scope).filter(family__in=scope.rows(Family))
    return [_speaking(readable, on, families)]


def _speaking(referrals, on, families):
    """Those of the referrals whose 21st day has come, with what is still missing."""
    clocks = _clocks(referrals.filter(of_families(families)), on)

    def says(row):
        found = [each for each in clocks.says(row) if each.clock.speak_on <= on]
        return [_due(each, on) for each in found if missing(each)]

    return Question(clocks.rows, clocks.fields, says)


def _due(each: Waiting, on: date) -> DueItem:
    return DueItem(
        code="day_21",
        kind=CLINICAL,
        title="Four weeks from the referral: do what is still missing",
        subject_id=each.id,
        href=each.href,
        due_on=each.clock.speak_on,
        family_id=each.family,
        site_id=each.site,
        owner_id=each.lead,
        who=each.who or each.reference,
        why=f"Day {each.clock.days(on)}. Still missing: {'; '.join(missing(each))}.",
    )


def missing(each: Waiting) -> list[str]:
    """What is asked for by name, and was not declined; outside the national measure no measure on its list is."""
    asked = (CONTACT, HELP) if each.clock.outside else (CONTACT, BASELINE, HELP)
    return [words for words in each.clock.missing if words in asked and words not in each.declined]


def _oldest_first(request, on: date) -> list[Waiting]:
    """Those of the chosen site, the oldest first: one query, however many."""
    chosen = request.GET.get("site", "")
    found = answers([waiting(request.scope, on)])
    rows = [each for each in found if not chosen or str(each.site) == chosen]
    return sorted(rows, key=lambda each: (each.clock.start, each.reference))


def _page(request, on: date):
    """A page of them; the families on it are noted as listed."""
    page = Paginator(_oldest_first(request, on), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    request.sight.listed.update(each.family for each in page.object_list if each.family)
    return page


@policy.permission(*READERS)
def waits(request):
    """Everybody whose clock runs, oldest first."""
    on = timezone.localdate()
    page = _page(request, on)
    ids = {site for name in READERS for site in request.scope.sites(name)}
    context = {
        "page": page,
        "rows": [_shown(each, on) for each in page.object_list],
        "sites": Site.objects.filter(pk__in=ids) if len(ids) > 1 else [],
        "chosen": request.GET.get("site", ""),
    }
    return render(request, "desk/waits.html", context)


def _shown(each: Waiting, on: date) -> dict:
    return {
        "href": each.href,
        "reference": each.reference,
        "who": each.who,
        "status": each.status,
        "place": each.place,
        "days": each.clock.days(on),
        "started": each.clock.start,
        "speak": on >= each.clock.speak_on,
        "speak_on": each.clock.speak_on,
        "steps": {step.name: step for step in each.steps},
        "missing": missing(each),
        "declined": bool(each.declined),
        "outside": each.clock.outside,
    }


class StepOut(serializers.Serializer):
    name = serializers.CharField()
    days = serializers.IntegerField(help_text="To the step, or until today while it has not come.")
    reached = serializers.DateField(allow_null=True)


class WaitingOut(serializers.Serializer):
    """One referral whose clock runs, without a name."""

    referral = serializers.UUIDField(source="id")
    reference = serializers.CharField()
    status = serializers.CharField()
    place = serializers.CharField()
    family = serializers.UUIDField(allow_null=True)
    started = serializers.DateField(source="clock.start")
    steps = StepOut(many=True)
    missing = serializers.ListField(child=serializers.CharField(), source="clock.missing")
    outside_national_measure = serializers.CharField(source="clock.outside")
    speak_on = serializers.DateField(source="clock.speak_on")


class WaitsOut(serializers.Serializer):
    pages = serializers.IntegerField()
    results = WaitingOut(many=True)


@policy.permission(*READERS)
@extend_schema(responses=WaitsOut)
@api_view(["GET"])
def api_waits(request):
    """Referrals whose clock runs, oldest first, 50 a page (?page=2, ?site=id)."""
    page = _page(request._request, timezone.localdate())
    return Response(WaitsOut({"pages": page.paginator.num_pages, "results": page.object_list}).data)
