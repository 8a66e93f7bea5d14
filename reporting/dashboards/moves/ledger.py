"""Ledger of the changes a move made, so that it can be reversed: [model, id, field, before, after]."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

Ledger = list[list[Any]]


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


def revert_changes(ledger: Ledger) -> None:
    """Restore former values, newest first, except where somebody has changed them since."""
    for label, pk, field, before, after in reversed(ledger):
        rows = apps.get_model(label)._base_manager.filter(pk=pk, **{field: after})
        rows.update(**{field: before})


def list_later_changes(ledger: Ledger) -> list[tuple[models.Model, str]]:
    """(row, name of the field) of what would not go back, or did not: somebody changed it after the move."""
    found = []
    for label, pk, field, before, after in ledger:
        row = apps.get_model(label)._base_manager.filter(pk=pk).first()
        if row is not None and _to_text(getattr(row, field)) not in (before, after):
            found.append((row, str(row._meta.get_field(field).verbose_name)))
    return found


def _to_text(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)
