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
from script.local.state_folder import ROOT
from tests import databases
from tests.faults.processes import wait_until

pytestmark = [
    pytest.mark.faults,
    pytest.mark.parametrize("cloned_database", ["prepared"], indirect=True),
]
ROW_COUNT = 30_000
KILL_COUNT = 20 if os.environ.get("PAIRS_LONG") else 3
LATEST_KILL = 0.5  # of the time that a copy takes
POSTCODE_CHECKSUM_SQL = (
    "SELECT count(*), sum(hashtextextended(p::text, 0)::numeric) FROM geography_postcode p"
)
IMPORT_LOCK_SQL = """
SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database
WHERE locktype = 'advisory' AND datname = current_database()
"""
IMPORT_COUNT_SQL = "SELECT count(*) FROM geography_import"


def start_import(database, path):
    command = [sys.executable, "manage.py", "import_postcodes", str(path), "--all"]
    env = os.environ | {"DATABASE_URL": databases.get_owner_url(database)}
    return subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def wait_for_import(process):
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


def test_import_killed(cloned_database, tmp_path):
    """An import killed -9 at random moments: the old postcodes whole each time, and the next import goes through"""
    old = write_directory(tmp_path / "old.csv", "late 2025", ROW_COUNT)
    new = write_directory(tmp_path / "new.csv", "August 2026", ROW_COUNT, edition=1)
    with psycopg.connect(databases.get_owner_url(cloned_database), autocommit=True) as db:
        seconds = time_copy(cloned_database, old, db)
        assert "unchanged" in wait_for_import(start_import(cloned_database, old))
        before, dice = read_checksums(db), random.Random(3)
        for _ in range(KILL_COUNT):
            kill_during_copy(cloned_database, new, db, dice.uniform(0, LATEST_KILL) * seconds)
            assert read_checksums(db) == before
        said = wait_for_import(start_import(cloned_database, new))
        assert f"changed {ROW_COUNT // 100}" in said.replace(",", "")
        assert read_checksums(db)[1] == before[1] + 1


def time_copy(database, path, db):
    """Seconds between the beginning of a copy that nothing disturbs and its end."""
    process = start_import(database, path)
    wait_until(lambda: db.execute(IMPORT_LOCK_SQL).fetchone(), within=60)
    began = time.monotonic()
    wait_until(lambda: not db.execute(IMPORT_LOCK_SQL).fetchone(), within=60)
    seconds = time.monotonic() - began
    wait_for_import(process)
    return seconds


def kill_during_copy(database, path, db, after):
    """Not before it has begun to copy, and so much later by lot."""
    process = start_import(database, path)
    wait_until(lambda: db.execute(IMPORT_LOCK_SQL).fetchone(), within=60)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL, "it had finished already"
    wait_until(lambda: not db.execute(IMPORT_LOCK_SQL).fetchone(), within=60)


def read_checksums(db):
    return db.execute(POSTCODE_CHECKSUM_SQL).fetchone(), db.execute(IMPORT_COUNT_SQL).fetchone()[0]
