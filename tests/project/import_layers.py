"""Which way the apps import: downwards only, and no circle between files.

The order is import-linter's configuration in pyproject.toml, and import-linter holds it. Two things it cannot say are
checked here: an app inside another's folder stands below it, and no two files need each other.
"""

import itertools
import os
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIGURATION = ROOT / "pyproject.toml"


def read_contracts() -> dict:
    return tomllib.loads(CONFIGURATION.read_text())["tool"]["importlinter"]


def list_apps(root: Path = ROOT) -> list[str]:
    """Every app, bottom to top: one may import itself and those before it."""
    layers = reversed(read_contracts()["contracts"][0]["layers"])
    return [app for layer in layers for app in [*list_nested(layer, root), layer]]


def list_nested(layer: str, root: Path = ROOT) -> list[str]:
    """Apps inside this one's folder; a folder is an app's when it has an apps.py."""
    found = (root / layer.replace(".", "/")).glob("*/apps.py")
    return sorted(get_dotted_name(path.parent.relative_to(root)) for path in found)


def get_dotted_name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


TOP_PACKAGES = read_contracts()["root_packages"]
APPS = list_apps()


def list_modules(root: Path = ROOT) -> dict[str, Path]:
    """Dotted name → file, for every module of every top folder."""
    files = [path for package in TOP_PACKAGES for path in sorted((root / package).rglob("*.py"))]
    return {get_dotted_name(path.relative_to(root)): path for path in files}


def get_app(module: str) -> str | None:
    return next((app for app in APPS if is_in(module, app)), None)


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def read_imports() -> dict[str, set[str]]:
    """Module → the modules of ours that it imports, wherever in its file: an import inside a function counts."""
    import grimp  # only these two functions need what import-linter brings

    graph = grimp.build_graph(*TOP_PACKAGES, cache_dir=None)
    return {name: set(graph.find_modules_directly_imported_by(name)) for name in sorted(graph.modules)}


def check_layers() -> bool:
    """Says what is wrong on the standard output. In a process of its own: import-linter switches other loggers off."""
    from importlinter.cli import lint_imports

    return not lint_imports(config_filename=str(CONFIGURATION), no_cache=True, no_logo=True)


def find_nested_imports(imports: dict[str, set[str]], apps: list[str] = APPS) -> list[str]:
    """Imports by an app inside another's folder of what is in that folder and not its own."""
    inner = [(a, b) for a, b in itertools.permutations(apps, 2) if a.startswith(b + ".")]
    return [
        f"{module} imports {target}: {app} stands below {around}"
        for app, around in inner
        for module, targets in imports.items()
        for target in sorted(targets)
        if is_in(module, app) and is_in(target, around) and not is_in(target, app)
    ]


def find_circular_imports(imports: dict[str, set[str]]) -> list[str]:
    """Files that need each other, late imports included: a circle hidden in a function is still one."""
    return [" → ".join([*circle, circle[0]]) for circle in find_cycles(imports)]


def find_cycles(graph: dict[str, set[str]]) -> list[list[str]]:
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
    """Check the packages in the current folder."""
    sys.path.insert(0, os.getcwd())
    hold, imports = check_layers(), read_imports()
    problems = find_nested_imports(imports, list_apps(Path.cwd())) + [
        f"circle: {each}" for each in find_circular_imports(imports)
    ]
    print("\n".join(problems))
    return not hold or bool(problems)


if __name__ == "__main__":
    sys.exit(main())
