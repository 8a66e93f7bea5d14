"""Babies as the report counts them: a child once a period, with the newest referral, whatever was merged or adopted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from interventions.episodes.models import Episode
from pairs.families.ages import add_months
from pairs.families.models import Dyad, Infant
from pairs.matching.counted import load_children_by_record, select_counted
from referrals.models import Referral, ReferredInfant

UNBORN, AGE_UNKNOWN = "Unborn", "Not known"
# (words, from so many months, and before so many); the first month is divided at 28 days.
AGE_BANDS = (
    ("28 days to under 3 months", 3),
    ("3 to under 6 months", 6),
    ("6 to under 12 months", 12),
    ("1 year", 24),
    ("2 years", 36),
    ("3 and 4 years", 60),
)
NEWBORN, FIVE_AND_OVER = "Under 28 days", "5 years and over"
NEWBORN_DAYS = 28
AGE_LABELS = (UNBORN, NEWBORN, *(words for words, _ in AGE_BANDS), FIVE_AND_OVER, AGE_UNKNOWN)


@dataclass(frozen=True)
class NamedBaby:
    """A baby in one referral: `child` is the same for all records of a child."""

    child: UUID
    referral: UUID
    received: datetime
    facts: Mapping[str, Any]

    @property
    def age_band(self) -> str:
        """On the day of the referral, in London."""
        born = self.facts["became__birth_date"] or self.facts["birth_date"]
        due = self.facts["became__estimated_due_date"] or self.facts["estimated_due_date"]
        return get_age_band(born, due, timezone.localdate(self.received))


def get_age_band(born: date | None, due: date | None, on: date) -> str:
    """The band of a baby on that day; unborn before the birth, and while the due date is to come."""
    if born is None:
        return UNBORN if due and due >= on else AGE_UNKNOWN
    if on < born:
        return UNBORN
    if (on - born).days < NEWBORN_DAYS:
        return NEWBORN
    return next((words for words, months in AGE_BANDS if on < add_months(born, months)), FIVE_AND_OVER)


REFERRED_FACTS = (
    "birth_date", "estimated_due_date", "became__birth_date", "became__estimated_due_date",
    "referral__entry_point", "referral__source_code", "referral__place__name", "referral__place_assumed",
    "referral__status", "referral__response", "referral__first_visit_together", "referral__decided_at",
)  # fmt: skip


def load_named_babies(which: Q) -> list[NamedBaby]:
    """Babies named in these referrals (a condition on Referral), the newest referral first."""
    children = load_children_by_record()
    rows = query_named_babies(which).values(
        "id", "became_id", "referral_id", "referral__received_at", *REFERRED_FACTS
    )
    return [
        NamedBaby(
            child=children.get(row["became_id"], row["became_id"]) or row["id"],
            referral=row["referral_id"],
            received=row["referral__received_at"],
            facts=row,
        )
        for row in rows.order_by("-referral__received_at", "referral_id", "id")
    ]


def query_named_babies(which: Q) -> QuerySet[ReferredInfant]:
    """Rows that count: of a record entered in error, none."""
    referrals = select_counted(Referral.objects.all()).filter(which)
    named = select_counted(ReferredInfant.objects.all()).filter(referral__in=referrals)
    return named.filter(Q(became=None) | Q(became__in=Infant.objects.valid()))


def take_once(babies: Iterable[NamedBaby], *more: str) -> list[NamedBaby]:
    """Each child once, the first in order; with `more`, once for each value of these facts."""
    found: dict[tuple[Any, ...], NamedBaby] = {}
    for baby in babies:
        found.setdefault((baby.child, *(baby.facts[name] for name in more)), baby)
    return list(found.values())


@dataclass(frozen=True)
class FocusedBaby:
    """A baby in focus of an episode: whose help it is."""

    episode: UUID
    infant: UUID
    child: UUID
    reason: str  # why the episode ended; "" while it is open


def load_focused_babies(episodes: QuerySet[Episode]) -> list[FocusedBaby]:
    """Of episodes for a baby, each child once, with the newest referral. A carer's own help is nobody's here."""
    children = load_children_by_record()
    referrals = select_counted(Referral.objects.filter(patient=None))
    dyads = select_counted(Dyad.objects.filter(infant__in=Infant.objects.valid()))
    rows = episodes.filter(referral__in=referrals, focus__in=dyads).order_by(
        "-referral__received_at", "referral_id", "focus__infant_id"
    )
    found: dict[UUID, FocusedBaby] = {}
    for episode, infant, reason in rows.values_list("pk", "focus__infant_id", "ending_reason"):
        child = children.get(infant, infant)
        found.setdefault(child, FocusedBaby(episode, infant, child, reason))
    return list(found.values())
