"""script/lock: writes requirements/*.txt anew from pyproject.toml, each package with its version and hashes.

What is pinned stays pinned unless pyproject.toml forbids it. `--upgrade` takes the newest of everything, and
`--upgrade-package NAME` of one; both are uv's own options.
"""

import subprocess
import sys
import tomllib

from script.local.install import REQUIREMENTS, find_uv
from script.local.state_folder import ROOT

# No index is named, so that any mirror serves; --universal: one list for every system and Python.
COMPILE = [
    "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
    "--generate-hashes", "--no-emit-index-url", "--no-header",
]  # fmt: skip
SAME_AS_BASE = ["--constraints", "requirements/base.txt"]
SAME_AS_TESTS = ["--constraints", "requirements/test.txt"]
# File → what goes into it. base.txt comes first: the others pin what it pins.
LISTS = {
    "base.txt": ["pyproject.toml"],
    "local.txt": ["pyproject.toml", "--extra", "local", *SAME_AS_BASE],
    "test.txt": ["pyproject.toml", "--extra", "local", "--extra", "test", *SAME_AS_BASE],
    "prove.txt": [
        "pyproject.toml",
        "--extra",
        "local",
        "--extra",
        "test",
        "--extra",
        "prove",
        *SAME_AS_TESTS,
    ],
}


def read_node_packages() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return project["optional-dependencies"]["node"]


def write_lock(uv: str, name: str, sources: list[str], options: list[str], given: str = "") -> None:
    """Raises SystemExit when uv finds no versions that go together; it has said why."""
    command = [uv, *COMPILE, *options, "--output-file", str(REQUIREMENTS / name), *sources]
    done = subprocess.run(command, cwd=ROOT, input=given, text=True, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise SystemExit(f"requirements/{name} is as it was.")


def main(options: list[str]) -> None:
    uv = find_uv()
    if uv is None:
        raise SystemExit("script/lock needs uv, and pip could not install it.")
    for name, sources in LISTS.items():
        write_lock(uv, name, sources, options)
    for name, packages in {"node.txt": read_node_packages(), "uv.txt": ["uv"]}.items():
        write_lock(uv, name, ["-"], options, given="\n".join(packages))
    print("requirements/*.txt are locked. Run script/licences, then script/test.")


if __name__ == "__main__":
    main(sys.argv[1:])
