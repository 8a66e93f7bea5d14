"""Statements that are prepared and run by libpq's own calls: outside transactions, and as psycopg's cursors would."""

from uuid import uuid4

import pytest
from django.db import DataError, connection, transaction
from django.utils import timezone

from pairs.access.statements import PreparedCursor, Statement

COUNT_KEPT = (
    b"SELECT count(*)::int FROM pg_prepared_statements WHERE name LIKE 'kept\\_%' AND statement LIKE $1"
)
DOUBLE = b"SELECT 2 * $1::int"


@pytest.fixture
def other():
    """A second connection to the same database, without a transaction."""
    other = connection.copy()
    other.ensure_connection()
    yield other
    other.close()


@pytest.mark.django_db
class TestConnection:
    def test_it_is_prepared_once(self, other):
        assert [other.fetch_prepared(DOUBLE, [number]) for number in (1, 2, 3)] == [[(2,)], [(4,)], [(6,)]]
        assert other.fetch_prepared(COUNT_KEPT, ["SELECT 2 *%"]) == [(1,)]

    def test_values_are_what_a_cursor_gives(self, other):
        sql = b"SELECT $1::uuid, $2::timestamptz, $3::text[], $4::uuid[], NULL, '{\"a\": 1}'::jsonb"
        ids = [uuid4(), uuid4()]
        values = [ids[0], timezone.now(), ["\u00e9", "b"], f"{{{ids[0]},{ids[1]}}}"]
        cursor = PreparedCursor(other.connection)
        assert other.fetch_prepared(sql, values) == cursor.execute(sql, values).fetchall()

    def test_what_fails_is_left_to_a_cursor(self, other):
        assert other.fetch_prepared(b"SELECT 1 / $1::int", [0]) is None
        assert other.fetch_prepared(b"SELECT nothing FROM nowhere", []) is None
        assert other.fetch_prepared(DOUBLE, [1]) == [(2,)]

    def test_in_a_transaction_a_cursor_is_needed(self, other):
        other.set_autocommit(False)
        assert other.fetch_prepared(DOUBLE, [1]) is None
        other.rollback()
        other.set_autocommit(True)
        assert other.fetch_prepared(DOUBLE, [1]) == [(2,)]

    def test_the_longest_unused_are_given_up(self, other):
        other.connection.prepared_max = 3
        for number in (1, 2, 1, 3, 1, 4):
            assert other.fetch_prepared(b"SELECT %d, $1::int" % number, [5]) == [(number, 5)]
        assert other.fetch_prepared(COUNT_KEPT, ["SELECT 1,%"]) == [(1,)]
        assert other.fetch_prepared(COUNT_KEPT, ["SELECT 2,%"]) == [(0,)]

    def test_on_a_connection_that_is_gone_a_cursor_says_so(self, other):
        other.connection.close()
        assert other.fetch_prepared(DOUBLE, [1]) is None

    def test_a_new_connection_knows_none(self, other):
        assert other.fetch_prepared(DOUBLE, [1]) == [(2,)]
        other.close()
        other.connect()
        assert other.fetch_prepared(DOUBLE, [2]) == [(4,)]


def test_an_error_is_raised_as_by_any_cursor(cloned_database):
    statement = Statement("SELECT 1 / $1::int", ("number",))
    with pytest.raises(DataError):
        statement.run({"number": 0})
    assert statement.run({"number": 1}) == [(1,)]
    with transaction.atomic():
        assert statement.run({"number": 1}) == [(1,)]
