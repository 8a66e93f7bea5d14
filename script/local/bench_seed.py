"""script/bench seed: how soon the demo's rows are written, for a service of sixty thousand families over five years."""

import argparse
import os
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from script.local import programs
from script.local.children import ChildProcesses
from script.local.servers import start_servers
from script.local.state_folder import ROOT, State
from script.local.text_table import format_table

ROW_COUNTS_SQL = "SELECT relname, n_live_tup FROM pg_stat_user_tables ORDER BY n_live_tup DESC LIMIT 12"


def main(arguments):
    options = parse_arguments(arguments)
    with prepare_servers() as (servers, as_owner):
        began = time.monotonic()
        run_manage(
            as_owner, "seed_demo", "--families", str(options.families), "--months", str(options.months)
        )
        seconds = time.monotonic() - began
        with servers.postgres.connect("pairs") as db:
            db.execute("ANALYZE")
            rows = [(name, f"{count:,}") for name, count in db.execute(ROW_COUNTS_SQL)]
            megabytes = db.execute("SELECT pg_database_size('pairs') / 1000000").fetchone()[0]
    print(format_table(["the largest tables", "rows"], rows))
    print(
        f"\n{options.families:,} families over {options.months} months in {seconds / 60:.1f} minutes;"
        f" {megabytes:,} MB; load {os.getloadavg()[0]:.0f}"
    )


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(prog="script/bench seed")
    parser.add_argument("--families", type=int, default=60_000)
    parser.add_argument("--months", type=int, default=60)
    return parser.parse_args(arguments)


@contextmanager
def prepare_servers():
    """A server of its own with every table and nobody in it; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pairs-bench-") as name, ChildProcesses() as children:
        Path(name).chmod(0o711)
        state = State(Path(name))
        servers = start_servers(state, children)
        as_owner = programs.build_environment(servers, state, port=0, as_owner=True)
        run_manage(as_owner, "prepare_database", "--verbosity", "0")
        yield servers, as_owner


def run_manage(env, *command):
    subprocess.run([*programs.MANAGE_COMMAND, *command], cwd=ROOT, env=env, check=True)
