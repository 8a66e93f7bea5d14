"""What a post and filling it may be; how much of it is filled; capacity and the weight of a caseload. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pairs.web.formats import format_amount

WHOLE_TIME = Decimal(1)
APRIL = 4
FULL = "There is {left} left of this post's {wte} whole-time equivalents on these days."


@dataclass(frozen=True)
class Stretch:
    """Whole-time equivalents from a day until a day; no last day: until further notice."""

    starts_on: date
    ends_on: date | None
    wte: Decimal


def overlaps(stretch: Stretch, starts_on: date, ends_on: date | None) -> bool:
    """Whether at least one day is in both; the first and the last day count."""
    begins_in_time = ends_on is None or stretch.starts_on <= ends_on
    return begins_in_time and (stretch.ends_on is None or stretch.ends_on >= starts_on)


def get_peak_wte(stretches: Iterable[Stretch], starts_on: date, ends_on: date | None) -> Decimal:
    """The most whole-time equivalents that these stretches have on any one day between the two.

    The sum only rises on a day on which one begins, so those days and the first one are enough.
    """
    there = [each for each in stretches if overlaps(each, starts_on, ends_on)]
    days = [max(each.starts_on, starts_on) for each in there]
    sums = (sum((each.wte for each in there if overlaps(each, day, day)), Decimal(0)) for day in days)
    return max(sums, default=Decimal(0))


def find_post_errors(
    *,
    wte: Decimal,
    funded_from: date | None,
    funded_until: date | None,
    is_recruit_to_train: bool,
    course: str,
    filled: Sequence[Stretch] = (),
) -> dict[str, str]:
    """{field: what is wrong}, every error at once. ``filled``: by those who fill or filled a post that is there."""
    errors = {}
    if funded_until and not funded_from:
        errors["funded_from"] = "Enter the day from which the post is funded."
    elif funded_from and funded_until and funded_until < funded_from:
        errors["funded_until"] = "Choose a last day that is not before the first day."
    elif outside := _find_outside(filled, funded_from, funded_until):
        errors[outside] = "Someone fills this post outside these days. Change their days first."
    if is_recruit_to_train and not course:
        errors["course"] = "Enter the course that the trainee takes."
    peak = get_peak_wte(filled, date.min, None)
    if peak > wte:
        errors["wte"] = (
            f"{format_amount(peak)} of this post is filled. Enter at least that, or change who fills it."
        )
    return errors


def _find_outside(filled: Sequence[Stretch], funded_from: date | None, funded_until: date | None) -> str:
    """The field that leaves somebody outside the days of funding; "" for none."""
    if any(funded_from is None or each.starts_on < funded_from for each in filled):
        return "funded_from"
    if funded_until and any(each.ends_on is None or each.ends_on > funded_until for each in filled):
        return "funded_until"
    return ""


@dataclass(frozen=True)
class Filling:
    """Somebody is to fill a post, beside what is known: the post, others who fill it, their own other posts.

    ``own_here``: their own stretches in the same post. ``own``: in all their other posts.
    """

    stretch: Stretch
    post_wte: Decimal
    funded_from: date | None
    funded_until: date | None
    others: Sequence[Stretch]
    own_here: Sequence[Stretch]
    own: Sequence[Stretch]
    is_recruit_to_train: bool
    qualifies_on: date | None


def find_filling_errors(filling: Filling) -> dict[str, str]:
    """{field: what is wrong}, every error at once."""
    stretch = filling.stretch
    errors = _find_day_errors(filling)
    if filling.qualifies_on and not filling.is_recruit_to_train:
        errors["qualifies_on"] = "Only the holder of a recruit-to-train post has this date."
    elif filling.qualifies_on and filling.qualifies_on < stretch.starts_on:
        errors["qualifies_on"] = "Choose a day after they started."
    if any(overlaps(each, stretch.starts_on, stretch.ends_on) for each in filling.own_here):
        errors.setdefault(
            "starts_on", "They already fill this post on some of these days. Change that instead."
        )
    if problem := _find_wte_error(filling):
        errors["wte"] = problem
    return errors


def _find_day_errors(filling: Filling) -> dict[str, str]:
    stretch, first, last = filling.stretch, filling.funded_from, filling.funded_until
    errors = {}
    if first is None:
        errors["starts_on"] = "This post is planned without a date. Enter from when it is funded first."
    elif stretch.starts_on < first:
        errors["starts_on"] = f"The post is funded from {first:%-d %B %Y}. Choose that day or a later one."
    if stretch.ends_on and stretch.ends_on < stretch.starts_on:
        errors["ends_on"] = "Choose a last day that is not before the first day."
    elif last and (stretch.ends_on is None or stretch.ends_on > last):
        errors["ends_on"] = f"The post is funded until {last:%-d %B %Y}. Choose that day or an earlier one."
    return errors


def _find_wte_error(filling: Filling) -> str:
    """Why they cannot fill as much: more than is funded and free, or more than whole-time in all their posts."""
    stretch = filling.stretch
    left = filling.post_wte - get_peak_wte(filling.others, stretch.starts_on, stretch.ends_on)
    if stretch.wte > left:
        return FULL.format(left=format_amount(max(left, Decimal(0))), wte=format_amount(filling.post_wte))
    elsewhere = get_peak_wte(filling.own, stretch.starts_on, stretch.ends_on)
    if stretch.wte + elsewhere > WHOLE_TIME:
        return f"They fill {format_amount(elsewhere)} in other posts on these days: together more than whole-time."
    return ""


# ---------------------------------------------------------------- years


def list_year_ends(on: date, last_year: int) -> list[date]:
    """31 March at the end of each financial year, from the one of that day until that year; at least one."""
    first = on.year + (on.month >= APRIL)
    return [date(year, APRIL - 1, 31) for year in range(first, max(first, last_year) + 1)]


def format_financial_year(end: date) -> str:
    """“2026/27”, of the year that ends then."""
    return f"{end.year - 1}/{end.year % 100:02}"


# ---------------------------------------------------------------- capacity


def get_weekly_capacity(wte: Decimal, contacts_a_week: float | None) -> float | None:
    """Contacts a week that these whole-time equivalents can give; None where the service has set no figure."""
    return float(wte) * contacts_a_week if contacts_a_week else None


def get_caseload_weight(groupings: Iterable[str], weights: Mapping[str, float]) -> float:
    """The sum of the families' weights by THRIVE grouping; a family whose grouping has none counts as one."""
    return sum(weights.get(each, 1.0) for each in groupings)
