"""Destroying a record: the one road on which history is deleted, run as the database's owner on a confirmed decision.

The application's role cannot do this (docs/adr/0002-two-database-roles.md). All of it is one transaction; what is left
is an entry of pairs.audit.Destruction, signed, by which `verify_history` knows the days that lost rows.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from pairs.audit.destructions import build_resealed, measure_signed_days, sign_destruction
from pairs.audit.models import AccessEntry, Destruction
from pairs.audit.signing import read_key, sign
from pairs.families.models import Family, Infant
from pairs.service.refusals import ActionRefused
from reporting.retention.collecting import (
    CollectedRows,
    collect_present_rows,
    collect_rows,
    find_references_from_elsewhere,
)
from reporting.retention.models import RetentionDecision
from reporting.retention.review_dates import ReviewedRecord, load_review
from reporting.retention.rules import Rule

LOG_TABLE = AccessEntry._meta.db_table
# A family's id leaves the log with it; so does the reason for opening it, where no other family was opened.
CLEAN_LOG_SQL = """
UPDATE {table} SET
    reason = CASE WHEN opened <@ {families} AND listed <@ {families} THEN '' ELSE reason END,
    about = CASE WHEN about = ANY({rows}) THEN NULL ELSE about END,
    opened = ARRAY(SELECT each FROM unnest(opened) AS each WHERE each <> ALL({families})),
    listed = ARRAY(SELECT each FROM unnest(listed) AS each WHERE each <> ALL({families}))
WHERE id = ANY({entries})
"""


def list_obstacles(family: Family) -> list[str]:
    """Why this record may not be destroyed now, in words; none where it may.

    Every table is asked whether it refers to the record only when nothing else forbids it: some hundred queries.
    """
    return _list_review_obstacles(load_review(family)) or _list_reference_obstacles(
        collect_present_rows(family)
    )


def _list_review_obstacles(record: ReviewedRecord) -> list[str]:
    found = {
        "The review date of this record has not come.": record.review.day > timezone.localdate(),
        "This record is held. End the hold first.": record.is_held,
        "Work with this family is open. End it first.": record.is_open,
    }
    return [words for words, applies in found.items() if applies]


def _list_reference_obstacles(found: CollectedRows) -> list[str]:
    """Not which: it may be a record that the reader must not know of."""
    if not find_references_from_elsewhere(found):
        return []
    return [
        "Another record refers to a person of this one, such as a relationship or an adoption. Both must be kept."
    ]


def build_order(decision: RetentionDecision) -> dict[str, Any]:
    """What the signature of a confirmed decision is of."""
    return {
        "decision": str(decision.pk),
        "family": str(decision.family_id),
        "decided_by": str(decision.decided_by_id),
        "confirmed_by": str(decision.confirmed_by_id),
        "confirmed_at": decision.confirmed_at.astimezone(UTC).isoformat() if decision.confirmed_at else "",
    }


@transaction.atomic
def destroy_record(decision: RetentionDecision) -> Destruction:
    """Delete all that stands about the family, with its history, and keep the stub. As the database's owner.

    Raises ActionRefused where the decision is not signed or something forbids it, KeyMissing without the key, and
    django.db.Error where the role may not, or a table is in use for longer than lock_timeout.
    """
    key = read_key()
    family = Family._base_manager.select_for_update(of=("self",)).get(pk=decision.family_id)
    decision = RetentionDecision.objects.valid().confirmed().with_names().get(pk=decision.pk)
    if sign(build_order(decision), key) != decision.signature:
        raise ActionRefused("The decision was not confirmed in PaIRS, or was changed since.")
    record, found = load_review(family), collect_rows(family)
    if obstacles := _list_review_obstacles(record) or _list_reference_obstacles(found):
        raise ActionRefused(" ".join(obstacles))
    stub = _build_stub(decision, record, found)
    stub.resealed = _delete(found)
    sign_destruction(stub, key)
    stub.save(force_insert=True)
    return stub


def _build_stub(decision: RetentionDecision, record: ReviewedRecord, found: CollectedRows) -> Destruction:
    numbers = Infant._base_manager.filter(pk__in=found.rows[Infant]).order_by("reference")
    references = ", ".join(numbers.values_list("reference", flat=True)) or "no PI number"
    began = timezone.localdate(record.family.created_at)
    last = record.family.last_contact or began
    return Destruction(
        reference=references[:300],
        site_id=record.family.site_id,
        first_day=min(began, last),
        last_contact=last,
        due_on=decision.due_on,
        rule=Rule(decision.rule).label,
        decided_at=decision.created_at,
        decided_by=decision.decided_by,
        confirmed_at=decision.confirmed_at,
        confirmed_by=decision.confirmed_by,
        rows=found.count(),
    )


def _delete(found: CollectedRows) -> list[dict[str, Any]]:
    """Delete the rows, their history and their traces in the access log; returns what was resealed."""
    touched = _list_touched_days(found)
    with _triggers_off([*found.list_models(), *([AccessEntry] if found.entries else [])]):
        before = measure_signed_days(touched)
        for keys in (found.rows, found.history):
            for model, ids in keys.items():
                _delete_rows(model, ids)
        _clean_log(found)
        return build_resealed(before, measure_signed_days(touched))


def _list_touched_days(found: CollectedRows) -> dict[str, set[date]]:
    """{table: days of UTC} of history and log rows that will go or change."""
    touched: dict[str, set[date]] = defaultdict(set)
    for history, ids in found.history.items():
        rows = history.objects.filter(pk__in=ids).values_list("pgh_created_at", flat=True)
        touched[history._meta.db_table] |= {at.astimezone(UTC).date() for at in rows}
    entries = AccessEntry.objects.filter(pk__in=found.entries).values_list("at", flat=True)
    touched[LOG_TABLE] |= {at.astimezone(UTC).date() for at in entries}
    return {table: days for table, days in touched.items() if days}


@contextmanager
def _triggers_off(models: list[type[Any]]) -> Iterator[None]:
    """No trigger of these tables runs until the block ends: only their owner can say so. Keys stay checked."""
    tables = sorted({model._meta.db_table for model in models})
    _switch_triggers(tables, "DISABLE")
    yield
    _switch_triggers(tables, "ENABLE")


def _switch_triggers(tables: list[str], how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table with checks that wait can be altered
        for table in tables:
            statement = sql.SQL("ALTER TABLE {} {} TRIGGER USER")
            cursor.execute(statement.format(sql.Identifier(table), sql.SQL(how)))
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _delete_rows(model: type[Any], ids: set[Any]) -> None:
    """Past Django, which would ask every table that points here; the database's own keys are checked at the end."""
    if not ids:
        return
    column = model._meta.pk
    statement = sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)")
    values = [column.get_prep_value(each) for each in ids]
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(sql.Identifier(model._meta.db_table), sql.Identifier(column.column)), [values]
        )


def _clean_log(found: CollectedRows) -> None:
    if not found.entries:
        return
    rows = [key for ids in found.rows.values() for key in ids if not isinstance(key, int)]
    statement = sql.SQL(CLEAN_LOG_SQL).format(
        table=sql.Identifier(LOG_TABLE),
        families=sql.Placeholder("families"),
        rows=sql.Placeholder("rows"),
        entries=sql.Placeholder("entries"),
    )
    values = {"families": list(found.families), "rows": rows, "entries": list(found.entries)}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
