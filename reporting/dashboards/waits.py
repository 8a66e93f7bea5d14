"""Who waits for help: each step from the referral on, what the national four-week measure still misses, and day 21."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from interventions.episodes.due import to_local_day
from interventions.episodes.models import Episode
from interventions.plans.models import DeclinedOffer
from pairs.access.batch_query import Query, parse_date, parse_uuid
from pairs.access.records import live_q
from pairs.access.scope import Scope
from pairs.database.arrays import build_among
from pairs.families.due import CLINICAL, DueItem, in_families
from pairs.families.models import Family, build_family_within_q
from pairs.web.formats import format_plural
from pairs.web.local_days import get_start_of_day
from pairs.web.url_cache import reverse_cached
from referrals.models import Consultation, Referral
from referrals.models.referral import ReferralQuerySet
from referrals.rules.choices import UNDECIDED_STATUSES, ReferralState
from referrals.rules.clocks import (
    BASELINE_TEXT,
    CONSULTATION_TEXT,
    FIRST_CONTACT_TEXT,
    FOUR_WEEK_LIMIT_DAYS,
    HELP_TEXT,
    WARN_AFTER,
    FourWeekClock,
    WaitInterval,
    calculate_four_week_clock,
    list_wait_intervals,
)
from reporting.dashboards.referral_events import (
    build_event_fields,
    build_related_condition,
    parse_subjects,
    query_open_consultations,
)


@dataclass(frozen=True)
class WaitingReferral:
    """One referral whose clock runs: of twins, the clock of the one who waits longer."""

    id: UUID
    reference: str
    status: str
    place: str | None  # None: nobody said it
    place_code: str | None
    site: UUID
    family: UUID | None
    episode: UUID | None
    lead: UUID | None
    who: str
    clock: FourWeekClock
    steps: tuple[WaitInterval, ...]
    declined: frozenset[str] = frozenset()  # what the family would rather not: nobody is reminded of it
    consultation: UUID | None = None  # the one that is still to be held

    @property
    def href(self) -> str:
        """Where the next thing is done."""
        if self.episode:
            return reverse_cached("episode", self.episode)
        if self.consultation:
            return reverse_cached("consultation", self.consultation)
        return reverse_cached(
            "open-episode" if self.status == ReferralState.ACCEPTED else "decide-referral", self.id
        )


def build_waiting_query(scope: Scope, on: date, families: list[UUID] | None = None) -> Query:
    """The referrals in scope that nobody has decided, or whose work goes on, and whose clock runs."""
    return _build_clock_query(Referral.objects.visible_to(scope).filter(in_families(families)), on)


def _build_clock_query(referrals: ReferralQuerySet, on: date) -> Query:
    """Of these, the ones that nobody has decided, whose work goes on, or whose consultation is still to be held."""
    open_ones = (
        Q(status__in=UNDECIDED_STATUSES)
        | Q(status=ReferralState.ACCEPTED, episode__ended_on=None)
        | Q(Exists(query_open_consultations()), status=ReferralState.CONSULTATION)
    )
    rows = referrals.filter(open_ones, live_q("episode__"))
    return Query(rows, WAITING_FIELDS | build_event_fields(), lambda row: _parse_waiting(row, on))


def _build_declined_condition(*what: str) -> Exists:
    return Exists(DeclinedOffer.objects.live().filter(episode=OuterRef("episode__pk"), what__in=what))


WAITING_FIELDS = {
    "no_plan": _build_declined_condition("plan"),
    "no_rating": _build_declined_condition("goals", "rating"),
    "id": "id",
    "reference": "reference",
    "place": Case(When(place_assumed=False, then="place__name")),
    "place_code": Case(When(place_assumed=False, then="place__code")),
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
            consultation=parse_uuid(row["consulting"]),
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
    readable = build_family_within_q(scope, "family__")
    rows = Referral.objects.visible_to(scope).exclude(readable)
    if families is None:
        rows = rows.filter(build_among("pk", *_list_open_referral_ids(readable)))
    return [_build_day_21_query(rows, on, families)]


def _list_open_referral_ids(readable: Q) -> list[QuerySet[Any]]:
    """Of referrals whose clock may run and whose family one may not read: a few of tens of thousands, by indexes."""
    return [
        Referral.objects.live().undecided().values("pk"),
        Consultation.objects.live().open().exclude(referral=None).values("referral"),
        Episode.objects.live().open().exclude(readable).values("referral"),
    ]


def build_family_due_queries(scope: Scope, on: date, families: list[UUID] | None = None) -> list[Query]:
    """The same of the families that one may read."""
    readable = Referral.objects.visible_to(scope).filter(family__in=scope.rows(Family))
    return [_build_day_21_query(readable, on, families)]


def _build_day_21_query(referrals: ReferralQuerySet, on: date, families: list[UUID] | None) -> Query:
    """Those of the referrals whose 21st day has come, with what is still missing.

    A clock begins with its own referral, or with an earlier one about the same baby: of all others that are younger
    nothing more is read.
    """
    began_before = get_start_of_day(on - WARN_AFTER + timedelta(days=1))
    may_have_come = Q(received_at__lt=began_before) | build_related_condition()
    clocks = _build_clock_query(referrals.filter(in_families(families), may_have_come), on)
    to_waiting = clocks.to_items  # what a process keeps: by the Query itself it would keep all its QuerySets

    def to_due_items(row: dict[str, Any]) -> list[DueItem]:
        found = [each for each in to_waiting(row) if each.clock.speak_on <= on]
        return [_build_day_21_item(each, on) for each in found if list_missing_steps(each)]

    return Query(clocks.rows, clocks.fields, to_due_items)


def _build_day_21_item(waiting: WaitingReferral, on: date) -> DueItem:
    return DueItem(
        code="day_21",
        kind=CLINICAL,
        title=f"4-week standard: {format_plural(len(list_missing_steps(waiting)), 'step')} left",
        subject_id=waiting.id,
        href=waiting.href,
        due_on=waiting.clock.start + timedelta(days=FOUR_WEEK_LIMIT_DAYS),
        family_id=waiting.family,
        site_id=waiting.site,
        owner_id=waiting.lead,
        who=waiting.who or waiting.reference,
        why=f"Day {waiting.clock.days(on)}. Still missing: {'; '.join(list_missing_steps(waiting))}.",
    )


def list_missing_steps(waiting: WaitingReferral) -> list[str]:
    """Steps still missing and not declined; a baseline measure only where the national measure applies.

    Of a referral that was answered by a consultation, the consultation alone: it is all that was promised.
    """
    if waiting.status == ReferralState.CONSULTATION:
        return [CONSULTATION_TEXT] if waiting.clock.contact is None else []
    asked = (
        (FIRST_CONTACT_TEXT, HELP_TEXT)
        if waiting.clock.outside
        else (FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT)
    )
    return [words for words in waiting.clock.missing if words in asked and words not in waiting.declined]
