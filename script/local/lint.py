"""script/lint [NAME …]: every check that needs no database, or those named; all are told even if one fails."""

import os
import subprocess
import sys
import time

from script.local.state_folder import ROOT

PYTHON = sys.executable
# Nothing listens there: makemigrations compares models with files and needs no database.
NO_DATABASE = {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/none", "PAIRS_DEMO": "1"}
CODE_FOLDERS = ["config", "pairs", "referrals", "interventions", "outcomes", "reporting", "script"]


def build_checks():
    """Name → command. The slow ones first, so that they share the cores with the quick ones."""
    return {
        "types": [PYTHON, "-m", "mypy", *CODE_FOLDERS],
        "migrations": [PYTHON, "-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run"],
        "layers": [PYTHON, "-m", "tests.project.import_layers"],
        "style": [PYTHON, "-m", "ruff", "check", "--output-format=concise", "."],
        "format": [PYTHON, "-m", "ruff", "format", "--check", "--output-format=concise", "."],
    }


def choose_checks(names):
    """All when none is named."""
    found = build_checks()
    if unknown := set(names) - set(found):
        raise SystemExit(
            f"lint: no check is called {', '.join(sorted(unknown))}; there are {', '.join(found)}"
        )
    return {name: command for name, command in found.items() if name in names or not names}


def main(names=()):
    began = time.monotonic()
    env = os.environ | NO_DATABASE
    running = {
        name: subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for name, command in choose_checks(names).items()
    }
    failed = [name for name, process in running.items() if not report_if_failed(name, process)]
    print(
        f"lint: {', '.join(failed) + ' failed' if failed else 'all good'} ({time.monotonic() - began:.1f} s)"
    )
    raise SystemExit(bool(failed))


def report_if_failed(name, process) -> bool:
    told, _ = process.communicate()
    if process.returncode:
        print(f"--- {name}\n{told.rstrip()}", flush=True)
    return process.returncode == 0


if __name__ == "__main__":
    main(sys.argv[1:])
