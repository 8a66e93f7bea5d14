"""Loaded before pytest reads the settings: a database and a queue for the tests, no way to the network.

The first process starts both servers and puts their addresses into the environment for xdist's workers.
With DATABASE_URL (an owner who may create databases) or REDIS_URL set, those are used instead.
"""

import atexit
import ipaddress
import os
import socket

import pytest

from script.local.children import ChildProcesses
from script.local.postgres import APPLICATION_ROLE, OWNER_ROLE
from script.local.servers import start_servers
from script.local.state_folder import AlreadyRunning, State, get_state_folder

CHILDREN = ChildProcesses()


class OutsideNetworkError(OSError):
    """A test reached for another machine."""


def lock_own_state() -> State:
    """Kept from run to run, and its template databases with it; a second run at once gets its own."""
    for number in range(1, 10):
        state = State(get_state_folder() / ("tests" if number == 1 else f"tests-{number}"))
        try:
            state.lock()
        except AlreadyRunning:
            continue
        return state
    raise SystemExit("Nine test runs hold their folders already.")


def start_test_servers():
    state = lock_own_state()
    servers = start_servers(state, CHILDREN, for_tests=True)
    if servers.postgres:
        drop_leftover_databases(servers.postgres)
        os.environ["TEST_PGBIN"] = str(servers.postgres.bin)
        os.environ["TEST_SUPERUSER_URL"] = servers.postgres.url("postgres")
    static = state.folder / "static"  # collected nowhere in tests, but whitenoise wants it to be there
    static.mkdir(exist_ok=True)
    os.environ |= {
        "STATIC_ROOT": str(static),
        "DATABASE_URL": servers.owner_url,
        "TEST_APPLICATION_URL": servers.application_url,
        "REDIS_URL": servers.redis_url,
        "TEST_STATE": str(state.folder),
        "PAIRS_DEMO": "1",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # sync Playwright runs an event loop in the test's own thread
    }
    return state


def drop_leftover_databases(postgres):
    """What a killed run left. The owner may become the application, and drop a database that it is using."""
    with postgres.connect() as db:
        left = "SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%' OR datname LIKE 'live\\_%'"
        for (name,) in db.execute(left).fetchall():
            db.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        how = " WITH INHERIT FALSE, SET TRUE" if postgres.major >= 16 else ""
        db.execute(f"GRANT {APPLICATION_ROLE} TO {OWNER_ROLE}{how}")
        db.execute(f"GRANT pg_signal_backend TO {OWNER_ROLE}")


def block_network():
    """Only this machine answers. libpq and the browser have their own sockets: see tests/browser.py."""
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, restrict_to_loopback(getattr(socket.socket, name)))


def restrict_to_loopback(method):
    def check_address(self, *arguments):
        address = arguments[-1]
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
            raise OutsideNetworkError(f"tests stay on this machine, and this one asked for {address}")
        return method(self, *arguments)

    return check_address


def is_loopback(host) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


TEST_STATE = None if os.environ.get("PYTEST_XDIST_WORKER") else start_test_servers()
block_network()


@atexit.register
def stop_test_servers():
    """At exit and not at a hook: pytest that cannot read the settings never comes as far as its hooks."""
    CHILDREN.kill_all()
    if TEST_STATE:
        TEST_STATE.unlock()


@pytest.hookimpl(tryfirst=True)
def pytest_terminal_summary(terminalreporter):
    """A skipped browser test looks green: say it in letters nobody misses."""
    skipped = [
        report for report in terminalreporter.stats.get("skipped", ()) if "no browser" in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"{len(skipped)} tests were skipped, since there is no Chromium on this machine."
        )
