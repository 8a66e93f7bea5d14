"""The words of the village, and the rules of agreements and letters that need no records."""

from datetime import date

from django.db.models import IntegerChoices, TextChoices


class MemberKind(TextChoices):
    """Which part of the village somebody belongs to."""

    PROFESSIONAL = "professional", "Professional"
    KIN = "kin", "Family and kin"
    FRIEND = "friend", "Friend"
    COMMUNITY = "community", "Community"


class Closeness(IntegerChoices):
    """How often somebody is there for the child: the rings of the map."""

    EVERY_DAY = 1, "Every day"
    OFTEN = 2, "Often"
    NOW_AND_THEN = 3, "Now and then"


class SharingTopic(TextChoices):
    """What an agreement may cover."""

    INVOLVED = "involved", "That we are involved"
    APPOINTMENTS = "appointments", "Appointments and attendance"
    PLAN = "plan", "The plan and its goals"
    PROGRESS = "progress", "Progress"
    MEASURES = "measures", "Measures and scores"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    CONTACT_DETAILS = "contact_details", "Contact details and address"


class LetterTopic(TextChoices):
    """What a letter's part may be: an address is covered by “contact details”, and has limits of its own."""

    INVOLVED = SharingTopic.INVOLVED.value, SharingTopic.INVOLVED.label
    APPOINTMENTS = SharingTopic.APPOINTMENTS.value, SharingTopic.APPOINTMENTS.label
    PLAN = SharingTopic.PLAN.value, SharingTopic.PLAN.label
    PROGRESS = SharingTopic.PROGRESS.value, SharingTopic.PROGRESS.label
    MEASURES = SharingTopic.MEASURES.value, SharingTopic.MEASURES.label
    SAFEGUARDING = SharingTopic.SAFEGUARDING.value, SharingTopic.SAFEGUARDING.label
    CONTACT_DETAILS = SharingTopic.CONTACT_DETAILS.value, SharingTopic.CONTACT_DETAILS.label
    ADDRESS = "address", "Address"


class SendingMethod(TextChoices):
    """How a letter went."""

    POST = "post", "By post"
    HAND = "hand", "Given in person"


# The parts of a letter that somebody types.
TYPED_TOPICS = [
    topic for topic in SharingTopic if topic not in (SharingTopic.INVOLVED, SharingTopic.CONTACT_DETAILS)
]
SENDER = "Parent-Infant Relationship Service (PaIRS)"


def find_agreement_errors(*, agreed: bool, agreed_on: date | None, reason: str, on: date) -> dict[str, str]:
    """Errors by field: it is agreed by somebody on a day, or the reason for sharing without it is written."""
    if agreed and reason:
        return {"without_consent_because": "Leave this empty if someone has agreed."}
    if not agreed and not reason:
        return {"agreed_by": "Enter who agreed, or the reason for sharing without agreement."}
    if agreed and agreed_on is None:
        return {"agreed_on": "Enter the date they agreed."}
    if agreed_on and agreed_on > on:
        return {"agreed_on": "The date of agreement is in the future."}
    return {}


def find_end_date_error(*, start: date | None, until: date | None) -> str:
    """'' when the last day does not come before the first."""
    return "The last day is before the first." if start and until and until < start else ""


def get_lapse_date(*, until: date | None, withdrawn_on: date | None, renewed: bool, on: date) -> date | None:
    """The day an agreement ran out by its own date and nobody has agreed anew or withdrawn it; else None."""
    return until if until and until < on and withdrawn_on is None and not renewed else None


def find_posting_error(
    *, to_carer: bool, may_post: bool | None, lines: bool, kept_back: bool, takes_post: bool = True
) -> str:
    """'' when a letter may go by post, else what to do instead. Not asked is never read as yes.

    ``takes_post``: False where there is no fixed abode, or a pseudo-postcode stands for none.
    """
    if kept_back:
        return "Their address must not be on an envelope. Give them the letter in person."
    if to_carer and may_post is False:
        return "They asked us not to send post. Give them the letter in person."
    if to_carer and may_post is None:
        return "Safe contact by post is not recorded. Ask first, or give them the letter in person."
    if lines and not takes_post:
        return "They have no fixed abode, so post will not reach them. Give them the letter in person."
    return "" if lines else "There is no postal address. Give them the letter in person."


def write_opening(*, name: str, site: str, children: str) -> str:
    """The plain letter to begin from: a greeting, and who we are."""
    return (
        f"Dear {name},\n\n"
        f"We are the {SENDER} at {site}. We work with parents and babies together. "
        f"We are writing about {children}.\n\n"
        "\n\n"
        "If you have a question, or anything here is not right, please get in touch with us."
    )
