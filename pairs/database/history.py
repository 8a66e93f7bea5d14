"""The decorator that keeps a model's history, and the context that its triggers copy into it."""

import json
from collections.abc import Callable
from typing import Any

import pghistory
from pghistory import config, runtime


def tracked(model: type[Any] | None = None, **options: Any) -> Callable[..., Any]:
    """Keep every version of the model's rows, written by a trigger in the same transaction.

    Use as ``@tracked`` or ``@tracked(exclude=["password"])``.
    """
    if model is None:
        return lambda later: tracked(later, **options)
    events = pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
    return pghistory.track(*events, **options)(model)


def get_history_context() -> tuple[str, str] | None:
    """(id, metadata as JSON) of the context that we are in; None outside one.

    pghistory says it to Django's own cursors alone: whoever writes past them hands it on to the database.
    """
    current = getattr(runtime._tracker, "value", None)
    return current and (str(current.id), json.dumps(current.metadata, cls=config.json_encoder()))
