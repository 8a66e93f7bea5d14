"""Whether history and logs are as they were signed: every day is hashed again and held against the chain of digests."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction

from pairs.audit.destructions import SignedDays, apply_destructions, find_forged_entries
from pairs.audit.models import DailyDigest
from pairs.audit.row_hashes import DayHash, hash_days, list_columns, list_sealed_tables
from pairs.audit.signing import read_key, sign

NOTHING_SIGNED = "Nothing has been signed yet."
Span = tuple[date | None, date]


@transaction.atomic
def list_problems(*, mailed: str = "", today: date) -> list[str]:
    """What is not as it was signed, in words; none where all is. ``mailed``: a signature from one of the e-mails.

    Raises KeyMissing.
    """
    digests, key = list(DailyDigest.objects.order_by("until")), read_key()
    if not digests:
        return [NOTHING_SIGNED]
    problems = list(_find_broken_links(digests, key))
    if mailed and mailed not in {each.signature for each in digests}:
        problems.append(
            "The signature from the e-mail is not in the database: digests were removed or replaced."
        )
    if digests[-1].until < today - timedelta(days=2):
        problems.append(
            f"Nothing has been signed since {digests[-1].until}: a night was missed, or digests removed."
        )
    return problems + list(find_forged_entries(key)) + list(_find_changed_days(digests, key))


def _find_broken_links(digests: list[DailyDigest], key: bytes) -> Iterator[str]:
    previous, next_day = "", None
    for each in digests:
        if sign(each.get_signed_content(), key) != each.signature:
            yield f"The digest up to {each.until} was changed, or signed with another key."
        if each.previous != previous or each.since != next_day:
            yield f"The digest before the one up to {each.until} is missing or was replaced."
        previous, next_day = each.signature, each.until + timedelta(days=1)


def _find_changed_days(digests: list[DailyDigest], key: bytes) -> Iterator[str]:
    """One pass over each table for each list of columns that it was signed with."""
    signed, until = _collect_signed_days(digests), digests[-1].until
    apply_destructions(signed, key)
    for table in sorted(set(list_sealed_tables()) - {name for name, _ in signed}):
        if hash_days(table, list_columns(table), since=None, until=until):
            yield f"{table}: no digest has this table, and it holds rows of signed days."
    for (table, columns), days in sorted(signed.items()):
        gone = set(columns) - set(list_columns(table))
        if gone:
            yield f"{table}: {', '.join(sorted(gone))} is no longer there, so that these days cannot be checked."
        else:
            spans = _list_spans(digests, table, columns)
            found = hash_days(table, columns, since=spans[0][0], until=spans[-1][1])
            yield from _compare_days(table, days, _select_days(found, spans))


def _collect_signed_days(digests: list[DailyDigest]) -> SignedDays:
    found: SignedDays = defaultdict(dict)
    for each in digests:
        for table, said in each.tables.items():
            days = {date.fromisoformat(day): DayHash(*values) for day, values in said["days"].items()}
            found[table, tuple(said["columns"])] |= days
    return found


def _list_spans(digests: list[DailyDigest], table: str, columns: tuple[str, ...]) -> list[Span]:
    """From when to when these were the table's columns. None: from the first row, since the table is as old as that."""
    named = [each for each in digests if table in each.tables]
    return [
        (None if each == named[0] else each.since, each.until)
        for each in named
        if tuple(each.tables[table]["columns"]) == columns
    ]


def _select_days(found: dict[date, DayHash], spans: list[Span]) -> dict[date, DayHash]:
    return {
        day: each
        for day, each in found.items()
        if any((since is None or since <= day) and day <= until for since, until in spans)
    }


def _compare_days(table: str, signed: dict[date, DayHash], found: dict[date, DayHash]) -> Iterator[str]:
    nothing = DayHash(0, "")
    for day in sorted({*signed, *found}):
        then, now = signed.get(day, nothing), found.get(day, nothing)
        if then != now:
            yield f"{table}, {day}: {_describe_change(then, now)}"


def _describe_change(then: DayHash, now: DayHash) -> str:
    if now.rows == then.rows:
        return f"{now.rows} rows, of which at least one was edited."
    how = "deleted" if now.rows < then.rows else "inserted"
    return f"{then.rows} rows were signed and {now.rows} are there: rows were {how}."
