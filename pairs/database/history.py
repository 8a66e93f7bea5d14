"""The decorator that keeps a model's history, the models of the history's tables, and the context that goes into them.

Triggers in the database write the history; its tables are models for whoever makes the database and for the few pages
that show earlier values. A third of the time that a process takes to start went into making those models, so a web
process and a worker make them when they are first asked for (`make_history_models_when_asked`).
"""

import json
from collections.abc import Callable
from functools import cache
from threading import RLock
from typing import Any

import pghistory
from django.apps import apps
from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from pghistory import config, runtime

ROWS = "events"  # pghistory's name for a record's history
_lock = RLock()
_options_of_unmade: dict[type[Any], dict[str, Any]] = {}  # {model: what `tracked` was told}
_makes_at_once = True


def tracked(
    model: type[Any] | None = None, *, shown_on_pages: bool = False, **options: Any
) -> Callable[..., Any]:
    """Keep every version of the model's rows, written by a trigger in the same transaction.

    Use as ``@tracked`` or ``@tracked(exclude=["password"])``. ``shown_on_pages``: pages read the history, so every
    process makes its model at once.
    """
    if model is None:
        return lambda later: tracked(later, shown_on_pages=shown_on_pages, **options)
    if _makes_at_once or shown_on_pages:
        _make_history_model(model, options)
    else:
        _make_when_asked(model, options)
    return model


def make_history_models_when_asked() -> None:
    """For a program that neither makes nor checks tables: to be called before its models are loaded."""
    global _makes_at_once
    _makes_at_once = False


def make_history_models() -> None:
    """Those that have not been made yet."""
    for model in list(_options_of_unmade):
        _make_unmade(model)


def list_history_models() -> list[type[Any]]:
    """The models of all the history's tables; the model of the record is each one's ``pgh_tracked_model``."""
    make_history_models()
    return [model for model in apps.get_models() if getattr(model, "pgh_tracked_model", None)]


def find_history_model(model: type[Any]) -> type[Any] | None:
    """The model of the history of this one's table, a proxy's too; None where none is kept."""
    return _map_history_models().get(model._meta.db_table)


@cache
def _map_history_models() -> dict[str, type[Any]]:
    return {each.pgh_tracked_model._meta.db_table: each for each in list_history_models()}


class _MadeWhenAsked:
    """Stands where pghistory and Django will put an attribute of a tracked model."""

    def __init__(self, model: type[Any], name: str) -> None:
        self.model, self.name = model, name

    def __get__(self, record: Any, owner: type[Any]) -> Any:
        _make_unmade(self.model)
        return getattr(owner if record is None else record, self.name)


def _make_when_asked(model: type[Any], options: dict[str, Any]) -> None:
    _options_of_unmade[model] = options
    for owner, name in _list_attributes(model):
        setattr(owner, name, _MadeWhenAsked(model, name))


def _make_unmade(model: type[Any]) -> None:
    with _lock:
        options = _options_of_unmade.pop(model, None)
        if options is None:  # made meanwhile
            return
        for owner, name in _list_attributes(model):
            delattr(owner, name)
        _make_history_model(model, options)
        _register_triggers(model.pgh_event_model)


def _register_triggers(history_model: type[Any]) -> None:
    """As pgtrigger does when it is ready, with the models that are there at that moment."""
    for trigger in history_model._meta.triggers:
        trigger.register(history_model)


def _list_attributes(model: type[Any]) -> list[tuple[type[Any], str]]:
    """(class, name). A proxy's rows are its table's, as Django has it for whatever points at it."""
    return [
        (model, "pgh_event_model"),
        (model, "pgh_event_models"),
        (model._meta.concrete_model, ROWS),
    ]


def _make_history_model(model: type[Any], options: dict[str, Any]) -> None:
    events = pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
    pghistory.track(*events, **options)(model)


def build_change_fields(model: type[Any]) -> dict[str, Any]:
    """For rows of a tracked model: when each was written and last changed, and how often it has been changed."""
    versions = model.pgh_event_model.objects.filter(pgh_obj_id=OuterRef("pk")).order_by()
    counted = versions.values("pgh_obj_id").annotate(n=Count("pk")).values("n")
    return {
        "written_at": F("created_at"),
        "changed_at": Coalesce(
            Subquery(versions.order_by("-pgh_id").values("pgh_created_at")[:1]), "created_at"
        ),
        "changes": Coalesce(Subquery(counted, output_field=IntegerField()) - 1, 0),
    }


def get_history_context() -> tuple[str, str] | None:
    """(id, metadata as JSON) of the context that we are in; None outside one.

    pghistory says it to Django's own cursors alone: whoever writes past them hands it on to the database.
    """
    current = getattr(runtime._tracker, "value", None)
    return current and (str(current.id), json.dumps(current.metadata, cls=config.json_encoder()))
