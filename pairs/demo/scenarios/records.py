"""Dataclasses of one made-up family's scenario: what happened to whom, when, and who recorded it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from referrals.rules.choices import ReferralState


@dataclass(frozen=True)
class Act:
    """One thing somebody did in PaIRS: when, and by whom (a username; None: nobody was signed in)."""

    at: datetime
    by: str | None


@dataclass
class CarerRecord:
    id: UUID
    named_id: UUID
    dyad_ids: dict[UUID, UUID]
    address_id: UUID
    given_name: str
    family_name: str
    relationship: str
    main: bool
    pregnant: bool
    lives_with: bool | None
    ethnicity: str
    birth_date: date | None
    phone: str = ""
    email: str = ""
    lines: str = ""
    postcode: str = ""
    lsoa_code: str = ""
    decile: int | None = None
    language: str = ""
    interpreter: bool = False
    may_post: bool | None = None  # asked where a letter went to them


@dataclass
class BabyRecord:
    id: UUID
    named_id: UUID
    reference: str
    given_name: str
    family_name: str
    sex: str
    ethnicity: str
    due: date | None  # of those not born when they were referred
    born: date | None  # in the end; None: still unborn, or lost before birth
    order: int
    plurality: int
    nhs_number: str | None
    birth: Act | None = None  # its registration, when it was born while we knew the family
    loss: str = ""
    lost_on: date | None = None
    loss_told: Act | None = None

    @property
    def born_at_referral(self) -> bool:
        return self.due is None


@dataclass
class ReplyRecord:
    """What one person heard of a step, and how; ``carer`` is the named carer it was said to."""

    id: UUID
    to: str
    recipient: str
    way: str
    text: str = ""
    why_none: str = ""
    carer: UUID | None = None
    email: str = ""
    address_lines: str = ""


@dataclass
class StatusRecord:
    """One move of a referral, and what everybody heard of it. ``listed``: the directory's, by its place there."""

    id: UUID
    status: str
    act: Act
    reason: str = ""
    destination: str = ""
    listed: int | None = None
    replies: list[ReplyRecord] = field(default_factory=list)


@dataclass
class AdditionRecord:
    """What whoever referred told us afterwards."""

    id: UUID
    act: Act
    text: str


@dataclass
class ConsultationRecord:
    """The consultation that a referral was answered with: asked for by the decision, then held."""

    id: UUID
    reference: str
    asked: UUID  # ids of its steps
    held: UUID
    act: Act | None  # when it was held; None: it is still to come


@dataclass
class AskerRecord:
    """Who asks, where it is not (only) an account."""

    name: str
    role: str = ""
    group: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""


@dataclass
class ReferralRecord:
    """The referral as it came in, and its moves."""

    id: UUID
    reference: str
    site: str
    place: str
    entry_point: str
    source: str
    referrer: str | None
    act: Act
    permission: str
    permission_reason: str
    concerns: list[str]
    noticed: str
    parent_says: str
    hopes: str
    preferred_place: str
    safe_contact: str
    steps: list[StatusRecord] = field(default_factory=list)
    additions: list[AdditionRecord] = field(default_factory=list)
    asker: AskerRecord | None = None
    thought: ConsultationRecord | None = None
    names_nobody: bool = False  # somebody asked for help and said no names
    lead: str | None = None
    response: str = ""
    thrive: str = ""
    thrive_reason: str = ""

    @property
    def accepted(self) -> Act | None:
        return next((step.act for step in self.steps if step.status == ReferralState.ACCEPTED), None)


@dataclass
class NotePartRecord:
    id: UUID
    part: str
    subject: str
    text: str
    of: UUID | None = None  # infant, dyad or caregiver, as the subject says


@dataclass
class ContactRecord:
    """One encounter, and the act of writing it down."""

    id: UUID
    act: Act
    starts_at: datetime
    minutes: int
    mechanism: str
    location: str
    uses: list[str]
    came: list[tuple[UUID, str, UUID, str]]  # (participant id, "infant" or "caregiver", person, attendance)
    parts: list[NotePartRecord]
    signed: bool
    kind: str = "family"
    others: list[tuple[UUID, str, str, str]] = field(default_factory=list)  # (id, name, role, organisation)
    countersigning: str = ""  # how a trainee's signed note stands, before anybody has read it
    countersigned: "CountersignRecord | None" = None


@dataclass
class CountersignRecord:
    """A trainee's note was read, and stands."""

    id: UUID
    act: Act


@dataclass
class MeasureRecord:
    """One measure, done or declined. ``rater``: the carer who answered; None: whoever wrote it down rated."""

    id: UUID
    act: Act
    dyad: UUID
    rater: UUID | None
    timepoint: str
    on: date
    declined: bool
    responses: dict[str, int | None]
    measure: str = "prfq"
    typed: dict[str, float] = field(default_factory=dict)
    way: str = "paper"
    why: str = ""  # of a no
    role: str = ""  # of whoever coded a film
    reliability: str = ""


@dataclass
class RatingRecord:
    id: UUID
    act: Act
    timepoint: str
    score: int
    on: date
    rater: UUID


@dataclass
class GoalRecord:
    """A goal and how near it felt."""

    id: UUID
    act: Act
    dyad: UUID
    words: str
    ratings: list[RatingRecord] = field(default_factory=list)


@dataclass
class PlanAgreement:
    """The day on which the family agreed the plan."""

    act: Act
    on: date


@dataclass
class EndingRecord:
    act: Act
    on: date
    reason: str
    summary: str
    next_holder: str


@dataclass
class EpisodeRecord:
    """An episode."""

    id: UUID
    act: Act
    lead: str
    opened_on: date
    thrive: str
    focus: list[UUID]
    uses: list[tuple[UUID, str]]
    contacts: list[ContactRecord] = field(default_factory=list)
    asides: list[ContactRecord] = field(
        default_factory=list
    )  # messages, talks with colleagues, a trainee's calls
    measures: list[MeasureRecord] = field(default_factory=list)
    goals: list[GoalRecord] = field(default_factory=list)
    agreed: PlanAgreement | None = None
    ending: EndingRecord | None = None


@dataclass
class AlertStepRecord:
    id: UUID
    kind: str
    note: str
    act: Act


@dataclass
class AlertRecord:
    """A risk alert and what was done about it; the first answer is its raising."""

    id: UUID
    what: str
    answers: list[AlertStepRecord]
    asked_by: UUID | None = None  # the measure with the answer that raised it


@dataclass
class GrantRecord:
    id: UUID
    user: str
    purpose: str
    reason: str
    act: Act


@dataclass
class MatchRecord:
    """Somebody said that a named baby is one whom we hold already."""

    id: UUID
    named: UUID
    infant: UUID
    act: Act


@dataclass
class FamilyScenario:
    """Everything about one family, from the referral on."""

    number: int
    family: UUID
    referral: ReferralRecord
    babies: list[BabyRecord]
    carers: list[CarerRecord]
    work: EpisodeRecord | None = None
    alarms: list[AlertRecord] = field(default_factory=list)
    grants: list[GrantRecord] = field(default_factory=list)
    restricted: Act | None = None
    restricted_because: str = ""
    same: list[MatchRecord] = field(default_factory=list)


@dataclass
class DecisionRecord:
    """What supervision decided about a family, by when, and when it was done."""

    id: UUID
    family: UUID
    words: str
    do_by: date
    done: Act | None = None


@dataclass
class SupervisionRecord:
    """One supervision session, its note and the decisions it took."""

    id: UUID
    note_id: UUID
    act: Act
    site: str
    supervisee: str
    kind: str
    on: date
    minutes: int
    note: str
    decisions: list[DecisionRecord]
