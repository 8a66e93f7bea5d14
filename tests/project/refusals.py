"""Which checks of an action come after another check of another field, read from its source."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.project.import_layers import ROOT

VALIDATORS = ("validate_", "_validate_", "refuse_all", "check_", "_check_")


def list_action_functions() -> Iterator[tuple[str, ast.FunctionDef, dict[str, ast.FunctionDef]]]:
    """(address, function, functions of its module) of each function in a module of actions."""
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(("tests/", ".venv/", "node_modules/")) or "/actions" not in name:
            continue
        functions = _list_functions(path)
        yield from ((f"{name}: {each.name}", each, functions) for each in functions.values())


def _list_functions(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def list_checks(function: ast.FunctionDef, functions: dict[str, ast.FunctionDef]) -> list[set[str]]:
    """The fields that each statement of the function refuses, one after another; what names none is left out."""
    found = [_list_fields(each, functions, {function.name}) for each in function.body]
    return [fields for fields in found if fields]


def _list_fields(node: ast.stmt, functions: dict[str, ast.FunctionDef], seen: set[str]) -> set[str]:
    if isinstance(node, ast.If | ast.For | ast.Try | ast.With | ast.Raise):
        raised = (each for each in ast.walk(node) if isinstance(each, ast.Raise))
        return {field for each in raised for field in _read_raise(each)}
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return _list_fields_of_call(node.value, functions, seen)
    return set()


def _list_fields_of_call(call: ast.Call, functions: dict[str, ast.FunctionDef], seen: set[str]) -> set[str]:
    """Of a check in the same module what it refuses; of another what it is told by name, and by the checks it runs."""
    name = ast.unparse(call.func)
    if not name.startswith(VALIDATORS):
        return set()
    if name in functions and name not in seen:
        return {
            field for each in functions[name].body for field in _list_fields(each, functions, seen | {name})
        }
    return {field for each in call.args for field in _list_fields_of_argument(each, functions, seen)}


def _list_fields_of_argument(
    node: ast.expr, functions: dict[str, ast.FunctionDef], seen: set[str]
) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.Dict):
        return set(_read_keys(node))
    if isinstance(node, ast.Lambda) and isinstance(node.body, ast.Call):
        return _list_fields_of_call(node.body, functions, seen)
    return set()


def _read_raise(node: ast.Raise) -> list[str]:
    call = node.exc
    if not isinstance(call, ast.Call) or ast.unparse(call.func) != "ActionRefused" or not call.args:
        return []
    return _read_keys(call.args[0]) if isinstance(call.args[0], ast.Dict) else []


def _read_keys(node: ast.Dict) -> list[str]:
    return [ast.unparse(key).strip("'") for key in node.keys if key is not None]


def has_checks_in_turn(checks: list[set[str]]) -> bool:
    """Would somebody who is wrong in two fields hear of one after the other?"""
    return any(one != other for number, one in enumerate(checks) for other in checks[number + 1 :])
