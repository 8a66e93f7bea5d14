"""The ledger of one merge: each row that is moved, filled, sealed or dropped, written down, and played backwards."""

from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from pairs.access.records import SEALED, Record, live_q
from pairs.matching.models import Merge, MergeEffect, MergeStep
from pairs.matching.referring_rows import (
    IDENTITY_FIELDS,
    UNMOVED_KEYS,
    get_key_label,
    list_keys_to,
    list_unique_sets,
    query_rows_of,
)
from pairs.service.refusals import ActionRefused

# What a record is, whatever it says: never taken over from another.
RECORD_FIELDS = {"id", *(field.attname for field in Record._meta.concrete_fields)}
# What must be said alike before two rows become one: nobody may lose it by a merge.
MUST_AGREE_FIELDS = {"restrictions"}


def to_ledger_value(value: Any) -> Any:
    """A field's value as JSON keeps it, to the microsecond; ``to_python`` of the field reads it again."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value


def is_blank(field: models.Field, value: Any) -> bool:
    """Empty, or what stands there when nobody has been asked."""
    return value in (None, "", [], {}) or (
        field.has_default() and not callable(field.default) and value == field.default
    )


class MergeLedger:
    """Changes rows for one merge, and keeps a step of each change."""

    def __init__(self, merge: Merge, stays: frozenset[str] = frozenset()) -> None:
        self.merge, self.steps, self.now = merge, [], timezone.now()
        self.stays = stays | UNMOVED_KEYS.keys()

    def save(self) -> None:
        """Write the steps: last thing of a merge, in its transaction."""
        MergeStep.objects.bulk_create(self.steps, batch_size=1000)

    def absorb(self, kept: models.Model, merged: models.Model) -> None:
        """Everything that points at ``merged`` points at ``kept``; ``merged`` goes out of sight."""
        for key in list_keys_to(type(merged)):
            if get_key_label(key) not in self.stays:
                self._move_all(key, kept.pk, merged.pk)
        self._retire_row(kept, merged)

    def fill(self, row: models.Model, values: dict[str, Any]) -> None:
        """Write these values ({attname: value}) into a row, where they differ."""
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in changed.items():
            self._record_step(MergeEffect.FILLED, row, name, getattr(row, name), value)
            setattr(row, name, value)
        if changed:
            _get_manager(row).filter(pk=row.pk).update(**changed)

    def _move_all(self, key: models.ForeignKey, kept_id: UUID, merged_id: UUID) -> None:
        """All at once where nothing stands in the way, else one by one."""
        rows = list(query_rows_of(key, merged_id).select_for_update())
        if not rows:
            return
        if key.model._meta.label not in IDENTITY_FIELDS and _repoint_rows(
            key.model, [row.pk for row in rows], key, kept_id
        ):
            for row in rows:
                self._record_step(MergeEffect.MOVED, row, key.attname, merged_id, kept_id)
            return
        for row in rows:
            self._move(key, row, kept_id)

    def _move(self, key: models.ForeignKey, row: models.Model, kept_id: UUID) -> None:
        twin = _find_counterpart(key, row, kept_id)
        if twin is not None:
            self._merge_rows(twin, row)
        elif _repoint_rows(key.model, [row.pk], key, kept_id):
            self._record_step(MergeEffect.MOVED, row, key.attname, getattr(row, key.attname), kept_id)
        else:
            raise ActionRefused(f"These records cannot be merged because of a {row._meta.verbose_name}.")

    def _merge_rows(self, kept: models.Model, merged: models.Model) -> None:
        """Two rows that have become the same: the one kept learns what only the other says."""
        if not getattr(merged, "is_entered_in_error", False):
            self.fill(kept, _collect_missing_values(kept, merged))
        self.absorb(kept, merged)

    def _retire_row(self, kept: models.Model, row: models.Model) -> None:
        if isinstance(row, Record):
            self._record_step(MergeEffect.SEALED, row, SEALED, None, self.now, into=kept.pk)
            _get_manager(row).filter(pk=row.pk).update(**{SEALED: self.now})
            return
        self._record_step(MergeEffect.DROPPED, row, "", _dump_row(row), None)
        _get_manager(row).filter(pk=row.pk).delete()

    def _record_step(
        self, what: str, row: models.Model, field: str, before: Any, after: Any, into: UUID | None = None
    ) -> None:
        self.steps.append(
            MergeStep(
                merge=self.merge,
                order=len(self.steps),
                what=what,
                model_label=row._meta.label,
                row_id=str(row.pk),
                field=field,
                before=to_ledger_value(before),
                after=to_ledger_value(after),
                into=into,
            )
        )


def _get_manager(row: models.Model) -> models.Manager[Any]:
    return type(row)._base_manager


def _repoint_rows(model: type[models.Model], ids: list[Any], key: models.ForeignKey, kept_id: UUID) -> bool:
    """Repoint the foreign key to the record kept; False, with nothing changed, on IntegrityError."""
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=ids).update(**{key.attname: kept_id})
    except IntegrityError:
        return False
    return True


def _find_counterpart(key: models.ForeignKey, row: models.Model, kept_id: UUID) -> models.Model | None:
    """The row of the record kept that this one would become the same as; None when there is none."""
    same = [(fields, models.Q()) for label, fields in IDENTITY_FIELDS.items() if label == row._meta.label]
    for fields, condition in [*list_unique_sets(key.model), *same]:
        if key.attname not in fields:
            continue
        values = {name: getattr(row, name) for name in fields} | {key.attname: kept_id}
        if None in [values[name] for name in fields] and (fields, condition) not in same:
            continue  # nothing is unique about what is not known
        rows = _get_manager(row).filter(condition)
        if rows.filter(pk=row.pk).exists():
            twin = _filter_live(rows).filter(**values).exclude(pk=row.pk).order_by("pk").first()
            if twin is not None:
                return twin
    return None


def _filter_live(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    return rows.filter(live_q()) if issubclass(rows.model, Record) else rows


def _collect_missing_values(kept: models.Model, merged: models.Model) -> dict[str, Any]:
    """What only the other row says. Raises Refused where both say what nobody may lose."""
    found = {}
    for field in kept._meta.concrete_fields:
        mine, theirs = getattr(kept, field.attname), getattr(merged, field.attname)
        if field.attname in RECORD_FIELDS or field.is_relation or is_blank(field, theirs) or mine == theirs:
            continue
        if is_blank(field, mine):
            found[field.attname] = theirs
        elif field.name in MUST_AGREE_FIELDS:
            raise ActionRefused(
                f"One record has “{mine}” and the other “{theirs}”. First write both into one of them."
            )
    return found


def _dump_row(row: models.Model) -> dict[str, Any]:
    return {
        field.attname: to_ledger_value(getattr(row, field.attname)) for field in row._meta.concrete_fields
    }


# ---------------------------------------------------------------- backwards


def undo_steps(steps: list[MergeStep]) -> list[MergeStep]:
    """Give the rows back what they had before, the last step first. Answers what had been changed since, and stays."""
    left = []
    for (_, _, what), of_row in groupby(steps, lambda step: (step.model_label, step.row_id, step.what)):
        if what == MergeEffect.FILLED:
            left += _undo_filled(list(of_row))
        else:
            left += [step for step in of_row if not _undo_step(step)]
    return left


def _undo_filled(steps: list[MergeStep]) -> list[MergeStep]:
    """All values of a row at once, as they were written: halfway a date and a number may not fit together."""
    model = apps.get_model(steps[0].model_label)
    row = model._base_manager.get(pk=steps[0].row_id)
    standing = [step for step in steps if to_ledger_value(getattr(row, step.field)) == step.after]
    before = {step.field: _parse_value(model._meta.get_field(step.field), step.before) for step in standing}
    if before:
        model._base_manager.filter(pk=row.pk).update(**before)
    return [step for step in steps if step not in standing]


def _undo_step(step: MergeStep) -> bool:
    model = apps.get_model(step.model_label)
    if step.what == MergeEffect.DROPPED:
        return _restore_row(model, step.before)
    field = model._meta.get_field(step.field)
    before, after = (_parse_value(field, value) for value in (step.before, step.after))
    row = model._base_manager.filter(pk=step.row_id, **{step.field: after})
    return bool(row.update(**{step.field: before}))


def _restore_row(model: type[models.Model], values: Any) -> bool:
    """The very row that was dropped, moments and id included."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    known = {name: _parse_value(fields[name], value) for name, value in values.items()}
    model._base_manager.bulk_create([model(**known)])
    model._base_manager.filter(pk=known[model._meta.pk.attname]).update(**known)
    return True


def _parse_value(field: Any, value: int | str | None) -> Any:
    target = field.target_field if field.is_relation else field
    return None if value is None else target.to_python(value)
