"""Two saves that wait for each other's rows: PostgreSQL ends one, and whoever sent it is told, their words kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected

from pairs.service.refusals import EditConflict

SAME_MOMENT = "Someone saved this record at the same time. Check it again, then save."


@contextmanager
def atomic_or_conflict() -> Iterator[None]:
    """As ``transaction.atomic``. Raises EditConflict, with nothing saved, where it ends in a deadlock."""
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, DeadlockDetected):
            raise EditConflict(SAME_MOMENT) from error
        raise
