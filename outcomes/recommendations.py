"""Recommends measures for a dyad: which, in what order and why. Pure rules."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from outcomes.measure_definitions import CARER, Measure
from outcomes.rules import get_pair_closing_date, list_age_warnings, may_ask_again
from pairs.families.ages import Birth

SECONDS_PER_ANSWER = 10  # our rough estimate; no published figure


@dataclass(frozen=True)
class DyadContext:
    """What is known of one dyad when a measure is chosen.

    ``used``: {measure: first day}; ``declined``: {measure: last no}; ``core``: of the service; ``fitting``: those the
    service offers with the work under way.
    """

    birth: Birth
    relationship: str
    used: Mapping[str, date] = field(default_factory=dict)
    declined: Mapping[str, date] = field(default_factory=dict)
    core: Collection[str] = ()
    fitting: Collection[str] = ()
    review_on: date | None = None


@dataclass(frozen=True)
class Recommendation:
    """One measure for one dyad. ``why``: reason for it; ``why_not``: reason against it today, or ''.

    ``warnings``: what to think about before it is used at this age.
    """

    measure: Measure
    rank: int
    why: str
    why_not: str
    warnings: tuple[str, ...] = ()

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
            get_pair_closing_date(dyad_context.birth.born, offer.measure.window) or date.max,
            offer.measure.name,
        ),
    )


def _build_recommendation(measure: Measure, dyad_context: DyadContext, on: date) -> Recommendation:
    rank, why = _find_reason(measure, dyad_context)
    warnings = list_age_warnings(
        name=measure.short_name, window=measure.window, birth=dyad_context.birth, on=on
    )
    return Recommendation(measure, rank, why, _find_objection(measure, dyad_context, on), tuple(warnings))


def _find_reason(measure: Measure, dyad_context: DyadContext) -> tuple[int, str]:
    used = dyad_context.used.get(measure.id)
    reasons = (
        (used is not None, "Used before: repeating it with the same person makes a pair"),
        (measure.id in dyad_context.core, "In the service’s core set"),
        (measure.id in dyad_context.fitting, "Fits the current intervention"),
        (measure.is_about_relationship, "About the relationship"),
    )
    return next(((rank, why) for rank, (is_so, why) in enumerate(reasons) if is_so), (len(reasons), ""))


def _find_objection(measure: Measure, dyad_context: DyadContext, on: date) -> str:
    no = dyad_context.declined.get(measure.id)
    if no and not may_ask_again(declined_on=no, review_on=dyad_context.review_on, on=on):
        return "They declined. Ask again at the next review, if at all."
    if (
        measure.completed_by == CARER
        and measure.for_whom
        and dyad_context.relationship not in measure.for_whom
    ):
        return f"{measure.short_name} is designed for others: {' or '.join(measure.for_whom)}."
    return measure.why_not(born=measure.window.get_age_start(dyad_context.birth, on), on=on)


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
