"""A person's last day: the one rule of who can still be met, asked, told or written to, for infants and carers alike.

Whatever belongs to a day may name a person up to and including their last day. What is planned, asked or sent from
now on names nobody who has died. In SQL: ``InfantQuerySet.active``, ``CaregiverQuerySet.active``,
``DyadQuerySet.living`` and ``build_gone_q``.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from pairs.service.refusals import ActionRefused


def get_last_day(someone: Any) -> date | None:
    """The day on which an infant or a carer died, of a dyad the first of its two; None while they live.

    Anybody else (a colleague, a member of the village, nobody) has none.
    """
    return getattr(someone, "last_day", None)


def has_died(someone: Any) -> bool:
    return get_last_day(someone) is not None


def list_living(people: Iterable[Any]) -> list[Any]:
    """Those of them who live, in the same order."""
    return [each for each in people if not has_died(each)]


def is_gone_by(someone: Any, on: date | None) -> bool:
    """Whether they had died before that day; None: whether they have died at all, for what is still to come."""
    last = get_last_day(someone)
    return last is not None and (on is None or on > last)


def find_last_day_error(people: Iterable[Any], on: date | None = None) -> str:
    """'' when all of them lived on that day (None: when all live now), else who did not."""
    gone = next((each for each in people if is_gone_by(each, on)), None)
    if gone is None:
        return ""
    said = f"{_describe(gone)} on {get_last_day(gone):%-d %B %Y}."
    return f"{said} Remove them." if on is None else f"{said} Choose an earlier date, or remove them."


def _describe(someone: Any) -> str:
    people = [getattr(someone, name, None) for name in ("infant", "caregiver")]
    gone = next((each for each in people if has_died(each)), someone)
    return f"{gone.name} died" if getattr(gone, "name", "") else "A person chosen here died"


def validate_living(field: str, people: Iterable[Any], on: date | None = None) -> None:
    """Refuse the field where one of them had died before that day; None: where one has died."""
    if problem := find_last_day_error(people, on):
        raise ActionRefused({field: problem})


def build_gone_q(path: str = "") -> Q:
    """Of rows that name one person, as ``infant`` or as ``caregiver`` under ``path``: that person has died."""
    return Q(**{f"{path}infant__lost_on__isnull": False}) | Q(**{f"{path}caregiver__died_on__isnull": False})
