"""Choices of referral: statuses, responses, grounds of permission, groupings, meeting places."""

from django.db.models import IntegerChoices, TextChoices


class EntryPoint(TextChoices):
    """How a referral came."""

    PROFESSIONAL = "professional", "Professional referral"
    EMAIL = "email", "Professional without an account"
    API = "api", "Another system"
    PHONE = "phone", "Phone"
    SELF = "self", "Self-referral"


class ReferralState(TextChoices):
    """Where a referral stands. (A ReferralStatus is the step that brought it there.)"""

    RECEIVED = "received", "Received"
    READ = "read", "Read"
    MORE_ASKED = "more_asked", "More information requested"
    ACCEPTED = "accepted", "Accepted"
    CONSULTATION = "consultation", "Consultation"
    NOT_ACCEPTED = "not_accepted", "Not for us now"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ReferralResponse(TextChoices):
    """How a referral is answered."""

    DIRECT = "direct", "Direct work"
    JOINT = "joint", "Joint working"
    CONSULTATION = "consultation", "Consultation"
    NONE = "none", "Not for us now"


class PermissionBasis(TextChoices):
    """The ground on which a family is named."""

    PARENT_AGREES = "parent_agrees", "The parent agrees to this referral"
    LAWFUL_BASIS = "lawful_basis", "There is a lawful basis without the parent's agreement"


class ThriveGrouping(TextChoices):
    """i-THRIVE needs-based groupings, as the service uses them (provisional at triage)."""

    ADVICE = "advice", "Getting Advice"
    HELP = "help", "Getting Help"
    MORE_HELP = "more_help", "Getting More Help"
    RISK_SUPPORT = "risk_support", "Getting Risk Support"
    THRIVING = "thriving", "Thriving"


class ProfessionalGroup(TextChoices):
    """Who asks, in plain words. The national staff-group codes could not be verified and are not guessed."""

    HEALTH_VISITOR = "health_visitor", "Health visitor"
    MIDWIFE = "midwife", "Midwife"
    GP = "gp", "GP or practice nurse"
    NEONATAL = "neonatal", "Neonatal team"
    PAEDIATRICS = "paediatrics", "Paediatrics"
    MENTAL_HEALTH = "mental_health", "Mental health"
    SOCIAL_WORKER = "social_worker", "Social worker"
    EARLY_YEARS = "early_years", "Nursery or early years"
    FAMILY_HUB = "family_hub", "Family hub"
    VOLUNTARY = "voluntary", "Voluntary sector"
    OTHER = "other", "Another profession"


class ReplyRecipient(TextChoices):
    """Who is owed a reply."""

    REFERRER = "referrer", "The referrer"
    FAMILY = "family", "The family"


class ReplyTopic(TextChoices):
    """What a reply tells of."""

    ANSWER = "answer", "The answer"
    QUESTION = "question", "A question"
    WITHDRAWN = "withdrawn", "The withdrawal"


class ReplyWay(TextChoices):
    """How somebody hears."""

    LETTER = "letter", "Letter"
    EMAIL = "email", "E-mail with the reference alone"
    PHONE = "phone", "Told on the phone"
    IN_PERSON = "in_person", "Told in person"
    NONE = "none", "No reply to them"


class FailedEmailAnswer(TextChoices):
    """What is done about an e-mail that could not be delivered."""

    AGAIN = "again", "Send it again to the same address"
    ADDRESS = "address", "Send it to another address"
    PHONE = "phone", "I told them by phone"
    IN_PERSON = "in_person", "I told them in person"
    NOT_NEEDED = "not_needed", "It is no longer needed"


class MatchResult(TextChoices):
    """Whether a named person is the one whom a record is about."""

    SAME = "same", "The same person"
    DIFFERENT = "different", "Not the same"
    TWIN = "twin", "Another baby of the same birth"
    ASKED = "asked", "The hub will check"


class ConsultationRoute(TextChoices):
    """How a consultation came about."""

    REQUEST = "request", "Online request"
    REFERRAL = "referral", "Referral"
    DROP_IN = "drop_in", "Drop-in clinic"
    PHONE = "phone", "Phone call"


class Agreement(IntegerChoices):
    """How far somebody agrees with a sentence about a consultation: our own question, no published instrument."""

    STRONGLY_AGREE = 5, "Strongly agree"
    AGREE = 4, "Agree"
    NEITHER = 3, "Neither agree nor disagree"
    DISAGREE = 2, "Disagree"
    STRONGLY_DISAGREE = 1, "Strongly disagree"


class ConsultationStatus(TextChoices):
    """Where a consultation stands."""

    ASKED = "asked", "Requested"
    ARRANGED = "arranged", "Booked"
    HELD = "held", "Held"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ConsultationOutcome(TextChoices):
    """What came of a consultation."""

    ADVICE = "advice", "Thought about together"
    JOINT = "joint", "A visit together"
    REFERRAL = "referral", "A referral to us"
    ELSEWHERE = "elsewhere", "Help from another service"


UNDECIDED_STATUSES = (ReferralState.RECEIVED, ReferralState.READ, ReferralState.MORE_ASKED)
DECIDED_STATUSES = set(ReferralState) - set(UNDECIDED_STATUSES)
# The status each response leads to.
STATUS_BY_RESPONSE: dict[str, ReferralState] = {
    ReferralResponse.DIRECT: ReferralState.ACCEPTED,
    ReferralResponse.JOINT: ReferralState.ACCEPTED,
    ReferralResponse.CONSULTATION: ReferralState.CONSULTATION,
    ReferralResponse.NONE: ReferralState.NOT_ACCEPTED,
}
PREFERRED_PLACES = [
    ("", "No preference"),
    ("home", "At home"),
    ("hub", "Family hub"),
    ("phone", "By phone"),
    ("video", "By video"),
]
DISTRICT_NOT_STATED = "Not stated"
# NHS Data Dictionary, source of referral for mental health: those whose label is verified and who send families
# of babies. Anybody else is M6.
SOURCES = [
    ("A1", "GP practice"),
    ("A2", "Health visitor"),
    ("A3", "Other primary health care"),
    ("A4", "Maternity service"),
    ("B1", "Self"),
    ("B2", "Carer or relative"),
    ("C1", "Social services"),
    ("C2", "Education service, nursery included"),
    ("C3", "Housing service"),
    ("E1", "Police"),
    ("E2", "Courts"),
    ("E3", "Probation service"),
    ("F2", "Hospital paediatrics"),
    ("F3", "Community paediatrics"),
    ("G3", "Other independent sector mental health"),
    ("G4", "Voluntary sector"),
    ("H1", "Emergency department"),
    ("H2", "Other hospital specialty"),
    ("M1", "Asylum services"),
    ("M3", "Out of area agency"),
    ("M6", "Other service or agency"),
    ("M7", "Single point of access"),
    ("N3", "NHS Talking Therapies"),
    ("P1", "Internal referral"),
]
WITHDRAWN_BY = [
    ("family", "The family"),
    ("referrer", "The referrer"),
    ("service", "No one; we are closing it for another reason"),
]
# How an addition begins by which whoever referred asks us to withdraw, once we have told the family.
PLEASE_TELL_FAMILY = "I would like to withdraw this referral. Please tell the family. Reason:"
FAMILY_KNOWS = [
    ("told", "Yes, I have told them"),
    ("tell", "No; please tell them"),
    ("unsafe", "No, and it is not safe to tell them"),
]
