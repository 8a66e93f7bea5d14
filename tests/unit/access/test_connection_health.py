"""Whether the connection is usable: seen without a query, and seen in time."""

import time

import pytest
from django.db import connection


@pytest.fixture
def other():
    """A second connection to the same database."""
    other = connection.copy()
    other.ensure_connection()
    yield other
    other.close()


@pytest.mark.django_db
class TestConnection:
    def test_a_quiet_one_is_usable_and_asks_nothing(self, other, monkeypatch):
        def refuse(*_, **__):
            raise AssertionError("A query was sent.")

        monkeypatch.setattr(other.connection, "cursor", refuse)
        assert other.is_usable()

    def test_one_that_the_server_ended_is_not(self, other):
        pid = other.connection.info.backend_pid
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])  # waits until it is gone
        assert not other.is_usable()

    def test_one_that_was_told_something_is_asked(self, other):
        """A notification comes unasked as well, and the connection goes on."""
        with other.cursor() as cursor:
            cursor.execute("LISTEN something")
        with connection.copy().cursor() as cursor:
            cursor.execute("NOTIFY something")
            cursor.connection.close()
        time.sleep(0.1)
        assert other.is_usable()

    def test_a_closed_one_is_not(self, other):
        other.connection.close()
        assert not other.is_usable()
