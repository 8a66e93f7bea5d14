"""UUIDs that no row has: in a query that is compiled once, they stand for the values of each request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db.models import UUIDField, Value


@dataclass(frozen=True)
class Placeholder:
    """What one of them stands for: a UUID, or a list of them; or a value of another type, such as a moment."""

    name: str
    is_list: bool = False
    other_type: str = ""  # PostgreSQL's name for it, where it is no UUID

    @property
    def type(self) -> str:
        """PostgreSQL's name for it."""
        return self.other_type or ("uuid[]" if self.is_list else "uuid")


_placeholders_by_id: dict[UUID, Placeholder] = {}


def make_placeholder(name: str, *, is_list: bool = False) -> UUID:
    """The UUID that stands for the value of that name; the same one each time."""
    found = uuid5(NAMESPACE_OID, f"pairs placeholder {name} {is_list}")
    _placeholders_by_id[found] = Placeholder(name, is_list)
    return found


def make_typed_placeholder(name: str, type_name: str) -> Value:
    """An expression that stands for the value of that name and type, wherever a query compares with one."""
    found = uuid5(NAMESPACE_OID, f"pairs placeholder {name} {type_name}")
    _placeholders_by_id[found] = Placeholder(name, other_type=type_name)
    return Value(found, output_field=UUIDField())


def make_datetime_placeholder(name: str) -> Value:
    """One for a moment."""
    return make_typed_placeholder(name, "timestamptz")


def map_placeholders_by_name(wanted: Iterable[Placeholder]) -> dict[str, UUID | Value]:
    """{name: what stands for it in a query}."""
    return {each.name: _to_query_value(each) for each in wanted}


def _to_query_value(each: Placeholder) -> Value | UUID:
    if each.other_type:
        return make_typed_placeholder(each.name, each.other_type)
    return make_placeholder(each.name, is_list=each.is_list)


def build_placeholders(values: Mapping[str, Any]) -> tuple[Placeholder, ...]:
    """One for each value, of its kind."""
    return tuple(_build_placeholder(name, value) for name, value in values.items())


OTHER_TYPES = {datetime: "timestamptz", date: "date", str: "text"}  # by the Python type of a value


def _build_placeholder(name: str, value: Any) -> Placeholder:
    is_list = isinstance(value, (list, tuple))
    inner = next(iter(value), None) if is_list else value
    if type_name := OTHER_TYPES.get(type(inner), ""):
        return Placeholder(name, other_type=f"{type_name}[]" if is_list else type_name)
    return Placeholder(name, is_list=not isinstance(value, UUID))


def find_placeholder(value: Any) -> Placeholder | None:
    """What it stands for; None for every other value."""
    return _placeholders_by_id.get(value) if isinstance(value, UUID) else None
