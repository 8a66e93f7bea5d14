"""Servers, tables and made-up families for a bench: its own and thrown away, or those that an earlier demo left."""

import argparse
import contextlib
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from script.local import programs
from script.local.children import ChildProcesses
from script.local.servers import Servers, start_servers
from script.local.state_folder import ROOT, State

STATE_HELP = (
    "a stopped demo's data folder, used as it is and left there; without it all is made, and thrown away"
)


@dataclass(frozen=True)
class BenchRun:
    """Where one run's servers stand."""

    state: State
    children: ChildProcesses
    servers: Servers

    def environment(self, *, port=0, as_owner=False) -> dict[str, str]:
        """Of a program of this run. ``port``: where the web answers."""
        # A few accounts do here what hundreds of people do: nobody is stopped or reported for it.
        unlimited = {"FAMILIES_OPENED_AN_HOUR": "0", "FAMILIES_OPENED_REPORTED": "0"}
        return programs.build_environment(self.servers, self.state, port=port, as_owner=as_owner) | unlimited

    def manage(self, *command: Any) -> None:
        """A management command as the owner. Raises CalledProcessError when it fails."""
        arguments = [*programs.MANAGE_COMMAND, *command]
        env = self.environment(as_owner=True)
        subprocess.run(arguments, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)

    def start(self, program: programs.Program, *, port) -> None:
        """The web, worker or relay, as the application role."""
        programs.start_program(program, self.children, self.state, self.environment(port=port))


def add_state_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", metavar="FOLDER", type=Path, help=STATE_HELP)


@contextlib.contextmanager
def start_empty_servers(folder: Path | None = None) -> Iterator[BenchRun]:
    """Both servers, on this folder's data or on a new folder's, where the database holds nothing."""
    with open_state(folder) as state, ChildProcesses() as children:
        yield BenchRun(state, children, start_servers(state, children))


@contextlib.contextmanager
def start_seeded_servers(folder: Path | None, *, families: int) -> Iterator[BenchRun]:
    """Both servers and so many families; of a given ``folder``, those that are in it."""
    with start_empty_servers(folder) as run:
        if not folder:
            print("Making tables and made-up families …", flush=True)
            run.manage("prepare_database")
            run.manage("seed_demo", "--families", str(families))
            run.manage("refresh_due_items")
        with run.servers.postgres.connect("pairs") as db:
            db.execute("VACUUM ANALYZE")  # or the server would do so in the middle of some page
        yield run


@contextlib.contextmanager
def open_state(folder: Path | None) -> Iterator[State]:
    """The given one, locked; or a new one that is thrown away."""
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="pairs-bench-") as name:
            Path(name).chmod(0o711)
            yield State(Path(name))
        return
    state = State(folder.resolve())
    state.lock()
    try:
        yield state
    finally:
        state.unlock()
