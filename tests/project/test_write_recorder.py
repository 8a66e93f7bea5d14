"""What the checks of refused requests count as written: what stays, and nothing that was taken back."""

import pytest
from django.db import connection, transaction

from pairs.service.models import Site
from tests.project.crawler import WriteRecorder, find_written_tables

SITES = Site._meta.db_table


def rename_sites():
    Site.objects.update(name="Renamed")


@pytest.fixture
def watch(db):
    recorder = WriteRecorder()
    with connection.execute_wrapper(recorder):
        yield recorder


def test_what_a_savepoint_takes_back_was_not_written(watch):
    with transaction.atomic():
        rename_sites()
        transaction.set_rollback(True)
    assert watch.tables == set()


def test_what_stays_was_written_whatever_is_taken_back_after_it(watch):
    with transaction.atomic():
        rename_sites()
    with transaction.atomic():
        rename_sites()
        transaction.set_rollback(True)
    assert watch.tables == {SITES}


def test_a_lock_is_no_write():
    for lock in ("FOR UPDATE OF", "FOR NO KEY UPDATE OF"):
        assert find_written_tables(f'SELECT 1 FROM "{SITES}" {lock} "{SITES}"') == set()
