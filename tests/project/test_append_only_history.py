"""What only grows: for the application by its rights, for the owner by triggers, and by no setting otherwise."""

import uuid

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from pairs.audit.models import AccessEntry
from pairs.database.append_only import list_append_only_tables, list_history_tables
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


def run_as_application(*statements):
    """What PostgreSQL says to the last of them, with the application's rights; empty when it was let through."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.APPLICATION_ROLE}")
        for statement in statements[:-1]:
            cursor.execute(statement)
        said = get_refusal(statements[-1])
        cursor.execute("RESET ROLE")
    return said


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


def test_every_record_that_is_written_once_is_among_them():
    assert {apps.get_model(each)._meta.db_table for each in APPEND_ONLY_MODELS} <= set(APPEND_ONLY_TABLES)


OLD_DAY = "2020-01-02T03:04:05Z"


@pytest.mark.parametrize(
    "insert",
    [
        "INSERT INTO audit_accessentry (id, at, view, method, status, opened, listed, reason) VALUES "
        f"(gen_random_uuid(), '{OLD_DAY}', 'family', 'GET', 200, '{{}}', '{{}}', '')",
        "INSERT INTO audit_accountevent (id, at, kind, network, detail) VALUES "
        f"(gen_random_uuid(), '{OLD_DAY}', 'signed_in', '', '')",
    ],
)
def test_a_log_cannot_be_back_dated(db, insert):
    assert run_as_application(insert) == ""
    table = insert.split()[2]
    assert query_rows(f"SELECT at > now() - interval '1 hour' FROM {table}") == [(True,)]


def test_history_is_written_by_triggers_alone(db):
    for table in sorted(list_history_tables()):
        assert "permission denied" in run_as_application(f'INSERT INTO "{table}" DEFAULT VALUES'), table


# What a session may set or make for itself, each tried before a change that leaves history and one that is refused.
SETTINGS = {
    "names every trigger to the library": "SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true) "
    "FROM pg_trigger WHERE NOT tgisinternal",
    "looks elsewhere first": "SET LOCAL search_path = pg_temp, public",
    "makes a table of the same name": "CREATE TEMPORARY TABLE service_siteevent (LIKE public.service_siteevent)",
}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_no_setting_keeps_a_change_out_of_history(db, setting):
    history = 'SELECT count(*) FROM public."service_siteevent"'
    before = query_rows(history)[0][0]
    rename = "UPDATE public.service_site SET name = name || '!' WHERE code = 'blackburn-with-darwen'"
    assert run_as_application(setting, rename) == ""
    assert query_rows(history)[0][0] == before + 1


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_no_setting_lets_the_owner_past_a_trigger_either(some_history, setting):
    with connection.cursor() as cursor:
        cursor.execute(setting)
    assert "Cannot" in get_refusal("DELETE FROM public.audit_accessentry")


def test_the_application_cannot_borrow_a_trigger_to_write_history(db):
    make_own_table = "CREATE TEMPORARY TABLE mine (LIKE public.service_site)"
    (name,) = query_rows(
        "SELECT tgfoid::regproc::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger_insert_insert%%' "
        "AND tgrelid = 'service_site'::regclass"
    )[0]
    borrow = f"CREATE TRIGGER forge AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION {name}()"
    assert "permission denied" in run_as_application(make_own_table, borrow)


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


# Further ways to change or forge a row than the three above.
OTHER_WAYS = {
    "insert that updates": "INSERT INTO audit_accessentry SELECT * FROM audit_accessentry "
    "ON CONFLICT (id) DO UPDATE SET view = 'none'",
    "merge": "MERGE INTO audit_accessentry AS old USING (SELECT id FROM audit_accessentry) AS new "
    "ON old.id = new.id WHEN MATCHED THEN DELETE",
    "inside a query": "WITH gone AS (DELETE FROM audit_accessentry RETURNING id) SELECT count(*) FROM gone",
    "holding a row": "SELECT id FROM audit_accessentry FOR UPDATE",
    "a rule": "CREATE RULE forge AS ON INSERT TO audit_accessentry DO INSTEAD NOTHING",
    "triggers off": "ALTER TABLE audit_accessentry DISABLE TRIGGER ALL",
    "as a replica": "SET session_replication_role = replica",
    "a table of its own": "ALTER TABLE audit_accessentry RENAME TO elsewhere",
}


@pytest.mark.parametrize("way", OTHER_WAYS.values(), ids=OTHER_WAYS)
def test_the_application_changes_the_access_log_in_no_other_way(some_history, way):
    assert "permission denied" in run_as_application(way) or "must be owner" in run_as_application(way)


def test_a_copy_into_a_log_is_not_back_dated_either(some_history):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.APPLICATION_ROLE}")
        columns = "(id, at, view, method, status, opened, listed, reason)"
        with cursor.copy(f"COPY audit_accessentry {columns} FROM STDIN") as copy:
            copy.write_row((uuid.uuid4(), OLD_DAY, "copied", "GET", 200, "{}", "{}", ""))
        cursor.execute("RESET ROLE")
    assert query_rows(
        "SELECT at > now() - interval '1 hour' FROM audit_accessentry WHERE view = 'copied'"
    ) == [(True,)]
