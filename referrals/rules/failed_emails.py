"""What may be done about an e-mail that could not be delivered."""

from collections.abc import Iterable

from referrals.rules.choices import FailedEmailAnswer, ReplyWay
from referrals.rules.replies import ContactDetails, find_way_error

# Held at the referral's site by whoever may send again what could not be delivered, or say how it was told.
FAILED_EMAIL_PERMISSIONS = ("triage_referrals", "register_people")
SENT_AGAIN = (FailedEmailAnswer.AGAIN, FailedEmailAnswer.ADDRESS)
# The way that each answer takes to a member of the family; the others take none.
WAYS: dict[str, str] = {
    FailedEmailAnswer.AGAIN: ReplyWay.EMAIL,
    FailedEmailAnswer.ADDRESS: ReplyWay.EMAIL,
    FailedEmailAnswer.PHONE: ReplyWay.PHONE,
}


def find_failed_email_errors(
    *, how: str, address: str, note: str, sent_to: str, reach: ContactDetails | None, others: Iterable[str]
) -> dict[str, str]:
    """{} when it may be done, else {field: why not}.

    ``reach``: the family member it is to, None where it is to the referrer. ``others``: e-mail addresses of other
    people in the referral, at whom it must not arrive.
    """
    errors = {
        "how": find_way_error(WAYS[how], reach) if reach and how in WAYS else "",
        "address": _find_address_error(address, sent_to, others) if how == FailedEmailAnswer.ADDRESS else "",
        "note": "Enter why it is no longer needed."
        if how == FailedEmailAnswer.NOT_NEEDED and not note.strip()
        else "",
    }
    return {field: message for field, message in errors.items() if message}


def _find_address_error(address: str, sent_to: str, others: Iterable[str]) -> str:
    if not address:
        return "Enter the other e-mail address."
    if address.lower() == sent_to.lower():
        return "This is the address it did not reach. Enter another address, or send it again."
    if address.lower() in {each.lower() for each in others}:
        return "This is the address of another person in this referral. Enter an address of their own."
    return ""
