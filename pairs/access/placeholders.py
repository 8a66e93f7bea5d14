"""UUIDs that no row has: in a query that is compiled once, they stand for the values of each request."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5


@dataclass(frozen=True)
class Placeholder:
    """What one of them stands for: a UUID, or a list of them."""

    name: str
    is_list: bool = False


_known: dict[UUID, Placeholder] = {}


def placeholder(name: str, *, is_list: bool = False) -> UUID:
    """The UUID that stands for the value of that name; the same one each time."""
    found = uuid5(NAMESPACE_OID, f"pairs placeholder {name} {is_list}")
    _known[found] = Placeholder(name, is_list)
    return found


def placeholders_for(values: Mapping[str, Any]) -> tuple[Placeholder, ...]:
    """One for each value, of its kind."""
    return tuple(Placeholder(name, not isinstance(value, UUID)) for name, value in values.items())


def meaning_of(value: Any) -> Placeholder | None:
    """What it stands for; None for every other value."""
    return _known.get(value) if isinstance(value, UUID) else None
