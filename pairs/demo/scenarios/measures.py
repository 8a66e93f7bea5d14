"""Beside the PRFQ, one more measure with some families: by the baby's age, once or twice, or declined with a reason.

Numbers are made up and lie within what each sheet allows; most move the better way. An answer that tells of
a danger raises its alert, as the action does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from outcomes.measure_definitions import CARER, CODER, Measure
from outcomes.measures import get_catalogue
from outcomes.rules import Timepoint
from pairs.demo import texts_measures as words
from pairs.demo.people import make_id
from pairs.demo.scenarios.records import (
    Act,
    AlertRecord,
    BabyRecord,
    ContactRecord,
    EpisodeRecord,
    FamilyScenario,
    MeasureRecord,
)
from pairs.demo.scenarios.risk_alerts import build_alert_steps

MEASURED_SHARE, REPEATED_SHARE, DECLINED_SHARE = 0.6, 0.7, 0.07
DANGER_SHARE = 0.12
WRITTEN_AFTER = timedelta(minutes=14)  # the contact's note


@dataclass(frozen=True)
class MeasureInput:
    """What was filled in, of whatever measure."""

    responses: dict[str, int | None] = field(default_factory=dict)
    typed: dict[str, float] = field(default_factory=dict)


def answer_mors(rng: Random, better: bool) -> MeasureInput:
    """The two totals from a service's own copy."""
    typed = {"warmth": rng.gauss(27 if better else 23, 3), "invasion": rng.gauss(9 if better else 13, 3)}
    return MeasureInput(typed={scale: float(max(0, round(value))) for scale, value in typed.items()})


def answer_epds(rng: Random, better: bool) -> MeasureInput:
    """The ten answers, or the total with item 10 beside it."""
    danger = rng.choice((1, 1, 2)) if rng.random() < DANGER_SHARE else 0
    given = {str(item): _choose_near(rng, 0.7 if better else 1.2, 3) for item in range(1, 10)} | {
        "10": danger
    }
    if rng.random() < 0.6:
        return MeasureInput(responses=given)
    return MeasureInput(responses={"10": danger}, typed={"total": float(sum(given.values()))})


def answer_pbq(rng: Random, better: bool) -> MeasureInput:
    """25 answers; those that tell of a danger are almost always nought."""
    sheet = get_catalogue()["pbq"]
    counts = {item: _choose_near(rng, 0.5 if better else 1.1, 5) for item in range(1, sheet.items + 1)}
    counts |= {item: int(rng.random() < DANGER_SHARE / 2) for item in sheet.risk_items}
    return MeasureInput({str(item): int(sheet.value(item, count) or 0) for item, count in counts.items()})


def answer_kpcs(rng: Random, better: bool) -> MeasureInput:
    """15 answers; one is often missing, and what does not apply is said."""
    given: dict[str, int | None] = {
        str(item): _choose_near(rng, 2.6 if better else 2.1, 3) for item in range(1, 16)
    }
    if rng.random() < 0.35:
        given[rng.choice(("1", "9"))] = None
    if rng.random() < 0.4:
        del given[str(rng.randrange(2, 9))]
    return MeasureInput(given)


def answer_maas(rng: Random, better: bool) -> MeasureInput:
    """19 answers in pregnancy."""
    return MeasureInput(
        {str(item): max(1, _choose_near(rng, 4.3 if better else 3.8, 5)) for item in range(1, 20)}
    )


def answer_piios(rng: Random, better: bool) -> MeasureInput:
    """The coder's total."""
    return MeasureInput(typed={"total": float(max(0, round(rng.gauss(11 if better else 18, 4))))})


def _choose_near(rng: Random, middle: float, most: int) -> int:
    return max(0, min(most, round(rng.gauss(middle, 0.8))))


# measure: (how often it is the one, how it is filled in)
MEASURE_CHOICES: dict[str, tuple[int, Callable[[Random, bool], MeasureInput]]] = {
    "mors_sf": (26, answer_mors),
    "epds": (20, answer_epds),
    "pbq": (14, answer_pbq),
    "kpcs": (16, answer_kpcs),
    "piios": (16, answer_piios),
    "maas": (40, answer_maas),
}


def add_second_measure(
    rng: Random, scenario: FamilyScenario, work: EpisodeRecord, met: Sequence[ContactRecord], until: date
) -> None:
    """One of them with the main carer, at a contact at which they were seen, and at the end once more."""
    baby = scenario.babies[0]
    if not met or baby.lost_on or rng.random() > MEASURED_SHARE:
        return
    fit = {
        name: days
        for name in MEASURE_CHOICES
        if (days := _list_suitable_contacts(get_catalogue()[name], scenario, baby, met))
    }
    if not fit:
        return
    [name] = rng.choices(list(fit), [MEASURE_CHOICES[each][0] for each in fit])
    if name == "epds" and rng.random() < 0.5:
        return  # mood is asked about seldom: the relationship is what the work is about
    first, last = fit[name][0], fit[name][-1]
    moments = [("start", first)]
    if work.ending and last.starts_at.date() > first.starts_at.date() and rng.random() < REPEATED_SHARE:
        moments.append(("end", last))
    coded = _choose_coder(rng)
    for timepoint, contact in moments:
        measured = _build_measure_record(rng, scenario, work, name, timepoint, contact)
        if get_catalogue()[name].completed_by == CODER and not measured.declined:
            measured.role, measured.reliability = coded if rng.random() < 0.85 else _choose_coder(rng)
        work.measures.append(measured)
        _add_alert(rng, scenario, measured, until)


def _list_suitable_contacts(
    measure: Measure, scenario: FamilyScenario, baby: BabyRecord, met: Sequence[ContactRecord]
) -> list[ContactRecord]:
    """The contacts at which this measure is right for the baby's age, and for who this carer is."""
    if measure.for_whom and scenario.carers[0].relationship not in measure.for_whom:
        return []
    return [
        each
        for each in met
        if _is_birth_known(baby, day := each.starts_at.date()) and not _find_age_error(measure, baby, day)
    ]


def _is_birth_known(baby: BabyRecord, day: date) -> bool:
    """Not in the days between the birth and its registration."""
    return baby.born is None or day < baby.born or baby.birth is None or baby.birth.at.date() < day


def _find_age_error(measure: Measure, baby: BabyRecord, day: date) -> str:
    return measure.why_not(born=baby.born, on=day)


def _choose_coder(rng: Random) -> tuple[str, str]:
    """Who coded the film, and whether they hold a certificate."""
    return rng.choice(
        (
            ("coder", "reliable"),
            ("coder", "reliable"),
            ("practitioner", "reliable"),
            ("practitioner", "training"),
        )
    )


def _build_measure_record(
    rng: Random,
    scenario: FamilyScenario,
    work: EpisodeRecord,
    name: str,
    timepoint: str,
    contact: ContactRecord,
) -> MeasureRecord:
    carer, declined = scenario.carers[0], rng.random() < DECLINED_SHARE
    better = timepoint == Timepoint.END and rng.random() < 0.78
    filled = MeasureInput() if declined else MEASURE_CHOICES[name][1](rng, better)
    return MeasureRecord(
        id=make_id(rng),
        act=Act(contact.act.at + WRITTEN_AFTER, work.lead),
        dyad=carer.dyad_ids[scenario.babies[0].id],
        rater=carer.id if get_catalogue()[name].completed_by == CARER else None,
        timepoint=timepoint,
        on=contact.starts_at.date(),
        declined=declined,
        responses=filled.responses,
        measure=name,
        typed=filled.typed,
        way="paper" if declined else rng.choice(("paper", "room")),
        why=rng.choice(words.RATHER_NOT) if declined else "",
    )


def _add_alert(rng: Random, scenario: FamilyScenario, measured: MeasureRecord, until: date) -> None:
    """The alert of an answer that tells of a danger, and what was done about it."""
    sheet = get_catalogue()[measured.measure]
    risky = sheet.risky({int(item): answer for item, answer in measured.responses.items()})
    if not risky:
        return
    noun = "item" if len(risky) == 1 else "items"
    which = f"{noun} {', '.join(map(str, risky))} of {sheet.short_name}"
    alarm = AlertRecord(
        make_id(rng),
        f"An answer to {which} needs review today",
        build_alert_steps(rng, measured.act, until),
        asked_by=measured.id,
    )
    scenario.alarms.append(alarm)
