"""Ledger of changes that can be reverted: [model, id, field, before, after], and rows that were made or dropped."""

from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

Ledger = list[list[Any]]
MADE, DROPPED = "+", "-"  # in place of the field's name


def change_and_record(row: models.Model, ledger: Ledger, **changes: Any) -> None:
    """Change these fields of the row, and note each that was different."""
    changed = []
    for name, value in changes.items():
        field = row._meta.get_field(name)
        before = getattr(row, field.attname)
        setattr(row, name, value)
        after = getattr(row, field.attname)
        if before != after:
            ledger.append([row._meta.label, str(row.pk), field.attname, _to_text(before), _to_text(after)])
            changed.append(name)
    if changed:
        row.save(update_fields=changed)


def create_and_record(model: type[models.Model], ledger: Ledger, **values: Any) -> Any:
    """Make a record, which reverting marks as entered in error."""
    row = model._default_manager.create(**values)
    ledger.append([model._meta.label, str(row.pk), MADE, None, None])
    return row


def record_reverted_value(row: models.Model, ledger: Ledger, name: str, value: Any) -> None:
    """For a row that was just made: reverting gives this field that value, unless it has been changed since."""
    field = row._meta.get_field(name)
    after = getattr(row, field.attname)
    ledger.append([row._meta.label, str(row.pk), field.attname, _to_text(value), _to_text(after)])


def drop_and_record(row: models.Model, ledger: Ledger) -> None:
    """Delete a row of a plain list, which reverting puts back."""
    values = {field.attname: _to_text(getattr(row, field.attname)) for field in row._meta.concrete_fields}
    ledger.append([row._meta.label, str(row.pk), DROPPED, values, None])
    row.delete()


def revert_changes(ledger: Ledger, *, by: Any = None, why: str = "") -> None:
    """Restore former values, newest first, except where somebody has changed them since. In a transaction.

    ``by`` and ``why``: of the records that were made, when they are marked as entered in error.
    """
    for (label, pk), entries in groupby(reversed(ledger), key=lambda entry: (entry[0], entry[1])):
        rows, changes = apps.get_model(label)._base_manager.filter(pk=pk), list(entries)
        _restore_values(rows, [each[2:] for each in changes if each[2] not in (MADE, DROPPED)])
        for _, _, what, before, _ in changes:
            if what == MADE:
                _retire(rows, by, why)
            elif what == DROPPED:
                _put_back(rows, before)


def _restore_values(rows: models.QuerySet[Any], changes: list[list[Any]]) -> None:
    """All values of a row at once, as they were written: halfway a date and its reason may not fit together."""
    row = rows.select_for_update().first() if changes else None
    values: dict[str, Any] = {}
    for field, before, after in changes:
        if row is not None and _to_text(values.get(field, getattr(row, field))) == after:
            values[field] = before
    if values:
        rows.update(**values)


def _retire(rows: models.QuerySet[Any], by: Any, why: str) -> None:
    for row in rows:
        if not row.is_entered_in_error:
            row.enter_in_error(reason=why, by=by)


def _put_back(rows: models.QuerySet[Any], values: dict[str, Any]) -> None:
    """Unless the same is in the list again."""
    try:
        with transaction.atomic():
            rows.create(**values)
    except IntegrityError:
        return


def list_later_changes(ledger: Ledger) -> list[tuple[models.Model, str]]:
    """(row, name of the field) of what would not go back, or did not: somebody changed it later.

    Of a field that the ledger changed twice, the last value counts.
    """
    found, known = [], set()
    for label, pk, field, before, after in reversed(ledger):
        if field in (MADE, DROPPED) or (label, pk, field) in known:
            continue
        known.add((label, pk, field))
        row = apps.get_model(label)._base_manager.filter(pk=pk).first()
        if row is not None and _to_text(getattr(row, field)) not in (before, after):
            found.append((row, str(row._meta.get_field(field).verbose_name)))
    return found[::-1]


def _to_text(value: Any) -> str | None:
    """A moment in UTC, as the database gives it back: in local time the same moment would be another text in summer."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
