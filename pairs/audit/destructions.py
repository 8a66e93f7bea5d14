"""Destroying what history holds of a record without breaking the chain of digests.

A destruction takes rows out of days that are signed already. So for each such day the entry of the destruction says
what the day's hash was before and what it is after, and is signed with the key: `verify_history` accepts the new hash
in place of the old one, and only where the old one was still what had been signed. Whoever deletes rows without such an
entry, or beside it, is found out as before.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pairs.audit.models import DailyDigest, Destruction
from pairs.audit.row_hashes import DayHash, hash_days
from pairs.audit.signing import sign

Columns = tuple[str, ...]
SignedDays = dict[tuple[str, Columns], dict[date, DayHash]]
NOTHING = DayHash(0, "")


@dataclass(frozen=True)
class MeasuredDays:
    """Days of a table, by the columns they were signed with, as they are now."""

    table: str
    columns: Columns
    days: dict[date, DayHash]


def measure_signed_days(touched: dict[str, set[date]]) -> list[MeasuredDays]:
    """Of {table: days} those that are signed, hashed as they are now: one pass for each list of columns."""
    found = []
    for (table, columns), days in _list_signed(touched).items():
        hashes = hash_days(table, columns, since=min(days), until=max(days))
        found.append(MeasuredDays(table, columns, {day: hashes.get(day, NOTHING) for day in sorted(days)}))
    return found


def _list_signed(touched: dict[str, set[date]]) -> dict[tuple[str, Columns], set[date]]:
    signed: dict[tuple[str, Columns], set[date]] = defaultdict(set)
    for digest in DailyDigest.objects.order_by("until"):
        for table, said in digest.tables.items():
            days = {date.fromisoformat(day) for day in said["days"]} & touched.get(table, set())
            if days:
                signed[table, tuple(said["columns"])] |= days
    return signed


def build_resealed(before: Iterable[MeasuredDays], after: Iterable[MeasuredDays]) -> list[dict[str, Any]]:
    """[{table, columns, days: {ISO date: [rows and hash before, rows and hash after]}}], as the entry keeps it."""
    return [
        {
            "table": was.table,
            "columns": list(was.columns),
            "days": {
                day.isoformat(): [
                    was.days[day].rows,
                    was.days[day].hash,
                    now.days[day].rows,
                    now.days[day].hash,
                ]
                for day in was.days
            },
        }
        for was, now in zip(before, after, strict=True)
    ]


def sign_destruction(entry: Destruction, key: bytes) -> None:
    """Sign what the entry says. Its moment is the database's, and is signed with the night's digest."""
    entry.signature = sign(entry.get_signed_content(), key)


def find_forged_entries(key: bytes) -> Iterator[str]:
    """Entries of destructions that are not as they were signed, in words."""
    for entry in Destruction.objects.order_by("at", "id"):
        if not _is_sound(entry, key):
            yield f"The entry of the destruction of {entry.reference} was changed, or signed with another key."


def _is_sound(entry: Destruction, key: bytes) -> bool:
    return sign(entry.get_signed_content(), key) == entry.signature


def apply_destructions(signed: SignedDays, key: bytes) -> None:
    """Put the hash after a destruction in place of the one that was signed, where that was what it found."""
    for entry in Destruction.objects.order_by("at", "id"):
        if not _is_sound(entry, key):
            continue
        for part in entry.resealed:
            days = signed.get((part["table"], tuple(part["columns"])), {})
            for text, (rows, was, rows_left, now) in part["days"].items():
                day = date.fromisoformat(text)
                if days.get(day) == DayHash(rows, was):
                    days[day] = DayHash(rows_left, now)
