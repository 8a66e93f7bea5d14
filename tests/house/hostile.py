"""What nobody sends by mistake: values to try in every field, and bodies that are no answer to any question."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from pairs.access.schema import DescribedViews
from tests.house.addresses import Address

LONGER_THAN_ANY = "x" * (50 * 1024 + 1)
# As a form or a JSON text may hold it; each fits some field's shape and none of their meanings.
TEXTS = (
    "\x00",
    "before\x00after",
    LONGER_THAN_ANY,
    "0001-01-01",
    "9999-12-31",
    "0000-00-00",
    "infant:x",
    "caregiver:00000000-0000-0000-0000-00000000000z",
    "infant:" + "0" * 400,
    "dyad:",
    "-1",
    "99999999999999999999999999",
    "1e400",
    "٣",  # a digit to str.isdigit(), and to nobody here
    "24:61",
    "é\u202ex\u0300",
    "",
)
# As only JSON may.
VALUES: tuple[Any, ...] = (
    *TEXTS,
    "\ud800",
    None,
    True,
    -1,
    10**40,
    1e308,
    [],
    ["x"],
    [["x"]],
    [None, {}],
    {},
    {"id": "x"},
    [{"infant": "x"}],
    ["x"] * 3000,
)
# Sent as they are, in place of a JSON object.
BODIES = (
    b"",
    b"null",
    b"[]",
    b'"text"',
    b"7",
    b"{",
    b"\xff\xfe",
    b'{"a": NaN}',
    b'{"\\u0000": 1}',
    b'{"\\ud800": "\\udfff"}',
    b'{"reason": "one", "reason": "another"}',
    b'{"":' * 5000,
    b"[" * 100_000,
    b'{"a": ' + b"9" * 5000 + b"}",
)


@cache
def _schema() -> dict[str, Any]:
    return DescribedViews().get_schema(request=None, public=True)


def fields_of(address: Address) -> dict[str, Any]:
    """{field: its OpenAPI schema} of what the address takes by POST or PATCH; formsets are arrays of objects."""
    path = "/" + address.route
    for name, _ in address.parameters:
        path = _braced(path, name)
    taken = _schema()["paths"].get(path, {})
    operation = taken.get("post") or taken.get("patch") or {}
    content = operation.get("requestBody", {}).get("content", {})
    return _resolved(content.get("application/json", {}).get("schema", {})).get("properties", {})


def _braced(path: str, name: str) -> str:
    head, _, tail = path.partition(f":{name}>")
    return f"{head.rpartition('<')[0]}{{{name}}}{tail}"


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return _schema()["components"]["schemas"][name] if name else schema


def guessed(field: dict[str, Any]) -> Any:
    """Something of the field's shape, so that what is hostile is not hidden behind another field's error."""
    field = _resolved(field)
    if field.get("type") == "array":
        rows = _resolved(field["items"]).get("properties")
        return [{name: guessed(each) for name, each in rows.items()}] if rows else []
    if field.get("format") == "date":
        return (timezone.localdate() - timedelta(days=1)).isoformat()
    return {"boolean": False, "integer": 1}.get(field.get("type", ""), "words")


def hostile_payloads(
    fields: dict[str, Any], sound: dict[str, Any]
) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """(where and what, the value, payload): one hostile value in each field, and each row's field, in turn."""
    base = sound or {name: guessed(field) for name, field in fields.items()}
    for name, field in fields.items():
        for value in VALUES:
            yield f"{name}={value!r:.40}", value, base | {name: value}
        for inner in _resolved(_resolved(field).get("items", {})).get("properties", {}):
            row = (base.get(name) or [{}])[0]
            for value in VALUES:
                yield f"{name}.0.{inner}={value!r:.40}", value, base | {name: [row | {inner: value}]}
    yield "a field more", "x", base | {"no such field\x00": "x"}
