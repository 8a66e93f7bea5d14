"""Where a referral stands, for whoever made it: also after it was accepted, and worked out from today. Pure.

What the family agreed decides how much is said: nothing but received and decided, that we work with them, or dates of
appointments too. Nothing clinical. No sentence promises a day that may have gone by.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.timezone import localdate

from pairs.web.formats import format_day, format_day_and_time, format_plural
from referrals.rules.choices import DECIDED_STATUSES, ConsultationStatus, ReferralState

# Our own: after so long what was said to come next is no longer said as if it were about to happen.
STALE_AFTER_DAYS = 28
APPOINTMENTS = "appointments"


class Stage(TextChoices):
    """Where it stands, as a referrer is told."""

    RECEIVED = "received", "Received"
    READ = "read", "Read"
    MORE_ASKED = "more_asked", "More information requested"
    ANSWERED = "answered", "Answered"
    WITHDRAWAL_ASKED = "withdrawal_asked", "Withdrawal requested"
    DECIDED = "decided", "Decided"
    ACCEPTED = "accepted", "Accepted"
    OFFERED = "offered", "First appointment offered"
    SEEN = "seen", "Seen"
    WORKING = "working", "In work"
    ENDED = "ended", "Work ended"
    CONSULTATION = "consultation", "Consultation"
    NOT_ACCEPTED = "not_accepted", "Not for us now"
    WITHDRAWN = "withdrawn", "Withdrawn"


FINISHED_STAGES = {Stage.ENDED, Stage.NOT_ACCEPTED, Stage.WITHDRAWN}


@dataclass(frozen=True)
class WorkFacts:
    """What happened besides its steps. ``meetings``: attended contacts, oldest first.

    ``question``: what this person was asked and the referral waits for; of a colleague's only ``asked_at`` is known.
    """

    question: str = ""
    asked_at: datetime | None = None
    added_at: datetime | None = None  # by whoever referred or their team, the newest
    withdrawal_asked_at: datetime | None = None  # we are to tell the family first
    told: bool = False  # this person has heard from us
    opened: bool = False
    ended_on: date | None = None
    meetings: tuple[datetime, ...] = ()
    booked: datetime | None = None  # the next appointment
    consultation: str = ""  # status of the newest one that this person asked for
    arranged_for: datetime | None = None
    held_on: date | None = None


@dataclass(frozen=True)
class Progress:
    """``day``: of this stage, as far as the family agreed; ``next_step``: one or two sentences."""

    stage: Stage
    next_step: str
    day: date | None = None
    held: bool = False  # of a consultation: it has taken place
    question: str = ""  # that waits for an answer of this person

    @property
    def words(self) -> str:
        return str(self.stage.label)

    @property
    def is_finished(self) -> bool:
        """Nothing more comes of it unless they refer or ask again."""
        return self.held or self.stage in FINISHED_STAGES


def read_facts(rows: Iterable[Mapping[str, Any]]) -> WorkFacts:
    """Of rows that each hold some of the fields."""
    merged: dict[str, Any] = {}
    for row in rows:
        merged |= row
    return WorkFacts(**merged)


def describe_progress(
    referral: Any, facts: WorkFacts, *, shared: bool, agreed: frozenset[str] | None, now: datetime
) -> Progress:
    """``shared``: may more be told than received and decided; ``agreed``: topics of the family's agreement.

    What they were asked and what they asked for is theirs to know, whatever the family agreed.
    """
    if facts.withdrawal_asked_at:
        return _describe_withdrawal_request(facts.withdrawal_asked_at)
    if facts.question or (shared and facts.asked_at):
        return _describe_question(facts)
    if not shared:
        return _describe_unshared(referral, facts, now)
    if referral.status == ReferralState.ACCEPTED:
        return _describe_accepted(referral, facts, APPOINTMENTS in (agreed or ()), now)
    if referral.status == ReferralState.CONSULTATION:
        return _describe_consultation(referral, facts, now)
    stage, words = Stage(referral.status), _OTHER_STEPS.get(referral.status)
    return Progress(stage, words) if words else Progress(stage, _describe_waiting(referral, now))


_OTHER_STEPS: dict[str, str] = {
    ReferralState.NOT_ACCEPTED: "Our reply says where the family can turn instead. You can refer again at any time.",
    ReferralState.WITHDRAWN: "Nothing more will happen. You can refer again at any time.",
}


def _describe_unshared(referral: Any, facts: WorkFacts, now: datetime) -> Progress:
    if referral.status in DECIDED_STATUSES:
        more = "more than we have told you" if facts.told else "more"
        words = f"It has been decided. Until the family agrees, we cannot say {more}; they may tell you themselves."
        return Progress(Stage.DECIDED, words)
    if referral.first_read_at is None and referral.status == ReferralState.RECEIVED:
        return Progress(Stage.RECEIVED, _describe_reading(referral, now))
    return Progress(
        Stage.RECEIVED, "The team will decide what would help. We will tell you once it is decided."
    )


# ---------------------------------------------------------------- before the decision
_WAITS_FOR_ANSWER = (
    "We will decide when we have the answer to our question. You can add to the referral at any time."
)


def _describe_withdrawal_request(asked_at: datetime) -> Progress:
    words = (
        "You or your team asked us to withdraw it. We will tell the family first, then close the referral."
    )
    return Progress(Stage.WITHDRAWAL_ASKED, words, localdate(asked_at))


def _describe_question(facts: WorkFacts) -> Progress:
    """Asked of whoever referred; answered by whatever they or their team have added since."""
    if facts.asked_at and facts.added_at and facts.added_at > facts.asked_at:
        words = "We have the answer to our question and are reading it. Then the team will decide what would help."
        return Progress(Stage.ANSWERED, words, localdate(facts.added_at))
    return Progress(Stage.MORE_ASKED, _WAITS_FOR_ANSWER, question=facts.question)


def _describe_waiting(referral: Any, now: datetime) -> str:
    if referral.status == ReferralState.MORE_ASKED:
        return _WAITS_FOR_ANSWER
    if referral.first_read_at is None and referral.status == ReferralState.RECEIVED:
        return _describe_reading(referral, now)
    days = (now - referral.received_at).days
    if days >= STALE_AFTER_DAYS:
        return f"It has been read, and has waited {format_plural(days, 'day')} for a decision. Call us to ask about it."
    return "It has been read. The team will decide what would help, and we will tell you."


def _describe_reading(referral: Any, now: datetime) -> str:
    by = referral.read_by_time
    if by and by < now:
        due = format_day_and_time(by)
        return f"It was due to be read by {due} and is late. Our supervisors know. Call us if it cannot wait."
    when = f"by {format_day_and_time(by)}" if by else "within four working hours"
    return f"The duty clinician will read it {when}. Then the team will decide what would help."


# ---------------------------------------------------------------- after it was accepted
def _describe_accepted(referral: Any, facts: WorkFacts, dated: bool, now: datetime) -> Progress:
    if facts.ended_on:
        return _describe_ended(facts.ended_on, dated)
    if not dated:
        return _describe_without_dates(referral, facts, now)
    if facts.meetings:
        return _describe_met(facts, now)
    if facts.booked:
        words = f"The first appointment is booked for {format_day_and_time(facts.booked)}."
        return Progress(Stage.OFFERED, words, facts.booked.date())
    return Progress(Stage.ACCEPTED, _describe_first_appointment(referral, now))


def _describe_ended(ended_on: date, dated: bool) -> Progress:
    ended = (
        f"Our work with the family ended on {format_day(ended_on)}."
        if dated
        else "Our work with the family ended."
    )
    words = f"{ended} You can refer again, or request a consultation, at any time."
    return Progress(Stage.ENDED, words, ended_on if dated else None)


def _describe_without_dates(referral: Any, facts: WorkFacts, now: datetime) -> Progress:
    """The family has not agreed that dates of appointments are told."""
    if facts.opened:
        return Progress(
            Stage.WORKING, "We are working with the family. Please continue your current support."
        )
    if _is_stale(referral, now):
        words = "The family is with the team. Ask the named contact if you need to plan something together."
        return Progress(Stage.ACCEPTED, words)
    return Progress(Stage.ACCEPTED, _describe_first_appointment(referral, now))


def _describe_first_appointment(referral: Any, now: datetime) -> str:
    if not _is_stale(referral, now):
        return "The team will contact the family, in the way they asked for, to offer a first appointment."
    days = format_plural((now - referral.decided_at).days, "day")
    return f"No first appointment is booked yet, {days} after it was accepted. Ask the named contact what is planned."


def _is_stale(referral: Any, now: datetime) -> bool:
    return bool(referral.decided_at and (now - referral.decided_at).days >= STALE_AFTER_DAYS)


def _describe_met(facts: WorkFacts, now: datetime) -> Progress:
    """Seen once, or in work; the next appointment where there is one."""
    last = facts.meetings[-1]
    stage = Stage.WORKING if len(facts.meetings) > 1 else Stage.SEEN
    after = (
        f"The next appointment is booked for {format_day_and_time(facts.booked)}."
        if facts.booked
        else "No further appointment is booked at present."
    )
    return Progress(stage, f"We last saw the family on {format_day(last)}. {after}", last.date())


# ---------------------------------------------------------------- a consultation
def _describe_consultation(referral: Any, facts: WorkFacts, now: datetime) -> Progress:
    if facts.consultation == ConsultationStatus.HELD and facts.held_on:
        words = (
            f"The consultation was held on {format_day(facts.held_on)}. You can ask for another at any time."
        )
        return Progress(Stage.CONSULTATION, words, facts.held_on, held=True)
    if facts.consultation == ConsultationStatus.ARRANGED and facts.arranged_for:
        coming = facts.arranged_for >= now
        when = format_day_and_time(facts.arranged_for)
        words = (
            f"The consultation is booked for {when}."
            if coming
            else f"The consultation was booked for {when}."
        )
        return Progress(Stage.CONSULTATION, words, facts.arranged_for.date())
    if _is_stale(referral, now):
        return Progress(
            Stage.CONSULTATION, "No time for the consultation is recorded. Call us to arrange one."
        )
    return Progress(Stage.CONSULTATION, "A clinician will arrange a time to think about the family with you.")
