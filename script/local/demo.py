"""script/demo: two servers, the three programs, made-up families; kept running until told to stop."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Any, NoReturn

from script.local import programs
from script.local.children import ChildProcesses
from script.local.database import (
    clear_demo_database,
    is_database_empty,
    is_database_seeded,
    mark_database_seeded,
)
from script.local.install import show_step
from script.local.ports import get_demo_port, list_bindings, refuse_taken_port
from script.local.postgres import Postgres
from script.local.servers import start_servers
from script.local.state_folder import (
    ROOT,
    AlreadyRunning,
    State,
    compute_files_digest,
    get_state_folder,
    write_private,
)
from script.local.text_table import format_table
from script.local.valkey import Valkey

PASSWORD = "demo-pairs-2026"
ACCOUNTS = [
    ("hub", "practitioner, Blackpool (the hub)"),
    ("blackburn", "practitioner, Blackburn with Darwen"),
    ("hyndburn", "practitioner, Hyndburn"),
    ("trainee", "trainee, Blackburn with Darwen"),
    ("supervisor", "clinical lead at the hub, over both satellites"),
    ("duty", "duty clinician: triage and the phone"),
    ("healthvisitor", "refers families"),
    ("healthvisitor2", "refers families, from another team"),
    ("peer", "peer supporter"),
    ("manager", "reports, no names"),
    ("governance", "information governance: who looked at what"),
    ("administrator", "accounts, sites, code lists; no notes"),
]
INSTALL_PAGES = "from script.local.install import install_pages_in_turn as install; install()"
CODE_FOLDERS = ["config", "pairs", "referrals", "interventions", "outcomes", "reporting"]
RETRY_SECONDS = (1, 2, 4, 8, 15, 30)
STEADY_SECONDS = 60


class StopRequested(Exception):
    """Somebody asked the demo to end."""


def main(arguments):
    unknown = set(arguments) - {"--fresh"}
    if unknown:
        raise SystemExit(
            f"script/demo does not know {', '.join(sorted(unknown))}. Usage: script/demo [--fresh]"
        )
    state = lock_own_state()
    refuse_taken_port()
    install_stop_handlers()
    with contextlib.suppress(StopRequested), ChildProcesses() as children:
        demo = Demo(state, children)
        demo.start(fresh="--fresh" in arguments)
        demo.keep_running()
    print("PaIRS has stopped; its data is kept.", flush=True)


def lock_own_state() -> State:
    state = State(get_state_folder())
    try:
        state.lock()
    except AlreadyRunning:
        raise SystemExit(
            f"PaIRS is already running on {state.folder}. "
            "Stop it, or start another: PAIRS_STATE=… PORT=… script/demo"
        ) from None
    return state


def install_stop_handlers() -> None:
    def stop(*_: Any) -> NoReturn:
        raise StopRequested

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
        signal.signal(name, stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup asks to outlive the terminal
        signal.signal(signal.SIGHUP, stop)


class Demo:
    def __init__(self, state: State, children: ChildProcesses) -> None:
        self.state, self.children, self.port = state, children, get_demo_port()
        self.attempts: dict[str, int] = {}
        self.started: dict[str, float] = {}
        self.waiting: dict[str, float] = {}

    def start(self, *, fresh):
        if fresh:
            self.delete_all_data()
        for log in self.state.logs.glob("*.log"):
            log.unlink()
        self.start_installing_pages()
        with show_step("PostgreSQL and Valkey"):
            self.servers = start_servers(self.state, self.children)
        self.write_addresses()
        was_empty = self.prepare(fresh=fresh)
        with show_step("npm parts and style sheet, begun beside the tables"):
            self.wait_for("pages")  # the web server lists its files when it starts
        self.programs = self.build_programs()
        self.start_program(
            "web"
        )  # these two load while families are written, and write nothing by themselves
        self.start_program("worker")
        self.fill(was_empty=was_empty)
        with show_step("Web, worker and relay"):
            self.start_program("relay")
            self.wait_until_ready()
        self.print_welcome()

    def start_installing_pages(self) -> None:
        command = [sys.executable, "-c", INSTALL_PAGES]
        self.children.start("pages", command, log=self.state.log("pages"), cwd=ROOT)

    def delete_all_data(self) -> None:
        with show_step("Starting over"):
            Valkey(self.state).remove()
            ours = ["prepared"]
            if not os.environ.get("DATABASE_URL"):  # somebody else's server still knows our password
                Postgres(self.state).remove()
                ours.append("secrets.json")
            for name in ours:
                (self.state.folder / name).unlink(missing_ok=True)
            shutil.rmtree(self.state.logs)
            self.state.logs.mkdir()

    def write_addresses(self) -> None:
        """For `script/backup` and a developer's shell: how to reach what the demo runs on."""
        lines = [
            f"OWNER_DATABASE_URL={self.servers.owner_url}",
            f"DATABASE_URL={self.servers.application_url}",
            f"REDIS_URL={self.servers.redis_url}",
        ]
        write_private(self.state.folder / "addresses.env", "\n".join(lines) + "\n")

    # ------------------------------------------------------------ the database
    def prepare(self, *, fresh) -> bool:
        """Bring the database up to date when the code has changed. Whether it was empty."""
        owner = self.servers.owner_url
        if fresh and self.servers.postgres is None:
            clear_demo_database(owner)
        was_empty = is_database_empty(owner)
        stamp, wanted = self.state.folder / "prepared", compute_files_digest(list_code_files())
        if was_empty or self.servers.postgres is None or not stamp.exists() or stamp.read_text() != wanted:
            with show_step("Tables and code lists"):
                self.manage("prepare_database")
            stamp.write_text(wanted)
        return was_empty

    def fill(self, *, was_empty):
        """Seed a database that was empty, and never any other."""
        owner = self.servers.owner_url
        if was_empty or (self.servers.postgres and not is_database_seeded(owner)):
            with show_step("Made-up families"):
                self.manage("seed_demo")
            mark_database_seeded(owner)

    def manage(self, *arguments: Any) -> None:
        name, command = arguments[0], [*programs.MANAGE_COMMAND, *arguments]
        env = self.environment(as_owner=True)
        self.children.start(name, command, env=env, log=self.state.log(name), cwd=ROOT)
        self.wait_for(name)

    def wait_for(self, name: str) -> None:
        """Until this child has ended. Raises SystemExit with what it said last where it failed."""
        code, log = self.children.running[name].wait(), self.state.log(name)
        self.children.stop(name)
        if code:
            raise SystemExit(f"{read_log_tail(log)}\n{name} failed: see {log}")

    def environment(self, *, as_owner=False):
        return programs.build_environment(self.servers, self.state, port=self.port, as_owner=as_owner)

    # ------------------------------------------------------------ the programs
    def build_programs(self):
        found = [
            programs.build_web(list_bindings(self.port)),
            programs.build_worker(),
            programs.build_relay(),
        ]
        return {program.name: program for program in found}

    def start_program(self, name: str) -> None:
        self.started[name] = time.monotonic()
        if name in self.programs:
            programs.start_program(self.programs[name], self.children, self.state, self.environment())
        else:
            getattr(self.servers, name).start(self.children)

    def wait_until_ready(self, patience=90):
        deadline = time.monotonic() + patience
        while not is_answering(f"http://127.0.0.1:{self.port}/readyz"):
            if "web" in self.children.list_ended() or time.monotonic() > deadline:
                log = self.state.log("web")
                raise SystemExit(f"{read_log_tail(log)}\nThe web server does not get ready: see {log}")
            time.sleep(0.1)

    def print_welcome(self) -> None:
        seconds = time.time() - float(os.environ.get("PAIRS_BEGAN", time.time()))
        print(f"\nPaIRS is ready at http://localhost:{self.port}    ({seconds:.0f} s)\n")
        print(format_table(["Sign in as", "who is"], ACCOUNTS))
        print(f"\nPassword for each: {PASSWORD}. Made-up families only. Ctrl-C stops it.")
        print(f"Logs: {self.state.logs}")
        sys.stdout.flush()

    def keep_running(self) -> None:
        """Start again whatever ends by itself, less and less eagerly while it keeps ending."""
        while True:
            for name in self.children.list_ended():
                self.children.forget(name)
                self.plan_restart(name)
            for name in [name for name, when in self.waiting.items() if when <= time.monotonic()]:
                del self.waiting[name]
                self.start_program(name)
            time.sleep(0.25)

    def plan_restart(self, name: str) -> None:
        steady = time.monotonic() - self.started.get(name, 0) > STEADY_SECONDS
        attempt = 0 if steady else self.attempts.get(name, 0)
        self.attempts[name] = attempt + 1
        pause = RETRY_SECONDS[min(attempt, len(RETRY_SECONDS) - 1)]
        self.waiting[name] = time.monotonic() + pause
        print(f"{name} ended by itself and starts again in {pause} s: see {self.state.log(name)}", flush=True)


def list_code_files():
    """What the tables and code lists are made from."""
    kinds = {".py", ".yaml", ".json", ".csv"}
    return [path for folder in CODE_FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in kinds]


def is_answering(url) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def read_log_tail(log, lines=20) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


if __name__ == "__main__":
    with contextlib.suppress(subprocess.CalledProcessError):
        main(sys.argv[1:])
