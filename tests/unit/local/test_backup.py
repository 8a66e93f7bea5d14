"""A backup comes back whole, into an empty database only, and a changed file is refused."""

import re
import subprocess

import psycopg
import pytest

from script.local import backup
from script.local.servers import replace_database
from tests import databases


def use_owner_url(monkeypatch, name):
    url = databases.get_owner_url(name)
    monkeypatch.setattr(backup, "get_owner_url", lambda: url)


@pytest.fixture
def backup_file(tmp_path, monkeypatch):
    with databases.use_clone(databases.get_prepared_template()) as name:
        use_owner_url(monkeypatch, name)
        backup.main("save", str(tmp_path))
        yield next(tmp_path.glob("*.dump"))


@pytest.fixture
def empty_database(backup_file, monkeypatch):
    with databases.use_clone("template1") as name:
        use_owner_url(monkeypatch, name)
        yield name


def test_every_row_and_right_comes_back(backup_file, empty_database, capsys):
    backup.main("restore", str(backup_file))
    assert "came back" in capsys.readouterr().out
    with psycopg.connect(databases.get_application_url(empty_database)) as db:
        assert db.execute("SELECT count(*) FROM django_migrations").fetchone()[0] > 0


ROWS_AND_SECONDS = re.compile(r"(\d+) rows.*?([\d.]+) s$", re.DOTALL)


@pytest.mark.prove
def test_a_drill(tmp_path, monkeypatch, capsys, record_property):
    """A drill: a service with families is saved, comes back into an empty database, and the application reads it"""
    with (
        databases.use_clone(databases.get_seeded_template()) as served,
        databases.use_clone("template1") as new,
    ):
        before = count_families(served)
        use_owner_url(monkeypatch, served)
        saved = run_and_record(("save", str(tmp_path)), capsys, record_property)
        use_owner_url(monkeypatch, new)
        dump = next(tmp_path.glob("*.dump"))
        restored = run_and_record(("restore", str(dump)), capsys, record_property)
        databases.run_manage_as_owner("prepare_database", database=new)
        assert saved == restored
        assert count_families(new) == before > 0


def run_and_record(arguments, capsys, record_property):
    """How many rows it said there were; they and the seconds are for the table of script/prove, and not judged."""
    backup.main(*arguments)
    rows, seconds = ROWS_AND_SECONDS.search(capsys.readouterr().out.strip()).groups()
    record_property("timed", (f"script/{arguments[0]}".replace("save", "backup"), int(rows), seconds))
    return int(rows)


def count_families(database):
    """As the application."""
    with psycopg.connect(databases.get_application_url(database)) as db:
        return db.execute("SELECT count(*) FROM families_family").fetchone()[0]


def test_no_session_is_in_it(tmp_path, monkeypatch):
    with databases.use_clone(databases.get_prepared_template()) as name:
        use_owner_url(monkeypatch, name)
        with psycopg.connect(databases.get_owner_url(name)) as db:
            server_major = db.info.server_version // 10000
            db.execute(
                "INSERT INTO django_session VALUES ('a-session-of-today', 'data', now() + interval '1 day')"
            )
        backup.main("save", str(tmp_path))
    program, dump = backup.find_program("pg_restore", server_major), next(tmp_path.glob("*.dump"))
    text = subprocess.run([program, "--file=-", dump], capture_output=True, check=True).stdout
    assert b"COPY public.service_site " in text
    assert b"a-session-of-today" not in text


def test_only_its_owner_can_read_it(backup_file):
    assert {path.stat().st_mode & 0o777 for path in backup_file.parent.iterdir()} == {0o600}


def test_a_database_with_tables_is_left_alone(backup_file):
    with pytest.raises(SystemExit, match="empty one"):
        backup.main("restore", str(backup_file))


def test_a_changed_file_is_refused(backup_file, empty_database):
    backup_file.write_bytes(backup_file.read_bytes() + b"x")
    with pytest.raises(SystemExit, match="SHA-256"):
        backup.main("restore", str(backup_file))


def test_a_missing_row_is_noticed():
    with pytest.raises(SystemExit, match="do not use"):
        backup.refuse_differences({"public.a": 2}, {"public.a": 1})


def test_addresses_are_taken_apart_and_put_together():
    assert (
        replace_database("postgres://a:b@h:1/one?sslmode=require", "two")
        == "postgres://a:b@h:1/two?sslmode=require"
    )
