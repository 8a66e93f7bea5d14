"""What is asked, who may be asked when, and which months still take answers. No clock, no database.

The questions are this project's own, in its own words, for what the programme wants to know of a service: did help
come at a time and place that suits families, did they know where to turn, do they trust the people. They are no
published instrument, have not been validated, and are never scored, added up or compared with one.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Agreement(IntegerChoices):
    """How far somebody agrees with a sentence; the order is the order on the page."""

    YES = 1, _("Yes")
    MOSTLY = 2, _("Mostly")
    PARTLY = 3, _("Partly")
    NOT_MUCH = 4, _("Not much")
    NO = 5, _("No")
    CANNOT_SAY = 0, _("Can’t say")


class AnswerWay(TextChoices):
    """How an answer reached us."""

    LINK = "link", "By link"
    PAPER = "paper", "On paper"


# Field → the sentence that is agreed with or not. The order is the order on the page.
QUESTIONS = {
    "overall": _("All in all, the help was good for us"),
    "time_and_place": _("Help came at a time and place that suited us"),
    "knew_where": _("We knew where to turn for help"),
    "trust": _("We trust the people who help us"),
}
MAX_WORDS_LENGTH = 2000  # letters of the free text


def find_episode_error(*, ended_on: date | None, on: date, within: timedelta) -> str:
    """'' while somebody may be asked about this episode: it is open, or ended a short while ago."""
    if ended_on is None or on - ended_on <= within:
        return ""
    return f"This episode ended more than {within.days} days ago."


def find_asking_errors(*, last_day: date | None, lost: bool, thought_about: bool, on: date) -> dict[str, str]:
    """{field: why this carer is not asked now}, {} when they may be.

    ``last_day``: of the link made for them last. Whether that link was used decides nothing here, and must not:
    being allowed to ask again would say that they answered.
    """
    if last_day is not None and last_day >= on:
        return {
            "caregiver": f"Already asked: that link is valid until {last_day:%-d %B %Y}. Ask again after that."
        }
    if lost and not thought_about:
        return {"thought_about": "Think about this first, with a colleague if you can. Then tick the box."}
    return {}


def has_any_answer(*, answers: Iterable[int | None], words: str) -> bool:
    """At least one answer, “can’t say” among them, or a few words."""
    return bool(words.strip()) or any(answer is not None for answer in answers)


# ---------------------------------------------------------------- months and quarters
def get_month_start(day: date) -> date:
    """Its first day: the finest time that an answer carries."""
    return day.replace(day=1)


def add_calendar_months(month: date, number: int) -> date:
    """The first day of the month so many months on."""
    years, at = divmod(month.month - 1 + number, 12)
    return date(month.year + years, at + 1, 1)


def get_quarter_start(day: date) -> date:
    """The first day of its calendar quarter."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def get_quarter_publication_date(quarter: date) -> date:
    """The day from which a quarter is shown, a month after its end. It takes no answer any more.

    So what was shown once stays as it is: were a late answer added, two looks would differ by one family.
    """
    return add_calendar_months(quarter, 4)


def list_open_months(on: date) -> list[date]:
    """First days of the months that take answers from paper, newest first: none whose quarter is shown already."""
    earlier = (add_calendar_months(get_month_start(on), -back) for back in range(6))
    return [month for month in earlier if get_quarter_publication_date(get_quarter_start(month)) > on]
