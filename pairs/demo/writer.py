"""The bulk writer: rows and their history as actions and triggers would have written them, by COPY.

Every version of a row goes into a temporary table beside its own; from there the newest becomes the row, and all of
them become its history. User triggers (history, append-only) are off while that happens; constraints are not.
Must run as the owner of the tables, while nobody else uses them. A thread of its own writes one batch while the next
is being made up.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from hashlib import md5
from operator import itemgetter
from typing import Any, cast
from uuid import UUID

from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.base import ModelState
from psycopg import Connection, sql

from pairs.database.history import find_history_model
from pairs.demo.scenarios.records import Act

MEMORY_SETTINGS_SQL = (
    "SET LOCAL temp_buffers = '256MB'",
    "SET LOCAL work_mem = '256MB'",
)  # a batch is staged and sorted in memory
# Actions join rows by their keys, in the order as written: looking for a better one takes longer than reading them.
JOIN_AS_WRITTEN_SQL = "SET LOCAL join_collapse_limit = 1"
# A tenth of the usual sample tells the planner enough about made-up rows; what is kept in use is analysed again.
SMALL_SAMPLE_SQL = "SET LOCAL default_statistics_target = 10"
FOREIGN_KEYS_SQL = """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND conrelid = %s::regclass ORDER BY conname"""


@cache
def list_columns(model: type[models.Model]) -> list[models.Field]:
    return list(model._meta.concrete_fields)


@cache
def _build_reader(model: type[models.Model]) -> tuple[Callable[[dict], tuple], list[int]]:
    """How to read all columns of a row's dictionary at once, and which of them are JSON."""
    fields = list_columns(model)
    json_at = [number for number, field in enumerate(fields) if isinstance(field, models.JSONField)]
    return itemgetter(*(field.attname for field in fields)), json_at


@cache
def _get_defaults(
    model: type[models.Model],
) -> tuple[frozenset[str], dict[str, object], dict[str, Callable[[], object]]]:
    """All attributes; the values of an untouched row; apart from them those that are made anew for each row."""
    fields = list_columns(model)
    made = {field for field in fields if field.has_default() and callable(field.default)}
    same = {field.attname: field.get_default() for field in fields if field not in made}
    return (
        frozenset(field.attname for field in fields),
        same,
        {each.attname: each.get_default for each in made},
    )


def make_row(model: type[models.Model], **values: Any) -> models.Model:
    """An unsaved instance, as ``model(**values)`` makes it, in a fifth of the time: signals and checks are left out.

    Values by column, as in ``family_id``. Raises TypeError for what is none.
    """
    known, same, made = _get_defaults(model)
    if not known.issuperset(values):
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(values.keys() - known))}")
    row = model.__new__(model)
    found = row.__dict__
    found["_state"] = ModelState()
    found.update(same)
    found.update(values)
    for name, make in made.items():
        if name not in values:
            found[name] = make()
    return row


@cache
def _has_automatic_key(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.AutoField)


class BulkWriter:
    """Takes new and changed model instances, and writes them batch by batch inside ``with``: all or nothing."""

    def __init__(
        self,
        order: Iterable[type[models.Model]],
        users: dict[str, UUID],
        large: Collection[type[models.Model]] = (),
    ) -> None:
        self.order = list(order)  # tables that others point at come first
        self.users = users
        self.large = (
            large  # their foreign keys are checked all at once at the end, which takes a tenth of the time
        )
        self.foreign_keys: dict[type[models.Model], list[tuple[str, str]]] = {}
        self.waiting: dict[type[models.Model], list[list]] = defaultdict(list)
        self.newest: dict[int, list] = {}  # id() of each row of the batch → its newest version
        self.contexts: dict[str, tuple[str, str]] = {}
        self.written = dict.fromkeys((model._meta.label for model in self.order), 0)
        self.next_ids: dict[type[models.Model], int] = {}
        self.act: Act | None = None
        self._thread, self._writing = ThreadPoolExecutor(1), Future()
        self._writing.set_result(None)

    def __enter__(self) -> "BulkWriter":
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        with connection.cursor() as cursor:
            for setting in MEMORY_SETTINGS_SQL:
                cursor.execute(setting)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for model in self.order:
                self._prepare(cursor, model)
        return self

    def __exit__(self, *error: Any) -> None:
        try:
            if error[0] is None:
                self.flush()
                self._wait()
                self._finish()
        except BaseException as late:
            self._atomic.__exit__(type(late), late, late.__traceback__)
            raise
        finally:
            self._thread.shutdown()
        self._atomic.__exit__(*error)

    def add(self, row: models.Model, act: Act) -> models.Model:
        """A new row, made by that act."""
        model = type(row)
        if _has_automatic_key(model) and row.pk is None:
            row.pk = self._get_next_id(model)
        self._stage_version(row, act, "insert")
        return row

    def change(self, row: models.Model, act: Act, **changes: Any) -> models.Model:
        """The same row after a later act, within the batch that added it; nothing where nothing changes."""
        if all(getattr(row, name) == value for name, value in changes.items()):
            return row
        for name, value in changes.items():
            setattr(row, name, value)
        self.newest[id(row)][-2] = False
        self._stage_version(row, act, "update")
        return row

    def flush(self) -> None:
        """Hand over what waits to be written; what was handed over before is written by then."""
        self._wait()
        batch = [(model, self.waiting.pop(model)) for model in self.order if model in self.waiting]
        if self.waiting:
            raise ValueError(f"no order says when to write {[each.__name__ for each in self.waiting]}")
        for model, versions in batch:
            self.written[model._meta.label] += sum(version[-2] for version in versions)
        self.newest.clear()
        self._writing = self._thread.submit(_write_batch, connection.connection, batch)

    def _wait(self) -> None:
        """The connection is free again; what went wrong in writing is raised here."""
        self._writing.result()

    def _stage_version(self, row: models.Model, act: Act, label: str) -> None:
        model = type(row)
        read, json_at = _build_reader(model)
        waiting = self.waiting[model]
        context, context_id = self._get_context(act)
        version = [*read(row.__dict__), act.at, label, context, context_id, True, len(waiting)]
        for number in json_at:
            version[number] = json.dumps(version[number])
        self.newest[id(row)] = version
        waiting.append(version)

    def _get_context(self, act: Act) -> tuple[str | None, str | None]:
        """What the page's middleware tells the history: who it was, and one id for everything they did at once."""
        if act is not self.act and act != self.act:
            self.act, self.context = act, self._build_context(act)
        return self.context

    def _build_context(self, act: Act) -> tuple[str | None, str | None]:
        if act.by is None:
            return None, None
        if act.by not in self.contexts:
            user = str(self.users[act.by])
            self.contexts[act.by] = user, json.dumps({"user": user})
        user, context = self.contexts[act.by]
        return context, md5(f"{user}/{act.at.isoformat()}".encode(), usedforsecurity=False).hexdigest()

    def _get_next_id(self, model: type[models.Model]) -> int:
        if model not in self.next_ids:
            self._wait()
            last = model._default_manager.aggregate(last=models.Max("pk"))["last"]
            self.next_ids[model] = last or 0
        self.next_ids[model] += 1
        return self.next_ids[model]

    def _prepare(self, cursor: CursorWrapper, model: type[models.Model]) -> None:
        cursor.execute(_format_sql(model, "ALTER TABLE {table} DISABLE TRIGGER USER"))
        if model in self.large:
            self.foreign_keys[model] = _drop_foreign_keys(cursor, model)
        cursor.execute(
            _format_sql(
                model,
                "CREATE TEMP TABLE {stage} ON COMMIT DROP AS SELECT {columns}, now() AS seed_at, '' AS seed_label, "
                "NULL::jsonb AS seed_context, NULL::uuid AS seed_context_id, true AS seed_last, 0 AS seed_order "
                "FROM {table} WITH NO DATA",
            )
        )

    def _finish(self) -> None:
        with connection.cursor() as cursor:
            for model in self.order:
                cursor.execute(_format_sql(model, "ALTER TABLE {table} ENABLE TRIGGER USER"))
                cursor.execute(_format_sql(model, "DROP TABLE {stage}"))
            for model, keys in self.foreign_keys.items():
                _add_foreign_keys(cursor, model, keys)
            for model, last in self.next_ids.items():
                table, column = model._meta.db_table, model._meta.pk.column
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, column, last])


def _write_batch(database: Connection, batch: list[tuple[type[models.Model], list[list[Any]]]]) -> None:
    """In the writing thread, on a psycopg connection that nobody else uses meanwhile."""
    with database.cursor() as cursor:
        for model, versions in batch:
            with cursor.copy(_format_sql(model, "COPY {stage} FROM STDIN")) as copy:
                for version in versions:
                    copy.write_row(version)
            cursor.execute(
                _format_sql(
                    model, "INSERT INTO {table} ({columns}) SELECT {columns} FROM {stage} WHERE seed_last"
                )
            )
            if find_history_model(model):
                cursor.execute(_build_history_sql(model))
            cursor.execute(_format_sql(model, "TRUNCATE {stage}"))


def _drop_foreign_keys(cursor: CursorWrapper, model: type[models.Model]) -> list[tuple[str, str]]:
    """[(name, definition)] of what is dropped."""
    cursor.execute(FOREIGN_KEYS_SQL, [model._meta.db_table])
    keys = cursor.fetchall()
    _alter_table(
        cursor, model, [sql.SQL("DROP CONSTRAINT {}").format(sql.Identifier(name)) for name, _ in keys]
    )
    return keys


def _add_foreign_keys(cursor: CursorWrapper, model: type[models.Model], keys: list[tuple[str, str]]) -> None:
    """As they were. Raises IntegrityError where a row points at nothing."""
    add = sql.SQL("ADD CONSTRAINT {} {}")
    _alter_table(cursor, model, [add.format(sql.Identifier(name), sql.SQL(what)) for name, what in keys])


def _alter_table(cursor: CursorWrapper, model: type[models.Model], changes: list[sql.Composed]) -> None:
    if changes:
        cursor.execute(_format_sql(model, "ALTER TABLE {table} ") + sql.SQL(", ").join(changes))


def analyse_tables(order: Iterable[type[models.Model]]) -> None:
    """Let the planner know how many rows there are now. Histories can wait until the server does it by itself."""
    with connection.cursor() as cursor:
        cursor.execute(SMALL_SAMPLE_SQL)
        for model in order:
            cursor.execute(_format_sql(model, "ANALYZE {table}"))


def join_as_written() -> None:
    """Until the transaction ends, for records made one by one through actions."""
    with connection.cursor() as cursor:
        cursor.execute(JOIN_AS_WRITTEN_SQL)


def _format_sql(model: type[models.Model], statement: str) -> sql.Composed:
    table = model._meta.db_table
    names = sql.SQL(", ").join(sql.Identifier(field.column) for field in list_columns(model))
    return sql.SQL(statement).format(
        table=sql.Identifier(table), stage=sql.Identifier(f"seed_{table}"), columns=names
    )


def _build_history_sql(model: Any) -> sql.Composed:
    """One event for every version, in the order in which they came about."""
    event = cast(Any, find_history_model(model))
    kept = {field.column for field in event._meta.concrete_fields}
    names = [field.column for field in list_columns(model) if field.column in kept]
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    return sql.SQL(
        "INSERT INTO {event} ({listed}, pgh_created_at, pgh_label, pgh_context, pgh_context_id, pgh_obj_id) "
        "SELECT {listed}, seed_at, seed_label, seed_context, seed_context_id, {key} FROM {stage} ORDER BY seed_order"
    ).format(
        event=sql.Identifier(event._meta.db_table), listed=listed, key=sql.Identifier(model._meta.pk.column),
        stage=sql.Identifier(f"seed_{model._meta.db_table}"),
    )  # fmt: skip
