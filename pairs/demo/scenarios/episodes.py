"""The work with one made-up family: an episode, its contacts, measures, goals and ending."""

from datetime import date, datetime, timedelta
from random import Random

from interventions.episodes.rules import SEEN_ATTENDANCES, EndingReason, Location, Mechanism
from outcomes.rules import Timepoint, add_months
from pairs.demo import texts
from pairs.demo.calendar import choose_working_time, get_working_day
from pairs.demo.codes import choose_interventions
from pairs.demo.people import make_id
from pairs.demo.scenarios.measures import add_second_measure
from pairs.demo.scenarios.phrases import PhraseBook
from pairs.demo.scenarios.prfq import answer_prfq
from pairs.demo.scenarios.records import (
    Act,
    BabyRecord,
    ContactRecord,
    EndingRecord,
    EpisodeRecord,
    FamilyScenario,
    GoalRecord,
    MeasureRecord,
    NotePartRecord,
    PlanAgreement,
    RatingRecord,
)
from pairs.demo.scenarios.side_contacts import build_side_contacts
from pairs.matching.rules.kinds import PersonKind

ENDING_REASON_WEIGHTS = {"02": 59, "04": 11, "07": 7, "05": 9, "09": 4, "03": 4, "08": 4, "01": 2}
PLACE_PHRASES = {
    ("01", "A01"): "at home",
    ("01", "K01"): "at the family hub",
    ("01", "B01"): "at the health centre",
    ("01", "E02"): "on the neonatal unit",
    ("02", "X01"): "by phone",
    ("11", "X01"): "by video",
}
DRAFT_PERIOD = timedelta(days=9)  # older notes are signed, but for the odd one
NEONATAL_PERIOD = timedelta(days=90)
CONTACT_COUNTS = (3, 4, 5, 6, 6, 7, 8, 8, 9, 10, 10, 11, 12, 12, 13, 14, 16, 18, 20)


def build_episode(
    rng: Random, scenario: FamilyScenario, telling: PhraseBook, lead: str, until: date
) -> EpisodeRecord | None:
    """The episode as far as it has come; None while the family waits for it to start."""
    accepted = scenario.referral.accepted.at
    day = get_working_day(accepted.date() + timedelta(days=rng.choice((4, 6, 8, 11, 15, 20, 27, 38))))
    if day >= until:
        return None
    act = Act(max(choose_working_time(rng, day), accepted + timedelta(minutes=30)), lead)
    uses = choose_interventions(rng)
    focus = [
        carer.dyad_ids[baby.id]
        for baby in scenario.babies
        for carer in scenario.carers
        if carer.main or rng.random() < 0.7
    ]
    work = EpisodeRecord(
        id=make_id(rng), act=act, lead=lead, opened_on=day, thrive=scenario.referral.thrive, focus=focus,
        uses=[(make_id(rng), use) for use in uses],
    )  # fmt: skip
    if _add_contacts(rng, scenario, telling, work, until):
        _add_ending(rng, scenario, telling, work, until)
    _add_prfq(rng, scenario, work)
    seen = [contact for contact in work.contacts if _was_carer_seen(contact, scenario)]
    add_second_measure(Random(f"measured/{work.id}"), scenario, work, seen, until)
    _add_goals(rng, scenario, telling, work)
    _agree_plan(Random(f"agreed/{work.id}"), scenario, work)
    work.asides = build_side_contacts(Random(f"asides/{work.id}"), scenario, work, until)
    return work


def _add_contacts(
    rng: Random, scenario: FamilyScenario, telling: PhraseBook, work: EpisodeRecord, until: date
) -> bool:
    """Contacts every week or two or three, for as many as this family comes to. Were they all?"""
    day, wanted, pace = work.opened_on, rng.choice(CONTACT_COUNTS), rng.choice((7, 7, 7, 14, 14, 21))
    stops = min((baby.lost_on for baby in scenario.babies if baby.lost_on), default=until)
    for number in range(wanted):
        day = get_working_day(
            day + timedelta(days=rng.randrange(2, 12) if number == 0 else pace + rng.choice((-1, 0, 0, 1, 7)))
        )
        if day >= min(until, stops):
            break
        work.contacts.append(_build_contact(rng, scenario, telling, work, day, number, until))
    done = day < until
    if not done and len(work.contacts) > 3 and scenario.number % 4 == 0:
        _mark_not_brought(rng, scenario, telling, work)
    return done


def _mark_not_brought(
    rng: Random, scenario: FamilyScenario, telling: PhraseBook, work: EpisodeRecord
) -> None:
    """Some whose work goes on were not brought twice running: somebody should think of them."""
    for contact in work.contacts[-2:]:
        _record_missed(rng, scenario, telling, contact, "not_brought")


def _build_contact(
    rng: Random,
    scenario: FamilyScenario,
    telling: PhraseBook,
    work: EpisodeRecord,
    day: date,
    number: int,
    until: date,
) -> ContactRecord:
    mechanism = rng.choices(("01", "02", "11"), (86, 8, 6))[0]
    location = (
        rng.choices(("A01", "K01", "B01", "E02"), (55, 33, 9, 3))[0]
        if mechanism == Mechanism.FACE_TO_FACE
        else "X01"
    )
    if location == Location.HOSPITAL_WARD and not _may_be_on_a_neonatal_unit(scenario, day):
        location = Location.FAMILY_HOME
    starts = choose_working_time(rng, day).replace(minute=rng.choice((0, 15, 30, 45)), second=0)
    minutes = (
        rng.choice((45, 50, 60, 60, 60, 75, 90))
        if mechanism != Mechanism.TELEPHONE
        else rng.choice((15, 20, 30))
    )
    written = starts + timedelta(minutes=minutes + rng.randrange(5, 60), seconds=rng.randrange(60))
    people = [("infant", baby.id) for baby in scenario.babies if _is_registered(baby, day)]
    people += [("caregiver", c.id) for c in scenario.carers if c.main or rng.random() < 0.45]
    contact = ContactRecord(
        id=make_id(rng), act=Act(written, work.lead), starts_at=starts, minutes=minutes, mechanism=mechanism,
        location=location, uses=[work.uses[-1 if number % 2 else 0][1]],
        came=[(make_id(rng), kind, person, "attended") for kind, person in people], parts=[],
        signed=rng.random() > (0.2 if until - day < DRAFT_PERIOD else 0.001),
    )  # fmt: skip
    chance = rng.random()
    if chance < 0.2:
        _record_missed(rng, scenario, telling, contact, _choose_missed_attendance(chance))
    else:
        contact.came = [(*who, _choose_attendance(rng, scenario, who)) for *who, _ in contact.came]
        _add_note(rng, scenario, telling, contact)
    return contact


def _may_be_on_a_neonatal_unit(scenario: FamilyScenario, day: date) -> bool:
    """In their first weeks; neither before the birth nor as a toddler."""
    return any(_is_registered(baby, day) and day - baby.born < NEONATAL_PERIOD for baby in scenario.babies)


def _choose_attendance(rng: Random, scenario: FamilyScenario, who: list) -> str:
    """Everybody came, now and then late; a second carer not always."""
    _, kind, person = who
    if kind == PersonKind.CAREGIVER and person != scenario.carers[0].id and rng.random() < 0.12:
        return "did_not_attend"
    return "late_seen" if rng.random() < 0.02 else "attended"


def _was_carer_seen(contact: ContactRecord, scenario: FamilyScenario) -> bool:
    """Was the main carer seen? Babies come with them."""
    return any(
        person == scenario.carers[0].id and came in SEEN_ATTENDANCES for _, _, person, came in contact.came
    )


def _is_registered(baby: BabyRecord, day: date) -> bool:
    """A baby comes once born and registered: before that, with whoever carries them."""
    if baby.birth:
        return baby.birth.at.date() < day
    return baby.born is not None and baby.born <= day


def _choose_missed_attendance(chance: float) -> str:
    if chance < 0.09:
        return "not_brought"
    if chance < 0.165:
        return "cancelled_family"
    return "cancelled_service" if chance < 0.19 else "late_not_seen"


def _record_missed(
    rng: Random, scenario: FamilyScenario, telling: PhraseBook, contact: ContactRecord, how: str
) -> None:
    """Nobody came: the baby was not brought, the adults did not attend; both cancelled when it was cancelled."""
    contact.came = [
        (id, kind, person, "did_not_attend" if how == "not_brought" and kind == PersonKind.CAREGIVER else how)
        for id, kind, person, _ in contact.came
    ]
    contact.uses, contact.minutes = [], 0
    contact.parts = [NotePartRecord(make_id(rng), "happened", "family", telling.say(texts.MISSED[how]))]


def _add_note(rng: Random, scenario: FamilyScenario, telling: PhraseBook, contact: ContactRecord) -> None:
    baby = next((b for b in scenario.babies if _is_registered(b, contact.starts_at.date())), None)
    unborn, dyad = baby is None, scenario.carers[0].dyad_ids[(baby or scenario.babies[0]).id]
    where = PLACE_PHRASES[contact.mechanism, contact.location]
    said = telling.say(_choose_note_sentences(contact, scenario, unborn), unborn=unborn, where=where)
    contact.parts.append(NotePartRecord(make_id(rng), "happened", "dyad", said, dyad))
    if rng.random() < 0.85:
        voice = rng.choice(texts.BABY_TOLD_UNBORN if unborn else texts.BABY_TOLD)
        contact.parts.append(
            NotePartRecord(make_id(rng), "baby_told", "infant", voice, (baby or scenario.babies[0]).id)
        )
    if rng.random() < 0.75:
        contact.parts.append(
            NotePartRecord(make_id(rng), "next", "family", telling.say(texts.NEXT, unborn=unborn))
        )


def _choose_note_sentences(contact: ContactRecord, scenario: FamilyScenario, unborn: bool) -> tuple[str, ...]:
    """The sentences that fit: together or not, born or not, one carer or two."""
    if contact.mechanism != Mechanism.FACE_TO_FACE:
        return texts.HAPPENED_UNBORN_AWAY if unborn else texts.HAPPENED_AWAY
    return texts.HAPPENED_UNBORN if unborn else texts.HAPPENED[: None if len(scenario.carers) > 1 else -1]


def _add_ending(
    rng: Random, scenario: FamilyScenario, telling: PhraseBook, work: EpisodeRecord, until: date
) -> None:
    """An ending some weeks after the last contact, when that day has come."""
    lost = next((baby.lost_on for baby in scenario.babies if baby.lost_on), None)
    last = max(
        [contact.starts_at.date() for contact in work.contacts] + [work.opened_on] + ([lost] if lost else [])
    )
    day = get_working_day(last + timedelta(days=rng.randrange(9, 30)))
    if day >= until:
        return
    reason = (
        "06" if lost else rng.choices(list(ENDING_REASON_WEIGHTS), list(ENDING_REASON_WEIGHTS.values()))[0]
    )
    few = (
        texts.SUMMARIES[-2:]
        if reason
        in (
            EndingReason.LOST_TOUCH,
            EndingReason.FAMILY_ASKED,
            EndingReason.NEVER_STARTED,
            EndingReason.MOVED_AWAY,
            EndingReason.NOT_RIGHT_NOW,
        )
        else texts.SUMMARIES[:4]
    )
    summary = (
        texts.SUMMARY_LOSS if lost else telling.say(few, unborn=not any(b.born for b in scenario.babies))
    )
    holder = "" if lost else rng.choice(texts.HOLDERS)
    work.ending = EndingRecord(
        Act(_get_time_after_notes(work, choose_working_time(rng, day)), work.lead),
        day,
        reason,
        summary,
        holder,
    )


def _get_time_after_notes(work: EpisodeRecord, at: datetime) -> datetime:
    return max([at] + [contact.act.at + timedelta(minutes=10) for contact in work.contacts[-1:]])


def _add_prfq(rng: Random, scenario: FamilyScenario, work: EpisodeRecord) -> None:
    """PRFQ with the main carer at the first seen contact with a born baby under three, and at the ending."""
    met = [contact for contact in work.contacts if _was_seen_under_three(contact, scenario)]
    baby, carer = scenario.babies[0], scenario.carers[0]
    if not met or rng.random() > 0.87 or baby.lost_on:
        return
    moments = [("start", met[min(len(met) - 1, rng.randrange(2))])]
    if work.ending and len(met) > 2 and rng.random() < 0.72:
        moments.append(("end", met[-1]))
    for timepoint, contact in moments:
        declined = rng.random() < 0.05
        items = (
            {} if declined else answer_prfq(rng, improved=timepoint == Timepoint.END and rng.random() < 0.78)
        )
        act = Act(contact.act.at + timedelta(minutes=12), work.lead)
        measured = MeasureRecord(
            make_id(rng),
            act,
            carer.dyad_ids[baby.id],
            carer.id,
            timepoint,
            contact.starts_at.date(),
            declined,
            items,
        )
        work.measures.append(measured)


def _was_seen_under_three(contact: ContactRecord, scenario: FamilyScenario) -> bool:
    day, baby = contact.starts_at.date(), scenario.babies[0]
    return (
        _was_carer_seen(contact, scenario) and _is_registered(baby, day) and day < add_months(baby.born, 36)
    )


def _add_goals(rng: Random, scenario: FamilyScenario, telling: PhraseBook, work: EpisodeRecord) -> None:
    """One to three goals, rated at the start, sometimes on the way, and at the end."""
    met = [contact for contact in work.contacts if _was_carer_seen(contact, scenario)]
    if not met:
        return
    for bank in rng.sample(texts.GOALS, rng.choice((0, 1, 1, 1, 2, 3))):
        first = met[0]
        said = telling.say((bank,), unborn=not _is_registered(scenario.babies[0], first.starts_at.date()))
        dyad = scenario.carers[0].dyad_ids[scenario.babies[0].id]
        hope = GoalRecord(make_id(rng), Act(first.act.at + timedelta(minutes=3), work.lead), dyad, said)
        _add_ratings(rng, scenario, work, hope, met)
        work.goals.append(hope)


def _add_ratings(
    rng: Random, scenario: FamilyScenario, work: EpisodeRecord, hope: GoalRecord, met: list[ContactRecord]
) -> None:
    score = rng.randrange(1, 6)
    moments = [("start", met[0])] + ([("review", met[len(met) // 2])] if len(met) > 5 else [])
    if work.ending and len(met) > 2 and rng.random() < 0.75:
        moments.append(("end", met[-1]))
    for timepoint, contact in moments:
        act = Act(contact.act.at + timedelta(minutes=5), work.lead)
        rated = RatingRecord(
            make_id(rng), act, timepoint, score, contact.starts_at.date(), scenario.carers[0].id
        )
        hope.ratings.append(rated)
        score = max(0, min(10, score + rng.choice((-1, 0, 1, 1, 2, 2, 3))))


def _agree_plan(rng: Random, scenario: FamilyScenario, work: EpisodeRecord) -> None:
    """Where there are goals, mostly a plan is agreed with them at one of the first contacts, and somebody noted it."""
    met = [contact for contact in work.contacts if _was_carer_seen(contact, scenario)]
    if work.goals and rng.random() < 0.9:
        contact = met[min(len(met) - 1, rng.choice((0, 0, 1, 1, 2)))]
        work.agreed = PlanAgreement(
            Act(contact.act.at + timedelta(minutes=8), work.lead), contact.starts_at.date()
        )
