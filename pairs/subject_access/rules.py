"""The clock of a request, and what has to be said of it; nothing here asks the database.

One calendar month, which may be extended by two (UK GDPR, Article 12(3)); the person is told of an extension, and why,
within the first month. Where identity was asked for, the month runs from the day on which it was shown.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pairs.families.ages import add_months
from pairs.subject_access.choices import AskedAs, CheckKind, HarmFinding, HeldBecause, WithheldBecause
from pairs.web.formats import format_day

MONTHS, MONTHS_EXTENDED = 1, 3
READING_DAYS = 7  # ours: for how long an approved reading of a sealed identity may last at most
ADULT_YEARS = 18
MIN_REASON_LENGTH = 10
# What the person is told was left out: the same for a confidence, a danger and a court, so that none gives itself away.
EXEMPT = "Some information is not included because an exemption in data protection law applies to it."
LEFT_OUT_WORDS = {
    WithheldBecause.OTHER_PERSON: "Some information is not included because it is about someone else.",
    WithheldBecause.CONFIDENCE: EXEMPT,
    WithheldBecause.HARM: EXEMPT,
    WithheldBecause.LAW: EXEMPT,
}
ALWAYS_LEFT_OUT = ("Notices, drafts and lists that our system works out from the entries below.",)


@dataclass(frozen=True)
class Clock:
    """``due_on`` None: it waits until identity has been shown."""

    starts_on: date | None
    due_on: date | None
    first_month_ends_on: date | None


def compute_clock(
    *, received_on: date, identity_asked_on: date | None, identity_shown_on: date | None, extended: bool
) -> Clock:
    """From the day it was received, or from the day identity was shown where it was asked for."""
    if identity_asked_on and not identity_shown_on:
        return Clock(None, None, None)
    starts_on = max(received_on, identity_shown_on or received_on) if identity_asked_on else received_on
    months = MONTHS_EXTENDED if extended else MONTHS
    return Clock(starts_on, add_months(starts_on, months), add_months(starts_on, MONTHS))


def find_request_errors(
    *,
    of_infant: bool,
    asked_as: str,
    authority: str,
    received_on: date,
    identity_asked_on: date | None,
    identity_shown_on: date | None,
    identity_how: str,
    on: date,
) -> dict[str, str]:
    """{field: what is wrong with it}."""
    how = "Enter how they showed that they may ask, such as a birth certificate or a power of attorney."
    found = {
        "asked_as": _find_right_error(asked_as, of_infant),
        "authority": "" if authority or asked_as == AskedAs.SELF else how,
        "received_on": find_day_error(received_on, None, on),
    }
    identity = find_identity_errors(
        received_on=received_on,
        identity_asked_on=identity_asked_on,
        identity_shown_on=identity_shown_on,
        identity_how=identity_how,
        on=on,
    )
    return {field: message for field, message in (found | identity).items() if message}


def find_identity_errors(
    *,
    received_on: date,
    identity_asked_on: date | None,
    identity_shown_on: date | None,
    identity_how: str,
    on: date,
) -> dict[str, str]:
    """{field: what is wrong with it}."""
    found = {
        "identity_asked_on": find_day_error(identity_asked_on, received_on, on),
        "identity_shown_on": find_day_error(identity_shown_on, identity_asked_on, on),
        "identity_how": _find_how_error(identity_shown_on, identity_how),
    }
    return {field: message for field, message in found.items() if message}


def _find_right_error(asked_as: str, of_infant: bool) -> str:
    if asked_as == AskedAs.SELF and of_infant:
        return "A baby cannot ask. Choose who asks for them."
    if asked_as == AskedAs.PARENT and not of_infant:
        return "Parental responsibility is for a baby. Choose another answer, or choose the baby."
    return ""


def _find_how_error(shown_on: date | None, how: str) -> str:
    if shown_on and not how:
        return "Enter how identity was checked."
    return "Enter the date on which identity was checked." if how and not shown_on else ""


def find_day_error(day: date | None, since: date | None, on: date) -> str:
    """A day that is known lies neither in the future nor before what it follows."""
    if day is None:
        return ""
    if day > on:
        return "This date is in the future."
    return f"Enter a date from {format_day(since)} on." if since and day < since else ""


def find_extension_error(*, told_on: date, clock: Clock, on: date) -> str:
    """They have to be told within the first month."""
    if clock.first_month_ends_on is None:
        return "The clock has not started: identity has not been shown."
    if told_on > on:
        return "This date is in the future."
    if told_on > clock.first_month_ends_on:
        return f"They have to be told by {format_day(clock.first_month_ends_on)}, within the first month."
    return ""


def list_check_kinds(*, of_infant: bool) -> tuple[CheckKind, ...]:
    """What has to be checked before anything is gathered."""
    first = CheckKind.RESPONSIBILITY if of_infant else CheckKind.AUTHORITY
    last = (CheckKind.ADOPTION,) if of_infant else ()
    return (first, CheckKind.RESTRICTIONS, CheckKind.ADDRESSES, CheckKind.SAFEGUARDING, *last)


def find_reason_to_hold(
    *,
    person: str,
    about: Collection[str],
    mentions: Collection[str],
    in_confidence: bool,
    has_free_text: bool,
    in_error: bool = False,
) -> HeldBecause | None:
    """Why an entry about these people waits for a decision before this person is given it; None: it need not.

    People are ids as text. Whether the entry enters at all was decided before (`gathering.is_for`).
    """
    if in_error:
        return HeldBecause.IN_ERROR
    if in_confidence:
        return HeldBecause.CONFIDENCE
    if about and person not in about:
        return HeldBecause.CARER_ONLY
    if set(about) - {person} or set(mentions) - {person}:
        return HeldBecause.OTHERS
    if not about:
        return HeldBecause.FAMILY
    return HeldBecause.FREE_TEXT if has_free_text else None


def build_left_out_words(reasons: Iterable[str]) -> str:
    """What the person is told of what was left out: each sentence once, and never how much or where."""
    return "\n".join(sorted({LEFT_OUT_WORDS[WithheldBecause(each)] for each in reasons}))


def find_harm_error(finding: str, left_out: Collection[str]) -> str:
    """Why a copy may not be made after what the practitioner said; "" when it may."""
    if finding == HarmFinding.ALL:
        return (
            "The practitioner says that giving any of it is likely to cause serious harm. Refuse the request."
        )
    if finding == HarmFinding.SOME and WithheldBecause.HARM not in left_out:
        return (
            "The practitioner says that some entries are likely to cause serious harm. Withhold these, or strike "
            "parts out, and give that as the reason."
        )
    return ""


def is_adult(born: date, on: date) -> bool:
    """Eighteen or more."""
    return add_months(born, ADULT_YEARS * 12) <= on


def find_reading_end_error(until: date, on: date) -> str:
    """A sealed identity is read for some days, and no longer."""
    last = on + timedelta(days=READING_DAYS)
    return "" if on <= until <= last else f"Choose a day from today until {format_day(last)}."
