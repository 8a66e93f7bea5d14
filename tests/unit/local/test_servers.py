"""The two roles on somebody else's server, a new database told from a full one, stale files seen through."""

import os
import uuid

import psycopg
import pytest

from script.local import database, servers
from script.local.children import end_leftover, is_running_in
from script.local.postgres import Postgres, is_reachable, may_enter
from script.local.state_folder import AlreadyRunning, State
from tests import databases
from tests.running_service import RunningService


@pytest.fixture
def state(tmp_path):
    return State(tmp_path)


@pytest.fixture
def application_role(monkeypatch):
    name = f"app_{uuid.uuid4().hex[:8]}"
    monkeypatch.setenv("APPLICATION_ROLE", name)
    return name


def test_an_owner_who_may_not_make_roles_gets_the_command_to_run(state, application_role):
    with pytest.raises(SystemExit, match=f'CREATE ROLE "{application_role}" LOGIN'):
        servers.get_application_url(os.environ["DATABASE_URL"], state)


def test_the_application_role_is_used_once_somebody_made_it(state, application_role, superuser_url):
    with pytest.raises(SystemExit) as told:
        servers.get_application_url(os.environ["DATABASE_URL"], state)
    line = next(line.strip() for line in str(told.value).splitlines() if "CREATE ROLE" in line)
    with psycopg.connect(superuser_url, autocommit=True) as db:
        db.execute(line)
        try:
            url = servers.get_application_url(os.environ["DATABASE_URL"], state)
            assert servers.can_connect(url)
            assert f"//{application_role}:" in url
        finally:
            db.execute(f"DROP ROLE {application_role}")


def test_an_owner_who_may_make_roles_makes_it(state, application_role, superuser_url):
    url = servers.get_application_url(superuser_url, state)
    with psycopg.connect(superuser_url, autocommit=True) as db:
        rights = db.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = %s", [application_role]
        ).fetchone()
        db.execute(f"DROP ROLE {application_role}")
    assert application_role in url
    assert rights == (False, False, False)


@pytest.fixture
def superuser_url():
    if "TEST_SUPERUSER_URL" not in os.environ:
        pytest.skip("somebody else's PostgreSQL: no superuser to ask")
    return os.environ["TEST_SUPERUSER_URL"]


@pytest.fixture
def empty_database_url():
    with databases.use_clone("template1") as name:
        yield databases.get_owner_url(name)


def test_fresh_does_not_empty_a_database_that_it_did_not_fill(empty_database_url):
    with psycopg.connect(empty_database_url, autocommit=True) as db:
        db.execute("CREATE TABLE record (id int)")
    with pytest.raises(SystemExit, match="leaves it alone"):
        database.clear_demo_database(empty_database_url)
    assert not database.is_database_empty(empty_database_url)


def test_fresh_empties_its_own(empty_database_url):
    with psycopg.connect(empty_database_url, autocommit=True) as db:
        db.execute("CREATE TABLE record (id int)")
    database.mark_database_seeded(empty_database_url)
    database.clear_demo_database(empty_database_url)
    assert database.is_database_empty(empty_database_url)


def test_a_stale_process_number_ends_no_process(tmp_path):
    assert not is_running_in(os.getpid(), tmp_path, "postgres")
    end_leftover(os.getpid(), tmp_path, "postgres")  # would have ended this very test


def test_a_stale_postmaster_file_is_cleared(state):
    postgres = Postgres(state)
    postgres.data.mkdir(parents=True)
    (postgres.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    postgres._clear_leftover()
    assert not (postgres.data / "postmaster.pid").exists()


def test_one_running_copy_for_each_folder(state):
    state.lock()
    with pytest.raises(AlreadyRunning):
        State(state.folder).lock()
    state.unlock()


def test_a_secret_is_reused_and_readable_by_us_alone(state):
    assert State(state.folder).secret("a") == state.secret("a") != state.secret("b")
    assert (state.folder / "secrets.json").stat().st_mode & 0o777 == 0o600


class UnprivilegedAccount:
    pw_uid = 65534


def test_a_folder_only_root_may_enter_is_not_reachable(tmp_path):
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o700)
    assert not may_enter(inner.parent, UnprivilegedAccount)
    assert not is_reachable(inner, UnprivilegedAccount)


def test_a_running_copy_has_the_key_that_its_template_was_encrypted_with(state, settings):
    """E-mails of the samples are encrypted: with another key each would fail."""
    there = servers.Servers("postgres://owner@x/y", "postgres://app@x/y", "redis://x", None, None)
    service = RunningService("http://localhost:1", "y", there, state, None, {})
    assert service.build_environment()["SECRET_KEY"] == settings.SECRET_KEY
