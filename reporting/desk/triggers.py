"""Triggers that mark a family whenever a row is written that its due items may depend on.

Which tables matter is read from the SQL that works the items out, so that none can be forgotten: a row that leads to
a family marks that family (and those of the infant or carer it is about), any other marks them all.
"""

import re

from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey, Model
from django.utils import timezone

from pairs.access.placeholders import placeholder
from pairs.families.models import Caregiver, Dyad, Infant
from reporting.desk.due_items import family_statement
from reporting.desk.episode_status import status_statement
from reporting.desk.models import DueDecision, FamilyChange

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# Read for a name or an address alone that no item shows, or that is written at every sign-in.
HARMLESS = {"service_user", "service_site", "service_place"}
ROW = placeholder("row")
TRIGGER = "mark_family_change"


def watched_models() -> list[type[Model]]:
    """Models of the tables that the due items of families are worked out from; and people's decisions about them."""
    on = timezone.localdate()
    tables = set(TABLE.findall(family_statement(on) + status_statement(on))) - HARMLESS
    models = apps.get_models(include_auto_created=True)
    found = {each._meta.db_table: each for each in models if not each._meta.proxy}
    return [DueDecision, *(found[table] for table in sorted(tables))]


@transaction.atomic
def install_triggers() -> None:
    """Lay the triggers, as the owner of the tables. Safe to run again.

    A table that is watched no longer keeps its trigger, which then marks more than it need.
    """
    with connection.cursor() as cursor:
        for model in watched_models():
            for statement in statements_for(model):
                cursor.execute(statement)


def statements_for(model: type[Model]) -> list[str]:
    """The function and the trigger of one table."""
    table, function = model._meta.db_table, f"{TRIGGER}_{model._meta.db_table}"[:63]
    marks = f'INSERT INTO "{FamilyChange._meta.db_table}" (family_id) {families_of_row(model)}'
    return [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {marks}; RETURN NULL; END $$",
        f'CREATE OR REPLACE TRIGGER {TRIGGER} AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION {function}()",
    ]


def families_of_row(model: type[Model]) -> str:
    """SQL for the ids of the families that NEW and OLD, rows of the model, lead to; NULL where they lead to none."""
    ways = [way for row in ("NEW", "OLD") for way in _ways(model, row)]
    if not ways:
        return "VALUES (NULL)"
    return f"SELECT family FROM ({' UNION '.join(ways)}) AS found (family) WHERE family IS NOT NULL"


def _ways(model, row):
    """One SELECT for each way from the row to a family."""
    if getattr(model, "family_path", None) == "id":
        return [f"SELECT {row}.id"]
    own = [f"SELECT {row}.family_id"] if _is_plain_family_id(model) else []
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    through = [way for field in keys if (way := _through(field, row))]
    return [*own, *through, *_of_person(model, row)]


def _is_plain_family_id(model):
    return any(field.name == "family_id" for field in model._meta.concrete_fields)


def _through(field, row):
    target, column = field.related_model, f"{row}.{field.column}"
    path = getattr(target, "family_path", None)
    if path is None:
        return ""
    return f"SELECT {column}" if path == "id" else _select(target.objects.filter(pk=ROW), path, column)


def _of_person(model, row):
    """An infant or carer is in other families too, through a relationship with somebody there."""
    keys = {Infant: "infant_id", Caregiver: "caregiver_id"}
    return (
        [_select(Dyad.objects.filter(**{keys[model]: ROW}), "family_id", f"{row}.id")]
        if model in keys
        else []
    )


def _select(rows, path, column):
    """``rows`` name one value, ROW, in whose place the column of NEW or OLD stands."""
    sql, _ = rows.order_by().values_list(path).query.sql_with_params()
    return sql.replace("%s", column)
