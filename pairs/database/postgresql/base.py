"""Django's PostgreSQL backend (settings.DATABASES), with less to do for each request and each short query."""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection, but for how it finds out that the server went away, and with cursors that are kept."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._kept_cursors: dict[type[psycopg.Cursor], psycopg.Cursor] = {}

    def get_kept_cursor(self, kind: type[psycopg.Cursor]) -> psycopg.Cursor:
        """The one cursor of that kind, as long as the connection is the same; whoever uses it reads all at once.

        Making a cursor costs as much as a short query does.
        """
        kept = self._kept_cursors.get(kind)
        if kept is None or kept.closed or kept.connection is not self.connection:
            kept = self._kept_cursors[kind] = kind(self.connection)
        return kept

    def is_usable(self) -> bool:
        """Is it open, and has the server said nothing unasked? Else "SELECT 1" decides, as in Django.

        Django asks before the first query of each request. A server that stops or ends the session says so at once;
        looking whether there is something to read costs a fiftieth of a query that goes there and back.
        """
        if self.connection is None or self.connection.closed:
            return False
        return not _has_something_to_read(self.connection.fileno()) or super().is_usable()


def _has_something_to_read(socket: int) -> bool:
    """Bytes, an error, or the end of the stream. ``poll``, since ``select`` takes no file number over 1,023."""
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
