"""The rules of moves between sites: which steps are legal, who may take them, how long both sites may read."""

from datetime import date, timedelta

from pairs.families.choices import MoveStatus

# Allowed transitions. Only an accepted move can be reversed; the other statuses are final.
MOVE_TRANSITIONS: dict[str, set[str]] = {
    MoveStatus.OFFERED: {MoveStatus.ACCEPTED, MoveStatus.DECLINED, MoveStatus.WITHDRAWN},
    MoveStatus.ACCEPTED: {MoveStatus.CALLED_BACK},
    MoveStatus.DECLINED: set(),
    MoveStatus.WITHDRAWN: set(),
    MoveStatus.CALLED_BACK: set(),
}
NEEDS_REASON: dict[str, str] = {
    MoveStatus.DECLINED: "Enter why, so that they know what to do next.",
    MoveStatus.CALLED_BACK: "Enter why the move is reversed.",
}
ALREADY_TAKEN_TEXTS: dict[str, str] = {
    MoveStatus.OFFERED: "This family has not moved yet. Withdraw the offer instead.",
    MoveStatus.ACCEPTED: "This move has just been accepted.",
    MoveStatus.DECLINED: "This move has just been declined.",
    MoveStatus.WITHDRAWN: "This offer has just been withdrawn.",
    MoveStatus.CALLED_BACK: "This move has already been reversed.",
}

MAY_OFFER = ("write_records", "register_people")
MAY_ANSWER = ("triage_referrals", "supervise")
MAY_OFFER_OR_ANSWER = MAY_OFFER + MAY_ANSWER
# Who may take a step: at which of the move's two sites, holding any one of which permissions.
STEP_PERMISSIONS: dict[str, dict[str, tuple[str, ...]]] = {
    MoveStatus.ACCEPTED: {"to_site": MAY_ANSWER},
    MoveStatus.DECLINED: {"to_site": MAY_ANSWER},
    MoveStatus.WITHDRAWN: {"from_site": MAY_OFFER},
    MoveStatus.CALLED_BACK: {"from_site": MAY_OFFER_OR_ANSWER, "to_site": MAY_OFFER_OR_ANSWER},
}
LATE_CALL_BACK_PERMISSIONS: dict[str, tuple[str, ...]] = {
    "from_site": ("supervise",),
    "to_site": ("supervise",),
}

# Local, not clinical rules: usual and longest period of shared access, and notice before it ends.
USUAL_HAND_OVER = timedelta(weeks=2)
MAX_HAND_OVER = timedelta(weeks=12)
ENDING_SOON_NOTICE = timedelta(days=7)


def find_move_step_errors(*, status: str, to: str, reason: str = "-") -> dict[str, str]:
    """{} when a move may go from one status to another for that reason, else why not, by field."""
    if to not in MOVE_TRANSITIONS[status]:
        return {"": ALREADY_TAKEN_TEXTS[status]}
    return {"why": NEEDS_REASON[to]} if to in NEEDS_REASON and not reason.strip() else {}


def get_step_permissions(step: str, *, hand_over_until: date | None, on: date) -> dict[str, tuple[str, ...]]:
    """{site of the move: permissions of which any will do}. After the hand-over only supervisors call back."""
    late = step == MoveStatus.CALLED_BACK and hand_over_until is not None and on > hand_over_until
    return LATE_CALL_BACK_PERMISSIONS if late else STEP_PERMISSIONS[step]


def find_offer_errors(
    *, to_same_site: bool, is_open: bool, is_offered: bool, restricted: bool, answerable: bool
) -> dict[str, str]:
    """{} when a family may be offered to a site, else why not, by field.

    ``answerable``: somebody who answers for the site may open this restricted family.
    """
    if is_offered:
        return {"": "This family has already been offered to a site. Withdraw that offer first."}
    if to_same_site:
        return {"to_site": "The family is already with that site. Choose another site."}
    if not is_open:
        return {"to_site": "This site is not open yet. Choose an open site."}
    if restricted and not answerable:
        return {
            "to_site": "This family is restricted, and no one responsible for that site can open the "
            "record yet. Ask information governance to give someone there access, then make the "
            "offer."
        }
    return {}


def find_hand_over_error(*, day: date, on: date) -> str:
    """'' when the hand-over may last until that day, else why not."""
    if day < on:
        return "Choose today or a future date."
    if day > on + MAX_HAND_OVER:
        weeks = MAX_HAND_OVER // timedelta(weeks=1)
        return f"Both sites can read the record until then: choose a date within {weeks} weeks."
    return ""


def is_ending_soon(*, hand_over_until: date, on: date) -> bool:
    """Is it time to say that one site will no longer read the family?"""
    return on <= hand_over_until <= on + ENDING_SOON_NOTICE
