"""What only grows, and triggers that no setting switches off (docs/adr/0002-two-database-roles.md).

The library asks a setting of the session, which anybody may set, whether a trigger is to run; and a trigger's function
would write to a table of the same name that a session made for itself. Neither holds here: that question is always
answered no, the functions look in our schema first, and history is written with the owner's rights, by triggers alone.
"""

from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction

from pairs.database.history import list_history_models

# pgtrigger makes its function anew with every trigger: this is run when all of them are there.
SECURE_TRIGGERS_SQL = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
    LANGUAGE sql IMMUTABLE AS 'SELECT FALSE';
DO $$
DECLARE written REGPROCEDURE;
BEGIN
    FOR written IN SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype
            AND proowner = current_user::regrole
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', written);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', written);
    END LOOP;
END $$;
"""


def is_append_only(model: type[models.Model]) -> bool:
    """Whether a trigger refuses every change of a row, whatever its columns."""
    protects: list[Any] = [
        each for each in getattr(model._meta, "triggers", []) if isinstance(each, pgtrigger.Protect)
    ]
    return any(str(each.operation) == "UPDATE OR DELETE" and not each.condition for each in protects)


def list_append_only_tables() -> set[str]:
    """Tables whose rows are written once: the logs, steps and answers that say so, and every history table."""
    return {
        model._meta.db_table for model in apps.get_models() if is_append_only(model)
    } | list_history_tables()


def list_history_tables() -> set[str]:
    """Tables that triggers alone write to."""
    return {model._meta.db_table for model in list_history_models()}


@transaction.atomic
def secure_triggers() -> None:
    """Make every trigger run whatever a session has set, and with the owner's rights. Run as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(SECURE_TRIGGERS_SQL)
