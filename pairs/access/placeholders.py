"""UUIDs that no row has: in a query that is compiled once, they stand for the values of each request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db.models import UUIDField, Value


@dataclass(frozen=True)
class Placeholder:
    """What one of them stands for: a UUID, or a list of them; or a moment."""

    name: str
    is_list: bool = False
    is_datetime: bool = False

    @property
    def type(self) -> str:
        """PostgreSQL's name for it."""
        return "timestamptz" if self.is_datetime else "uuid[]" if self.is_list else "uuid"


_placeholders_by_id: dict[UUID, Placeholder] = {}


def make_placeholder(name: str, *, is_list: bool = False) -> UUID:
    """The UUID that stands for the value of that name; the same one each time."""
    found = uuid5(NAMESPACE_OID, f"pairs placeholder {name} {is_list}")
    _placeholders_by_id[found] = Placeholder(name, is_list)
    return found


def make_datetime_placeholder(name: str) -> Value:
    """An expression that stands for the moment of that name, wherever a query compares with one."""
    found = uuid5(NAMESPACE_OID, f"pairs placeholder {name} moment")
    _placeholders_by_id[found] = Placeholder(name, is_datetime=True)
    return Value(found, output_field=UUIDField())


def map_placeholders_by_name(wanted: Iterable[Placeholder]) -> dict[str, UUID | Value]:
    """{name: what stands for it in a query}."""
    return {each.name: _to_query_value(each) for each in wanted}


def _to_query_value(each: Placeholder) -> Value | UUID:
    return (
        make_datetime_placeholder(each.name)
        if each.is_datetime
        else make_placeholder(each.name, is_list=each.is_list)
    )


def build_placeholders(values: Mapping[str, Any]) -> tuple[Placeholder, ...]:
    """One for each value, of its kind."""
    return tuple(_build_placeholder(name, value) for name, value in values.items())


def _build_placeholder(name: str, value: datetime | UUID | list[UUID]) -> Placeholder:
    is_moment = isinstance(value, datetime)
    return Placeholder(name, is_list=not (is_moment or isinstance(value, UUID)), is_datetime=is_moment)


def find_placeholder(value: Any) -> Placeholder | None:
    """What it stands for; None for every other value."""
    return _placeholders_by_id.get(value) if isinstance(value, UUID) else None
