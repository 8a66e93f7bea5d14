"""A running PaIRS to test from outside: web, worker and relay, as the application, on a seeded clone."""

import contextlib
import os
import shutil
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis

from script.local import programs
from script.local.children import ChildProcesses
from script.local.ports import find_free_port
from script.local.postgres import OWNER_ROLE, TEST_SETTINGS, Postgres
from script.local.servers import Servers, replace_database
from script.local.state_folder import State
from script.local.valkey import Valkey
from tests import databases

__all__ = ["running_service", "start_service", "template_database", "use_database"]


@contextlib.contextmanager
def use_database(name):
    """Point this process's own connection at a database, and back. One that is open would stay where it is."""
    from django.db import connections

    connections["default"].close()
    settings = connections["default"].settings_dict
    before, settings["NAME"] = settings["NAME"], name
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = before


@contextlib.contextmanager
def use_own_clone(source):
    """Meanwhile this process's own connection is to a clone of that database, which is dropped afterwards."""
    from django.db import connections

    with databases.use_clone(source) as name:
        connections.close_all()
        with use_database(name):
            yield name
            connections.close_all()


@contextlib.contextmanager
def connect_to(name):
    """Meanwhile this process asks that database, by a connection of its own; its other one stays as it is."""
    from django.db import connections

    before, connection = connections["default"], connections["default"].copy()
    connection.settings_dict["NAME"] = name
    connections["default"] = connection
    try:
        yield
    finally:
        connections["default"] = before
        connection.close()


@dataclass
class RunningService:
    """One running copy; `children.running[name]` is the process of web, worker or relay.

    `env`: settings of this copy alone, which its programs are told and this process is not.
    """

    base_url: str
    database: str
    servers: Servers
    state: State
    children: ChildProcesses
    env: dict[str, str]
    programs: dict = field(default_factory=dict)

    def build_environment(self, *, as_owner=False) -> dict[str, str]:
        """With the key of this process, which the template was made with: what is encrypted in it can be read."""
        from django.conf import settings

        port = int(self.base_url.rpartition(":")[2])
        told = programs.build_environment(self.servers, self.state, port=port, as_owner=as_owner)
        return told | {"SECRET_KEY": settings.SECRET_KEY} | self.env

    def get_process(self, name):
        return self.children.running[name]

    def log(self, name) -> str:
        return self.state.log(name).read_text(errors="replace")

    def start(self, name):
        """A program, or a server of this service's own, again after it was stopped or killed."""
        self.children.stop(name)
        if name not in self.programs:
            return getattr(self.servers, name).start(self.children)
        return programs.start_program(
            self.programs[name], self.children, self.state, self.build_environment()
        )

    def stop(self, name):
        self.children.stop(name)

    def run_manage(self, *arguments) -> str:
        return databases.run_manage(arguments, self.build_environment(as_owner=True))

    def connect(self, *, as_owner=True):
        import psycopg

        url = self.servers.owner_url if as_owner else self.servers.application_url
        return psycopg.connect(url, autocommit=True)

    def wait_until_ready(self, patience=60):
        deadline = time.monotonic() + patience
        while not is_ready(self.base_url):
            if self.get_process("web").poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the web server did not get ready:\n{self.log('web')}")
            time.sleep(0.05)


def is_ready(base_url) -> bool:
    try:
        with urllib.request.urlopen(f"{base_url}/readyz", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def template_database() -> str:
    """The name of a database prepared and seeded with sixty families; clone it, never change it."""
    return databases.get_seeded_template()


@pytest.fixture(scope="session")
def start_service(template_database):
    """A function that starts a Service as a context manager: `with start_service(timetable=True) as service:`.

    own_valkey and own_postgres give it a server that may be killed or frozen without hurting other tests.
    """

    @contextlib.contextmanager
    def start(
        *, names=("web", "worker", "relay"), timetable=False, own_valkey=False, own_postgres=False, env=None
    ):
        folder = Path(tempfile.mkdtemp(prefix="pairs-live-"))
        folder.chmod(0o711)
        state = State(folder)
        with contextlib.ExitStack() as stack:
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            children = ChildProcesses()
            stack.callback(children.kill_all)
            find = start_own_database if own_postgres else clone_shared_database
            database, owner, application, postgres = find(stack, state, children, template_database)
            redis_url, valkey = get_queue(stack, state, children, own=own_valkey)
            servers = Servers(owner, application, redis_url, postgres, valkey)
            service = RunningService(
                f"http://localhost:{find_free_port()}", database, servers, state, children, env or {}
            )
            start_programs(service, names, timetable=timetable)
            yield service

    return start


@pytest.fixture(scope="session")
def running_service(start_service):
    """One running copy for all browser tests of this process; they change rows, each its own."""
    with start_service() as running:
        yield running


def start_programs(service, names, *, timetable):
    port = service.base_url.rpartition(":")[2]
    every = [
        programs.build_web([f"127.0.0.1:{port}"]),
        programs.build_worker(),
        programs.build_relay(timetable=timetable),
    ]
    service.programs = {program.name: program for program in every}
    for name in names:
        service.start(name)
    if "web" in names:
        service.wait_until_ready()


def clone_shared_database(stack, state, children, template):
    name = stack.enter_context(databases.use_clone(template))
    return name, databases.get_owner_url(name), databases.get_application_url(name), None


def start_own_database(stack, state, children, template):
    """A server to kill: durable like a real one, filled by copying the template over."""
    from script.local.postgres import APPLICATION_ROLE, DATABASE_NAME

    safe = {name: value for name, value in TEST_SETTINGS.items() if name == "autovacuum"}
    postgres = Postgres(state, settings=safe, bin_folder=os.environ.get("TEST_PGBIN"))
    postgres.start(children)
    stack.callback(postgres.remove)
    databases.copy_database(template, postgres.url(OWNER_ROLE), postgres.bin)
    return DATABASE_NAME, postgres.url(OWNER_ROLE), postgres.url(APPLICATION_ROLE), postgres


def get_queue(stack, state, children, *, own):
    if own:
        valkey = Valkey(state)
        valkey.start(children)
        return valkey.url(), valkey
    return stack.enter_context(reserve_queue_database()), None


@contextlib.contextmanager
def reserve_queue_database():
    """A numbered database of the shared Valkey that nobody else uses meanwhile."""
    shared = os.environ["REDIS_URL"]
    with redis.Redis.from_url(shared) as shared_redis:
        last = int(shared_redis.config_get("databases")["databases"])
        mine = next(
            n for n in range(1, last) if shared_redis.set(f"taken:{n}", os.getpid(), nx=True, ex=3600)
        )
        url = replace_database(shared, mine)
        with redis.Redis.from_url(url) as room:
            room.flushdb()
        try:
            yield url
        finally:
            shared_redis.delete(f"taken:{mine}")
