"""Writing the access log: one prepared statement, since nearly every answer writes an entry."""

import functools
from typing import Any

from pairs.access.statements import Statement
from pairs.audit.models import AccessEntry


def write_access_entry(**values: Any) -> None:
    """Insert one AccessEntry. ``values`` by field of the model; the id and the time are added here."""
    entry = AccessEntry(**values)
    _build_insert_statement().run(
        {each.attname: each.pre_save(entry, add=True) for each in AccessEntry._meta.concrete_fields}
    )


@functools.cache
def _build_insert_statement() -> Statement:
    meta = AccessEntry._meta
    columns = ", ".join(f'"{each.column}"' for each in meta.concrete_fields)
    places = ", ".join(f"${number}" for number, _ in enumerate(meta.concrete_fields, start=1))
    names = tuple(each.attname for each in meta.concrete_fields)
    return Statement(f'INSERT INTO "{meta.db_table}" ({columns}) VALUES ({places}) RETURNING id', names)
