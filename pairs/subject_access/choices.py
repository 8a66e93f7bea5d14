"""What may be said of a request, of a check and of an entry: in the database as short codes, on pages in words."""

from django.db.models import TextChoices


class AskedAs(TextChoices):
    """In which right somebody asks."""

    SELF = "self", "The person themselves"
    PARENT = "parent", "Someone with parental responsibility for the baby"
    REPRESENTATIVE = "representative", "A representative with authority"


class ReceivedHow(TextChoices):
    """How the request came."""

    LETTER = "letter", "Letter"
    EMAIL = "email", "E-mail"
    SPOKEN = "spoken", "In person or by telephone"
    OTHER = "other", "Another way"


class RequestStatus(TextChoices):
    """Where a request stands."""

    OPEN = "open", "Open"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REFUSED = "refused", "Refused"
    HANDED_OVER = "handed_over", "Handed over"


class CheckKind(TextChoices):
    """What has to be looked at before a copy is made."""

    RESPONSIBILITY = "responsibility", "Parental responsibility"
    AUTHORITY = "authority", "Authority to ask"
    RESTRICTIONS = "restrictions", "Restrictions and court orders"
    ADDRESSES = "addresses", "Protected addresses"
    SAFEGUARDING = "safeguarding", "Abuse and safeguarding concerns"
    ADOPTION = "adoption", "Sealed adoption records"


class CheckAnswer(TextChoices):
    """What the check found."""

    CLEAR = "clear", "Nothing that limits the copy"
    LIMITS = "limits", "It limits what may be given"
    STOPS = "stops", "No copy may be given"


class HeldBecause(TextChoices):
    """Why an entry waits for a decision; the first that holds of it."""

    IN_ERROR = "in_error", "Entered in error: it may be about someone else"
    EARLIER = "earlier", "An earlier version, which was changed since"
    CONFIDENCE = "confidence", "May have been given in confidence, or be about someone outside the family"
    CARER_ONLY = "carer_only", "About a carer, and not about the baby"
    OTHERS = "others", "About other people as well"
    FAMILY = "family", "About the whole family"
    FREE_TEXT = "free_text", "Free text, which may mention other people"


class Decision(TextChoices):
    """What is done with an entry."""

    GIVE = "give", "Give it as it is"
    STRIKE = "strike", "Give it with parts struck out"
    WITHHOLD = "withhold", "Withhold it"


class WithheldBecause(TextChoices):
    """Why an entry, or a part of it, is not given. The person is told in other words: LEFT_OUT_WORDS of rules."""

    OTHER_PERSON = "other_person", "It is about another person, who has not agreed"
    CONFIDENCE = "confidence", "It was given in confidence"
    HARM = "harm", "A practitioner says that giving it is likely to cause serious harm"
    LAW = "law", "A law or a court order forbids it"


class HarmFinding(TextChoices):
    """What a practitioner says of giving the entries to the person."""

    NONE = "none", "I see no entry that is likely to cause serious harm"
    SOME = "some", "Some entries are likely to cause serious harm"
    ALL = "all", "Giving any of it is likely to cause serious harm"


class SealedGround(TextChoices):
    """By what right a sealed birth identity is read."""

    COURT = "court", "A court order"
    ADOPTED_ADULT = "adult", "A request of the adopted person, who is an adult"
