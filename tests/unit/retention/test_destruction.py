"""Destruction: by two people, as the owner, of one record in every table; what stays is a stub, and a sound chain."""

import json
from datetime import UTC, date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from pairs.audit.digests import seal_up_to
from pairs.audit.models import AccessEntry, Destruction
from pairs.audit.signing import KeyMissing
from pairs.audit.verification import list_problems
from pairs.database.history import find_history_model, list_history_models
from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from pairs.service.refusals import ActionRefused
from reporting.retention.actions import (
    confirm_destruction,
    decide_retention,
    end_hold,
    hold_records,
    withdraw_destruction,
)
from reporting.retention.collecting import list_tables
from reporting.retention.destruction import destroy_record
from reporting.retention.models import RetentionDecision
from tests.databases import triggers_off
from tests.unit.families.factories import make_family
from tests.unit.retention.factories import make_old_record, make_second_governor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key_file")]


@pytest.fixture
def second(cast):
    return make_second_governor()


@pytest.fixture
def old(cast):
    return make_old_record(cast["blackburn"])


def get_today():
    return timezone.now().astimezone(UTC).date()


def decide(family, cast, kind="destroy", review_on=None):
    return decide_retention(
        family=family, kind=kind, reason="Kept long enough", review_on=review_on, by=cast["governance"]
    )


@pytest.fixture
def confirmed(old, cast, second):
    """Two people have decided it."""
    return confirm_destruction(decision=decide(old, cast), by=second)


def snapshot_rows():
    """{(table, key): the row as text} of every table of ours and of history."""
    found = {}
    with connection.cursor() as cursor:
        for model in (*list_tables(), *list_history_models()):
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(f'SELECT "{key}"::text, row_to_json(t)::text FROM "{table}" t')
            found |= {(table, pk): text for pk, text in cursor.fetchall()}
    return found


def test_a_record_is_gone_from_every_table_and_its_history(confirmed, old):
    names = (str(old.pk), *map(str, old.infants.values_list("pk", flat=True)))
    names += tuple(str(pk) for pk in old.caregivers.values_list("pk", flat=True))
    destroy_record(confirmed)
    left = {key: text for key, text in snapshot_rows().items() if any(each in text for each in names)}
    assert left == {}
    text = json.dumps(list(snapshot_rows().values()))
    for words in ("Baby1", "Cora", "We played on the mat", "1 Example Street", "Feeding is hard"):
        assert words not in text


def test_no_row_of_anybody_else_changes(cast, second, old):
    """A record like it, with people of the same names; and the stub is the one row more."""
    make_old_record(cast["blackburn"], reference="OTHER")
    make_family(reference="YOUNG", infants=2)
    decision = confirm_destruction(decision=decide(old, cast), by=second)
    before = snapshot_rows()
    stub = destroy_record(decision)
    after = snapshot_rows()
    assert {key for key, text in after.items() if before.get(key) != text} == {
        ("audit_destruction", str(stub.pk))
    }
    gone = set(before) - set(after)
    assert len(gone) == sum(stub.rows.values())
    assert {table for table, _ in gone} >= {
        "families_family",
        "families_infantevent",
        "episodes_notepartevent",
    }


def test_the_stub_says_what_which_rule_and_who_and_no_name(confirmed, cast, second):
    stub = destroy_record(confirmed)
    assert (stub.reference, stub.decided_by, stub.confirmed_by) == ("PI-OLD-1", cast["governance"], second)
    assert stub.last_contact == date(1998, 5, 4)
    assert stub.due_on == date(2022, 3, 2)
    assert "25th birthday" in stub.rule
    kept = json.dumps([stub.reference, stub.rule, stub.rows, stub.resealed])
    assert not any(words in kept for words in ("Baby1", "Cora", "Carer"))


def run_as_owner(model, statement, *values):
    with triggers_off(model), connection.cursor() as cursor:
        cursor.execute(statement.format(table=model._meta.db_table), values)
        assert cursor.rowcount > 0


def destroy_after_signing(decision):
    """On a day that is not signed yet, as every day is until its night."""
    stub = destroy_record(decision)
    run_as_owner(Destruction, "UPDATE {table} SET at = at + interval '1 day'")
    return stub


def test_the_chain_of_digests_stays_sound_and_tells_of_it(confirmed, old, cast, capsys):
    AccessEntry.objects.create(user=cast["hub"], view="family", method="GET", status=200, opened=[old.pk])
    seal_up_to(get_today())
    assert list_problems(today=get_today()) == []
    destroy_after_signing(confirmed)
    assert list_problems(today=get_today()) == []
    call_command("verify_history")
    assert "Destroyed by decision" in capsys.readouterr().out
    seal_up_to(get_today() + timedelta(days=1))
    assert list_problems(today=get_today()) == []


def get_infant_history():
    return find_history_model(Infant)


def test_what_is_deleted_beside_a_destruction_is_still_named(confirmed, cast):
    make_family(reference="KEPT")
    seal_up_to(get_today())
    destroy_after_signing(confirmed)
    run_as_owner(get_infant_history(), "DELETE FROM {table}")
    (problem,) = list_problems(today=get_today())
    assert problem.startswith("families_infantevent")


def test_what_was_changed_before_a_destruction_is_still_named_after_it(confirmed, cast):
    make_family(reference="KEPT")
    seal_up_to(get_today())
    run_as_owner(
        get_infant_history(), "UPDATE {table} SET given_name = 'Another' WHERE reference = 'PI-KEPT-1'"
    )
    assert len(list_problems(today=get_today())) == 1
    destroy_after_signing(confirmed)
    (problem,) = list_problems(today=get_today())
    assert problem.startswith("families_infantevent")


def test_an_entry_that_was_changed_or_taken_away_is_named(confirmed, cast):
    seal_up_to(get_today())
    stub = destroy_after_signing(confirmed)
    run_as_owner(Destruction, "UPDATE {table} SET reference = 'PI-ANOTHER-1'")
    problems = list_problems(today=get_today())
    assert any("was changed, or signed with another key" in each for each in problems)
    assert any(each.startswith("families_infantevent") for each in problems)
    run_as_owner(Destruction, "DELETE FROM {table} WHERE id = %s", stub.pk)
    assert any(each.startswith("families_infantevent") for each in list_problems(today=get_today()))


def test_the_access_log_forgets_the_family_and_keeps_the_entry(confirmed, old, cast):
    other = make_family(reference="OTHER")
    both = AccessEntry.objects.create(
        user=cast["hub"], view="search", method="GET", status=200, listed=[old.pk, other.pk], reason="Search"
    )
    alone = AccessEntry.objects.create(
        user=cast["hub"], view="infant", method="GET", status=200, opened=[old.pk], reason="Cora rang",
        about=old.infants.get().pk,
    )  # fmt: skip
    destroy_record(confirmed)
    both.refresh_from_db()
    alone.refresh_from_db()
    assert (both.listed, both.reason) == ([other.pk], "Search")
    assert (alone.opened, alone.reason, alone.about) == ([], "", None)


def test_a_decision_that_nobody_confirmed_destroys_nothing(old, cast):
    decision = decide(old, cast)
    with pytest.raises(RetentionDecision.DoesNotExist):
        destroy_record(decision)
    call_command("destroy_records")
    assert Family.objects.filter(pk=old.pk).exists()


def test_nobody_confirms_their_own(old, cast):
    with pytest.raises(ActionRefused, match="yourself"):
        confirm_destruction(decision=decide(old, cast), by=cast["governance"])


def test_a_confirmation_that_was_written_past_pairs_destroys_nothing(old, cast, second):
    decision = decide(old, cast)
    RetentionDecision.objects.filter(pk=decision.pk).update(
        confirmed_at=timezone.now(), confirmed_by=second, signature="f" * 64
    )
    with pytest.raises(ActionRefused, match="not confirmed in PaIRS"):
        destroy_record(decision)
    with pytest.raises(CommandError, match="not confirmed in PaIRS"):
        call_command("destroy_records")
    assert Family.objects.filter(pk=old.pk).exists()


def test_a_confirmation_moved_to_another_record_destroys_nothing(confirmed, cast):
    other = make_old_record(cast["blackburn"], reference="OTHER")
    RetentionDecision.objects.filter(pk=confirmed.pk).update(family=other)
    with pytest.raises(ActionRefused, match="changed since"):
        destroy_record(RetentionDecision.objects.get(pk=confirmed.pk))


def test_the_command_destroys_what_two_people_decided(confirmed, old, capsys):
    call_command("destroy_records", "--list")
    assert Family.objects.filter(pk=old.pk).exists()
    call_command("destroy_records")
    said = capsys.readouterr().out
    assert "Records to be destroyed: 1." in said
    assert "Destroyed: PI-OLD-1" in said
    assert not Family.objects.filter(pk=old.pk).exists()
    call_command("destroy_records")
    assert "No record is to be destroyed." in capsys.readouterr().out


def test_the_application_cannot_run_it(confirmed, old, as_application_role):
    with pytest.raises(CommandError, match="owner"):
        call_command("destroy_records")


def test_without_the_key_nothing_is_confirmed_and_nothing_destroyed(confirmed, old, cast, key_file, second):
    key_file.unlink()
    with pytest.raises(KeyMissing):
        destroy_record(confirmed)
    other = make_old_record(cast["blackburn"], reference="OTHER")
    with pytest.raises(ActionRefused, match="key"):
        confirm_destruction(decision=decide(other, cast), by=second)
    assert Family.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("whole_site", [True, False])
def test_a_hold_stops_it_even_after_it_was_confirmed(confirmed, old, cast, whole_site):
    hold = hold_records(
        site=old.site,
        family=None if whole_site else old,
        reason="Public inquiry",
        review_on=timezone.localdate() + timedelta(days=90),
        by=cast["governance"],
    )
    with pytest.raises(ActionRefused, match="held"):
        destroy_record(confirmed)
    end_hold(hold=hold, because="The inquiry has ended", by=cast["governance"])
    destroy_record(confirmed)


def test_a_withdrawn_decision_destroys_nothing(confirmed, old, cast):
    withdraw_destruction(decision=confirmed, by=cast["governance"])
    call_command("destroy_records")
    assert Family.objects.filter(pk=old.pk).exists()


def test_a_record_with_open_work_or_before_its_day_is_kept(cast):
    young = make_family(reference="YOUNG")
    with pytest.raises(ActionRefused, match="has not come"):
        decide(young, cast)


def make_dyad_elsewhere(old, cast):
    """A foster family's relationship with the baby of this record."""
    foster = make_family(reference="FOSTER")
    carer = foster.caregivers.get()
    Dyad.objects.create(family=foster, infant=old.infants.get(), caregiver=carer, relationship="foster")
    return foster


def test_a_record_that_another_familys_leads_to_is_kept_and_so_is_the_other(old, cast, second):
    decision = confirm_destruction(decision=decide(old, cast), by=second)
    make_dyad_elsewhere(old, cast)
    before = snapshot_rows()
    with pytest.raises(ActionRefused, match="Another record refers"):
        destroy_record(decision)
    assert snapshot_rows() == before


def test_the_family_that_only_looks_at_another_goes_and_the_baby_stays(cast, second):
    """The foster family's own record is due; the baby's record is another family's."""
    home = make_family(reference="HOME")
    foster = make_old_record(cast["blackburn"], reference="OLD")
    Dyad.objects.create(
        family=foster, infant=home.infants.get(), caregiver=foster.caregivers.get(), relationship="foster"
    )
    before = Infant.objects.get(family=home)
    destroy_record(confirm_destruction(decision=decide(foster, cast), by=second))
    assert Infant.objects.get(family=home) == before
    assert Caregiver.objects.filter(family=home).count() == Address.objects.filter(family=home).count() == 1
    assert not Dyad.objects.filter(family=foster).exists()


def test_a_decision_to_keep_moves_the_review(old, cast):
    until = timezone.localdate() + timedelta(days=400)
    decide(old, cast, kind="keep", review_on=until)
    with pytest.raises(ActionRefused, match="has not come"):
        decide(old, cast)
