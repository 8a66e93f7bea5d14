"""Counts the SQL that this process sends to PostgreSQL, on the wire, so that nothing escapes.

libpq itself writes down every message of every connection (PQtrace), whichever cursor or binding sent it: Django's
wrapper sees only what passes through Django's cursors, and psycopg's cursors are many. Linux alone has the trace.
"""

import contextlib
import ctypes
import gc
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
from psycopg.pq import Trace, TransactionStatus

MESSAGE_PATTERN = re.compile(rb"^([FB])\t(\d+)\t(\w+)", re.MULTILINE)  # its text may go on over several lines
PARSE_PATTERN = re.compile(rb'\t "([^"]*)" "(.*)" \d+[ \d]*\n', re.DOTALL)
BIND_PATTERN = re.compile(rb'\t "[^"]*" "([^"]*)"')
TRANSACTION_PATTERN = re.compile(rb"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b", re.IGNORECASE)
PREPARED_STATEMENTS_SQL = "SELECT name, statement FROM pg_prepared_statements"


@dataclass
class SqlCount:
    """What was sent inside the block; filled in when the block ends.

    ``statements``: texts executed, one each time (prepared or not), without BEGIN, COMMIT and savepoints.
    ``sent_bytes``: Query, Parse and Bind messages as sent: a prepared statement sends its text once a connection,
    and afterwards its name and its parameters.
    """

    statements: list[bytes] = field(default_factory=list)
    sent_bytes: int = 0

    @property
    def queries(self) -> int:
        return len(self.statements)

    @property
    def text_bytes(self) -> int:
        """Of all texts executed, also of those that were prepared before."""
        return sum(map(len, self.statements))

    def read(self, trace: bytes, prepared: dict[bytes, bytes]) -> None:
        """Add what one connection's trace holds. ``prepared``: {name: text} before it; added to here."""
        for side, length, kind, rest in parse_messages(trace):
            if side == b"F" and kind in (b"Query", b"Parse", b"Bind"):
                self.sent_bytes += length
                text = get_executed_text(kind, rest, prepared)
                if text is not None and not TRANSACTION_PATTERN.match(text):
                    self.statements.append(text)


def parse_messages(trace: bytes) -> Iterator[tuple[bytes, int, bytes, bytes]]:
    """(F from us or B from the server, bytes, kind, what it holds) of each message; none of a silent connection."""
    heads = list(MESSAGE_PATTERN.finditer(trace))
    ends = [*(head.start() for head in heads), len(trace)][1:]
    for head, end in zip(heads, ends, strict=True):
        yield head[1], int(head[2]), head[3], trace[head.end() : end]


def get_executed_text(kind: bytes, rest: bytes, prepared: dict[bytes, bytes]) -> bytes | None:
    """The statement that this message runs; None for a Parse, which is only remembered."""
    if kind == b"Query":
        return rest.strip()[1:-1]
    if kind == b"Parse":
        name, text = PARSE_PATTERN.match(rest).groups()
        prepared[name] = text
        return None
    return prepared[BIND_PATTERN.match(rest)[1]]


@contextlib.contextmanager
def count_sql_sent():
    """Counts inside the block, on all connections of this process and on those that are opened meanwhile."""
    count = SqlCount()
    traced = [start_trace(each, read_prepared_statements(each)) for each in list_open_connections()]
    try:
        with trace_new_connections(traced):
            yield count
    finally:
        for file, prepared in stop_traces(traced):
            with file:
                count.read(file.read(), prepared)


def list_open_connections() -> list[psycopg.Connection]:
    """By type alone: isinstance would wake lazy objects that are not to be touched."""
    found = [each for each in gc.get_objects() if issubclass(type(each), psycopg.Connection)]
    return [each for each in found if not each.closed]


def read_prepared_statements(connection) -> dict[bytes, bytes]:
    """{name: text} of what this session has prepared already; of a session in a failed transaction, nothing."""
    if connection.info.transaction_status == TransactionStatus.INERROR:
        return {}
    result = connection.pgconn.exec_(PREPARED_STATEMENTS_SQL.encode())
    return {result.get_value(row, 0): result.get_value(row, 1) for row in range(result.ntuples)}


def start_trace(connection, prepared):
    """(connection, its trace file, what it has prepared)."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads it
    connection.pgconn.trace(file.fileno())
    connection.pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
    return connection, file, prepared


def stop_traces(traced):
    """Yields (trace file, what was prepared before it) of each, written to its end."""
    for connection, _, _ in traced:
        if not connection.closed:
            connection.pgconn.untrace()
    ctypes.CDLL(None).fflush(None)  # also of a connection that was closed meanwhile
    for _, file, prepared in traced:
        file.seek(0)
        yield file, prepared


@contextlib.contextmanager
def trace_new_connections(traced):
    """Connections that are opened inside the block are added to the traced."""
    usual, method = psycopg.connect, psycopg.Connection.__dict__["connect"]

    def connect_and_trace(kind, *arguments, **options):
        connection = method.__get__(None, kind)(*arguments, **options)
        traced.append(start_trace(connection, {}))
        return connection

    psycopg.Connection.connect = classmethod(connect_and_trace)
    psycopg.connect = psycopg.Connection.connect
    try:
        yield
    finally:
        psycopg.Connection.connect, psycopg.connect = method, usual
