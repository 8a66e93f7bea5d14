"""What an absence may be; whom to propose for work that is handed over; when a family is without a lead. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import TextChoices

LONGEST_ABSENCE_DAYS = 400  # a slip of the year, not a rule about leave


def find_absence_errors(
    *, starts_on: date, ends_on: date, on: date, is_away_then: bool, cover: str, cover_is_away: bool,
    cover_may_write: bool, covers_themselves: bool, site: str,
) -> dict[str, str]:  # fmt: skip
    """{field: what is wrong}, every error at once.

    ``is_away_then``: another absence of theirs shares a day with this one. ``cover``: the cover's name, "" for none.
    """
    errors = {}
    if ends_on < starts_on:
        errors["ends_on"] = "Choose a last day that is not before the first day."
    elif ends_on < on:
        errors["ends_on"] = "This absence is over already. Choose today or a later day."
    elif (ends_on - starts_on).days > LONGEST_ABSENCE_DAYS:
        errors["ends_on"] = "This is more than a year. Check the years of both days."
    if is_away_then:
        errors["starts_on"] = "They are recorded as away on some of these days. Change that absence instead."
    if covers_themselves:
        errors["cover"] = "Choose another colleague: no one can cover their own absence."
    elif cover and not cover_may_write:
        errors["cover"] = f"{cover} does not write records at {site}. Choose a colleague who does."
    elif cover and cover_is_away:
        errors["cover"] = f"{cover} is away on some of these days. Choose another colleague."
    return errors


@dataclass(frozen=True)
class PossibleHolder:
    """Somebody who may take what a colleague hands over. ``load``: families they lead; ``rank``: low is asked first."""

    person_id: UUID
    name: str
    load: int
    rank: int = 0
    is_away: bool = False
    knows_family: bool = False
    shares_way: bool = False


def propose_holder(people: Sequence[PossibleHolder]) -> UUID | None:
    """Whom to propose, of those who are here: who works with the family already; else one of those who lead no more
    families than most do, of whom one who works in the same way comes first. None where there is nobody.

    Our own rule, not a national one: proposals can be changed row by row.
    """
    here = [each for each in people if not each.is_away]
    if not here:
        return None
    if known := [each for each in here if each.knows_family]:
        return min(known, key=lambda each: (each.load, each.name)).person_id
    average = sum(each.load for each in here) / len(here)
    light = [each for each in here if each.load <= average]
    return min(light, key=lambda each: (not each.shares_way, each.rank, each.load, each.name)).person_id


class LeadGap(TextChoices):
    """Why a family is, or would be, without a lead."""

    CLOSED = "closed", "The account is closed"
    NO_ROLE = "no_role", "Does not write records at the site"
    ROLE_ENDS = "role_ends", "The role at the site ends"
    SITE_CLOSES = "site_closes", "The site closes"
    AWAY = "away", "Away, and no one covers"


NOTICE = timedelta(weeks=4)  # our own choice: time to hand over a caseload, no national rule


def find_lead_gap(
    *,
    is_open: bool,
    writes_here: bool,
    last_day: date | None,
    site_closes_on: date | None,
    is_uncovered: bool,
    on: date,
) -> tuple[LeadGap, date] | None:
    """(why, from which day) an open episode is without a lead, or will be within the notice; None where it has one.

    ``last_day``: of the lead's last role with the right to write at the site; None where no end is set.
    """
    if not is_open:
        return LeadGap.CLOSED, on
    if not writes_here:
        return LeadGap.NO_ROLE, on
    if last_day and last_day <= on + NOTICE:
        return LeadGap.ROLE_ENDS, last_day
    if site_closes_on and site_closes_on <= on + NOTICE:
        return LeadGap.SITE_CLOSES, site_closes_on
    return (LeadGap.AWAY, on) if is_uncovered else None
