"""Which way the rooms import: downwards only, nothing from config, and no circle between files."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Bottom to top. A room may import itself and the rooms before it.
ROOMS = [
    "pairs.service",
    "pairs.jobs",
    "pairs.audit",
    "pairs.access",
    "pairs.submissions",
    "pairs.geography",
    "pairs.families",
    "pairs.matching",
    "pairs.village",
    "pairs.safeguarding",
    "referrals",
    "interventions.episodes",
    "interventions.plans",
    "interventions.diary",
    "interventions.filming",
    "interventions.groups",
    "interventions.alongside",
    "interventions.endings",
    "interventions.supervision",
    "outcomes.experience",
    "outcomes",
    "reporting.evidence",
    "reporting.desk",
    "reporting.demo",
    "config",
]
HOUSES = sorted({room.partition(".")[0] for room in ROOMS})


def modules(root: Path = ROOT) -> dict[str, Path]:
    """Dotted name → file, for every module of every house."""
    files = [path for house in HOUSES for path in sorted((root / house).rglob("*.py"))]
    return {dotted(path.relative_to(root)): path for path in files}


def dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str | None:
    return next((room for room in ROOMS if module == room or module.startswith(room + ".")), None)


def imports(module: str, path: Path, known: dict[str, Path]) -> Iterator[tuple[str, int]]:
    """Each of our modules that this file imports, wherever in the file: name and line."""
    tree = ast.parse(path.read_text(), str(path))
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree):
        for name in named(node, package):
            if found := longest(name, known):
                yield found, node.lineno


def named(node: ast.AST, package: str) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        base = ".".join([*above, *filter(None, [node.module])])
        return [f"{base}.{alias.name}" for alias in node.names]
    return []


def longest(name: str, known: dict[str, Path]) -> str | None:
    """`pairs.service.models.User` → `pairs.service.models`."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name or None


def upward_imports(root: Path = ROOT) -> list[str]:
    known, found = modules(root), []
    for module, path in known.items():
        for target, line in imports(module, path, known):
            if problem := wrong_way(module, target):
                found.append(f"{path.relative_to(root)}:{line} {problem}")
    return found


def wrong_way(module: str, target: str) -> str | None:
    here, there = room_of(module), room_of(target)
    if there == "config" and here != "config":
        return f"imports {target}: nothing imports config"
    if here and there and ROOMS.index(there) > ROOMS.index(here):
        return f"imports {target}: {there} stands above {here}"
    return None


def circles(root: Path = ROOT) -> list[str]:
    """Files that need each other, late imports included: a circle hidden in a function is still one."""
    known = modules(root)
    graph = {name: {to for to, _ in imports(name, path, known) if to != name} for name, path in known.items()}
    return [" → ".join([*circle, circle[0]]) for circle in knots(graph)]


def knots(graph: dict[str, set[str]]) -> list[list[str]]:
    """Groups of more than one node that can all reach each other (Tarjan), each sorted."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        order[node] = low[node] = len(order)
        stack.append(node)
        for to in sorted(graph.get(node, ())):
            if to not in order:
                visit(to)
            if to in stack:
                low[node] = min(low[node], low[to])
        if low[node] == order[node]:
            group = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(group) > 1:
                found.append(sorted(group))

    for node in graph:
        if node not in order:
            visit(node)
    return found


def main() -> int:
    problems = upward_imports() + [f"circle: {circle}" for circle in circles()]
    print("\n".join(problems))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
