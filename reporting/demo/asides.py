"""Beside the made-up contacts: a text before each, talks with the health visitor, a trainee's call to be read."""

from datetime import date, timedelta
from random import Random

from reporting.demo import words_aside as words
from reporting.demo.lives import Act, Contact, Countersigned, Life, Part, Work
from reporting.demo.people import new_id
from reporting.demo.staff import STAFFED

TALK_EVERY = 3  # contacts
CALL_ONE_IN = 5  # episodes
DAY = timedelta(days=1)
STILL_WAIT = timedelta(days=30)
TRAINEE, TRAINS_AT = "trainee", STAFFED[1]


def asides(rng: Random, life: Life, work: Work, until: date) -> list[Contact]:
    """A text the day before each contact, a talk the day before that now and then."""
    met = [contact for contact in work.contacts if contact.starts_at - 2 * DAY > work.act.at]
    found = [_message(rng, life, work, contact) for contact in met]
    found += [_liaison(rng, work, contact) for contact in met[::TALK_EVERY]]
    if len(met) < 3 or life.number % CALL_ONE_IN:
        return found
    if life.referral.site == TRAINS_AT and work.lead != TRAINEE:
        found.append(_trainees_call(rng, life, work, met[-1], until))
    return found


def _message(rng: Random, life: Life, work: Work, near: Contact) -> Contact:
    to = [(new_id(rng), "caregiver", life.carers[0].id, "attended")]
    said = [Part(new_id(rng), "happened", "caregiver", rng.choice(words.TEXTS), life.carers[0].id)]
    return _aside(rng, near, work.lead, kind="message", minutes=0, mechanism="09", came=to, parts=said)


def _liaison(rng: Random, work: Work, near: Contact) -> Contact:
    colleague = [(new_id(rng), *rng.choice(words.COLLEAGUES))]
    said = [Part(new_id(rng), "happened", "family", rng.choice(words.TALKS))]
    return _aside(
        rng,
        near,
        work.lead,
        kind="liaison",
        before=2,
        minutes=15,
        mechanism="02",
        others=colleague,
        parts=said,
    )


def _trainees_call(rng: Random, life: Life, work: Work, near: Contact, until: date) -> Contact:
    """By telephone with the carer; countersigned by the lead an hour later, but for those of the last weeks."""
    to = [(new_id(rng), "caregiver", life.carers[0].id, "attended")]
    said = [Part(new_id(rng), "happened", "caregiver", rng.choice(words.CALLS), life.carers[0].id)]
    call = _aside(
        rng, near, TRAINEE, kind="family", minutes=20, mechanism="02", came=to, parts=said,
        countersigning="waiting",
    )  # fmt: skip
    if until - call.starts_at.date() > STILL_WAIT:
        call.countersigned = Countersigned(new_id(rng), Act(call.act.at + timedelta(hours=1), work.lead))
    return call


def _aside(rng: Random, near: Contact, by: str, *, minutes: int, before: int = 1, **what) -> Contact:
    starts = near.starts_at - before * DAY
    written = starts + timedelta(minutes=minutes + rng.randrange(3, 50), seconds=rng.randrange(60))
    usual = {"came": [], "parts": [], "uses": [], "location": "X01", "signed": True}
    return Contact(id=new_id(rng), act=Act(written, by), starts_at=starts, minutes=minutes, **usual | what)
