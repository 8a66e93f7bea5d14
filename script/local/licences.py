"""script/licences: writes docs/licences.md, the licence of every package that requirements/*.txt and npm install.

What a Python package says of itself is read from what is installed here; a package of another system or Python, which
is not, keeps the line that it has. npm's packages are read from package-lock.json.
"""

import json
import re
from collections.abc import Iterable
from importlib import metadata

from script.local.state_folder import ROOT

LIST = ROOT / "docs" / "licences.md"
UNKNOWN = "?"
# File → what its packages are for; a package belongs to the first file that pins it.
PURPOSES = {
    "base.txt": "service",
    "local.txt": "demo",
    "test.txt": "tests",
    "node.txt": "npm, where the machine has none",
    "uv.txt": "installing",
}
HEAD = """# Licences of what PaIRS is built on

Made by `script/licences` from what each package says of itself. PaIRS itself is under the
[MIT licence](../LICENSE). Packages for the service run with it; the others never reach a real service.
"""


def read_pinned(name: str) -> list[str]:
    """Names of the packages that one file of requirements/ pins."""
    return re.findall(r"^([a-z0-9][\w.-]*)==", (ROOT / "requirements" / name).read_text(), re.MULTILINE)


def list_python_packages() -> dict[str, str]:
    """Package → what it is for."""
    found: dict[str, str] = {}
    for name, purpose in PURPOSES.items():
        for package in read_pinned(name):
            found.setdefault(package, purpose)
    return dict(sorted(found.items()))


def read_licence(package: str) -> str | None:
    """What the installed package says; None when it is not installed here."""
    try:
        says = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return None
    classified = [
        each.rpartition(" :: ")[2] for each in says.get_all("Classifier", []) if "License ::" in each
    ]
    written = (says.get("License") or "").strip()
    short = written if len(written) < 60 else ""
    return says.get("License-Expression") or short or ", ".join(classified) or UNKNOWN


def read_list() -> dict[str, str]:
    """Package → licence, as docs/licences.md has them now."""
    text = LIST.read_text() if LIST.exists() else ""
    return dict(re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", text, re.MULTILINE))


def list_npm_packages() -> list[tuple[str, str, str]]:
    """(package, licence, what it is for)."""
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return [
        (
            path.rpartition("node_modules/")[2],
            each.get("license", UNKNOWN),
            "tests" if each.get("dev") else "pages",
        )
        for path, each in sorted(locked.items())
        if path
    ]


def render(title: str, rows: Iterable[tuple[str, str, str]]) -> str:
    lines = [f"| `{name}` | {licence} | {purpose} |" for name, licence, purpose in rows]
    return "\n".join(["", f"## {title}", "", "| package | licence | for |", "|---|---|---|", *lines, ""])


def write_list() -> str:
    before = read_list()
    python = [
        (package, read_licence(package) or before.get(package, UNKNOWN), purpose)
        for package, purpose in list_python_packages().items()
    ]
    return HEAD + render("Python packages", python) + render("npm packages", list_npm_packages())


def main() -> None:
    LIST.write_text(write_list())
    unknown = [package for package, licence in read_list().items() if licence == UNKNOWN]
    if unknown:
        raise SystemExit(f"docs/licences.md says {UNKNOWN} for {', '.join(unknown)}: say it there by hand.")


if __name__ == "__main__":
    main()
