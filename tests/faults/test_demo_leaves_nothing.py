"""However a parent of local servers ends, nothing it started is left running."""

import os
import signal
import subprocess
import sys

import pytest

from script.local.state_folder import ROOT
from tests.faults.processes import filter_alive, kill, list_descendants, needs_proc, wait_until_gone

pytestmark = pytest.mark.faults
# A parent like the demo: both servers, and a program with children of its own in a group of its own.
PARENT_PROGRAM = """
import signal, sys, time
from pathlib import Path
from script.local.children import ChildProcesses
from script.local.servers import start_servers
from script.local.state_folder import State
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup around the tests would be inherited
children = ChildProcesses()
start_servers(State(Path(sys.argv[1])), children, for_tests=True)
children.start("family", ["sh", "-c", "sleep 600 & sleep 600 & wait"])
print("up", children.guard.pid, children.running["family"].pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def parent_process(tmp_path):
    """The parent's process, its guard's number, and the number of the child that has children."""
    tmp_path.chmod(0o711)
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT_PROGRAM, str(tmp_path)],
        cwd=ROOT,
        env=env | {"PGBIN": os.environ.get("TEST_PGBIN", "")},
        stdout=subprocess.PIPE,
        text=True,
    )
    told = process.stdout.readline().split()
    assert told[:1] == ["up"]
    yield process, int(told[1]), int(told[2])
    process.kill()
    process.wait()
    process.stdout.close()


@needs_proc
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP], ids=lambda how: how.name)
def test_the_parent_is_killed(parent_process, how):
    """The demo's parent killed: nothing it started is left running."""
    process, *_ = parent_process
    below = list_descendants(process.pid)
    assert len(below) > 6  # PostgreSQL alone is more than one
    process.send_signal(how)
    process.wait(20)
    assert wait_until_gone(below, within=8) == set()


@needs_proc
def test_the_guard_is_killed_first(parent_process):
    """The demo's watchdog killed, then its parent: both servers end all the same."""
    process, guard, _ = parent_process
    below = list_descendants(process.pid)
    os.kill(guard, signal.SIGKILL)
    process.kill()
    process.wait()
    # Without the guard the kernel's death signal reaches each server, though not an idle grandchild.
    assert wait_until_gone(below, within=8, sparing="sleep") == set()
    kill(filter_alive(below))


@needs_proc
def test_a_child_with_children_is_killed_and_then_the_parent(parent_process):
    """A child killed over its own children, then the demo's parent: nothing is left."""
    process, _, middle = parent_process
    below = list_descendants(process.pid)
    os.kill(middle, signal.SIGKILL)
    process.kill()
    process.wait()
    assert wait_until_gone(below, within=8) == set()
