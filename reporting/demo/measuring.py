"""Beside the PRFQ, one more measure with some families: by the baby's age, once or twice, or declined with a reason.

Numbers are made up and lie within what each sheet allows; most move the way that is hoped for. An answer that tells of
a danger raises its alert, as the action does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from outcomes.measures import catalogue
from outcomes.sheets import CARER, CODER, Measure
from reporting.demo import words_measured as words
from reporting.demo.alarming import answered
from reporting.demo.lives import Act, Alarm, Baby, Contact, Life, Measured, Work
from reporting.demo.people import new_id

SHARE, ONCE_MORE, A_NO = 0.6, 0.7, 0.07
ONE_IN_DANGER = 0.12
AFTER = timedelta(minutes=14)  # the contact's note


@dataclass(frozen=True)
class Filled:
    """What was filled in, of whatever measure."""

    responses: dict[str, int | None] = field(default_factory=dict)
    typed: dict[str, float] = field(default_factory=dict)


def mors(rng: Random, better: bool) -> Filled:
    """The two totals from a service's own copy."""
    typed = {"warmth": rng.gauss(27 if better else 23, 3), "invasion": rng.gauss(9 if better else 13, 3)}
    return Filled(typed={scale: float(max(0, round(value))) for scale, value in typed.items()})


def epds(rng: Random, better: bool) -> Filled:
    """The ten answers, or the total with item 10 beside it."""
    danger = rng.choice((1, 1, 2)) if rng.random() < ONE_IN_DANGER else 0
    given = {str(item): _near(rng, 0.7 if better else 1.2, 3) for item in range(1, 10)} | {"10": danger}
    if rng.random() < 0.6:
        return Filled(responses=given)
    return Filled(responses={"10": danger}, typed={"total": float(sum(given.values()))})


def pbq(rng: Random, better: bool) -> Filled:
    """25 answers; those that tell of a danger are almost always nought."""
    sheet = catalogue()["pbq"]
    counts = {item: _near(rng, 0.5 if better else 1.1, 5) for item in range(1, sheet.items + 1)}
    counts |= {item: int(rng.random() < ONE_IN_DANGER / 2) for item in sheet.risk_items}
    return Filled({str(item): int(sheet.value(item, count) or 0) for item, count in counts.items()})


def kpcs(rng: Random, better: bool) -> Filled:
    """15 answers; one is often missing, and what does not apply is said."""
    given: dict[str, int | None] = {str(item): _near(rng, 2.6 if better else 2.1, 3) for item in range(1, 16)}
    if rng.random() < 0.35:
        given[rng.choice(("1", "9"))] = None
    if rng.random() < 0.4:
        del given[str(rng.randrange(2, 9))]
    return Filled(given)


def maas(rng: Random, better: bool) -> Filled:
    """19 answers in pregnancy."""
    return Filled({str(item): max(1, _near(rng, 4.3 if better else 3.8, 5)) for item in range(1, 20)})


def piios(rng: Random, better: bool) -> Filled:
    """The coder's total."""
    return Filled(typed={"total": float(max(0, round(rng.gauss(11 if better else 18, 4))))})


def _near(rng: Random, middle: float, most: int) -> int:
    return max(0, min(most, round(rng.gauss(middle, 0.8))))


# measure: (how often it is the one, how it is filled in)
ASKED: dict[str, tuple[int, Callable[[Random, bool], Filled]]] = {
    "mors_sf": (26, mors),
    "epds": (20, epds),
    "pbq": (14, pbq),
    "kpcs": (16, kpcs),
    "piios": (16, piios),
    "maas": (40, maas),
}


def measure_too(rng: Random, life: Life, work: Work, met: Sequence[Contact], until: date) -> None:
    """One of them with the main carer, at a contact at which they were seen, and at the end once more."""
    baby = life.babies[0]
    if not met or baby.lost_on or rng.random() > SHARE:
        return
    fit = {name: days for name in ASKED if (days := _fitting(catalogue()[name], life, baby, met))}
    if not fit:
        return
    [name] = rng.choices(list(fit), [ASKED[each][0] for each in fit])
    if name == "epds" and rng.random() < 0.5:
        return  # mood is asked about seldom: the relationship is what the work is about
    first, last = fit[name][0], fit[name][-1]
    moments = [("start", first)]
    if work.ending and last.starts_at.date() > first.starts_at.date() and rng.random() < ONCE_MORE:
        moments.append(("end", last))
    coded = _coder(rng)
    for timepoint, contact in moments:
        measured = _measured(rng, life, work, name, timepoint, contact)
        if catalogue()[name].completed_by == CODER and not measured.declined:
            measured.role, measured.reliability = coded if rng.random() < 0.85 else _coder(rng)
        work.measures.append(measured)
        _worry(rng, life, measured, until)


def _fitting(sheet: Measure, life: Life, baby: Baby, met: Sequence[Contact]) -> list[Contact]:
    """The contacts at which this measure is right for the baby's age, and for who this carer is."""
    if sheet.for_whom and life.carers[0].relationship not in sheet.for_whom:
        return []
    return [
        each for each in met if _known(baby, day := each.starts_at.date()) and not _why_not(sheet, baby, day)
    ]


def _known(baby: Baby, day: date) -> bool:
    """Not in the days between the birth and its registration."""
    return baby.born is None or day < baby.born or baby.birth is None or baby.birth.at.date() < day


def _why_not(sheet: Measure, baby: Baby, day: date) -> str:
    return sheet.why_not(born=baby.born, on=day)


def _coder(rng: Random) -> tuple[str, str]:
    """Who coded the film, and whether they hold a certificate."""
    return rng.choice(
        (
            ("coder", "reliable"),
            ("coder", "reliable"),
            ("practitioner", "reliable"),
            ("practitioner", "training"),
        )
    )


def _measured(rng: Random, life: Life, work: Work, name: str, timepoint: str, contact: Contact) -> Measured:
    carer, declined = life.carers[0], rng.random() < A_NO
    better = timepoint == "end" and rng.random() < 0.78
    filled = Filled() if declined else ASKED[name][1](rng, better)
    return Measured(
        id=new_id(rng),
        act=Act(contact.act.at + AFTER, work.lead),
        dyad=carer.dyad_ids[life.babies[0].id],
        rater=carer.id if catalogue()[name].completed_by == CARER else None,
        timepoint=timepoint,
        on=contact.starts_at.date(),
        declined=declined,
        responses=filled.responses,
        measure=name,
        typed=filled.typed,
        way="paper" if declined else rng.choice(("paper", "room")),
        why=rng.choice(words.RATHER_NOT) if declined else "",
    )


def _worry(rng: Random, life: Life, measured: Measured, until: date) -> None:
    """The alert of an answer that tells of a danger, and what was done about it."""
    sheet = catalogue()[measured.measure]
    risky = sheet.risky({int(item): answer for item, answer in measured.responses.items()})
    if not risky:
        return
    noun = "item" if len(risky) == 1 else "items"
    which = f"{noun} {', '.join(map(str, risky))} of {sheet.short_name}"
    alarm = Alarm(
        new_id(rng),
        f"An answer to {which} needs somebody to look at it today",
        answered(rng, measured.act, until),
        asked_by=measured.id,
    )
    life.alarms.append(alarm)
