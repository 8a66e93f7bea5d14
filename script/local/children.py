"""Child processes that end with their parent: by the kernel's parent-death signal, and by a watchdog."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from script.local import watchdog

PR_SET_PDEATHSIG = 1
C_LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None


def bind_to_parent(death_signal):
    """For preexec_fn: runs after the change of user, since changing user forgets the death signal."""
    parent = os.getpid()

    def bind_child() -> None:
        if C_LIBRARY:
            C_LIBRARY.prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:
            os._exit(1)

    return bind_child


class ChildProcesses:
    """The processes one parent runs. Start them from the main thread: the death signal follows the thread."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen] = {}
        self.ways: dict[str, int] = {}
        self.guard: subprocess.Popen | None = None

    def start(self, name, command, *, log=None, env=None, user=None, cwd=None, dies_by=signal.SIGTERM):
        """A process in a session of its own; `dies_by` is the signal that ends it quickly and cleanly."""
        output = open(log, "ab") if log else subprocess.DEVNULL  # noqa: SIM115
        try:
            process = subprocess.Popen(
                [str(part) for part in command],
                env=env,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=bind_to_parent(dies_by),
                **get_user_arguments(user),
            )
        finally:
            if log:
                output.close()
        self.running[name], self.ways[name] = process, dies_by
        self.write_to_guard(f"+{process.pid} {int(dies_by)}")
        return process

    def stop(self, name, *, patience=10):
        """End one child and everything in its group; returns when they are gone."""
        process = self.running.pop(name, None)
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(self.ways[name])
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
        end_group(process.pid)
        process.wait()
        self.write_to_guard(f"-{process.pid}")

    def kill_all(self) -> None:
        """At once, for what nobody will miss: test servers whose files are thrown away or made again."""
        for process in self.running.values():
            end_group(process.pid)
        self.stop_all()

    def stop_all(self) -> None:
        """In the reverse order of starting: what leans on a server goes before the server."""
        for name in reversed(list(self.running)):
            self.stop(name)
        if self.guard:
            self.guard.stdin.close()
            self.guard.wait()
            self.guard = None

    def list_ended(self):
        """Names of children that ended by themselves, their groups swept."""
        names = [name for name, process in self.running.items() if process.poll() is not None]
        for name in names:
            end_group(self.running[name].pid)
        return names

    def forget(self, name: str) -> None:
        self.write_to_guard(f"-{self.running.pop(name).pid}")

    def write_to_guard(self, line):
        if self.guard is None or self.guard.poll() is not None:
            self.guard = start_guard()
            line = "\n".join(f"+{p.pid} {int(self.ways[n])}" for n, p in self.running.items()) or line
        self.guard.stdin.write(line.encode() + b"\n")
        self.guard.stdin.flush()

    def __enter__(self):
        return self

    def __exit__(self, *exc: Any) -> None:
        self.stop_all()


def start_guard():
    return subprocess.Popen(
        [sys.executable, "-I", "-S", watchdog.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
    )


def end_group(pid):
    """Whatever a dead leader left in its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def get_user_arguments(account):
    """Popen's arguments for another account (a pwd entry), or none."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def is_running_in(pid, folder: Path, program: str):
    """Is this a running `program` in our folder? Process numbers are used again; folders are not."""
    try:
        here = os.readlink(f"/proc/{pid}/cwd")
        return Path(here) == folder.resolve() and program in os.readlink(f"/proc/{pid}/exe")
    except FileNotFoundError:
        return not Path("/proc/self").exists() and str(folder) in read_command(pid)
    except PermissionError:
        return False


def read_command(pid):
    return subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout


def end_leftover(pid, folder: Path, program: str, how=signal.SIGINT):
    """Stop a server that an earlier run left on our folder; anybody else's process is not touched."""
    deadline = time.monotonic() + 20
    while is_running_in(pid, folder, program):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how if time.monotonic() < deadline - 10 else signal.SIGKILL)
        if time.monotonic() > deadline:
            raise TimeoutError(f"{program} (process {pid}) holds {folder} and does not stop")
        time.sleep(0.1)
