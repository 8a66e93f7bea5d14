"""How views read rows, checked from their source: only through the scoped fetchers of pairs.access."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

from tests.project.import_layers import ROOT, get_app, list_modules

# JsonList adds the scope itself; the last two are rows of a record that a JsonList has in scope.
SCOPED_FETCHERS = {
    "get_visible_or_404",
    "get_visible_page",
    "list_visible",
    "query_visible",
    "JsonList",
    "RelatedRows",
    "CombinedRows",
}
SCOPED_QUERYSETS = {
    "visible_to",
    "made_by",
    "supported_by",
    "asked_of",
    "triaged_by",
    "including_sealed",
    "none",
}
STAFF_QUERYSETS = {"with_permission"}  # names of staff; holds no family
# What a RecordForm, a page or an address of the API returns of these is narrowed to the scope by the class above it.
SCOPED_HOOKS = {"get_rows", "get_records", "get_shown_records"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
UNSCOPED_SHORTCUTS = {"get_object_or_404", "get_list_or_404", "raw", "cursor"}


def list_page_modules() -> dict[str, Path]:
    """Views, the API and forms about records; and every module that declares a policy (a dashboard is one module)."""
    return {
        name: path
        for name, path in list_modules().items()
        if {path.stem, path.parent.name} & {"views", "api", "record_forms"}
        or (get_app(name) != "pairs.access" and "@policy." in path.read_text())
    }


@functools.cache
def find_pass_through_functions() -> set[str]:
    """Functions that only pass the ``records`` or ``rows`` they are given to a scoped fetcher."""
    trees = [ast.parse(path.read_text()) for path in list_modules().values()]
    functions = [
        node for tree in trees for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and _get_rows_parameter(node)
    ]  # fmt: skip
    known: set[str] = set()
    while more := {each.name for each in functions if _is_only_passed_on(each, known)} - known:
        known |= more
    return known


def _get_rows_parameter(function) -> str:
    arguments = [*function.args.args, *function.args.kwonlyargs]
    return next((each.arg for each in arguments if each.arg in ("records", "rows")), "")


def _is_only_passed_on(function, known) -> bool:
    name, parents = _get_rows_parameter(function), _map_parents(function)
    uses = [
        _get_call_chain(node, parents)[0]
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id == name
    ]
    handed = {
        argument
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and _get_called_name(call) in SCOPED_FETCHERS | known
        for argument in [*call.args, *(each.value for each in call.keywords)]
    }
    return bool(uses) and all(use in handed for use in uses)


def find_unscoped_access(path: Path) -> Iterator[tuple[str, str]]:
    """(function, model) of each access to rows outside a scoped fetcher."""
    tree = ast.parse(path.read_text())
    parents = _map_parents(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and not _is_scoped(node, parents):
            yield _get_function_name(node, parents), ast.unparse(node.value)
        if (
            isinstance(node, ast.Call)
            and _get_called_name(node) in UNSCOPED_SHORTCUTS
            and not _has_scoped_arguments(node)
        ):
            yield _get_function_name(node, parents), _get_called_name(node)


def _map_parents(tree):
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def _is_scoped(node, parents) -> bool:
    top, names = _get_call_chain(node, parents)
    if (
        names & (SCOPED_QUERYSETS | STAFF_QUERYSETS)
        or _is_filtered_by_requester(top)
        or _is_scoped_subquery(top)
    ):
        return True
    return _is_passed_to_fetcher(top, parents)


def _get_call_chain(node, parents):
    """The whole expression `Model.objects.a(...).b(...)` and the names called on the way."""
    names = set()
    while True:
        above = parents[node]
        if isinstance(above, ast.Attribute):
            names.add(above.attr)
        elif not (isinstance(above, ast.Call) and above.func is node):
            return node, names
        node = above


def _is_passed_to_fetcher(node, parents) -> bool:
    above = parents[node]
    if isinstance(above, ast.Call) and node in above.args:
        return _get_called_name(above) in SCOPED_FETCHERS | find_pass_through_functions()
    if isinstance(above, ast.keyword):
        return _get_called_name(parents[above]) in find_pass_through_functions() or _is_narrowing_scoped_rows(
            parents[above], parents
        )
    if isinstance(above, ast.IfExp | ast.BinOp | ast.Lambda):
        return _is_passed_to_fetcher(above, parents)
    if isinstance(above, ast.Return):
        return _is_only_for_fetchers(_find_enclosing_function(above, parents), parents)
    if isinstance(above, ast.Assign) and isinstance(above.targets[0], ast.Name):
        return _is_name_passed_to_fetcher(
            above.targets[0].id, _find_enclosing_function(above, parents), parents
        )
    return False


def _is_narrowing_scoped_rows(call, parents) -> bool:
    """`.filter(pk__in=rows)` of rows that are passed to a scoped fetcher."""
    whole, _ = _get_call_chain(call, parents)
    return _get_called_name(call) in ("filter", "exclude") and (
        _is_scoped_subquery(whole) or _is_passed_to_fetcher(whole, parents)
    )


def _is_only_for_fetchers(function, parents) -> bool:
    """A hook whose rows are scoped above, or a private function: every call of it is passed to a scoped fetcher."""
    if function.name in SCOPED_HOOKS:
        return True
    calls = _list_calls_from_outside(function, parents)
    return bool(calls) and all(
        _is_passed_to_fetcher(_get_call_chain(call, parents)[0], parents) for call in calls
    )


def _list_calls_from_outside(function, parents):
    """Its calls, but for those in itself: a method that extends the same one of a class above."""
    return [
        node
        for node in parents
        if isinstance(node, ast.Call)
        and _get_called_name(node) == function.name
        and _find_enclosing_function(node, parents) is not function
    ]


def _is_name_passed_to_fetcher(name, function, parents) -> bool:
    uses = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
    ]
    return bool(uses) and all(_is_use_passed_to_fetcher(use, name, parents) for use in uses)


def _is_use_passed_to_fetcher(use, name, parents) -> bool:
    top, names = _get_call_chain(use, parents)
    above = parents[top]
    narrows_itself = isinstance(above, ast.Assign) and getattr(above.targets[0], "id", None) == name
    if names & SCOPED_QUERYSETS or narrows_itself:
        return True
    return not isinstance(above, ast.Assign) and _is_passed_to_fetcher(top, parents)


def _is_filtered_by_requester(node) -> bool:
    """`.filter(user=request.user)`: one's own things only."""
    keywords = (each for call in ast.walk(node) if isinstance(call, ast.Call) for each in call.keywords)
    return any(each.arg == "user" and ast.unparse(each.value) == "request.user" for each in keywords)


def _is_scoped_subquery(node) -> bool:
    """A subquery about rows that are in scope already, or a filter by such rows."""
    calls = (_get_called_name(each) for each in ast.walk(node) if isinstance(each, ast.Call))
    return bool({"OuterRef", *SCOPED_QUERYSETS} & set(calls))


def _has_scoped_arguments(call) -> bool:
    return any(_is_filtered_by_requester(each) for each in call.args)


def _get_called_name(call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def _find_enclosing_function(node, parents):
    while not isinstance(node, ast.FunctionDef | ast.Module):
        node = parents[node]
    return node


def _get_function_name(node, parents) -> str:
    return getattr(_find_enclosing_function(node, parents), "name", "module")


def format_location(path: Path, function: str) -> str:
    return f"{path.relative_to(ROOT)}:{function}"
