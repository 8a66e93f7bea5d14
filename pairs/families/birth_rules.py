"""The rules of a pregnancy, a birth and a loss: what can be true of which day, said in plain words.

Only what cannot be otherwise is refused. Whether a loss is a miscarriage or a stillbirth is for those who
were there to say: no number of weeks is checked against it.
"""

from collections.abc import Collection
from datetime import date, timedelta

from pairs.families.choices import Loss, NeonatalStay

# A pregnancy is counted as 40 weeks to the due date, and rarely lasts more than two or three weeks beyond.
MAX_AFTER_DUE = timedelta(weeks=4)
MAX_BEFORE_DUE = timedelta(weeks=42)
# Weeks, due date and date of birth that disagree by more than this are asked about again (the service's own choice).
MAX_DISAGREEMENT = timedelta(weeks=3)
PREGNANCY = timedelta(weeks=40)
MAX_BABIES = 6  # of one birth
LOSSES_BEFORE_BIRTH = (Loss.MISCARRIAGE, Loss.TERMINATION)
PREGNANCY_HELD = (
    "A baby due on this day is already recorded in this family. If there is another, add them on that baby’s"
    " page."
)
DIFFERENT_CARRIERS = (
    "Different people are recorded as pregnant with these babies. First correct who was pregnant with them."
)
BORN_FAR_APART = (
    "These babies were born too long after one another to be from the same pregnancy. Check the days."
)
# NHS Data Dictionary, NHS number status indicator.
NUMBER_STATUSES = [
    ("01", "Number present and verified"),
    ("02", "Number present, not traced yet"),
    ("03", "Trace required"),
    ("04", "Trace attempted: no match, or more than one"),
    ("05", "Trace needs to be resolved: number or details conflict"),
    ("06", "Trace in progress"),
    ("07", "No number, and no trace required"),
    ("08", "Trace postponed: a baby under six weeks old"),
]
# 01 and 02 say that a number is there, 07 and 08 that none is.
STATUSES_WITH_NUMBER, STATUSES_WITHOUT_NUMBER = ("01", "02"), ("07", "08")
CHECK_AND_TICK = "Check the dates, then tick the box to confirm."
# An NHS number is one person's. Whose record holds it is not for everybody to know.
POSSIBLE_MATCH_MESSAGE = "Possible match: the hub will check. Leave the number empty for now."


def find_due_date_error(due: date, on: date) -> str:
    """'' for a due date of a pregnancy that can be going on today, else why not."""
    if due < on - MAX_AFTER_DUE:
        return "This due date is more than four weeks past. Check the year."
    return "" if due <= on + MAX_BEFORE_DUE else "The due date is more than 42 weeks away. Check the year."


def find_dates_doubt(*, born: date | None, due: date | None, weeks: int | None) -> dict[str, str]:
    """{} where weeks, due date and date of birth fit together within three weeks, else by field what to check.

    ``weeks``: completed weeks at birth, so that up to six days more belong to them.
    """
    if born is None or due is None:
        return {}
    if weeks:
        latest = born + PREGNANCY - timedelta(weeks=weeks)
        if latest - timedelta(days=6) - MAX_DISAGREEMENT <= due <= latest + MAX_DISAGREEMENT:
            return {}
        words = f"Born on that day at {weeks} weeks, the baby was due about {latest:%-d %B %Y}, not {due:%-d %B %Y}."
        return {"gestation_weeks": f"{words} {CHECK_AND_TICK}"}
    if born > due + MAX_DISAGREEMENT:
        return {
            "birth_date": f"This is more than three weeks after the due date, {due:%-d %B %Y}. {CHECK_AND_TICK}"
        }
    if born < due - PREGNANCY:
        return {"birth_date": f"This is before the pregnancy due on {due:%-d %B %Y} began. {CHECK_AND_TICK}"}
    return {}


def find_birth_date_error(day: date, on: date) -> str:
    """'' for a day on which a baby can have been born, else why not."""
    return "The date of birth is in the future." if day > on else ""


def find_same_birth_error(*, births: Collection[date], carriers: Collection[object]) -> str:
    """'' for babies who can have been carried together, else why not. Twins may be born days or weeks apart."""
    if len(carriers) > 1:
        return DIFFERENT_CARRIERS
    return BORN_FAR_APART if births and max(births) - min(births) > MAX_BEFORE_DUE else ""


def find_pregnancy_error(*, due: date, carrier: object, held: Collection[tuple[date | None, object]]) -> str:
    """'' for a pregnancy that is not recorded yet, else why not. ``held``: (due date, who carries it) of each."""
    same = any(due == other and (carrier == carries or not (carrier and carries)) for other, carries in held)
    return PREGNANCY_HELD if same else ""


def find_home_date_error(*, stay: str, home_on: date | None, born: date | None, on: date) -> str:
    """'' for a first day at home that fits the neonatal stay, else why not."""
    if home_on is None:
        return ""
    if stay != NeonatalStay.HOME_SINCE:
        return "Give the day only for a baby who stayed in neonatal care and is home since."
    if home_on > on:
        return "This date is in the future."
    return "This is before the baby was born." if born and home_on < born else ""


def find_loss_errors(*, loss: str, lost_on: date, born: date | None, on: date) -> dict[str, str]:
    """{} for a loss that can have happened so, else why not, by field.

    A miscarriage and a termination come before a birth; a death after birth follows one. A stillborn baby may
    have a day of birth, and it is the same day.
    """
    if lost_on > on:
        return {"lost_on": "This date is in the future."}
    if loss in LOSSES_BEFORE_BIRTH and born:
        return {"loss": "This baby has a date of birth. Choose stillbirth or death after birth."}
    if loss == Loss.DEATH and born is None:
        return {"loss": "The birth is not registered yet. Register it first, then come back here."}
    if loss == Loss.DEATH and lost_on < born:
        return {"lost_on": "This is before the baby was born."}
    if loss == Loss.STILLBIRTH and born and born != lost_on:
        return {"lost_on": "For a stillbirth this is the day of the birth. Check both days."}
    return {}


def find_number_status_error(*, status: str, number: str | None) -> str:
    """'' when the status of the NHS number fits there being one or not, else why not."""
    if status in STATUSES_WITH_NUMBER and not number:
        return "This status says that a number is recorded. Add the number, or choose another status."
    if status in STATUSES_WITHOUT_NUMBER and number:
        return "This status says that there is no number. Remove the number, or choose another status."
    return ""
