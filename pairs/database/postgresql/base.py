"""Django's PostgreSQL backend (settings.DATABASES), with less to do for each request and each short query."""

import select
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection, but for how it finds out that the server went away, and with cursors that are kept."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._kept_cursors: dict[type[psycopg.Cursor], psycopg.Cursor] = {}
        self._prepared: OrderedDict[tuple[bytes, Any], _Prepared] = OrderedDict()  # the latest used last
        self._prepared_on: Any = None  # the connection that knows them
        self._prepared_count = 0

    def get_kept_cursor(self, kind: type[psycopg.Cursor]) -> psycopg.Cursor:
        """The one cursor of that kind, as long as the connection is the same; whoever uses it reads all at once.

        Making a cursor costs as much as a short query does.
        """
        kept = self._kept_cursors.get(kind)
        if kept is None or kept.closed or kept.connection is not self.connection:
            kept = self._kept_cursors[kind] = kind(self.connection)
        return kept

    def fetch_prepared(self, sql: bytes, parameters: Sequence[Any]) -> list[tuple] | None:
        """All rows of a statement that is prepared on this connection the first time: by libpq's own calls.

        What psycopg's cursors do around them costs twice as much as they. None where only a cursor knows what to do:
        in a transaction, without a server, and after an error, which is then met again and raised.
        """
        if self.connection.closed or not self.connection.autocommit:
            return None
        writer = Transformer(self.connection)
        values = writer.dump_sequence(parameters, [PyFormat.AUTO] * len(parameters))
        prepared = self._find_prepared(sql, writer.types)
        if prepared is None:
            return None
        result = self.connection.pgconn.exec_prepared(prepared.name, values, writer.formats)
        return prepared.read(result) if result.status == ExecStatus.TUPLES_OK else None

    def _find_prepared(self, sql: bytes, types: Any) -> "_Prepared | None":
        """The statement for parameters of these types; None where it cannot be prepared."""
        if self._prepared_on is not self.connection:
            self._prepared_on = self.connection
            self._prepared.clear()
        found = self._prepared.get((sql, types))
        if found is None:
            return self._prepare(sql, types)
        self._prepared.move_to_end((sql, types))
        return found

    def _prepare(self, sql: bytes, types: Any) -> "_Prepared | None":
        """A new one; of as many as psycopg keeps as well, whatever was not used for longest is given up."""
        server, kept = self.connection.pgconn, self._prepared
        if len(kept) >= self.connection.prepared_max:
            server.exec_(b"DEALLOCATE " + kept.popitem(last=False)[1].name)
        self._prepared_count += 1
        name = b"kept_%d" % self._prepared_count
        if server.prepare(name, sql, types).status != ExecStatus.COMMAND_OK:
            return None
        kept[sql, types] = _Prepared(name, Transformer(self.connection))
        return kept[sql, types]

    def is_usable(self) -> bool:
        """Is it open, and has the server said nothing unasked? Else "SELECT 1" decides, as in Django.

        Django asks before the first query of each request. A server that stops or ends the session says so at once;
        looking whether there is something to read costs a fiftieth of a query that goes there and back.
        """
        if self.connection is None or self.connection.closed:
            return False
        return not _has_something_to_read(self.connection.fileno()) or super().is_usable()


class _Prepared:
    """A statement that the server knows by this name, and what reads its columns: they are the same each time."""

    def __init__(self, name: bytes, reader: Any) -> None:
        self.name = name
        self._reader = reader
        self._knows_columns = False

    def read(self, result: Any) -> list[tuple]:
        self._reader.set_pgresult(result, set_loaders=not self._knows_columns)
        self._knows_columns = True
        rows = self._reader.load_rows(0, result.ntuples, tuple)
        self._reader.set_pgresult(None, set_loaders=False)  # else the result would stay in memory
        return rows


def _has_something_to_read(socket: int) -> bool:
    """Bytes, an error, or the end of the stream. ``poll``, since ``select`` takes no file number over 1,023."""
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
