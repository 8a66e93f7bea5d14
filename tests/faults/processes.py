"""Living processes by number, as /proc tells of them."""

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="counts processes in /proc")


def list_descendants(pid) -> set[int]:
    """Every living process below this one."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (stat := read_stat_fields(folder.name)):
            parents[int(folder.name)] = int(stat[1])
    found = {pid}
    while more := {child for child, above in parents.items() if above in found} - found:
        found |= more
    return found - {pid}


def read_stat_fields(pid) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def get_process_name(pid) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def filter_alive(pids) -> set[int]:
    return {pid for pid in pids if (stat := read_stat_fields(pid)) and stat[0] != "Z"}


def wait_until_gone(pids, within, sparing="") -> set[int]:
    """Whoever of these still lives when the time is up; programs of the spared name are not waited for."""
    deadline = time.monotonic() + within
    while (left := _exclude_named(filter_alive(pids), sparing)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def _exclude_named(pids, name):
    return {pid for pid in pids if not name or get_process_name(pid) != name}


def kill(pids):
    """kill -9, the parent first: no process is warned, and none is restarted."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def kill_process_tree(process):
    """A program and everything below it."""
    below = list_descendants(process.pid)
    kill([process.pid, *below])
    process.wait()
    assert wait_until_gone(below, within=10) == set()


def wait_until(answer, *, within, every=0.05):
    """What `answer()` says once it says something true; fails when it does not in that time."""
    deadline = time.monotonic() + within
    while not (found := answer()):
        assert time.monotonic() < deadline, f"not within {within} seconds"
        time.sleep(every)
    return found
