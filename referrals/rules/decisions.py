"""What a decision needs before it can be made, by page or API."""

from collections.abc import Collection

from referrals.rules.choices import ReferralResponse

DESTINATION_MISSING = "Choose at least one signposting entry."
REASON_MISSING = "Enter the reason, in words the family would recognise."
GROUPING_MISSING = "Choose a grouping. It is provisional until agreed with the family."


def find_answer_errors(*, response: str, reason: str, destinations: int, thrive: str) -> dict[str, str]:
    """{} for a complete decision, else errors by field. A refusal always says where the family can turn."""
    missing = {}
    if response == ReferralResponse.NONE and not reason.strip():
        missing["reason"] = REASON_MISSING
    if response == ReferralResponse.NONE and not destinations:
        missing["destinations"] = DESTINATION_MISSING
    if response in (ReferralResponse.DIRECT, ReferralResponse.JOINT) and not thrive:
        missing["thrive"] = GROUPING_MISSING
    return missing


def find_people_errors(*, own_help: bool, infants: int, dated: bool, carers: int) -> dict[str, str]:
    """{} when records can be made, else errors for who is missing. A carer's own referral needs nobody else.

    ``dated``: each of the babies is born or due on a day that is known.
    """
    if own_help:
        return {}
    if not infants:
        return {"": "First name the baby, under “Name someone who is missing”. A due date is enough."}
    if not dated:
        return {
            "": "Each baby needs a date of birth or due date: name the baby again with the date, under "
            "“Name someone who is missing”, and leave the entry without a date as mentioned only."
        }
    return {} if carers else {"left_out": "At least one carer must be kept."}


def find_link_error(*, seen: bool, twice: bool, families: Collection[object]) -> str:
    """'' when a named person can be linked to an existing record, else an error.

    ``seen``: their record is open to whoever decides; ``families``: those of everybody who is linked.
    """
    if not seen:
        return "You cannot open this record. Someone who can open it must decide this referral: ask the hub."
    if twice:
        return "Two people named here cannot be matched to the same record."
    if len(set(families)) > 1:
        return (
            "The records you linked are in two families. Merge the records first, or link only one of them."
        )
    return ""
