"""The two servers PaIRS stands on, ours unless DATABASE_URL or REDIS_URL name others; the two roles."""

import os
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

from script.local.children import ChildProcesses
from script.local.postgres import APPLICATION_ROLE, OWNER_ROLE, TEST_SETTINGS, Postgres, create_role
from script.local.state_folder import State
from script.local.valkey import Valkey


@dataclass(frozen=True)
class Servers:
    owner_url: str  # migrates, seeds, backs up
    application_url: str  # everything that answers people
    redis_url: str
    postgres: Postgres | None  # None when somebody else runs it
    valkey: Valkey | None


def start_servers(state: State, children: ChildProcesses, *, for_tests=False) -> Servers:
    """Both servers, reached through addresses that the rest of PaIRS needs to know nothing else about."""
    postgres = (
        None
        if os.environ.get("DATABASE_URL")
        else Postgres(state, settings=TEST_SETTINGS if for_tests else {})
    )
    valkey = None if os.environ.get("REDIS_URL") else Valkey(state)
    for server in (postgres, valkey):
        if server:
            server.start(children)
    owner_url = postgres.url(OWNER_ROLE) if postgres else os.environ["DATABASE_URL"]
    application_url = postgres.url(APPLICATION_ROLE) if postgres else get_application_url(owner_url, state)
    return Servers(
        owner_url, application_url, valkey.url() if valkey else os.environ["REDIS_URL"], postgres, valkey
    )


def get_application_url(owner_url, state: State) -> str:
    """The application's address on somebody else's server, its role made there if the owner may."""
    role = os.environ.get("APPLICATION_ROLE", APPLICATION_ROLE)
    password = state.secret(f"{role}@{urlsplit(owner_url).hostname}")
    url = replace_login(owner_url, role, password)
    if not can_connect(url):
        make_role(owner_url, role, password)
    if not can_connect(url):
        raise SystemExit(f"{role} cannot connect to {hide_password(url)}: look at pg_hba.conf there.")
    return url


def make_role(owner_url, role, password):
    with connect_as_owner(owner_url) as db:
        known = db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        change = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(password)
        )
        statement = change if known else create_role(role, password)
        try:
            db.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            raise SystemExit(
                f"The owner in DATABASE_URL may not make the role {role}. Run this there as a superuser, "
                f"and start again:\n\n    {statement.as_string(db)};\n"
            ) from None


def connect_as_owner(owner_url):
    try:
        return psycopg.connect(owner_url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise SystemExit(f"DATABASE_URL does not answer: {error}") from None


def can_connect(url) -> bool:
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def replace_login(url, role, password) -> str:
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{quote(role)}:{quote(password)}@{place}").geturl()


def replace_database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def hide_password(url) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
