"""How the pages' code reaches rows, read from its source: through the doors of access, or not at all."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

from tests.house.floors import ROOT, modules, room_of

# JsonList adds the scope itself; Rows and BothRows are rows of a record that a JsonList has in scope.
DOORS = {"fetch", "fetch_page", "fetch_list", "JsonList", "Rows", "BothRows"}
SCOPED = {"visible_to", "made_by", "supported_by", "asked_of", "triaged_by", "including_sealed", "none"}
STAFF = {"who_may"}  # names of staff; holds no family
MANAGERS = {"objects", "_default_manager", "_base_manager"}
ROUND_THE_DOORS = {"get_object_or_404", "get_list_or_404", "raw", "cursor"}


def page_modules() -> dict[str, Path]:
    """views.py, api.py, and every module whose functions declare a policy (the desk has a module a page)."""
    return {
        name: path
        for name, path in modules().items()
        if path.name in ("views.py", "api.py")
        or (room_of(name) != "pairs.access" and "@policy." in path.read_text())
    }


@functools.cache
def handing_on() -> set[str]:
    """Functions of ours that do nothing with the ``records`` or ``rows`` they are given but hand them to a door."""
    trees = [ast.parse(path.read_text()) for path in modules().values()]
    functions = [
        node for tree in trees for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and _given(node)
    ]  # fmt: skip
    known: set[str] = set()
    while more := {each.name for each in functions if _only_hands_on(each, known)} - known:
        known |= more
    return known


def _given(function) -> str:
    arguments = [*function.args.args, *function.args.kwonlyargs]
    return next((each.arg for each in arguments if each.arg in ("records", "rows")), "")


def _only_hands_on(function, known) -> bool:
    name, parents = _given(function), _parents(function)
    uses = [
        _chain(node, parents)[0]
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id == name
    ]
    handed = {
        argument
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and _called(call) in DOORS | known
        for argument in [*call.args, *(each.value for each in call.keywords)]
    }
    return bool(uses) and all(use in handed for use in uses)


def unscoped(path: Path) -> Iterator[tuple[str, str]]:
    """(function, model) of each access to rows that does not go through a door."""
    tree = ast.parse(path.read_text())
    parents = _parents(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and not _scoped(node, parents):
            yield _function(node, parents), ast.unparse(node.value)
        if isinstance(node, ast.Call) and _called(node) in ROUND_THE_DOORS and not _args_scoped(node):
            yield _function(node, parents), _called(node)


def _parents(tree):
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def _scoped(node, parents) -> bool:
    top, names = _chain(node, parents)
    if names & (SCOPED | STAFF) or _filters_by_requester(top) or _asks_in_scope(top):
        return True
    return _into_a_door(top, parents)


def _chain(node, parents):
    """The whole expression `Model.objects.a(...).b(...)` and the names called on the way."""
    names = set()
    while True:
        above = parents[node]
        if isinstance(above, ast.Attribute):
            names.add(above.attr)
        elif not (isinstance(above, ast.Call) and above.func is node):
            return node, names
        node = above


def _into_a_door(node, parents) -> bool:
    above = parents[node]
    if isinstance(above, ast.Call) and node in above.args:
        return _called(above) in DOORS | handing_on()
    if isinstance(above, ast.keyword):
        return _called(parents[above]) in handing_on() or _narrows_what_is_scoped(parents[above], parents)
    if isinstance(above, ast.IfExp | ast.BinOp | ast.Lambda):
        return _into_a_door(above, parents)
    if isinstance(above, ast.Return):
        return _made_for_doors(_enclosing(above, parents), parents)
    if isinstance(above, ast.Assign) and isinstance(above.targets[0], ast.Name):
        return _name_into_a_door(above.targets[0].id, _enclosing(above, parents), parents)
    return False


def _narrows_what_is_scoped(call, parents) -> bool:
    """`.filter(pk__in=rows)` of what goes through a door itself."""
    whole, _ = _chain(call, parents)
    return _called(call) in ("filter", "exclude") and (_asks_in_scope(whole) or _into_a_door(whole, parents))


def _made_for_doors(function, parents) -> bool:
    """A private function that makes a query: every call of it goes into a door."""
    calls = [node for node in parents if isinstance(node, ast.Call) and _called(node) == function.name]
    return bool(calls) and all(_into_a_door(_chain(call, parents)[0], parents) for call in calls)


def _name_into_a_door(name, function, parents) -> bool:
    uses = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
    ]
    return bool(uses) and all(_use_into_a_door(use, name, parents) for use in uses)


def _use_into_a_door(use, name, parents) -> bool:
    top, names = _chain(use, parents)
    above = parents[top]
    narrows_itself = isinstance(above, ast.Assign) and getattr(above.targets[0], "id", None) == name
    if names & SCOPED or narrows_itself:
        return True
    return not isinstance(above, ast.Assign) and _into_a_door(top, parents)


def _filters_by_requester(node) -> bool:
    """`.filter(user=request.user)`: one's own things only."""
    keywords = (each for call in ast.walk(node) if isinstance(call, ast.Call) for each in call.keywords)
    return any(each.arg == "user" and ast.unparse(each.value) == "request.user" for each in keywords)


def _asks_in_scope(node) -> bool:
    """A subquery about rows that are in scope already, or a filter by such rows."""
    calls = (_called(each) for each in ast.walk(node) if isinstance(each, ast.Call))
    return bool({"OuterRef", *SCOPED} & set(calls))


def _args_scoped(call) -> bool:
    return any(_filters_by_requester(each) for each in call.args)


def _called(call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def _enclosing(node, parents):
    while not isinstance(node, ast.FunctionDef | ast.Module):
        node = parents[node]
    return node


def _function(node, parents) -> str:
    return getattr(_enclosing(node, parents), "name", "module")


def where(path: Path, function: str) -> str:
    return f"{path.relative_to(ROOT)}:{function}"
