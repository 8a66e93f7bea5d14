"""Holds an answer of the API against its published description."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema

from pairs.api.docs import load_description as load_schema
from pairs.api.schema import Refusal

API_PREFIX = "/api/"
# What a client of the API is never sent to, and what describes the rest.
NOT_DESCRIBED = re.compile(r"^/api/v1/(schema|docs)/$")


def find_mismatch(method: str, path: str, status: int, headers: Mapping[str, str], content: bytes) -> str:
    """Why this answer is not one that the description gives; "" when it is, or when the path is none of the API's."""
    path = path.partition("?")[0]
    if not path.startswith(API_PREFIX) or NOT_DESCRIBED.match(path):
        return ""
    answers = _find_answers(method, path, status)
    if answers is None:
        return f"{status} is not described"
    kind = headers.get("Content-Type", "").partition(";")[0]
    if not answers.get("content"):
        return "a body where none is described" if content else ""
    if kind not in answers["content"]:
        return f"{kind or 'nothing'}, not {', '.join(answers['content'])}: {content[:200]!r}"
    return _find_fault(kind, content, answers["content"][kind]["schema"])


def _find_answers(method: str, path: str, status: int) -> dict[str, Any] | None:
    """The description of that status; of what is not there, or does not take the method, the one that all share."""
    operations = find_operations(path)
    if operations is None:
        return REFUSAL if status in (401, 403, 404) else None
    operation = operations.get(method.lower())
    if operation is None:
        # The session is asked before the method, and so is the permission.
        return REFUSAL if status in (401, 403, 404, 405) else None
    return operation["responses"].get(str(status))


REFUSAL = {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{Refusal.__name__}"}}}}


def find_operations(path: str) -> dict[str, Any] | None:
    """{method: operation} of the described path that this one is."""
    return next((each for pattern, each in _list_paths() if pattern.fullmatch(path)), None)


@cache
def _list_paths() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """Those without parameters first: "/moves/waiting/" is not "/moves/{move_id}/"."""
    paths = sorted(load_schema()["paths"].items(), key=lambda each: each[0].count("{"))
    return [(re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))), each) for path, each in paths]


def _find_fault(kind: str, content: bytes, schema: dict[str, Any]) -> str:
    if kind != "application/json":
        return ""
    fault = jsonschema.exceptions.best_match(
        _build_validator(json.dumps(schema)).iter_errors(json.loads(content))
    )
    return f"{fault.json_path}: {fault.message[:300]}" if fault else ""


@cache
def _build_validator(schema: str) -> Any:
    """Of a part of the document, whose references are to the document's components."""
    whole = json.loads(schema) | {"components": load_schema()["components"]}
    return jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker())
