"""Recommends measures for a dyad: which, in what order and why. Pure rules."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from outcomes.measure_definitions import CARER, Measure
from outcomes.rules import get_pair_closing_date, may_ask_again

SECONDS_PER_ANSWER = 10  # our rough estimate; no published figure


@dataclass(frozen=True)
class DyadContext:
    """What is known of one dyad when a measure is chosen.

    ``used``: {measure: first day}; ``declined``: {measure: last no}; ``core``: of the service; ``fitting``: those the
    service offers with the work under way.
    """

    born: date | None
    relationship: str
    used: Mapping[str, date] = field(default_factory=dict)
    declined: Mapping[str, date] = field(default_factory=dict)
    core: Collection[str] = ()
    fitting: Collection[str] = ()
    review_on: date | None = None


@dataclass(frozen=True)
class Recommendation:
    """One measure for one dyad. ``why``: reason for it; ``why_not``: reason against it today, or ''."""

    measure: Measure
    rank: int
    why: str
    why_not: str

    @property
    def length(self) -> str:
        return describe_length(self.measure)


def recommend_measures(
    measures: Iterable[Measure], dyad_context: DyadContext, on: date
) -> list[Recommendation]:
    """All of them: what suits today first, and of these what was used before, the core, what fits the work.

    Among equals, what is made for this age comes first: the one whose window closes soonest.
    """
    found = [_build_recommendation(measure, dyad_context, on) for measure in measures]
    return sorted(
        found,
        key=lambda offer: (
            bool(offer.why_not),
            offer.rank,
            get_pair_closing_date(dyad_context.born, offer.measure.window) or date.max,
            offer.measure.name,
        ),
    )


def _build_recommendation(measure: Measure, dyad_context: DyadContext, on: date) -> Recommendation:
    rank, why = _find_reason(measure, dyad_context)
    return Recommendation(measure, rank, why, _find_objection(measure, dyad_context, on))


def _find_reason(measure: Measure, dyad_context: DyadContext) -> tuple[int, str]:
    used = dyad_context.used.get(measure.id)
    reasons = (
        (used is not None, "Used before: a second time by the same person makes a pair"),
        (measure.id in dyad_context.core, "In the service’s core set"),
        (measure.id in dyad_context.fitting, "Goes with the work you are doing"),
        (measure.may_be_core, "About the relationship"),
    )
    return next(((rank, why) for rank, (is_so, why) in enumerate(reasons) if is_so), (len(reasons), ""))


def _find_objection(measure: Measure, dyad_context: DyadContext, on: date) -> str:
    no = dyad_context.declined.get(measure.id)
    if no and not may_ask_again(declined_on=no, review_on=dyad_context.review_on, on=on):
        return "They said no. Ask again at the next review, if at all."
    if (
        measure.completed_by == CARER
        and measure.for_whom
        and dyad_context.relationship not in measure.for_whom
    ):
        return f"{measure.short_name} is written for somebody else: {' or '.join(measure.for_whom)}."
    return measure.why_not(born=dyad_context.born, on=on)


def describe_length(measure: Measure) -> str:
    """“18 answers, about 3 minutes”: minutes as published, else reckoned at ten seconds an answer."""
    if measure.items:
        count = f"{measure.items} answer{'' if measure.items == 1 else 's'}"
    elif measure.typed_scales:
        count = f"{len(measure.typed_scales)} number{'' if len(measure.typed_scales) == 1 else 's'} to type"
    else:
        count = "Recorded as done"
    minutes = measure.minutes or ceil(measure.items * SECONDS_PER_ANSWER / 60)
    return f"{count}, about {minutes} minute{'' if minutes == 1 else 's'}" if minutes else count
