"""How days, ages, amounts and other values are written on pages and in letters: pure functions, without a template."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from markupsafe import Markup, escape

LONDON = ZoneInfo("Europe/London")
# Ages as parents tell them: days, then weeks to half a year, months to the second birthday, then years and months;
# an adult's in years.
DAYS_SHOWN_UNTIL_DAY, WEEKS_SHOWN_UNTIL_MONTH, MONTHS_SHOWN_UNTIL_MONTH = 14, 6, 24
YEARS_ALONE_FROM_MONTH = 18 * 12
NEAR_DAYS = 300  # a day this near is known without its year


def _to_london_time(value: date | datetime | None) -> date | datetime | None:
    return value.astimezone(LONDON) if isinstance(value, datetime) and timezone.is_aware(value) else value


def format_day(value: date | datetime | None) -> str:
    """20 November 2026."""
    value = _to_london_time(value)
    return f"{value.day} {value:%B %Y}" if value else ""


def format_short_day(value: Any) -> str:
    """20 Nov 2026."""
    value = _to_london_time(value)
    return f"{value.day} {value:%b %Y}" if value else ""


def format_time(value: datetime) -> str:
    """14:05, in London."""
    return f"{_to_london_time(value):%H:%M}" if value else ""


def format_day_and_time(value: datetime) -> str:
    """20 Nov 2026, 14:05, in London."""
    return f"{format_short_day(value)}, {format_time(value)}" if value else ""


def format_moment(value: date | datetime) -> str:
    """A day for a date, day and time for a datetime, and text as it is."""
    if isinstance(value, datetime):
        return format_day_and_time(value)
    return format_short_day(value) if isinstance(value, date) else (value or "")


def format_machine_date(value: date | datetime) -> str:
    """What a <time> element holds; nothing for text."""
    return value.isoformat() if isinstance(value, date) else ""


def format_nhs_number(value: str | None) -> str:
    """999 000 1235: three, three and four, as it is read aloud."""
    digits = re.sub(r"\D", "", str(value or ""))
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == 10 else str(value or "")


def format_age(born: date | None, on: date) -> str:
    """How old on that day: unborn, 9 days, 9 weeks, 14 months, 2 years 5 months, 31 years."""
    if born is None or on < born:
        return "unborn"
    days = (on - born).days
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if days < DAYS_SHOWN_UNTIL_DAY:
        return format_plural(days, "day")
    if months < WEEKS_SHOWN_UNTIL_MONTH:
        return format_plural(days // 7, "week")
    if months < MONTHS_SHOWN_UNTIL_MONTH:
        return format_plural(months, "month")
    years, rest = divmod(months, 12)
    with_months = rest and months < YEARS_ALONE_FROM_MONTH
    return format_plural(years, "year") + (f" {format_plural(rest, 'month')}" if with_months else "")


def format_near_day(value: date, on: date) -> str:
    """23 Dec; with its year where that is not the next or the last one of that name."""
    return f"{value.day} {value:%b}" if abs((value - on).days) < NEAR_DAYS else format_short_day(value)


def format_plural(count: int, one: str, many: str | None = None) -> str:
    """1 family, 3 families."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def format_amount(value: Decimal | float | None) -> str:
    """“0.5”, “17.36”, “8”: two places at most; None is nothing."""
    if value is None:
        return ""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def format_paragraphs(text: str) -> str:
    """What a person typed, escaped, in paragraphs."""
    blocks = [block for block in re.split(r"\n\s*\n", str(text or "").replace("\r\n", "\n").strip()) if block]
    lines = (Markup("<br>").join(escape(line) for line in block.split("\n")) for block in blocks)
    return Markup("").join(
        Markup("<p{}>{}</p>").format(mark_direction(block), line)
        for block, line in zip(blocks, lines, strict=True)
    )


def mark_direction(text: str) -> Markup:
    """' dir="rtl"' for an element whose text begins in a script that runs from right to left, such as Urdu; or ''.

    For what is printed as for pages: the renderer of PDFs does not know dir="auto".
    """
    strong = (unicodedata.bidirectional(each) for each in str(text))
    begins = next((each for each in strong if each in ("L", "R", "AL")), "L")
    return Markup("") if begins == "L" else Markup(' dir="rtl"')


def make_dom_id(text: str) -> str:
    """Words made fit for an id attribute."""
    return re.sub(r"[^a-z0-9]+", "-", str(text).lower()).strip("-") or "item"
