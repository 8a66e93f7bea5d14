"""History and access log only grow: for the application by its rights, for the owner by triggers."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from pairs.audit.models import AccessEntry
from pairs.service.management.commands.prepare_database import list_append_only_tables
from tests.project.test_models import APPEND_ONLY_MODELS, list_history_models

APPEND_ONLY_TABLES = sorted(list_append_only_tables())
CHANGING_STATEMENTS = {
    "UPDATE": 'UPDATE "{table}" SET "{column}" = "{column}"',
    "DELETE": 'DELETE FROM "{table}"',
    "TRUNCATE": 'TRUNCATE "{table}" CASCADE',
}


def get_last_column(table):
    columns = connection.introspection.get_table_description(connection.cursor(), table)
    return columns[-1].name


def get_refusal(sql):
    """What PostgreSQL says to it, in a savepoint; empty when it was let through."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return str(error)
    return ""


@pytest.fixture
def some_history(cast):
    """At least one row in the access log and in the histories of users and sites."""
    AccessEntry.objects.create(user=cast["governance"], view="family", method="GET", status=200)


def test_the_application_may_not_change_history_or_access_log(as_application_role):
    for table in APPEND_ONLY_TABLES:
        for change, sql in CHANGING_STATEMENTS.items():
            said = get_refusal(sql.format(table=table, column=get_last_column(table)))
            assert "permission denied" in said, f"{change} on {table}: {said or 'let through'}"


def test_the_application_may_add_to_the_access_log(cast, as_application_role):
    entry = AccessEntry.objects.create(user=cast["hub"], view="family", method="GET", status=200)
    assert AccessEntry.objects.get(pk=entry.pk).view == "family"


OWNED_TABLES_SQL = "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = %s"
ROLE_POWERS_SQL = "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = %s"
TRUNCATABLE_TABLES_SQL = """SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                 AND has_table_privilege(%s, oid, 'TRUNCATE')"""
# Row triggers that raise, by table: bits 8 and 16 of tgtype are DELETE and UPDATE.
RAISING_TRIGGERS_SQL = """SELECT relname, bit_or(tgtype::int & 24) FROM pg_trigger
             JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
             WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgtype::int & 1 = 1
             AND prosrc LIKE '%%Cannot update or delete%%' GROUP BY relname"""


def query_rows(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def test_the_application_owns_nothing_and_has_no_power(db):
    assert query_rows(OWNED_TABLES_SQL, settings.APPLICATION_ROLE) == []
    assert query_rows(ROLE_POWERS_SQL, settings.APPLICATION_ROLE) == [(False, False, False, False)]


def test_the_application_may_truncate_nothing(db):
    assert query_rows(TRUNCATABLE_TABLES_SQL, settings.APPLICATION_ROLE) == []


def test_even_the_owner_is_refused_by_trigger(db):
    """Every history table and the access log carry a trigger on UPDATE and DELETE that raises."""
    held = dict(query_rows(RAISING_TRIGGERS_SQL))
    assert {table: held.get(table) for table in APPEND_ONLY_TABLES} == dict.fromkeys(APPEND_ONLY_TABLES, 24)


@pytest.mark.parametrize("table", ["audit_accessentry", "service_userevent"])
@pytest.mark.parametrize("change", ["UPDATE", "DELETE"])
def test_the_trigger_raises_for_the_owner(some_history, table, change):
    assert "Cannot" in get_refusal(
        CHANGING_STATEMENTS[change].format(table=table, column=get_last_column(table))
    )


def test_append_only_records_are_the_models_that_say_so(db):
    tables = {apps.get_model(each)._meta.db_table for each in APPEND_ONLY_MODELS}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger_append_only%'"
        )
        there = {table for (table,) in cursor.fetchall()} - {
            each._meta.db_table for each in list_history_models()
        }
    assert there == tables
