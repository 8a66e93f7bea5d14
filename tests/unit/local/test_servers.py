"""The two roles on somebody else's server, a new database told from a full one, stale files seen through."""

import os
import uuid

import psycopg
import pytest

from script.local import database, servers
from script.local.children import end_leftover, runs_in
from script.local.postgres import Postgres, may_enter, reachable
from script.local.state import AlreadyRunning, State
from tests import databases


@pytest.fixture
def state(tmp_path):
    return State(tmp_path)


@pytest.fixture
def role(monkeypatch):
    name = f"app_{uuid.uuid4().hex[:8]}"
    monkeypatch.setenv("APPLICATION_ROLE", name)
    return name


def test_an_owner_who_may_not_make_roles_is_told_the_line_to_run(state, role):
    with pytest.raises(SystemExit, match=f'CREATE ROLE "{role}" LOGIN'):
        servers.application_on(os.environ["DATABASE_URL"], state)


def test_the_application_role_is_used_once_somebody_made_it(state, role, superuser):
    with pytest.raises(SystemExit) as told:
        servers.application_on(os.environ["DATABASE_URL"], state)
    line = next(line.strip() for line in str(told.value).splitlines() if "CREATE ROLE" in line)
    with psycopg.connect(superuser, autocommit=True) as db:
        db.execute(line)
        try:
            url = servers.application_on(os.environ["DATABASE_URL"], state)
            assert servers.can_connect(url)
            assert f"//{role}:" in url
        finally:
            db.execute(f"DROP ROLE {role}")


def test_an_owner_who_may_make_roles_makes_it(state, role, superuser):
    url = servers.application_on(superuser, state)
    with psycopg.connect(superuser, autocommit=True) as db:
        rights = db.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = %s", [role]
        ).fetchone()
        db.execute(f"DROP ROLE {role}")
    assert role in url
    assert rights == (False, False, False)


@pytest.fixture
def superuser():
    if "TEST_SUPERUSER_URL" not in os.environ:
        pytest.skip("somebody else's PostgreSQL: no superuser to ask")
    return os.environ["TEST_SUPERUSER_URL"]


@pytest.fixture
def empty():
    with databases.clone_of("template1") as name:
        yield databases.owner_url(name)


def test_fresh_leaves_a_database_alone_that_it_did_not_fill(empty):
    with psycopg.connect(empty, autocommit=True) as db:
        db.execute("CREATE TABLE record (id int)")
    with pytest.raises(SystemExit, match="leaves it alone"):
        database.clear_demo_database(empty)
    assert not database.is_empty(empty)


def test_fresh_empties_its_own(empty):
    with psycopg.connect(empty, autocommit=True) as db:
        db.execute("CREATE TABLE record (id int)")
    database.mark_seeded(empty)
    database.clear_demo_database(empty)
    assert database.is_empty(empty)


def test_a_stale_process_number_is_not_believed(tmp_path):
    assert not runs_in(os.getpid(), tmp_path, "postgres")
    end_leftover(os.getpid(), tmp_path, "postgres")  # would have ended this very test


def test_a_stale_postmaster_file_is_cleared(state):
    postgres = Postgres(state)
    postgres.data.mkdir(parents=True)
    (postgres.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    postgres._clear_leftover()
    assert not (postgres.data / "postmaster.pid").exists()


def test_one_copy_a_folder(state):
    state.lock()
    with pytest.raises(AlreadyRunning):
        State(state.folder).lock()
    state.unlock()


def test_a_secret_is_kept_and_is_ours_alone(state):
    assert State(state.folder).secret("a") == state.secret("a") != state.secret("b")
    assert (state.folder / "secrets.json").stat().st_mode & 0o777 == 0o600


class Account:
    pw_uid = 65534


def test_a_folder_only_root_may_enter_is_not_reachable(tmp_path):
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o700)
    assert not may_enter(inner.parent, Account)
    assert not reachable(inner, Account)
