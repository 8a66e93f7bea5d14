"""script/bench geography: files as large as England's, imported, imported again, broken, and killed on the way.

The rows are made up in the official layouts. Minutes and peak memory are of the import's own process; the figures of
the table before and after tell whether old data stayed whole.
"""

import argparse
import os
import random
import re
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from script.local import made_up_geography as made_up
from script.local import programs
from script.local.children import ChildProcesses
from script.local.servers import start_servers
from script.local.state_folder import ROOT, State
from script.local.text_table import format_table

TABLE_HEADINGS = ["what", "rows", "MB", "minutes", "peak MB", "what it said"]
CHECKSUM_SQL = "SELECT count(*), coalesce(sum(hashtextextended(p::text, 0)::numeric), 0) FROM {} p"
BUSY_SQL = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"
AREA_COUNTS = {2025: 33_755, 2019: 32_844}


@dataclass
class FinishedImport:
    """An import's own process when it was over."""

    code: int
    seconds: float
    peak_mb: float
    said: str

    def row(self, what, rows, path):
        said = re.findall(r"unchanged|added [\d,]+, changed [\d,]+, removed [\d,]+", self.said)
        named = re.findall(r"line [\d,]+: [^\n]+", self.said)[:1]
        megabytes = f"{path.stat().st_size / 1e6:.0f}"
        return (
            what,
            f"{rows:,}",
            megabytes,
            f"{self.seconds / 60:.2f}",
            f"{self.peak_mb:.0f}",
            "; ".join(said + named),
        )


class ImportRunner:
    """Runs the import commands against one database, as its owner."""

    def __init__(self, env, folder):
        self.env, self.folder, self.longest = env, folder, 0.0

    def run(self, command, path, *options, kill_after=None) -> FinishedImport:
        """To its end, or to a kill -9 after so many seconds."""
        log = self.folder / "import.log"
        began = time.monotonic()
        with log.open("w") as out:
            process = subprocess.Popen(
                [*programs.MANAGE_COMMAND, command, str(path), *options],
                cwd=ROOT,
                env=self.env,
                stdout=out,
                stderr=out,
            )
            if kill_after is not None:
                time.sleep(kill_after)
                os.kill(process.pid, signal.SIGKILL)  # send_signal would reap one that has ended
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
        self.longest = max(self.longest, seconds)
        return FinishedImport(process.returncode, seconds, usage.ru_maxrss / 1024, log.read_text())


def main(arguments):
    options = parse_arguments(arguments)
    with tempfile.TemporaryDirectory(prefix="pairs-bench-") as name, ChildProcesses() as children:
        folder = Path(name)
        folder.chmod(0o711)
        state = State(folder)
        servers = start_servers(state, children)
        env = programs.build_environment(servers, state, port=0, as_owner=True)
        prepare = [*programs.MANAGE_COMMAND, "prepare_database"]
        subprocess.run(prepare, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
        runs = ImportRunner(env, folder)
        rows = []
        for row in run_all(runs, servers, options):
            print(" · ".join(row), flush=True)
            rows.append(row)
    print(f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}\n")
    print(format_table(TABLE_HEADINGS, rows))


def run_all(runs, servers, options):
    """The rows of the table, as they come about."""
    yield from run_deprivation(runs)
    yield from run_postcodes(runs, options.postcodes)
    yield from run_broken(runs, options.postcodes)
    yield from run_killed(runs, servers, options)


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(prog="script/bench geography")
    parser.add_argument("--postcodes", type=int, default=made_up.POSTCODE_COUNT)
    parser.add_argument("--kills", type=int, default=5, help="how often a real import is killed on the way")
    return parser.parse_args(arguments)


def require_success(ended: FinishedImport) -> FinishedImport:
    if ended.code:
        raise SystemExit(f"An import failed:\n{ended.said}")
    return ended


def run_deprivation(runs):
    for release, count in AREA_COUNTS.items():
        path = made_up.write_file_7(runs.folder / f"File_7_{release}.csv", release, count)
        yield require_success(runs.run("import_deprivation", path)).row(f"areas of {release}", count, path)
        yield require_success(runs.run("import_deprivation", path)).row("  again", count, path)
    path = made_up.write_file_7(path, release, count, broken_line=20_000)
    yield require_success(runs.run("import_deprivation", path)).row("  one row broken", count, path)


def run_postcodes(runs, count):
    """Each layout in place of the one before, every area kept; then the same file once more."""
    for edition, layout in enumerate(made_up.LAYOUTS):
        path = made_up.write_directory(runs.folder / "directory.csv", layout, count, edition=edition)
        yield require_success(runs.run("import_postcodes", path, "--all")).row(
            f"postcodes, {layout}", count, path
        )
        yield require_success(runs.run("import_postcodes", path, "--all")).row("  again", count, path)


def run_broken(runs, count):
    path = made_up.write_directory(
        runs.folder / "directory.csv", "August 2026", count, edition=3, broken_line=count // 2
    )
    yield require_success(runs.run("import_postcodes", path, "--all")).row("  one row broken", count, path)


def run_killed(runs, servers, options):
    """At random moments of an import of a file that would change every hundredth row."""
    path = made_up.write_directory(runs.folder / "directory.csv", "August 2026", options.postcodes, edition=9)
    before, dice = read_figures(servers), random.Random(5)
    for _ in range(options.kills):
        after = dice.uniform(1, runs.longest)
        if runs.run("import_postcodes", path, "--all", kill_after=after).code == 0:
            print(f"it had finished before {after:.0f} s", flush=True)
            before = read_figures(servers)
            continue
        wait_until_settled(servers)
        if read_figures(servers) != before:
            raise SystemExit(f"Killed after {after:.0f} s, the old data were not whole.")
        print(f"killed after {after:.0f} s: the old data are whole", flush=True)
    yield require_success(runs.run("import_postcodes", path, "--all")).row(
        f"  after {options.kills} × kill -9", options.postcodes, path
    )


def read_figures(servers):
    """Rows and a sum over all of them, of both tables, and how many imports are on record."""
    with servers.postgres.connect("pairs") as db:
        names = ("geography_postcode", "geography_area", "geography_import")
        return [db.execute(CHECKSUM_SQL.format(name)).fetchone() for name in names]


def wait_until_settled(servers):
    """Until the server has noticed that the dead process is gone."""
    deadline = time.monotonic() + 120
    with servers.postgres.connect("pairs") as db:
        while db.execute(BUSY_SQL).fetchone() and time.monotonic() < deadline:
            time.sleep(0.2)
