"""What a decision needs before it can be made, by page or API."""

from collections.abc import Collection

from referrals.rules.choices import ReferralResponse

DESTINATION_MISSING = "Choose at least one place where the family can turn instead."
REASON_MISSING = "Give the reason, in words the family would recognise."
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
        return {"": "Name the baby first, under “Name somebody who is missing”. A due date will do."}
    if not dated:
        return {
            "": "Say when each baby was born or is due: name the baby again with the date, under “Name somebody "
            "who is missing”, and leave the one without a date a mention."
        }
    return {} if carers else {"left_out": "At least one carer has to stay."}


def find_link_error(*, seen: bool, twice: bool, families: Collection[object]) -> str:
    """'' when a named person can be linked to an existing record, else an error.

    ``seen``: their record is open to whoever decides; ``families``: those of everybody who is linked.
    """
    if not seen:
        return "This record is not open to you. Somebody who may open it has to decide this referral: ask the hub."
    if twice:
        return "Two people who are named here cannot be the same person."
    if len(set(families)) > 1:
        return "Those you linked are held in two families. Merge the records first, or link one of them only."
    return ""
