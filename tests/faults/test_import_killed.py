"""kill -9 of a real import process at any moment: the old postcodes stay whole, and the next import goes through."""

import os
import random
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from script.local.made_up_geography import write_directory
from script.local.state import ROOT
from tests import databases
from tests.faults.processes import eventually

pytestmark = [
    pytest.mark.faults,
    pytest.mark.parametrize("cloned_database", ["prepared"], indirect=True),
]
ROWS = 30_000
KILLS = 20 if os.environ.get("PAIRS_LONG") else 3
FIGURES = "SELECT count(*), sum(hashtextextended(p::text, 0)::numeric) FROM geography_postcode p"
BUSY = """
SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database
WHERE locktype = 'advisory' AND datname = current_database()
"""
IMPORTS = "SELECT count(*) FROM geography_import"


def start(database, path):
    command = [sys.executable, "manage.py", "import_postcodes", str(path), "--all"]
    env = os.environ | {"DATABASE_URL": databases.owner_url(database)}
    return subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def finish(process):
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


def test_import_killed(cloned_database, tmp_path):
    """An import killed -9 at random moments: the old postcodes whole each time, and the next import goes through"""
    old = write_directory(tmp_path / "old.csv", "late 2025", ROWS)
    new = write_directory(tmp_path / "new.csv", "August 2026", ROWS, edition=1)
    finish(start(cloned_database, old))
    assert "unchanged" in finish(start(cloned_database, old))
    with psycopg.connect(databases.owner_url(cloned_database), autocommit=True) as db:
        before, dice = figures(db), random.Random(3)
        for _ in range(KILLS):
            kill_on_the_way(cloned_database, new, db, dice.uniform(0, 0.4))
            assert figures(db) == before
        said = finish(start(cloned_database, new))
        assert f"changed {ROWS // 100}" in said.replace(",", "")
        assert figures(db)[1] == before[1] + 1


def kill_on_the_way(database, path, db, after):
    """Not before it has begun to copy, and so much later by lot."""
    process = start(database, path)
    eventually(lambda: db.execute(BUSY).fetchone(), within=60)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL, "it had finished already"
    eventually(lambda: not db.execute(BUSY).fetchone(), within=60)


def figures(db):
    return db.execute(FIGURES).fetchone(), db.execute(IMPORTS).fetchone()[0]
