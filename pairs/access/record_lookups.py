"""One record in scope by its id: the SQL is compiled once a process, and only the ids are sent each time.

Most pages and addresses begin by finding the record that they name, and building and compiling that QuerySet took
longer than anything else of a refusal. What asks for more than its model's rows, with related ones and some of their
fields (a filter, an annotation), is built anew as ever.
"""

import functools
from typing import Any
from uuid import UUID

from django.db.models import F, Model, QuerySet, UUIDField, Value, prefetch_related_objects

from pairs.access.prepared_queries import PreparedLookup
from pairs.access.scope import Scope

# Of a query: which columns are read. An order is left out, as one row has none.
SHAPING_PARTS = {"select_related", "deferred_loading"}
IGNORED_PARTS = {"order_by", "default_ordering"}
_kept_lookups: dict[tuple[Any, ...], PreparedLookup] = {}


def find_visible(records: QuerySet[Any], scope: Scope, pk: Any, *, within: str) -> Model | None:
    """The live record in scope with this id, as ``records`` fetches it and with its family's id, or None."""
    lookup = get_kept_lookup(records, within) if isinstance(pk, UUID) else None
    if lookup is None:
        return next(iter(query_visible_by_id(records, scope, pk, within)[:1]), None)
    found = lookup.first(scope, record=pk)
    if found and records._prefetch_related_lookups:
        prefetch_related_objects([found], *records._prefetch_related_lookups)
    return found


def query_visible_by_id(records: QuerySet[Any], scope: Scope, pk: Any, within: str) -> QuerySet[Any]:
    """By its key there is one at most: Django would spend more on an order than on the rest of the statement."""
    return annotate_family_id(getattr(records, within)(scope)).filter(pk=pk).order_by()


def annotate_family_id(records: Any) -> Any:
    """For the access log: annotate the owning family's id; rows about no family (supervision, reports) carry None."""
    path = records.model.family_path
    return records.annotate(family_id_for_log=F(path) if path else Value(None, output_field=UUIDField()))


def get_kept_lookup(records: QuerySet[Any], within: str) -> PreparedLookup | None:
    """None where the QuerySet asks for more than rows of its model with related ones."""
    columns = _describe_columns(records)
    if columns is None:
        return None
    key = (type(records), records.model, within, columns)
    if key not in _kept_lookups:
        plain = records.prefetch_related(None)
        _kept_lookups[key] = PreparedLookup(
            lambda scope, record: query_visible_by_id(plain, scope, record, within)
        )
    return _kept_lookups[key]


def _describe_columns(records: QuerySet[Any]) -> str | None:
    """Which columns it reads, where that is all that it says; None where it says more."""
    if not (isinstance(records, QuerySet) and _is_looked_up_by_uuid(records)):
        return None
    whole = _get_whole(type(records), records.model)
    if _list_differences(records, whole) - {"_query", "_prefetch_related_lookups"}:
        return None
    if _list_differences(records.query, whole.query) - SHAPING_PARTS - IGNORED_PARTS:
        return None
    names, are_left_out = records.query.deferred_loading
    return repr((records.query.select_related, sorted(names), are_left_out))


def _is_looked_up_by_uuid(records: QuerySet[Any]) -> bool:
    """With a class of its own for what it prefetches, it has to fetch the rows itself."""
    own_way = type(records)._prefetch_related_objects is not QuerySet._prefetch_related_objects
    return isinstance(records.model._meta.pk, UUIDField) and not (
        own_way and records._prefetch_related_lookups
    )


@functools.cache
def _get_whole(queryset_class: type[QuerySet[Any]], model: type[Model]) -> QuerySet[Any]:
    return queryset_class(model)


def _list_differences(one: Any, other: Any) -> set[str]:
    """Names of what the two objects do not hold alike."""
    names = vars(one).keys() | vars(other).keys()
    return {name for name in names if getattr(one, name, None) != getattr(other, name, None)}
