"""How the demo does acts through the apps' actions, thousands of them in one transaction: who did it, and refusals."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID, uuid4

from django.db import connection, transaction

from pairs.service.refusals import ActionRefused

HISTORY_AUTHOR_SQL = (
    "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"
)


@contextmanager
def act_as(user: UUID) -> Iterator[None]:
    """History says that this user did what follows, all of it at once.

    As the page's middleware has it said; but told once, where ``pghistory.context`` repeats it in every statement.
    """
    _set_history_author(str(uuid4()), json.dumps({"user": str(user)}))
    yield
    _set_history_author("", "")


def _set_history_author(context_id: str, context: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(HISTORY_AUTHOR_SQL, [context_id, context])


@contextmanager
def leave_out_savepoints() -> Iterator[None]:
    """All of it or nothing: a savepoint for each action would be a third of all statements."""
    with _use_savepoints(False):
        yield


@contextmanager
def skip_if_refused() -> Iterator[None]:
    """An act that what was made up before may forbid: it is undone, and the rest goes on."""
    with suppress(ActionRefused), _use_savepoints(True), transaction.atomic():
        yield


@contextmanager
def _use_savepoints(wanted: bool) -> Iterator[None]:
    features = connection.features
    usual, features.uses_savepoints = features.uses_savepoints, wanted
    try:
        yield
    finally:
        features.uses_savepoints = usual
