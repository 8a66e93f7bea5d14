"""Triggers that add a FamilyChange whenever a row is written that due items may depend on.

Which tables matter is read from the SQL that works the items out, so that none can be forgotten: a row that leads to
a family marks that family (and those of the infant or carer it is about), any other marks them all.
"""

import re

from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey, Model
from django.utils import timezone

from pairs.access.placeholders import make_placeholder
from pairs.families.models import Caregiver, Dyad, Infant
from reporting.dashboards.due_items import get_family_statement
from reporting.dashboards.episode_status import get_status_statement
from reporting.dashboards.models import DueDecision, FamilyChange

TABLE_PATTERN = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# Only names or addresses that no item shows are read from these, or they are written at every sign-in.
IGNORED_TABLES = {"service_user", "service_site", "service_place"}
ROW_PLACEHOLDER = make_placeholder("row")
TRIGGER_NAME = "mark_family_change"


def list_watched_models() -> list[type[Model]]:
    """Models of the tables that the due items of families are worked out from; and people's decisions about them."""
    on = timezone.localdate()
    tables = set(TABLE_PATTERN.findall(get_family_statement(on) + get_status_statement(on))) - IGNORED_TABLES
    models = apps.get_models(include_auto_created=True)
    found = {each._meta.db_table: each for each in models if not each._meta.proxy}
    return [DueDecision, *(found[table] for table in sorted(tables))]


@transaction.atomic
def install_triggers() -> None:
    """Create the triggers, as the owner of the tables. Safe to run again.

    A table that is watched no longer keeps its trigger, which then marks more than it need.
    """
    with connection.cursor() as cursor:
        for model in list_watched_models():
            for statement in build_trigger_statements(model):
                cursor.execute(statement)


def build_trigger_statements(model: type[Model]) -> list[str]:
    """The function and the trigger of one table."""
    table, function = model._meta.db_table, f"{TRIGGER_NAME}_{model._meta.db_table}"[:63]
    marks = f'INSERT INTO "{FamilyChange._meta.db_table}" (family_id) {build_family_select(model)}'
    return [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {marks}; RETURN NULL; END $$",
        f'CREATE OR REPLACE TRIGGER {TRIGGER_NAME} AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION {function}()",
    ]


def build_family_select(model: type[Model]) -> str:
    """SQL for the ids of the families that NEW and OLD, rows of the model, lead to; NULL where they lead to none."""
    ways = [way for row in ("NEW", "OLD") for way in _list_family_selects(model, row)]
    if not ways:
        return "VALUES (NULL)"
    return f"SELECT family FROM ({' UNION '.join(ways)}) AS found (family) WHERE family IS NOT NULL"


def _list_family_selects(model, row):
    """One SELECT for each way from the row to a family."""
    if getattr(model, "family_path", None) == "id":
        return [f"SELECT {row}.id"]
    own = [f"SELECT {row}.family_id"] if _is_plain_family_id(model) else []
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    through = [way for field in keys if (way := _build_select_through(field, row))]
    return [*own, *through, *_build_person_selects(model, row)]


def _is_plain_family_id(model):
    return any(field.name == "family_id" for field in model._meta.concrete_fields)


def _build_select_through(field, row):
    target, column = field.related_model, f"{row}.{field.column}"
    path = getattr(target, "family_path", None)
    if path is None:
        return ""
    return (
        f"SELECT {column}"
        if path == "id"
        else _build_select(target.objects.filter(pk=ROW_PLACEHOLDER), path, column)
    )


def _build_person_selects(model, row):
    """An infant or carer is in other families too, through a relationship with somebody there."""
    keys = {Infant: "infant_id", Caregiver: "caregiver_id"}
    return (
        [_build_select(Dyad.objects.filter(**{keys[model]: ROW_PLACEHOLDER}), "family_id", f"{row}.id")]
        if model in keys
        else []
    )


def _build_select(rows, path, column):
    """SQL of ``rows``, with the one ROW_PLACEHOLDER value replaced by the column of NEW or OLD."""
    sql, _ = rows.order_by().values_list(path).query.sql_with_params()
    return sql.replace("%s", column)
