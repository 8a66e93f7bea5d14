"""A process of its own that ends what its parent started, however the parent ended.

It is told on its standard input `+pid signal` when a child starts and `-pid` when one is gone; the end of that
input means that the parent is gone. Every child leads a process group, so grandchildren go with it.
"""

import os
import signal
import sys
import time

PATIENCE_SECONDS = 4


def started(pid):
    """When a process began, in clock ticks since boot, or None: tells a process from a later one of its number."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
            return stat.read().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return None


def end_group(pid, began, how):
    """Signal a child's group, unless its number has passed to somebody else. True while anything is left of it."""
    now = started(pid)
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
        if not any(end_group(pid, began, 0) for pid, (began, _) in charges.items()):
            return
        time.sleep(0.1)
    for pid, (began, _) in charges.items():
        end_group(pid, began, signal.SIGKILL)


def watch(lines):
    charges = {}
    for line in lines:
        what, *rest = line.split()
        pid = int(what[1:])
        if what[0] == "+":
            charges[pid] = (started(pid), int(rest[0]))
        else:
            charges.pop(pid, None)
    end_all(charges)


if __name__ == "__main__":
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(name, signal.SIG_IGN)
    watch(iter(sys.stdin.readline, ""))
