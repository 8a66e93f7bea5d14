"""The database as it can be compared: every row and every event, with ids replaced by what they stand for.

Left out, because they cannot be equal: ids (each is replaced by its model and place in order), ``pgh_id``,
``pgh_created_at`` (the trigger takes the database's clock) and ``pgh_context_id`` (random in each request).
"""

from django.db import models

from pairs.database.history import find_history_model
from pairs.demo.scenario_rows import WRITE_ORDER
from pairs.demo.writer import list_columns
from pairs.families.models import Infant


def take_snapshot() -> dict[str, list]:
    """{table: rows or events}, alike for two databases that tell the same story."""
    found, labels = {}, {}
    for model in WRITE_ORDER:
        rows = [(row.pk, _get_values(model, row, labels)) for row in model._default_manager.all()]
        rows.sort(key=lambda pair: str(pair[1]))
        table = model._meta.db_table
        labels |= {(table, pk): f"{model._meta.label}#{number}" for number, (pk, _) in enumerate(rows)}
        found[model._meta.label] = [values for _, values in rows]
    for model in WRITE_ORDER:
        found[f"history of {model._meta.label}"] = _list_events(model, labels)
    return found


def _list_events(model, labels):
    """Each row's events in their order."""
    event = find_history_model(model)
    rows = event.objects.order_by("pgh_id")
    told = [
        (
            labels[model._meta.db_table, row.pgh_obj_id],
            row.pgh_label,
            row.pgh_context,
            _get_values(model, row, labels),
        )
        for row in rows
    ]
    return sorted(told, key=lambda one: one[0])


def _get_values(model, row, labels):
    return {
        field.attname: _get_comparable_value(field, getattr(row, field.attname), labels)
        for field in list_columns(model)
        if not field.primary_key
    }


def _get_comparable_value(field, value, labels):
    if isinstance(field, models.ForeignKey) and value is not None:
        return labels.get(
            (field.related_model._meta.db_table, value), value
        )  # staff, sites, places and code lists are the same rows in both
    if field.name == "pregnancy":  # an id made up for the group: what counts is who shares it
        return Infant.objects.filter(pregnancy=value).count()
    return value
