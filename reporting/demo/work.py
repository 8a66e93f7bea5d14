"""The work with one made-up family: an episode, its contacts, measures, goals and ending."""

from datetime import date, datetime, timedelta
from random import Random

from interventions.episodes.rules import SEEN
from outcomes.rules import add_months
from reporting.demo import words
from reporting.demo.asides import asides
from reporting.demo.calendar import at_work, working_day
from reporting.demo.codes import ways_of_working
from reporting.demo.lives import Act, Agreed, Baby, Contact, Ending, Hope, Life, Measured, Part, Rated, Work
from reporting.demo.measuring import measure_too
from reporting.demo.people import new_id
from reporting.demo.prfq import answers
from reporting.demo.saying import Telling

ENDINGS = {"02": 59, "04": 11, "07": 7, "05": 9, "09": 4, "03": 4, "08": 4, "01": 2}
WHERE = {
    ("01", "A01"): "at home",
    ("01", "K01"): "at the family hub",
    ("01", "B01"): "at the health centre",
    ("01", "E02"): "on the neonatal unit",
    ("02", "X01"): "by phone",
    ("11", "X01"): "by video",
}
DRAFTS_WAIT = timedelta(days=9)  # older notes are signed, but for the odd one
LENGTHS = (3, 4, 5, 6, 6, 7, 8, 8, 9, 10, 10, 11, 12, 12, 13, 14, 16, 18, 20)


def work_of(rng: Random, life: Life, telling: Telling, lead: str, until: date) -> Work | None:
    """The episode as far as it has come; None while the family waits for it to start."""
    accepted = life.referral.accepted.at
    day = working_day(accepted.date() + timedelta(days=rng.choice((4, 6, 8, 11, 15, 20, 27, 38))))
    if day >= until:
        return None
    act = Act(max(at_work(rng, day), accepted + timedelta(minutes=30)), lead)
    uses = ways_of_working(rng)
    focus = [
        carer.dyad_ids[baby.id]
        for baby in life.babies
        for carer in life.carers
        if carer.main or rng.random() < 0.7
    ]
    work = Work(
        id=new_id(rng), act=act, lead=lead, opened_on=day, thrive=life.referral.thrive, focus=focus,
        uses=[(new_id(rng), use) for use in uses],
    )  # fmt: skip
    if _meet(rng, life, telling, work, until):
        _end(rng, life, telling, work, until)
    _measure(rng, life, work)
    seen = [contact for contact in work.contacts if _met(contact, life)]
    measure_too(Random(f"measured/{work.id}"), life, work, seen, until)
    _hope(rng, life, telling, work)
    _agree(Random(f"agreed/{work.id}"), life, work)
    work.asides = asides(Random(f"asides/{work.id}"), life, work, until)
    return work


def _meet(rng: Random, life: Life, telling: Telling, work: Work, until: date) -> bool:
    """Contacts every week or two or three, for as many as this family comes to. Were they all?"""
    day, wanted, pace = work.opened_on, rng.choice(LENGTHS), rng.choice((7, 7, 7, 14, 14, 21))
    stops = min((baby.lost_on for baby in life.babies if baby.lost_on), default=until)
    for number in range(wanted):
        day = working_day(
            day + timedelta(days=rng.randrange(2, 12) if number == 0 else pace + rng.choice((-1, 0, 0, 1, 7)))
        )
        if day >= min(until, stops):
            break
        work.contacts.append(_contact(rng, life, telling, work, day, number, until))
    done = day < until
    if not done and len(work.contacts) > 3 and life.number % 4 == 0:
        _worry(rng, life, telling, work)
    return done


def _worry(rng: Random, life: Life, telling: Telling, work: Work) -> None:
    """Some whose work goes on were not brought twice running: somebody should think of them."""
    for contact in work.contacts[-2:]:
        _miss(rng, life, telling, contact, "not_brought")


def _contact(rng, life, telling, work, day, number, until) -> Contact:
    mechanism = rng.choices(("01", "02", "11"), (86, 8, 6))[0]
    location = rng.choices(("A01", "K01", "B01", "E02"), (55, 33, 9, 3))[0] if mechanism == "01" else "X01"
    starts = at_work(rng, day).replace(minute=rng.choice((0, 15, 30, 45)), second=0)
    minutes = rng.choice((45, 50, 60, 60, 60, 75, 90)) if mechanism != "02" else rng.choice((15, 20, 30))
    written = starts + timedelta(minutes=minutes + rng.randrange(5, 60), seconds=rng.randrange(60))
    people = [("infant", baby.id) for baby in life.babies if _with_us(baby, day)]
    people += [("caregiver", c.id) for c in life.carers if c.main or rng.random() < 0.45]
    contact = Contact(
        id=new_id(rng), act=Act(written, work.lead), starts_at=starts, minutes=minutes, mechanism=mechanism,
        location=location, uses=[work.uses[-1 if number % 2 else 0][1]],
        came=[(new_id(rng), kind, person, "attended") for kind, person in people], parts=[],
        signed=rng.random() > (0.2 if until - day < DRAFTS_WAIT else 0.001),
    )  # fmt: skip
    chance = rng.random()
    if chance < 0.2:
        _miss(rng, life, telling, contact, _missing(chance))
    else:
        contact.came = [(*who, _came(rng, life, who)) for *who, _ in contact.came]
        _note(rng, life, telling, contact)
    return contact


def _came(rng: Random, life: Life, who: list) -> str:
    """Everybody came, now and then late; a second carer not always."""
    _, kind, person = who
    if kind == "caregiver" and person != life.carers[0].id and rng.random() < 0.12:
        return "did_not_attend"
    return "late_seen" if rng.random() < 0.02 else "attended"


def _met(contact: Contact, life: Life) -> bool:
    """Was the main carer seen? Babies come with them."""
    return any(person == life.carers[0].id and came in SEEN for _, _, person, came in contact.came)


def _with_us(baby: Baby, day: date) -> bool:
    """A baby comes once born and registered: before that, with whoever carries them."""
    if baby.birth:
        return baby.birth.at.date() < day
    return baby.born is not None and baby.born <= day


def _missing(chance: float) -> str:
    if chance < 0.09:
        return "not_brought"
    if chance < 0.165:
        return "cancelled_family"
    return "cancelled_service" if chance < 0.19 else "late_not_seen"


def _miss(rng, life, telling, contact, how) -> None:
    """Nobody came: the baby was not brought, the adults did not attend; both cancelled when it was cancelled."""
    contact.came = [
        (id, kind, person, "did_not_attend" if how == "not_brought" and kind == "caregiver" else how)
        for id, kind, person, _ in contact.came
    ]
    contact.uses, contact.minutes = [], 0
    contact.parts = [Part(new_id(rng), "happened", "family", telling.say(words.MISSED[how]))]


def _note(rng, life, telling, contact) -> None:
    baby = next((b for b in life.babies if _with_us(b, contact.starts_at.date())), None)
    unborn, dyad = baby is None, life.carers[0].dyad_ids[(baby or life.babies[0]).id]
    where = WHERE[contact.mechanism, contact.location]
    said = telling.say(_happened(contact, life, unborn), unborn=unborn, where=where)
    contact.parts.append(Part(new_id(rng), "happened", "dyad", said, dyad))
    if rng.random() < 0.85:
        voice = rng.choice(words.BABY_TOLD_UNBORN if unborn else words.BABY_TOLD)
        contact.parts.append(Part(new_id(rng), "baby_told", "infant", voice, (baby or life.babies[0]).id))
    if rng.random() < 0.75:
        contact.parts.append(Part(new_id(rng), "next", "family", telling.say(words.NEXT, unborn=unborn)))


def _happened(contact: Contact, life: Life, unborn: bool) -> tuple[str, ...]:
    """The sentences that fit: together or not, born or not, one carer or two."""
    if contact.mechanism != "01":
        return words.HAPPENED_UNBORN_AWAY if unborn else words.HAPPENED_AWAY
    return words.HAPPENED_UNBORN if unborn else words.HAPPENED[: None if len(life.carers) > 1 else -1]


def _end(rng: Random, life: Life, telling: Telling, work: Work, until: date) -> None:
    """An ending some weeks after the last contact, when that day has come."""
    lost = next((baby.lost_on for baby in life.babies if baby.lost_on), None)
    last = max(
        [contact.starts_at.date() for contact in work.contacts] + [work.opened_on] + ([lost] if lost else [])
    )
    day = working_day(last + timedelta(days=rng.randrange(9, 30)))
    if day >= until:
        return
    reason = "06" if lost else rng.choices(list(ENDINGS), list(ENDINGS.values()))[0]
    few = words.SUMMARIES[-2:] if reason in ("05", "07", "09", "03", "04") else words.SUMMARIES[:4]
    summary = words.SUMMARY_LOSS if lost else telling.say(few, unborn=not any(b.born for b in life.babies))
    holder = "" if lost else rng.choice(words.HOLDERS)
    work.ending = Ending(Act(_after(work, at_work(rng, day)), work.lead), day, reason, summary, holder)


def _after(work: Work, at: datetime) -> datetime:
    return max([at] + [contact.act.at + timedelta(minutes=10) for contact in work.contacts[-1:]])


def _measure(rng: Random, life: Life, work: Work) -> None:
    """PRFQ with the main carer at the first seen contact with a born baby under three, and at the ending."""
    met = [contact for contact in work.contacts if _met_young(contact, life)]
    baby, carer = life.babies[0], life.carers[0]
    if not met or rng.random() > 0.87 or baby.lost_on:
        return
    moments = [("start", met[min(len(met) - 1, rng.randrange(2))])]
    if work.ending and len(met) > 2 and rng.random() < 0.72:
        moments.append(("end", met[-1]))
    for timepoint, contact in moments:
        declined = rng.random() < 0.05
        items = {} if declined else answers(rng, improved=timepoint == "end" and rng.random() < 0.78)
        act = Act(contact.act.at + timedelta(minutes=12), work.lead)
        measured = Measured(
            new_id(rng),
            act,
            carer.dyad_ids[baby.id],
            carer.id,
            timepoint,
            contact.starts_at.date(),
            declined,
            items,
        )
        work.measures.append(measured)


def _met_young(contact: Contact, life: Life) -> bool:
    day, baby = contact.starts_at.date(), life.babies[0]
    return _met(contact, life) and _with_us(baby, day) and day < add_months(baby.born, 36)


def _hope(rng: Random, life: Life, telling: Telling, work: Work) -> None:
    """One to three goals, rated at the start, sometimes on the way, and at the end."""
    met = [contact for contact in work.contacts if _met(contact, life)]
    if not met:
        return
    for bank in rng.sample(words.GOALS, rng.choice((0, 1, 1, 1, 2, 3))):
        first = met[0]
        said = telling.say((bank,), unborn=not _with_us(life.babies[0], first.starts_at.date()))
        dyad = life.carers[0].dyad_ids[life.babies[0].id]
        hope = Hope(new_id(rng), Act(first.act.at + timedelta(minutes=3), work.lead), dyad, said)
        _rate(rng, life, work, hope, met)
        work.goals.append(hope)


def _rate(rng: Random, life: Life, work: Work, hope: Hope, met: list[Contact]) -> None:
    score = rng.randrange(1, 6)
    moments = [("start", met[0])] + ([("review", met[len(met) // 2])] if len(met) > 5 else [])
    if work.ending and len(met) > 2 and rng.random() < 0.75:
        moments.append(("end", met[-1]))
    for timepoint, contact in moments:
        act = Act(contact.act.at + timedelta(minutes=5), work.lead)
        rated = Rated(new_id(rng), act, timepoint, score, contact.starts_at.date(), life.carers[0].id)
        hope.ratings.append(rated)
        score = max(0, min(10, score + rng.choice((-1, 0, 1, 1, 2, 2, 3))))


def _agree(rng: Random, life: Life, work: Work) -> None:
    """Where there are goals, mostly a plan is agreed with them at one of the first contacts, and somebody noted it."""
    met = [contact for contact in work.contacts if _met(contact, life)]
    if work.goals and rng.random() < 0.9:
        contact = met[min(len(met) - 1, rng.choice((0, 0, 1, 1, 2)))]
        work.agreed = Agreed(Act(contact.act.at + timedelta(minutes=8), work.lead), contact.starts_at.date())
