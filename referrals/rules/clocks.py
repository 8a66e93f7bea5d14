"""How long a family has waited: each step on the way to help, and the national four-week measure.

Source of the measure: NHS England's published code, NHSDigital/mental-health-monthly-statistics at 7b4d7421 (MIT),
4w_waits_prep.py; the policy is the clinically-led review of July 2021, that children in non-urgent community services
start to receive help within four weeks of a request. It sets no per cent that has to be reached, and neither do we.

What the code says and is followed here: the person is 0 to 17 at referral; referrals of one person to one provider
with at most five days between are one spell; the clock starts when the first of them was received; it stops at the
latest of a first contact (attended and direct, or indirect activity), a first baseline outcome (any tool of the
national list but Current View), and a first agreed care plan or a recorded intervention.
What is ours: days are counted by the calendar; an unborn baby has no row in the national data set, so a spell that
began before the birth is counted here and not there, from the antenatal referral on, by the same clock. When the baby
is referred in their own right after the birth, the national spell begins with that referral, beside the local clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pairs.families.ages import add_years

FOUR_WEEK_LIMIT_DAYS = 28
WARN_AFTER = timedelta(days=21)  # our choice: leaves a week to do what is missing
MAX_SPELL_GAP = timedelta(days=5)
ADULT_AGE_YEARS = 18
DIRECT_MECHANISMS = frozenset({"01", "02", "04", "11"})
ATTENDED_CODES = frozenset({"5", "6"})
EXCLUDED_BASELINE_TOOL = "Current View"
# Consultation, signposting and one more code, which the national code excludes. Its lists of treatment codes
# cannot be checked here: whoever gives an intervention its SNOMED code makes sure that it is listed.
EXCLUDED_TREATMENT_CODES = frozenset({"11429006", "975131000000104", "2386021000000108"})

FIRST_CONTACT_TEXT = "a first attended contact"
CONSULTATION_TEXT = "the consultation"
BASELINE_TEXT = "a first measure on the national list, such as a rated goal"
HELP_TEXT = "a plan agreed with the family, or an intervention with a national code"

STARTED_BEFORE_BIRTH = "Started before the birth: counted here, but not in the national measure."
NO_INFANT_NAMED = "No baby is named yet."
BIRTH_DATE_UNKNOWN = "Date of birth not known."
OVER_AGE_LIMIT = "Aged 18 or over: not in the national measure."


@dataclass(frozen=True)
class DecisionWait:
    """How long a referral has waited for a decision, in whole days."""

    days: int
    decided: bool


def calculate_decision_wait(*, received: date, decided: date | None, on: date) -> DecisionWait:
    """Days from receipt to the decision, or to ``on`` while it is undecided."""
    return DecisionWait(days=count_days_between(received, decided or on), decided=decided is not None)


def count_days_between(received: date, day: date) -> int:
    """Whole calendar days, regardless of clock changes: to the next day is one."""
    return (day - received).days


@dataclass(frozen=True)
class WaitInterval:
    """One step: days from the referral to it, or until now while it has not been reached."""

    name: str
    days: int
    reached: date | None


def list_wait_intervals(
    *,
    start: date,
    decided: date | None,
    contact: date | None,
    assessed: date | None,
    helped: date | None,
    on: date,
) -> tuple[WaitInterval, ...]:
    """The steps monitored locally: decision, first contact, assessment, start of help."""
    steps = (("decision", decided), ("contact", contact), ("assessment", assessed), ("help", helped))
    return tuple(WaitInterval(name, count_days_between(start, day or on), day) for name, day in steps)


@dataclass(frozen=True)
class ReferralPeriod:
    """One referral of a person: when it was received, and when it ended (the work's last day, or its decision)."""

    received: date
    ended: date | None = None


@dataclass(frozen=True)
class CodedContact:
    """A care contact by its national codes: consultation mechanism, attended or did not attend."""

    on: date
    mechanism: str
    attendance: str


@dataclass(frozen=True)
class BaselineMeasure:
    """A completed measure and what the national list calls it; '' when it is not on it."""

    on: date
    tool: str


@dataclass(frozen=True)
class CodedTreatment:
    """A way of working in use, and its SNOMED code; '' while nobody has given it one."""

    on: date
    code: str


@dataclass(frozen=True)
class ClockEvents:
    """What happened to one person around one referral. ``born`` None: not yet, or not known."""

    request: ReferralPeriod
    born: date | None
    others: tuple[ReferralPeriod, ...] = ()
    contacts: tuple[CodedContact, ...] = ()
    indirect: tuple[date, ...] = ()
    baselines: tuple[BaselineMeasure, ...] = ()
    plans: tuple[date, ...] = ()
    treatments: tuple[CodedTreatment, ...] = ()
    named: bool = True
    unborn: bool = True  # without a date of birth: not born yet, rather than date not known


@dataclass(frozen=True)
class FourWeekClock:
    """The clock of one spell: start, dates of the three events, and why it is excluded ('' if not).

    ``national``: the clock of the baby's own referral after the birth, where this one began before it.
    """

    start: date
    ended: date | None
    contact: date | None
    baseline: date | None
    help: date | None
    outside: str
    national: "FourWeekClock | None" = None

    @property
    def stopped(self) -> date | None:
        """The latest of the three, once there are three."""
        days = [day for day in (self.contact, self.baseline, self.help) if day]
        return max(days) if len(days) == 3 else None

    @property
    def missing(self) -> tuple[str, ...]:
        """What has not happened yet, in words: since the birth, where the national clock began with it."""
        if self.national:
            return self.national.missing
        parts = ((self.contact, FIRST_CONTACT_TEXT), (self.baseline, BASELINE_TEXT), (self.help, HELP_TEXT))
        return tuple(words for day, words in parts if day is None)

    @property
    def is_running(self) -> bool:
        """Neither stopped nor ended. If excluded, it runs until first contact and start of help."""
        if self.ended:
            return False
        if self.national:
            return self.national.is_running
        return not (self.contact and self.help) if self.outside else self.stopped is None

    @property
    def speak_on(self) -> date:
        """The day from which missing events are reported."""
        return self.start + WARN_AFTER

    def days(self, on: date) -> int:
        """Days it took, or has taken until ``on``."""
        return count_days_between(self.start, self.stopped or self.ended or on)


def calculate_four_week_clock(events: ClockEvents) -> FourWeekClock:
    """The local clock of one person's spell; with the national one where it began later, with the birth."""
    spell = find_spell(events.request, events.others)
    own = _find_own_spell(events, spell)
    if own is None:
        return _run_clock(events, spell)
    return replace(_run_clock(events, spell), outside="", national=_run_clock(events, own))


def _find_own_spell(events: ClockEvents, spell: ReferralPeriod) -> ReferralPeriod | None:
    """The spell of the baby's own referral, of a spell that began before the birth; None where there is none."""
    if events.born is None or spell.received >= events.born:
        return None
    within = [
        each
        for each in (events.request, *events.others)
        if each.received >= events.born and (spell.ended is None or each.received <= spell.ended)
    ]
    if not within:
        return None
    first = events.request if events.request in within else min(within, key=lambda each: each.received)
    return find_spell(first, within)


def _run_clock(events: ClockEvents, spell: ReferralPeriod) -> FourWeekClock:
    """The national measure of one spell, as far as the events go."""
    start, ended = spell.received, spell.ended

    def find_first(days: Iterable[date]) -> date | None:
        return min((day for day in days if start <= day <= (ended or day)), default=None)

    seen = [each.on for each in events.contacts if is_direct(each)]
    coded = [each.on for each in events.treatments if each.code and each.code not in EXCLUDED_TREATMENT_CODES]
    return FourWeekClock(
        start=start,
        ended=ended,
        contact=find_first([*seen, *events.indirect]),
        baseline=find_first(
            each.on for each in events.baselines if each.tool not in ("", EXCLUDED_BASELINE_TOOL)
        ),
        help=find_first([*events.plans, *coded]),
        outside=find_exclusion_reason(events, start),
    )


def is_direct(contact: CodedContact) -> bool:
    """Attended, and face to face, by telephone, video or talk type; a text, a chat or an e-mail is none."""
    return contact.attendance in ATTENDED_CODES and contact.mechanism in DIRECT_MECHANISMS


def find_spell(request: ReferralPeriod, others: Iterable[ReferralPeriod]) -> ReferralPeriod:
    """The spell that the request belongs to: from the first receipt to the last end, None while one goes on.

    Referrals with a gap of at most five days, from the end of one to the receipt of the next, form one spell.
    """
    joined: list[ReferralPeriod] = []
    for each in sorted([request, *others], key=lambda one: (one.received, one.ended or date.max)):
        if joined and _continues_spell(joined[-1], each):
            joined[-1] = ReferralPeriod(joined[-1].received, _get_later_end(joined[-1].ended, each.ended))
        else:
            joined.append(each)
    return next(each for each in reversed(joined) if each.received <= request.received)


def _continues_spell(before: ReferralPeriod, after: ReferralPeriod) -> bool:
    return before.ended is None or after.received - before.ended <= MAX_SPELL_GAP


def _get_later_end(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else None


def find_exclusion_reason(events: ClockEvents, start: date) -> str:
    """'' when the spell counts nationally, else why it does not."""
    if not events.named:
        return NO_INFANT_NAMED
    if events.born is None:
        return STARTED_BEFORE_BIRTH if events.unborn else BIRTH_DATE_UNKNOWN
    if start < events.born:
        return STARTED_BEFORE_BIRTH
    return OVER_AGE_LIMIT if start >= add_years(events.born, ADULT_AGE_YEARS) else ""


def is_return(*, ended: date, received: date) -> bool:
    """Is it a return within twelve months of an ending? Our definition; exactly one year counts."""
    return ended <= received <= add_years(ended, 1)
