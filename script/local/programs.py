"""The three programs of PaIRS, how each is started, and how each is asked to end at once."""

import os
import signal
import sys
from dataclasses import dataclass

from script.local.children import ChildProcesses
from script.local.servers import Servers
from script.local.state_folder import ROOT, State

MANAGE_COMMAND = [sys.executable, str(ROOT / "manage.py")]
CELERY_COMMAND = [sys.executable, "-m", "celery", "-A", "config"]


@dataclass(frozen=True)
class Program:
    name: str
    command: list[str]
    dies_by: signal.Signals


def build_web(bindings: list[str], *, workers=2) -> Program:
    gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--config", "python:config.gunicorn"]
    options = [
        "--workers",
        str(workers),
        "--graceful-timeout",
        "5",
        "--timeout",
        "60",
        "--log-level",
        "warning",
    ]
    listen = [word for binding in bindings for word in ("--bind", binding)]
    return Program("web", gunicorn + options + listen, signal.SIGQUIT)


def build_worker(*, concurrency=2) -> Program:
    quiet = ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    return Program(
        "worker", [*CELERY_COMMAND, "worker", "--concurrency", str(concurrency), *quiet], signal.SIGQUIT
    )


def build_relay(*, timetable=True) -> Program:
    """Hands jobs to the workers' queue; with the timetable, sends what is due by the clock as well."""
    options = ["--settings", "config.relay_settings", *(["--timetable"] if timetable else [])]
    return Program("relay", [*MANAGE_COMMAND, "relay", *options], signal.SIGTERM)


def build_environment(servers: Servers, state: State, *, port, as_owner=False) -> dict[str, str]:
    """What every program of a local copy is told. The owner's address goes to nobody who answers people."""
    return os.environ | {
        "PAIRS_DEMO": "1",
        "SECRET_KEY": state.secret("secret_key"),
        "AUDIT_KEY_FILE": str(state.key_file("audit")),
        "EMAIL_FILE_PATH": str(state.emails),
        "DATABASE_URL": servers.owner_url if as_owner else servers.application_url,
        "REDIS_URL": servers.redis_url,
        "BASE_URL": f"http://localhost:{port}",
        "SESSION_COOKIE_NAME": "pairs_session" if port == 8000 else f"pairs_session_{port}",
        "PYTHONUNBUFFERED": "1",
    }


def start_program(program: Program, children: ChildProcesses, state: State, env):
    return children.start(
        program.name, program.command, env=env, log=state.log(program.name), cwd=ROOT, dies_by=program.dies_by
    )
