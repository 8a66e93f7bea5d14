"""The decorator that keeps a model's history."""

from collections.abc import Callable
from typing import Any

import pghistory


def tracked(model: type[Any] | None = None, **options: Any) -> Callable[..., Any]:
    """Keep every version of the model's rows, written by a trigger in the same transaction.

    Use as ``@tracked`` or ``@tracked(exclude=["password"])``.
    """
    if model is None:
        return lambda later: tracked(later, **options)
    events = pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
    return pghistory.track(*events, **options)(model)
