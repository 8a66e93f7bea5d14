"""Bookings that are handed over to somebody who is booked already at that time."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from interventions.diary.booking_warnings import list_staff_warnings
from interventions.workforce.held_rows import HeldRow
from pairs.service.models import User


def list_clashes(given: Iterable[tuple[HeldRow, User]]) -> list[str]:
    """“Hana Hub: 4 December, 09:00: …”, of each colleague in turn. ``given``: what goes to whom."""
    taken: dict[User, list[Any]] = defaultdict(list)
    for held, to in given:
        rows = [held.row, *(row for _, row in held.goes_along)]
        taken[to] += [booking for row in rows if (booking := _find_booking(row))]
    return [
        f"{to}: {said}"
        for to, bookings in taken.items()
        for said in list_staff_warnings(
            [to.pk],
            [(each.starts_at, each.minutes) for each in bookings],
            besides={each.pk for each in bookings},
        )
    ]


def _find_booking(row: Any) -> Any:
    """The visit or session that is handed over, or that somebody goes along to; None of other work."""
    booking = getattr(row, "appointment", row)
    return booking if hasattr(booking, "starts_at") and hasattr(booking, "minutes") else None
