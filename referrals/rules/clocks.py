"""How long a family has waited: each step on the way to help, and the national four-week measure.

Source of the measure: NHS England's published code, NHSDigital/mental-health-monthly-statistics at 7b4d7421 (MIT),
4w_waits_prep.py; the policy is the clinically-led review of July 2021, that children in non-urgent community services
start to receive help within four weeks of a request. It sets no per cent that has to be reached, and neither do we.

What the code says and is followed here: the person is 0 to 17 at referral; referrals of one person to one provider
with at most five days between are one spell; the clock starts when the first of them was received; it stops at the
latest of a first contact (attended and direct, or indirect activity), a first baseline outcome (any tool of the
national list but Current View), and a first agreed care plan or a recorded intervention.
What is ours: days are counted by the calendar; an unborn baby has no row in the national data set, so a spell that
began before the birth is counted here and not there, from the antenatal referral on, by the same clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LIMIT_DAYS = 28
SPEAK_AT = timedelta(days=21)  # ours: a week is left to do what is missing
JOINED = timedelta(days=5)
GROWN_UP = 18
DIRECT_MECHANISMS = frozenset({"01", "02", "04", "11"})
ATTENDED = frozenset({"5", "6"})
NOT_A_BASELINE = "Current View"
# Consultation, signposting, and one more that the national code leaves out. Which codes are in its three lists of
# treatments cannot be looked up here: whoever gives a way of working its SNOMED code makes sure that it is.
NOT_HELP = frozenset({"11429006", "975131000000104", "2386021000000108"})

CONTACT = "a first contact that they came to"
BASELINE = "a first measure on the national list, such as a goal that is rated"
HELP = "a plan agreed with the family, or a way of working with a national code"

BEFORE_BIRTH = "It began before the birth: counted here, and not in the national measure."
NOBODY_NAMED = "No baby is named yet."
NO_BIRTHDAY = "Their date of birth is not known."
TOO_OLD = "They were 18 or older: not in the national measure."


@dataclass(frozen=True)
class Wait:
    """How long a referral has waited for a decision, in whole days."""

    days: int
    decided: bool


def wait_for_decision(*, received: date, decided: date | None, on: date) -> Wait:
    """Days from the day of receipt to the decision, or to ``on`` while there is none."""
    return Wait(days=days_between(received, decided or on), decided=decided is not None)


def days_between(received: date, day: date) -> int:
    """Whole days by the calendar, whatever the clocks did in between: the next day is one."""
    return (day - received).days


@dataclass(frozen=True)
class Interval:
    """One step on the way: how many days from the referral to it, or until now while it has not come."""

    name: str
    days: int
    reached: date | None


def intervals(
    *,
    start: date,
    decided: date | None,
    contact: date | None,
    assessed: date | None,
    helped: date | None,
    on: date,
) -> tuple[Interval, ...]:
    """The steps that are watched locally: decision, first contact, assessment, start of help."""
    steps = (("decision", decided), ("contact", contact), ("assessment", assessed), ("help", helped))
    return tuple(Interval(name, days_between(start, day or on), day) for name, day in steps)


@dataclass(frozen=True)
class Request:
    """One referral of a person: when it was received, and when it ended (the work's last day, or its decision)."""

    received: date
    ended: date | None = None


@dataclass(frozen=True)
class Contact:
    """A care contact by its national codes: consultation mechanism, attended or did not attend."""

    on: date
    mechanism: str
    attendance: str


@dataclass(frozen=True)
class Baseline:
    """A completed measure and what the national list calls it; '' when it is not on it."""

    on: date
    tool: str


@dataclass(frozen=True)
class Treatment:
    """A way of working in use, and its SNOMED code; '' while nobody has given it one."""

    on: date
    code: str


@dataclass(frozen=True)
class Events:
    """What happened to one person around one referral. ``born`` None: not yet, or not known."""

    request: Request
    born: date | None
    others: tuple[Request, ...] = ()
    contacts: tuple[Contact, ...] = ()
    indirect: tuple[date, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    plans: tuple[date, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    named: bool = True
    unborn: bool = (
        True  # with no date of birth: a baby to come, rather than somebody whose birthday is not known
    )


@dataclass(frozen=True)
class FourWeeks:
    """The clock of one spell: its start, what has come of the three, and why it is outside the measure ('')."""

    start: date
    ended: date | None
    contact: date | None
    baseline: date | None
    help: date | None
    outside: str

    @property
    def stopped(self) -> date | None:
        """The latest of the three, once there are three."""
        days = [day for day in (self.contact, self.baseline, self.help) if day]
        return max(days) if len(days) == 3 else None

    @property
    def missing(self) -> tuple[str, ...]:
        """What has not happened yet, in words."""
        parts = ((self.contact, CONTACT), (self.baseline, BASELINE), (self.help, HELP))
        return tuple(words for day, words in parts if day is None)

    @property
    def runs(self) -> bool:
        """Neither stopped nor at its end; outside the national measure, until help has begun and somebody came."""
        if self.ended:
            return False
        return not (self.contact and self.help) if self.outside else self.stopped is None

    @property
    def speak_on(self) -> date:
        """The day on which what is missing is spoken of."""
        return self.start + SPEAK_AT

    def days(self, on: date) -> int:
        """Days it took, or has taken until ``on``."""
        return days_between(self.start, self.stopped or self.ended or on)


def four_week_clock(events: Events) -> FourWeeks:
    """The national measure of one person's spell, as far as the events go."""
    spell = spell_of(events.request, events.others)
    start, ended = spell.received, spell.ended

    def first(days: Iterable[date]) -> date | None:
        return min((day for day in days if start <= day <= (ended or day)), default=None)

    seen = [each.on for each in events.contacts if is_direct(each)]
    coded = [each.on for each in events.treatments if each.code and each.code not in NOT_HELP]
    return FourWeeks(
        start=start,
        ended=ended,
        contact=first([*seen, *events.indirect]),
        baseline=first(each.on for each in events.baselines if each.tool not in ("", NOT_A_BASELINE)),
        help=first([*events.plans, *coded]),
        outside=why_outside(events, start),
    )


def is_direct(contact: Contact) -> bool:
    """Attended, and face to face, by telephone, video or talk type; a text, a chat or an e-mail is none."""
    return contact.attendance in ATTENDED and contact.mechanism in DIRECT_MECHANISMS


def spell_of(request: Request, others: Iterable[Request]) -> Request:
    """The spell that the request belongs to: from the first receipt to the last end, None while one goes on.

    The gap is the days from the end of what came before to the receipt of the next; at most five, and they are one.
    """
    joined: list[Request] = []
    for each in sorted([request, *others], key=lambda one: (one.received, one.ended or date.max)):
        if joined and _joins(joined[-1], each):
            joined[-1] = Request(joined[-1].received, _later(joined[-1].ended, each.ended))
        else:
            joined.append(each)
    return next(each for each in reversed(joined) if each.received <= request.received)


def _joins(before: Request, after: Request) -> bool:
    return before.ended is None or after.received - before.ended <= JOINED


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else None


def why_outside(events: Events, start: date) -> str:
    """'' when the spell counts nationally, else why it does not."""
    if not events.named:
        return NOBODY_NAMED
    if events.born is None:
        return BEFORE_BIRTH if events.unborn else NO_BIRTHDAY
    if start < events.born:
        return BEFORE_BIRTH
    return TOO_OLD if start >= _years_later(events.born, GROWN_UP) else ""


def _years_later(day: date, years: int) -> date:
    """The same day years later; of 29 February, 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def is_return(*, ended: date, received: date) -> bool:
    """Do they come back within twelve months of an ending? Our definition; a year to the day still counts."""
    return ended <= received <= _years_later(ended, 1)
