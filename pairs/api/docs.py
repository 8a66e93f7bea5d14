"""The API's description as pages for people: its addresses by record, what each takes and what it answers."""

from functools import cache
from typing import Any

from pairs.api.schema import PairsSchemaGenerator

COMPONENT_PREFIX = "#/components/schemas/"


@cache
def load_description() -> dict[str, Any]:
    """The OpenAPI document, generated once a process."""
    return PairsSchemaGenerator().get_schema(request=None, public=True)


def list_tags() -> list[dict[str, Any]]:
    """[{"name", "operations": [{"method", "path", "summary", "id"}]}] in the order of their names."""
    found: dict[str, list[dict[str, Any]]] = {}
    for method, path, operation in _walk_operations():
        row = {
            "method": method,
            "path": path,
            "summary": operation["summary"],
            "id": operation["operationId"],
        }
        found.setdefault(operation["tags"][0], []).append(row)
    return [{"name": name, "operations": found[name]} for name in sorted(found)]


def _walk_operations() -> list[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of every one."""
    return [
        (method.upper(), path, operation)
        for path, operations in load_description()["paths"].items()
        for method, operation in operations.items()
    ]


def present_tag(tag: str) -> dict[str, Any] | None:
    """{"operations", "shapes"} of the addresses that begin with it; None when there are none."""
    operations = [present_operation(*each) for each in _walk_operations() if each[2]["tags"] == [tag]]
    if not operations:
        return None
    names = {name for each in operations for name in each["names"]}
    return {"operations": operations, "shapes": [present_shape(name) for name in sorted(_add_nested(names))]}


def present_operation(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    """One address and method as the page shows it; "names": of the shapes that it takes and answers."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    answers = [
        {"status": status, "shape": describe_type(_get_content_schema(each)) if each.get("content") else ""}
        for status, each in sorted(operation["responses"].items())
    ]
    parameters = [
        {
            "name": each["name"], "where": each["in"], "required": each.get("required", False),
            "type": describe_type(each["schema"]), "about": each.get("description", ""),
        }
        for each in operation.get("parameters", ())
    ]  # fmt: skip
    described = [body, *(_get_content_schema(each) for each in operation["responses"].values())]
    return {
        "method": method, "path": path, "id": operation["operationId"], "summary": operation["summary"],
        "about": operation.get("description", ""), "parameters": parameters,
        "body": describe_type(body) if body else "", "answers": answers,
        "names": {name for each in described for name in list_references(each)},
    }  # fmt: skip


def _get_content_schema(answer: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = answer.get("content", {})
    return next((each["schema"] for each in content.values()), {})


def present_shape(name: str) -> dict[str, Any]:
    """A shape's fields as rows of a table."""
    shape = _get_shape(name)
    required = set(shape.get("required", ()))
    fields = [
        {
            "name": key, "type": describe_type(each), "required": key in required,
            "about": each.get("description", "").partition("\n")[0], "values": _list_values(each),
        }
        for key, each in shape.get("properties", {}).items()
    ]  # fmt: skip
    one_of = [describe_type(each) for each in shape.get("oneOf", ())]
    return {"name": name, "about": shape.get("description", ""), "fields": fields, "one_of": one_of}


def _get_shape(name: str) -> dict[str, Any]:
    return load_description()["components"]["schemas"][name]


def _list_values(schema: dict[str, Any]) -> list[str]:
    """The values of an enumeration, of the field itself or of each in its list."""
    return [
        str(each)
        for each in schema.get("enum") or schema.get("items", {}).get("enum") or ()
        if each not in ("", None)
    ]


def list_references(schema: Any) -> set[str]:
    """Names of the shapes that a schema refers to."""
    if isinstance(schema, list):
        return {name for each in schema for name in list_references(each)}
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"].removeprefix(COMPONENT_PREFIX)} if "$ref" in schema else set()
    return own.union(*(list_references(each) for each in schema.values()))


def _add_nested(names: set[str]) -> set[str]:
    """These shapes and all that stand in them."""
    found, new = set(names), set(names)
    while new:
        new = {inner for name in new for inner in list_references(_get_shape(name))} - found
        found |= new
    return found


def describe_type(schema: dict[str, Any]) -> str:
    """ "text", "day", "list of CarerOut, or nothing" … of a schema."""
    if "$ref" in schema:
        return schema["$ref"].removeprefix(COMPONENT_PREFIX)
    choices = schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf")
    if choices:
        return " or ".join(describe_type(each) for each in choices)
    kinds = schema.get("type", "any")
    return ", or ".join(
        _describe_kind(kind, schema) for kind in ([kinds] if isinstance(kinds, str) else kinds)
    )


def _describe_kind(kind: str, schema: dict[str, Any]) -> str:
    if kind == "array":
        return f"list of {describe_type(schema.get('items', {}))}"
    if schema.get("enum") and kind != "null":
        return "one of"
    length = (
        f", at most {schema['maxLength']} characters" if schema.get("maxLength") and kind == "string" else ""
    )
    return (
        (TEXT_FORMATS.get(schema.get("format", ""), "text") + length)
        if kind == "string"
        else KINDS.get(kind, kind)
    )


TEXT_FORMATS = {
    "uuid": "id (UUID)",
    "date": "day (YYYY-MM-DD)",
    "date-time": "moment (ISO 8601)",
    "email": "e-mail address",
}
KINDS = {
    "null": "nothing (null)",
    "boolean": "true or false",
    "integer": "whole number",
    "object": "object",
    "any": "anything",
}
