"""A backup comes back whole, into an empty database only, and a changed file is refused."""

import psycopg
import pytest

from script.local import backup
from script.local.servers import with_database
from tests import databases


def use(monkeypatch, name):
    url = databases.owner_url(name)
    monkeypatch.setattr(backup, "owner_url", lambda: url)


@pytest.fixture
def saved(tmp_path, monkeypatch):
    with databases.clone_of(databases.prepared_template()) as name:
        use(monkeypatch, name)
        backup.main("save", str(tmp_path))
        yield next(tmp_path.glob("*.dump"))


@pytest.fixture
def empty(saved, monkeypatch):
    with databases.clone_of("template1") as name:
        use(monkeypatch, name)
        yield name


def test_every_row_and_right_comes_back(saved, empty, capsys):
    backup.main("restore", str(saved))
    assert "came back" in capsys.readouterr().out
    with psycopg.connect(databases.application_url(empty)) as db:
        assert db.execute("SELECT count(*) FROM django_migrations").fetchone()[0] > 0


def test_only_its_owner_can_read_it(saved):
    assert {path.stat().st_mode & 0o777 for path in saved.parent.iterdir()} == {0o600}


def test_a_database_with_tables_is_left_alone(saved):
    with pytest.raises(SystemExit, match="empty one"):
        backup.main("restore", str(saved))


def test_a_changed_file_is_refused(saved, empty):
    saved.write_bytes(saved.read_bytes() + b"x")
    with pytest.raises(SystemExit, match="SHA-256"):
        backup.main("restore", str(saved))


def test_a_missing_row_is_noticed():
    with pytest.raises(SystemExit, match="do not use"):
        backup.refuse_differences({"public.a": 2}, {"public.a": 1})


def test_addresses_are_taken_apart_and_put_together():
    assert (
        with_database("postgres://a:b@h:1/one?sslmode=require", "two")
        == "postgres://a:b@h:1/two?sslmode=require"
    )
