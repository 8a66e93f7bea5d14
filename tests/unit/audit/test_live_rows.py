"""A record that the database's owner changes with its triggers switched off is named: each table with a history."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from pairs.audit import live_rows
from pairs.audit.live_rows import describe_changed_rows, list_changed_rows, list_tracked_tables
from pairs.audit.tasks import sign_history
from pairs.families.models import Family
from pairs.service.models import Site
from tests.databases import triggers_off
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
WRITTEN_BY_SQL = r"""
SELECT DISTINCT table_.relname::text, (regexp_match(prosrc, 'INSERT INTO "(\w+)"'))[1]
FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class table_ ON table_.oid = tgrelid
WHERE tgname LIKE 'pgtrigger_%insert%' AND prosrc LIKE '%INSERT INTO%pgh_obj_id%'
"""


@pytest.fixture
def family(cast, key_file):
    """One family, and a key to sign history with."""
    return make_family()


UNHEARD_OF = "00000000-0000-4000-8000-000000000001"


def change_unseen(model, statement, *values):
    """Past the triggers that write history, as only the table's owner can; how many rows."""
    with triggers_off(model), connection.cursor() as cursor:
        cursor.execute(statement.format(table=model._meta.db_table), values)
        return cursor.rowcount


def find_only_change():
    (found,) = list_changed_rows()
    return found.table, found.key, found.how, found.columns


def test_every_history_of_the_database_is_compared_with_the_table_whose_triggers_write_it(db):
    """By the database itself: which table's trigger inserts into which history."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN_BY_SQL)
        written = set(cursor.fetchall())
    assert len(written) > 100
    assert {(each.name, each.history) for each in list_tracked_tables()} == written


def test_what_the_service_saves_is_what_its_history_says(family):
    Family.objects.filter(pk=family.pk).update(restricted=True)
    Family.objects.filter(pk=family.pk).update(restricted=False)
    Site.objects.create(code="added", name="Added").delete()
    assert list_changed_rows() == []


def test_an_edit_behind_its_history_is_named_with_its_columns(family):
    assert (
        change_unseen(Family, "UPDATE {table} SET restricted = NOT restricted WHERE id = %s", family.pk) == 1
    )
    assert find_only_change() == ("families_family", str(family.pk), "edited", ("restricted",))
    assert describe_changed_rows() == [
        f"families_family, row {family.pk}: not what its history says last (restricted)."
    ]


def test_a_change_of_case_alone_is_one(family):
    site = Site.objects.first()
    change_unseen(Site, "UPDATE {table} SET name = upper(name) WHERE id = %s", site.pk)
    assert find_only_change() == ("service_site", str(site.pk), "edited", ("name",))


def test_emptied_is_not_the_same_as_empty(family):
    before = Family.objects.values().get(pk=family.pk)
    empty = next(name for name, value in before.items() if value == "")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE families_family ALTER {empty} DROP NOT NULL"
        )
    change_unseen(Family, f"UPDATE {{table}} SET {empty} = NULL WHERE id = %s", family.pk)
    assert find_only_change()[2:] == ("edited", (empty,))


def test_a_deletion_behind_its_history_is_named(db):
    added = Site.objects.create(code="added", name="Added")
    change_unseen(Site, "DELETE FROM {table} WHERE id = %s", added.pk)
    assert find_only_change() == ("service_site", str(added.pk), "gone", ())


def test_a_row_that_came_back_and_one_that_history_does_not_know_are_named(db):
    gone = Site.objects.create(code="added", name="Added")
    key = gone.pk
    gone.delete()
    insert = "INSERT INTO {table} (id, code, name, is_hub) VALUES (%s, %s, 'Added', false)"
    change_unseen(Site, insert, key, "back")
    assert find_only_change() == ("service_site", str(key), "back", ())
    change_unseen(Site, "DELETE FROM {table} WHERE id = %s", key)
    change_unseen(Site, insert, UNHEARD_OF, "new")
    assert find_only_change() == ("service_site", UNHEARD_OF, "unknown", ())


def test_the_command_names_it_and_so_does_the_night_to_governance(family):
    sign_history()
    call_command("verify_history")
    told = len(mail.outbox)
    change_unseen(Family, "UPDATE {table} SET restricted = NOT restricted WHERE id = %s", family.pk)
    with pytest.raises(CommandError, match=f"row {family.pk}: not what its history says last"):
        call_command("verify_history")
    sign_history()
    (letter,) = mail.outbox[told:]
    assert letter.to == ["governance@pairs.example"]
    assert "1 records of PaIRS are not what their history says" in letter.body
    assert str(family.pk) not in letter.body


def test_saved_once_more_by_the_service_its_history_says_it(family):
    change_unseen(Family, "UPDATE {table} SET restricted = NOT restricted WHERE id = %s", family.pk)
    Family.objects.filter(pk=family.pk).update(created_at=family.created_at, restricted=True)
    Family.objects.filter(pk=family.pk).update(restricted=False)
    assert list_changed_rows() == []


def test_of_many_rows_of_one_table_some_are_named_and_all_counted(family, monkeypatch):
    monkeypatch.setattr(live_rows, "MAX_NAMED_ROWS", 2)
    changed = change_unseen(Site, "UPDATE {table} SET name = name || '!'")
    lines = describe_changed_rows()
    assert len(lines) == 3
    assert lines[-1] == f"service_site: {changed - 2} more rows are not what their history says."


def test_the_application_itself_can_compare(family, as_application_role):
    assert list_changed_rows() == []
