"""A change as a page shows it: what happened to which record, and each field before and after, in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import ForeignKey

from pairs.access.records import Record, unsealed_q
from pairs.access.scope import Scope
from pairs.families.field_words import get_field_label
from pairs.families.models import Dyad
from reporting.dashboards.act_words import get_page_words
from reporting.dashboards.changes.text_differences import LONG_TEXT, Part, compare_texts
from reporting.dashboards.changes.versions import ADDED, CHANGED, REMOVED, Change
from reporting.dashboards.changes.words import (
    Names,
    format_value,
    get_record_label,
    is_long_text,
    list_shown_fields,
    name_record,
)
from reporting.dashboards.log_search import describe_roles

KIND_WORDS = {ADDED: "added", CHANGED: "changed", REMOVED: "removed"}
NO_PERSON = "PaIRS itself"


@dataclass(frozen=True)
class ShownField:
    """One field. ``parts``: of a long text that was changed, what was added to it and what was struck; else none."""

    label: str
    before: str
    after: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class ShownChange:
    """One saving. ``fields``: those that people can read; none where only what programs keep was changed."""

    title: str
    kind: str
    at: datetime
    who: str
    username: str
    roles: str
    page: str
    fields: tuple[ShownField, ...]

    @property
    def is_new(self) -> bool:
        """A record that was added: there was nothing before."""
        return self.kind == ADDED

    @property
    def field_names(self) -> str:
        """Which fields, without what they say."""
        return ", ".join(each.label for each in self.fields) or "Nothing that people can read"


def present_changes(scope: Scope, changes: Iterable[Change]) -> list[ShownChange]:
    """In the same order. Records that a field leads to are named where the reader may read them."""
    listed = list(changes)
    names = _load_names(scope, listed)
    return [_present(change, names) for change in listed]


def _present(change: Change, names: Names) -> ShownChange:
    return ShownChange(
        title=f"{get_record_label(change.model)} {KIND_WORDS[change.kind]}",
        kind=change.kind,
        at=change.at,
        who=str(change.person) if change.person else NO_PERSON,
        username=change.person.username if change.person else "",
        roles=describe_roles(change.person) if change.person else "",
        page=get_page_words(change.page) if change.page else "",
        fields=tuple(_present_field(change, field, names) for field in _list_fields(change)),
    )


def _list_fields(change: Change) -> list[Any]:
    changed = set(change.names_of_fields)
    if change.kind == ADDED:
        changed.discard(
            "family"
        )  # the one whose changes are read: worth a line only where a record went to another
    return [field for field in list_shown_fields(change.model) if field.name in changed]


def _present_field(change: Change, field: Any, names: Names) -> ShownField:
    before, after = change.get_values(field.name)
    parts: tuple[Part, ...] = ()
    if before and after and is_long_text(field) and max(len(before), len(after)) > LONG_TEXT:
        parts = tuple(compare_texts(before, after))
    was, now = format_value(field, before, names), format_value(field, after, names)
    return ShownField(get_field_label(field), was, now, parts)


def _load_names(scope: Scope, changes: list[Change]) -> Names:
    """{(model, key): name} of all that the changed fields lead to: a query for each model."""
    wanted: dict[type[Any], set[Any]] = defaultdict(set)
    for change in changes:
        for field in _list_fields(change):
            if isinstance(field, ForeignKey):
                wanted[field.related_model] |= set(change.get_values(field.name)) - {None}
    return {
        (model, row.pk): name_record(row)
        for model, keys in wanted.items()
        if keys
        for row in _query_readable(model, scope).filter(pk__in=keys)
    }


def _query_readable(model: type[Any], scope: Scope) -> Any:
    if not issubclass(model, Record):
        return model._default_manager.all()
    rows = model.objects.including_sealed(scope).filter(unsealed_q())
    return rows.select_related("infant", "caregiver") if model is Dyad else rows
