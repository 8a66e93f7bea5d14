"""Choices of families: what is said of people, addresses, alerts, cautions and moves. Pure."""

from django.db.models import TextChoices


class Sex(TextChoices):
    """As it is recorded at birth."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    INDETERMINATE = "indeterminate", "Indeterminate"
    NOT_KNOWN = "", "Not known"


class BackgroundAnswer(TextChoices):
    """What a carer answers about themselves. Nobody has to."""

    YES = "yes", "Yes"
    NO = "no", "No"
    DECLINED = "declined", "Would rather not say"
    NOT_ASKED = "", "Not asked"


class Loss(TextChoices):
    """How a baby died."""

    MISCARRIAGE = "miscarriage", "Miscarriage"
    TERMINATION = "termination", "Termination"
    STILLBIRTH = "stillbirth", "Stillbirth"
    DEATH = "death", "Death after birth"


class NeonatalStay(TextChoices):
    """Whether a baby stayed in neonatal care."""

    NO = "no", "No"
    STILL_THERE = "now", "Yes, and still there"
    HOME_SINCE = "yes", "Yes, and home since"


class Relationship(TextChoices):
    """What a carer is to an infant."""

    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    PARTNER = "partner", "Parent's partner"
    GRANDPARENT = "grandparent", "Grandparent"
    FOSTER_CARER = "foster_carer", "Foster carer"
    KINSHIP_CARER = "kinship_carer", "Kinship carer"
    ADOPTIVE_PARENT = "adoptive_parent", "Adoptive parent"
    OTHER = "other", "Someone else"


class ParentalResponsibility(TextChoices):
    """Whether a carer has it for an infant."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class AddressKind(TextChoices):
    """What kind of place somebody lives in."""

    HOME = "home", "Home"
    TEMPORARY = "temporary", "Temporary"
    REFUGE = "refuge", "Refuge (address hidden)"
    NO_FIXED_ABODE = "none", "No fixed abode"


class AlertStepKind(TextChoices):
    """What was done about a risk alert."""

    RAISED = "raised", "Raised"
    ESCALATED = "escalated", "Passed on: not seen in time"
    SEEN = "seen", "Seen"
    ACTION = "action", "Action"
    CLOSED = "closed", "Closed"


class CautionKind(TextChoices):
    """What to know before one books, writes or goes."""

    KEEP_APART = "keep_apart", "Keep apart"
    LONE_WORKER = "lone_worker", "Lone working"


class MoveStatus(TextChoices):
    """Where a family's move to another site has come to."""

    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CALLED_BACK = "called_back", "Reversed"
