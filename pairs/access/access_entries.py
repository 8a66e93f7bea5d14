"""Writing the access log: one prepared statement, since nearly every answer writes an entry."""

import functools
from typing import Any

from django.conf import settings
from django.db import connection

from pairs.access.statements import Statement
from pairs.audit.models import AccessEntry

# Families this person opened within the hour, without those that were refused; and with the ones now opened.
OPENED_SQL = """
WITH past AS (
    SELECT DISTINCT unnest(opened) AS family FROM {table}
    WHERE user_id = {user_id} AND at > now() - interval '1 hour' AND status <> 429 AND opened <> '{{}}'
), judged AS (
    SELECT count(*) AS opened_by_now, count(*) > (SELECT count(*) FROM past) AS is_new
    FROM (SELECT family FROM past UNION SELECT unnest({opened}::uuid[])) AS both_of_them
)
INSERT INTO {table} ({columns})
SELECT {values} FROM judged RETURNING status = 429, (SELECT CASE WHEN is_new THEN opened_by_now ELSE 0 END FROM judged)
"""


def write_access_entry(**values: Any) -> tuple[bool, int]:
    """Insert one AccessEntry. ``values`` by field of the model; the id and the time are added here.

    Returns (whether the page is refused since it would open one family too many within an hour, how many this person
    has opened within the hour if one of them is new and else 0). A refused entry has the status 429.
    """
    entry = AccessEntry(**values)
    given = {each.attname: each.pre_save(entry, add=True) for each in AccessEntry._meta.concrete_fields}
    if not entry.opened or entry.user_id is None or not is_viewing_counted():
        _build_insert_statement().run(given)
        return False, 0
    limit = (
        settings.FAMILIES_OPENED_AN_HOUR if entry.method in ("GET", "HEAD") else 0
    )  # what is saved is saved
    ((is_refused, opened_by_now),) = _build_judged_statement().run(given | {"limit": limit})
    return is_refused, opened_by_now


def is_viewing_counted() -> bool:
    """Does this service report or limit how many families are opened within an hour? If not, nothing is counted."""
    return bool(settings.FAMILIES_OPENED_AN_HOUR or settings.FAMILIES_OPENED_REPORTED)


@functools.cache
def _build_insert_statement() -> Statement:
    meta = AccessEntry._meta
    columns = ", ".join(f'"{each.column}"' for each in meta.concrete_fields)
    places = ", ".join(f"${number}" for number, _ in enumerate(meta.concrete_fields, start=1))
    names = tuple(each.attname for each in meta.concrete_fields)
    return Statement(f'INSERT INTO "{meta.db_table}" ({columns}) VALUES ({places}) RETURNING id', names)


@functools.cache
def _build_judged_statement() -> Statement:
    """The same of an entry that opens families: its status is 429 beyond the limit, unless none of them is new."""
    meta = AccessEntry._meta
    fields = meta.concrete_fields
    places = {
        each.attname: f"${number}::{each.db_type(connection)}" for number, each in enumerate(fields, start=1)
    }
    limit = f"${len(fields) + 1}::int"
    refused = f"is_new AND {limit} > 0 AND opened_by_now > {limit}"
    values = places | {"status": f"CASE WHEN {refused} THEN 429 ELSE {places['status']} END"}
    sql = OPENED_SQL.format(
        table=f'"{meta.db_table}"',
        columns=", ".join(f'"{each.column}"' for each in fields),
        values=", ".join(values.values()),
        user_id=places["user_id"],
        opened=places["opened"],
    )
    return Statement(sql, (*places, "limit"))
