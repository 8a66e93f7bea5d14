"""A separate process that ends its parent's children, however the parent ended.

Its standard input tells it `+pid signal` when a child starts and `-pid` when one is gone; the end of that
input means that the parent is gone. Every child leads a process group, so grandchildren go with it.
"""

import os
import signal
import sys
import time

PATIENCE_SECONDS = 4


def read_stat_fields(pid):
    """/proc/PID/stat after the name: state, parent, group, …; all empty when there is no such process."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
            return stat.read().rpartition(")")[2].split()
    except OSError:
        return [""] * 20


def get_start_time(pid):
    """When a process began, in ticks since boot, or None: tells it from a later one of its number."""
    return read_stat_fields(pid)[19] or None


def is_group_alive(group):
    """Is anything but zombies left of a process group? Without /proc the zombies count too."""
    if not os.path.exists("/proc/self/stat"):
        return end_group(group, None, 0)
    return any(stat[2] == str(group) and stat[0] != "Z" for stat in map(read_stat_fields, list_pids()))


def list_pids():
    return [name for name in os.listdir("/proc") if name.isdigit()]


def end_group(pid, began, how):
    """Signal a child's group, unless its number has passed to somebody else."""
    now = get_start_time(pid)
    if now is not None and now != began:
        return False
    try:
        os.killpg(pid, how)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS answers so for a group of zombies
        return False
    return True


def end_all(charges):
    """Ask each in its own way, and then insist."""
    for pid, (began, how) in charges.items():
        end_group(pid, began, how)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if not any(map(is_group_alive, charges)):
            return
        time.sleep(0.1)
    for pid, (began, _) in charges.items():
        end_group(pid, began, signal.SIGKILL)


def watch_children(lines):
    charges = {}
    for line in lines:
        what, *rest = line.split()
        pid = int(what[1:])
        if what[0] == "+":
            charges[pid] = (get_start_time(pid), int(rest[0]))
        else:
            charges.pop(pid, None)
    end_all(charges)


if __name__ == "__main__":
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(name, signal.SIG_IGN)
    watch_children(iter(sys.stdin.readline, ""))
