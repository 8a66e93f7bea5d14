"""script/bench setup: what an empty database costs before somebody can sign in: its tables, and made-up families."""

import argparse
import resource
import time
from typing import Any

from script.local.bench_cpu import measure_cpu_seconds
from script.local.bench_record import Figure, conclude_run
from script.local.bench_servers import BenchRun, start_empty_servers
from script.local.budgets import FIGURE_BUDGETS

DESCRIPTION = """\
Makes every table and code list in an empty database (prepare_database), then the demo's made-up families
(seed_demo), on a server of its own that is thrown away: CPU of Python and of PostgreSQL, together and each.
Compares with the last run; fails over a budget.
"""


def main(arguments):
    options = parse_arguments(arguments)
    with start_empty_servers() as run:
        found = measure_command("tables on an empty database", run, "prepare_database")
        seed = ["seed_demo", "--families", str(options.families)]
        found |= measure_command(f"{options.families} families", run, *seed)
    conclude_run("setup", [Figure(name, value, FIGURE_BUDGETS.get(name)) for name, value in found.items()])


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(prog="script/bench setup", description=DESCRIPTION)
    parser.add_argument("--families", type=int, default=600, help="made up (600)")
    return parser.parse_args(arguments)


def measure_command(what: str, run: BenchRun, *command: Any) -> dict[str, float]:
    """CPU seconds of a management command: all, Python's, PostgreSQL's; and the seconds it took."""
    postgres = [run.children.running["postgres"].pid]
    before, began = (measure_children_cpu(), measure_cpu_seconds(postgres)), time.monotonic()
    run.manage(*command)
    python, server = measure_children_cpu() - before[0], measure_cpu_seconds(postgres) - before[1]
    return {
        f"set-up: {what}, CPU s": python + server,
        f"set-up: {what}, of it Python": python,
        f"set-up: {what}, of it PostgreSQL": server,
        f"set-up: {what}, seconds": time.monotonic() - began,
    }


def measure_children_cpu() -> float:
    """Seconds of all processes that we started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
