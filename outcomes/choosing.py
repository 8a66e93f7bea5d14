"""Which measures to offer for a dyad today, in which order, and why: pure rules over what is known of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from outcomes.rules import asked_again, pair_closes
from outcomes.sheets import CARER, Measure

SECONDS_AN_ANSWER = 10  # ours, to say roughly how long it takes; no published figure


@dataclass(frozen=True)
class Known:
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
class Offer:
    """One measure for one dyad. ``why``: what speaks for it; ``why_not``: why it is not for today."""

    measure: Measure
    rank: int
    why: str
    why_not: str

    @property
    def length(self) -> str:
        return length_of(self.measure)


def offers(measures: Iterable[Measure], known: Known, on: date) -> list[Offer]:
    """All of them: what suits today first, and of these what was used before, the core, what fits the work.

    Among equals, what is made for this age comes first: the one whose window closes soonest.
    """
    found = [_offer(measure, known, on) for measure in measures]
    return sorted(
        found,
        key=lambda offer: (
            bool(offer.why_not),
            offer.rank,
            pair_closes(known.born, offer.measure.window) or date.max,
            offer.measure.name,
        ),
    )


def _offer(measure: Measure, known: Known, on: date) -> Offer:
    rank, why = _reason(measure, known)
    return Offer(measure, rank, why, _why_not(measure, known, on))


def _reason(measure: Measure, known: Known) -> tuple[int, str]:
    used = known.used.get(measure.id)
    reasons = (
        (used is not None, "Used before: a second time by the same person makes a pair"),
        (measure.id in known.core, "In the service’s core set"),
        (measure.id in known.fitting, "Goes with the work you are doing"),
        (measure.may_be_core, "About the relationship"),
    )
    return next(((rank, why) for rank, (is_so, why) in enumerate(reasons) if is_so), (len(reasons), ""))


def _why_not(measure: Measure, known: Known, on: date) -> str:
    no = known.declined.get(measure.id)
    if no and not asked_again(declined_on=no, review_on=known.review_on, on=on):
        return "They said no. Ask again at the next review, if at all."
    if measure.completed_by == CARER and measure.for_whom and known.relationship not in measure.for_whom:
        return f"{measure.short_name} is written for somebody else: {' or '.join(measure.for_whom)}."
    return measure.why_not(born=known.born, on=on)


def length_of(measure: Measure) -> str:
    """“18 answers, about 3 minutes”: minutes as published, else reckoned at ten seconds an answer."""
    if measure.items:
        count = f"{measure.items} answer{'' if measure.items == 1 else 's'}"
    elif measure.typed_scales:
        count = f"{len(measure.typed_scales)} number{'' if len(measure.typed_scales) == 1 else 's'} to type"
    else:
        count = "Recorded as done"
    minutes = measure.minutes or ceil(measure.items * SECONDS_AN_ANSWER / 60)
    return f"{count}, about {minutes} minute{'' if minutes == 1 else 's'}" if minutes else count
