"""History and access log are signed each night, and what the owner of the database changes afterwards is named."""

from datetime import UTC, date, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from pairs.audit.digests import seal_up_to
from pairs.audit.models import AccessEntry, DailyDigest
from pairs.audit.signing import KeyMissing
from pairs.audit.tasks import sign_history
from pairs.audit.verification import list_problems
from pairs.database.history import find_history_model, list_history_models
from pairs.families.models import Family
from pairs.service.models import Site
from tests.databases import triggers_off
from tests.unit.families.factories import make_family

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key_file")]


def get_today():
    return timezone.now().astimezone(UTC).date()


@pytest.fixture
def sealed(cast):
    """Some history and three entries of the access log, all signed; the family."""
    family = make_family()
    for _ in range(3):
        AccessEntry.objects.create(
            user=cast["hub"], view="family", method="GET", status=200, opened=[family.pk]
        )
    seal_up_to(get_today())
    return family


def list_found(**options):
    return list_problems(today=get_today(), **options)


def run_as_owner(model, statement, *values):
    """What whoever owns the database can do: no trigger stops them, and none writes it down."""
    with triggers_off(model), connection.cursor() as cursor:
        cursor.execute(statement.format(table=model._meta.db_table), values)
        assert cursor.rowcount > 0


def get_family_history():
    return find_history_model(Family)


def test_what_nobody_touched_is_sound(sealed, capsys):
    assert list_found() == []
    call_command("verify_history")
    assert "as they were signed" in capsys.readouterr().out


def test_every_history_table_and_both_logs_are_signed(sealed):
    tables = set(DailyDigest.objects.get().tables)
    assert {each._meta.db_table for each in list_history_models()} <= tables
    assert {"audit_accessentry", "audit_accountevent"} <= tables


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE {table} SET reason = 'nothing to see' WHERE id IN (SELECT id FROM {table} LIMIT 1)",
            "edited",
        ),
        ("UPDATE {table} SET opened = '{{}}' WHERE id IN (SELECT id FROM {table} LIMIT 1)", "edited"),
        ("DELETE FROM {table} WHERE id IN (SELECT id FROM {table} LIMIT 1)", "deleted"),
        (
            "INSERT INTO {table} (id, at, view, method, status, opened, listed, reason) "
            "SELECT gen_random_uuid(), at, view, method, status, '{{}}', '{{}}', '' FROM {table} LIMIT 1",
            "inserted",
        ),
        (
            "UPDATE {table} SET at = at - interval '400 days' WHERE id IN (SELECT id FROM {table} LIMIT 1)",
            "inserted",
        ),
    ],
)
def test_the_owners_edit_deletion_and_insertion_in_the_access_log_are_named(sealed, statement, said):
    run_as_owner(AccessEntry, statement)
    problems = list_found()
    assert problems
    assert any(said in each for each in problems), problems
    assert all(each.startswith("audit_accessentry") for each in problems)
    with pytest.raises(CommandError, match="audit_accessentry"):
        call_command("verify_history")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE {table} SET restricted = NOT restricted", "edited"),
        ('UPDATE {table} SET pgh_context = \'{{"user": "another"}}\'', "edited"),
        ("DELETE FROM {table}", "deleted"),
    ],
)
def test_and_in_history(sealed, statement, said):
    history = get_family_history()
    run_as_owner(history, statement)
    (problem,) = list_found()
    assert problem.startswith(history._meta.db_table)
    assert said in problem


def test_what_is_written_later_is_no_problem_and_joins_the_chain(sealed, cast):
    AccessEntry.objects.create(user=cast["hub"], view="home", method="GET", status=200)
    run_as_owner(AccessEntry, "UPDATE {table} SET at = at + interval '1 day' WHERE view = 'home'")
    assert list_found() == []
    made = seal_up_to(get_today() + timedelta(days=1))
    assert made.previous == DailyDigest.objects.order_by("until").first().signature
    assert list_found() == []


def test_a_digest_cannot_be_rewritten_removed_or_made_without_the_key(sealed):
    first = DailyDigest.objects.get()
    second = seal_up_to(get_today() + timedelta(days=1))
    run_as_owner(DailyDigest, "UPDATE {table} SET tables = '{{}}' WHERE until = %s", second.until)
    assert any("was changed, or signed with another key" in each for each in list_found())
    run_as_owner(DailyDigest, "DELETE FROM {table} WHERE until = %s", first.until)
    assert any("missing or was replaced" in each for each in list_found())


def test_a_whole_chain_that_was_thrown_away_is_known_by_the_mailed_signature(sealed, key_file):
    mailed = DailyDigest.objects.get().signature
    assert list_found(mailed=mailed) == []
    run_as_owner(DailyDigest, "DELETE FROM {table}")
    assert list_found() == ["Nothing has been signed yet."]
    run_as_owner(AccessEntry, "DELETE FROM {table}")
    seal_up_to(get_today())
    assert list_found() == []
    (problem,) = list_found(mailed=mailed)
    assert "not in the database" in problem


def test_another_key_checks_nothing(sealed, key_file):
    key_file.write_text("f" * 64)
    assert any("another key" in each for each in list_found())


def test_a_column_that_is_added_changes_no_signed_day(sealed):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_accessentry ADD COLUMN later text DEFAULT 'x'")
    assert list_found() == []
    seal_up_to(get_today() + timedelta(days=1))
    assert list_found() == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_accessentry DROP COLUMN later")
    (problem,) = list_found()
    assert "later is no longer there" in problem


def test_a_table_that_no_digest_knows_is_named(sealed):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE planted_event AS TABLE {get_family_history()._meta.db_table}")
    (problem,) = list_found()
    assert "planted_event: no digest has this table" in problem


def test_the_text_of_a_row_does_not_depend_on_who_asks(sealed):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'Asia/Tokyo'; SET LOCAL bytea_output = 'escape'")
    assert list_found() == []


def test_missed_nights_are_caught_up_and_none_is_signed_twice(sealed):
    later = get_today() + timedelta(days=5)
    made = seal_up_to(later)
    assert (made.since, made.until) == (get_today() + timedelta(days=1), later)
    assert seal_up_to(later) is None
    assert any(
        "Nothing has been signed since" in each for each in list_problems(today=later + timedelta(days=3))
    )


def test_the_night_signs_up_to_yesterday_and_mails_the_signature_without_a_name(cast):
    Site.objects.update(opens_on=date(2025, 4, 1))
    sign_history()
    made = DailyDigest.objects.get()
    assert made.until == get_today() - timedelta(days=1)
    (told,) = mail.outbox
    assert told.to == ["governance@pairs.example"]
    assert made.signature in told.body
    sign_history()
    assert (DailyDigest.objects.count(), len(mail.outbox)) == (1, 1)


@pytest.mark.parametrize("content", [None, "", "short"])
def test_without_a_sound_key_nothing_is_signed_and_governance_is_told(cast, key_file, content):
    if content is None:
        key_file.unlink()
    else:
        key_file.write_text(content)
    with pytest.raises(KeyMissing):
        seal_up_to(get_today())
    sign_history()
    assert not DailyDigest.objects.exists()
    assert "were not signed" in mail.outbox[0].body


def test_the_application_signs_and_can_change_no_digest(sealed, as_application_role):
    assert seal_up_to(get_today() + timedelta(days=1)).pk
    assert list_found() == []


def test_checking_needs_the_key(sealed, key_file):
    key_file.unlink()
    with pytest.raises(CommandError, match="AUDIT_KEY_FILE"):
        call_command("verify_history")
