"""What a merge would move, and what undoing one would leave where it is: for the pages, before anybody confirms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from pairs.families.models import Caregiver, Caution, Family, Infant
from pairs.matching.comparison import compare_facts
from pairs.matching.ledger import to_ledger_value
from pairs.matching.models import Merge, MergeEffect, MergeStep
from pairs.matching.referring_rows import (
    UNCOUNTED_TABLES,
    format_row_count,
    get_row_title,
    list_keys_to,
    query_rows_of,
)
from pairs.matching.returning import find_strays
from pairs.matching.rules.names import is_spelt_alike, make_name_key
from pairs.web.formats import format_plural

MAX_LISTED = 50


def describe_merge_consequences(kept: Caregiver | Infant, merged: Caregiver | Infant) -> list[str]:
    """What will happen, in sentences."""
    apart = kept.family_id != merged.family_id
    taken = [fact.label for fact in compare_facts(kept, merged) if fact.only_merged]
    moving = _describe_moving_rows(merged, merged.family) if apart else _describe_moving_rows(merged)
    return [
        "the other record is hidden, and kept",
        f"linked entries move here: {', '.join(moving)}" if moving else "it has no linked entries",
        *([f"details only it holds are copied: {', '.join(taken)}"] if taken else []),
        *(_describe_family_merge(kept.family, merged.family) if apart else []),
        "it can be undone in one step; later entries then go back with the person, or someone is asked to check them",
    ]


def _describe_family_merge(kept: Family, merged: Family) -> Iterator[str]:
    yield f"the two families become one, at {kept.site}"
    if kept.site_id != merged.site_id:
        yield f"{merged.site} can no longer open it; if they will keep working with the family, offer a move first"
    for name in _find_names_kept_apart(kept, merged) + _find_names_kept_apart(merged, kept):
        yield f"a caution keeps someone apart from {name}, who may be a carer in the other record: check it first"


def _find_names_kept_apart(one: Family, other: Family) -> list[str]:
    """Names in the cautions of the one family that a carer of the other is called by, spelt nearly so."""
    cautions = Caution.objects.live().current().filter(family=one).exclude(kept_from_name="")
    carers = [make_name_key(carer.name) for carer in Caregiver.objects.live().filter(family=other)]
    names = cautions.order_by("since").values_list("kept_from_name", flat=True)
    return [name for name in names if any(is_spelt_alike(make_name_key(name), carer) for carer in carers)]


def _describe_moving_rows(*records: Any) -> list[str]:
    """3 attendances, 1 address: what points at the records, by kind, each row once."""
    rows: dict[type[models.Model], set] = {}
    for record in records:
        for key in list_keys_to(type(record)):
            rows.setdefault(key.model, set()).update(
                query_rows_of(key, record.pk).values_list("pk", flat=True)
            )
    counted = {model: ids for model, ids in rows.items() if model._meta.label not in UNCOUNTED_TABLES}
    return [format_row_count(model, len(ids)) for model, ids in counted.items() if ids]


def describe_moved_rows(merge: Merge) -> list[str]:
    """What it did, by kind: 3 attendances."""
    steps = (
        _list_counted_steps(merge)
        .exclude(what__in=(MergeEffect.FILLED, MergeEffect.LEFT, MergeEffect.BACK))
        .order_by()
    )
    counted = steps.values_list("model_label").annotate(rows=models.Count("row_id", distinct=True))
    return sorted(format_row_count(apps.get_model(label), count) for label, count in counted)


def describe_returned_rows(merge: Merge) -> list[str]:
    """What went back with its person when it was undone, by kind: 1 address."""
    steps = _list_counted_steps(merge).filter(what=MergeEffect.BACK).order_by()
    counted = steps.values_list("model_label").annotate(rows=models.Count("row_id", distinct=True))
    return sorted(format_row_count(apps.get_model(label), count) for label, count in counted)


def _list_counted_steps(merge: Merge) -> models.QuerySet[MergeStep]:
    return merge.steps.exclude(model_label__in=UNCOUNTED_TABLES)


@dataclass(frozen=True)
class LaterRow:
    """A row made after the merge that stays with the record kept when it is undone."""

    what: str
    at: datetime


def list_rows_made_since(merge: Merge) -> list[LaterRow]:
    """What was made after the merge and points at a record that it kept; the newest first, at most 50."""
    found = [LaterRow(get_row_title(key.model), at) for key, at in _find_rows_made_since(merge)]
    return sorted(found, key=lambda row: row.at, reverse=True)[:MAX_LISTED]


def has_later_rows(merge: Merge) -> bool:
    """Whether anything was written since that still stands with the record kept, or names somebody of the other."""
    return bool(next(_find_rows_made_since(merge), None) or next(find_strays(merge), None))


def list_strays(merge: Merge) -> list[LaterRow]:
    """What stands in one of the two families and names somebody of the other: to be put right first."""
    found = [LaterRow(get_row_title(key.model), row.created_at) for key, row in find_strays(merge)]
    return sorted(found, key=lambda row: row.at, reverse=True)[:MAX_LISTED]


def _find_rows_made_since(merge: Merge) -> Iterator[tuple[models.ForeignKey, datetime]]:
    until = {"created_at__lte": merge.undone_at} if merge.undone_at else {}
    for label, into in merge.steps.filter(what=MergeEffect.SEALED).values_list("model_label", "into"):
        for key in list_keys_to(apps.get_model(label)):
            if key.model is not Merge and "created_at" in {each.name for each in key.model._meta.fields}:
                rows = query_rows_of(key, into).filter(created_at__gt=merge.at, **until)
                yield from ((key, at) for at in rows.values_list("created_at", flat=True)[:MAX_LISTED])


def describe_changes_since(merge: Merge) -> list[str]:
    """What the merge wrote and somebody has changed since: it would stay as it is now, by kind."""
    if merge.undone_at:
        steps = _list_counted_steps(merge).filter(what=MergeEffect.LEFT)
    else:
        steps = [
            step
            for step in _list_counted_steps(merge).exclude(what=MergeEffect.DROPPED)
            if not _is_unchanged(step, merge)
        ]
    counts: dict[str, int] = {}
    for step in steps:
        counts[step.model_label] = counts.get(step.model_label, 0) + 1
    return [
        f"{get_row_title(apps.get_model(label))}: {format_plural(count, 'value')}"
        for label, count in counts.items()
    ]


def _is_unchanged(step: MergeStep, merge: Any) -> bool:
    """Is the row as the merge left it?"""
    if not hasattr(merge, "rows_now"):
        merge.rows_now = _load_current_rows(merge)
    row = merge.rows_now.get((step.model_label, step.row_id))
    return row is not None and to_ledger_value(getattr(row, step.field)) == step.after


def _load_current_rows(merge: Merge) -> dict[tuple[str, str], Caregiver]:
    """{(label, id as text): the row as it is}: one query a table."""
    ids: dict[str, list[str]] = {}
    for label, row_id in merge.steps.exclude(what=MergeEffect.DROPPED).values_list("model_label", "row_id"):
        ids.setdefault(label, []).append(row_id)
    return {
        (label, str(row.pk)): row
        for label, wanted in ids.items()
        for row in apps.get_model(label)._base_manager.filter(pk__in=wanted)
    }
