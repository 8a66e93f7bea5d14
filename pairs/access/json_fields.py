"""What a serializer declares, as SQL: PostgreSQL builds the JSON of a row, and no model or serializer runs for it.

A field that names a column, or a path of them, needs nothing. What a property or a method works out in Python is
given to the serializer's ``Meta.sql``: {field: a lookup, an expression, Rows, or a function that returns one}.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import ExpressionWrapper, F, Func, JSONField, OuterRef, QuerySet, Value
from rest_framework import serializers
from rest_framework.fields import Field
from rest_framework.relations import ManyRelatedField, PrimaryKeyRelatedField

from pairs.access.batch_query import parse_datetime


class JsonBuildObject(Func):
    """An object whose keys stay in their order (Django's own JSONObject makes jsonb, which sorts them)."""

    function = "JSON_BUILD_OBJECT"
    output_field = JSONField()

    def __init__(self, fields: dict[str, Any]) -> None:
        super().__init__(*(part for name, each in fields.items() for part in (Value(name), each)))


@dataclass(frozen=True)
class RelatedRows:
    """Rows of another model within each row: ``what`` of them, a lookup or a serializer, in the queryset's order.

    ``through``: the lookup by which the serializer's fields are reached from them.
    """

    relation: str
    queryset: QuerySet
    what: Any = "pk"
    through: str = ""


@dataclass(frozen=True)
class CombinedRows:
    """The ones and then the others, each id once."""

    first: RelatedRows
    then: RelatedRows


@dataclass(frozen=True)
class FieldSql:
    """SQL of a value, and what turns it into what a serializer writes where JSON has it differently."""

    expression: Any
    read: Callable[[Any], Any] | None = None


# As PostgreSQL has them in JSON, so a serializer writes them.
FIELDS_ALIKE_IN_JSON = (
    serializers.CharField,
    serializers.ChoiceField,
    serializers.BooleanField,
    serializers.IntegerField,
    serializers.UUIDField,
    serializers.DateField,
    PrimaryKeyRelatedField,
)


def build_row_json(serializer: serializers.BaseSerializer, queryset: QuerySet, through: str = "") -> FieldSql:
    """The JSON object of one row. Raises ValueError for a field that is neither a column nor in ``Meta.sql``."""
    fields = {
        name: _build_field_sql(name, each, queryset, through) for name, each in serializer.fields.items()
    }
    return FieldSql(
        JsonBuildObject({name: each.expression for name, each in fields.items()}),
        _build_row_reader({name: each.read for name, each in fields.items() if each.read}),
    )


def _build_row_reader(readers: dict[str, Callable[..., Any]]) -> Callable[..., Any] | None:
    if not readers:
        return None

    def read(row: dict[str, Any]) -> dict[str, Any]:
        for name, read_value in readers.items():
            if row[name] is not None:
                row[name] = read_value(row[name])
        return row

    return read


def _build_field_sql(name: str, field: Field, queryset: QuerySet[Any], through: str) -> FieldSql:
    declared = getattr(getattr(field.parent, "Meta", None), "sql", {}).get(name)
    if declared is not None:
        return _build_declared_sql(declared, queryset)
    if isinstance(field, serializers.ListSerializer):
        return _build_array_sql(
            RelatedRows(field.source, _get_prefetch_queryset(queryset, field.source), field.child), queryset
        )
    if isinstance(field, ManyRelatedField):
        what = getattr(field.child_relation, "slug_field", "pk")
        return _build_array_sql(
            RelatedRows(field.source, _get_prefetch_queryset(queryset, field.source), what), queryset
        )
    path = [*filter(None, [through]), *field.source_attrs]
    _check_path(name, field, path, queryset.model)
    return FieldSql(F("__".join(path)), _choose_value_reader(name, field))


def _build_declared_sql(
    declared: ExpressionWrapper | Func | Callable[..., Any], queryset: QuerySet[Any]
) -> FieldSql:
    value = declared() if callable(declared) else declared
    if isinstance(value, RelatedRows):
        return _build_array_sql(value, queryset)
    if isinstance(value, CombinedRows):
        return _combine_arrays(
            _build_array_sql(value.first, queryset), _build_array_sql(value.then, queryset)
        )
    return FieldSql(F(value) if isinstance(value, str) else value)


def _combine_arrays(first: FieldSql, then: FieldSql) -> FieldSql:
    """One array of two, the second's rows where the first does not have them."""

    def read(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        once: dict[str, dict] = {}
        for row in first.read(found) if first.read else found:
            once.setdefault(row["id"], row)
        return list(once.values())

    joined = Func(
        first.expression, then.expression,
        template="(%(expressions)s)", arg_joiner=" || ", output_field=JSONField(),
    )  # fmt: skip
    return FieldSql(joined, read)


def _build_array_sql(rows: RelatedRows, queryset: QuerySet[Any]) -> FieldSql:
    """An array of them: those that are linked to the row outside."""
    link = queryset.model._meta.get_field(rows.relation).remote_field.name
    linked = rows.queryset.filter(**{link: OuterRef("pk")})
    if isinstance(rows.what, str):
        return FieldSql(ArraySubquery(linked.values_list(rows.what)))
    inner = build_row_json(rows.what, rows.queryset, rows.through)
    read = inner.read
    return FieldSql(
        ArraySubquery(linked.values_list(inner.expression)),
        read and (lambda found: [read(each) for each in found]),
    )


def _get_prefetch_queryset(queryset: Any, relation: str) -> QuerySet[Any]:
    """The rows that the queryset would prefetch for the relation."""
    for each in queryset._prefetch_related_lookups:
        if getattr(each, "prefetch_to", None) == relation and each.queryset is not None:
            return each.queryset
    return queryset.model._meta.get_field(relation).related_model._default_manager.all()


def _check_path(name: str, field: Field, path: list[str], model: type[Any]) -> None:
    """Each step must be a field of a model: a property is known to Python alone."""
    for step in path:
        known = {part for each in model._meta.concrete_fields for part in (each.name, each.attname)}
        if step not in known:
            raise ValueError(f"{type(field.parent).__name__}.{name} is no column: declare it in Meta.sql.")
        model = model._meta.get_field(step).related_model


def _choose_value_reader(name: str, field: Field) -> Callable[..., Any] | None:
    if isinstance(field, FIELDS_ALIKE_IN_JSON):
        return None
    if isinstance(field, serializers.DateTimeField):
        return lambda text: field.to_representation(parse_datetime(text))
    if isinstance(field, serializers.DecimalField):
        return lambda number: field.to_representation(Decimal(str(number)))
    if isinstance(field, serializers.FloatField):
        return float
    if isinstance(field, serializers.ListField) and isinstance(field.child, FIELDS_ALIKE_IN_JSON):
        return None
    raise ValueError(f"{type(field.parent).__name__}.{name}: no conversion of a {type(field).__name__}.")
