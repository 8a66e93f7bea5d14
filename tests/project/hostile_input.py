"""What nobody sends by mistake: values to try in every field, and bodies that are no answer to any question."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.project.api_contract import load_schema
from tests.project.url_addresses import UrlAddress

TOO_LONG_TEXT = "x" * (50 * 1024 + 1)
# As a form or a JSON text may hold it; each fits some field's shape and none of their meanings.
HOSTILE_TEXTS = (
    "\x00",
    "before\x00after",
    TOO_LONG_TEXT,
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
HOSTILE_VALUES: tuple[Any, ...] = (
    *HOSTILE_TEXTS,
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
HOSTILE_BODIES = (
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


def get_request_fields(address: UrlAddress) -> dict[str, Any]:
    """{field: its OpenAPI schema} of what the address takes by POST or PATCH; formsets are arrays of objects."""
    path = "/" + address.route
    for name, _ in address.parameters:
        path = _put_parameter_in_braces(path, name)
    taken = load_schema()["paths"].get(path, {})
    operation = taken.get("post") or taken.get("patch") or {}
    content = operation.get("requestBody", {}).get("content", {})
    taken = _resolve_reference(content.get("application/json", {}).get("schema", {}))
    taken = _resolve_reference(taken["oneOf"][0]) if "oneOf" in taken else taken
    return taken.get("properties", {})


def _put_parameter_in_braces(path: str, name: str) -> str:
    head, _, tail = path.partition(f":{name}>")
    return f"{head.rpartition('<')[0]}{{{name}}}{tail}"


def _resolve_reference(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return load_schema()["components"]["schemas"][name] if name else schema


def guess_value(field: dict[str, Any]) -> Any:
    """Something of the field's shape, so that what is hostile is not hidden behind another field's error."""
    field = _resolve_reference(field)
    if _get_type(field) == "array":
        rows = _resolve_reference(field["items"]).get("properties")
        return [{name: guess_value(each) for name, each in rows.items()}] if rows else []
    if field.get("format") == "date":
        return (timezone.localdate() - timedelta(days=1)).isoformat()
    if field.get("enum"):
        return field["enum"][0]
    return {"boolean": False, "integer": 1, "number": 1}.get(_get_type(field), "words")


def _get_type(field: dict[str, Any]) -> str:
    """The type that is not null."""
    kinds = field.get("type", "")
    return next((each for each in kinds if each != "null"), "") if isinstance(kinds, list) else kinds


def build_hostile_payloads(
    fields: dict[str, Any], sound: dict[str, Any]
) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """(where and what, the value, payload): one hostile value in each field, and each row's field, in turn."""
    base = sound or {name: guess_value(field) for name, field in fields.items()}
    for name, field in fields.items():
        for value in HOSTILE_VALUES:
            yield f"{name}={value!r:.40}", value, base | {name: value}
        for inner in _resolve_reference(_resolve_reference(field).get("items", {})).get("properties", {}):
            row = (base.get(name) or [{}])[0]
            for value in HOSTILE_VALUES:
                yield f"{name}.0.{inner}={value!r:.40}", value, base | {name: [row | {inner: value}]}
    yield "a field more", "x", base | {"no such field\x00": "x"}
