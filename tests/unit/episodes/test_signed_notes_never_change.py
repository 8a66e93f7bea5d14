"""A signed note cannot be changed or removed by any path; its amendment shows both. Every path is tried."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from interventions.episodes.actions import amend_note, mark_contact_in_error, rewrite_notes, sign_contact
from interventions.episodes.models import CareContact, NotePart
from interventions.episodes.views.record_pages import list_parts_with_amendments
from pairs.families.models import Infant
from pairs.matching.actions import merge_people, unmerge
from pairs.service.refusals import ActionRefused
from tests.unit.episodes.factories import make_contact, make_episode

pytestmark = pytest.mark.django_db
NOTE_FIELDS = ("text", "part", "written_by_id", "signed_at", "amends_id", "amended_because")


@pytest.fixture
def signed_note(me):
    return make_contact(make_episode(me), me).notes.get(part="happened")


@pytest.fixture
def read_note(signed_note):
    """What the note says now; called again it must say the same."""

    def read_values():
        return NotePart.objects.filter(pk=signed_note.pk).values_list(*NOTE_FIELDS).get()

    return read_values


def make_sql_attack(statement, *params):
    def run(note):
        with connection.cursor() as cursor:
            cursor.execute(statement, [*params, note.pk])

    return run


def bulk_update_text(note):
    note.text = "changed"
    NotePart.objects.bulk_update([note], ["text"])


def save_text(note):
    note.text = "changed"
    note.save()


def upsert_text(note):
    note.text = "changed"
    NotePart.objects.bulk_create([note], update_conflicts=True, update_fields=["text"], unique_fields=["id"])


CHANGE_PATHS = {
    "save": save_text,
    "change": lambda note: note.change(text="changed"),
    "update": lambda note: NotePart.objects.filter(pk=note.pk).update(text="changed"),
    "update unsigned": lambda note: NotePart.objects.filter(pk=note.pk).update(signed_at=None),
    "update of who wrote it": lambda note: NotePart.objects.filter(pk=note.pk).update(
        written_by=note.care_contact.episode.lead.__class__.objects.get(username="supervisor")
    ),
    "as if amended": lambda note: NotePart.objects.filter(pk=note.pk).update(
        amends=note.care_contact.notes.get(part="baby_told")
    ),
    "bulk_update": bulk_update_text,
    "bulk_create": upsert_text,
    "delete": lambda note: note.delete(),
    "queryset delete": lambda note: NotePart.objects.filter(pk=note.pk).delete(),
    "contact's delete": lambda note: CareContact.objects.filter(pk=note.care_contact_id).delete(),
    "contact unsigned": lambda note: note.care_contact.change(signed_at=None),
    "raw update": make_sql_attack("UPDATE episodes_notepart SET text = %s WHERE id = %s", "changed"),
    "raw append": make_sql_attack("UPDATE episodes_notepart SET text = text || 'x' WHERE id = %s"),
    "raw delete": make_sql_attack("DELETE FROM episodes_notepart WHERE id = %s"),
    "rewrite": lambda note: rewrite_notes(
        contact=note.care_contact, notes={"happened": "changed"}, by=note.written_by
    ),
    "sign again": lambda note: sign_contact(contact=note.care_contact, by=note.written_by),
}


@pytest.mark.parametrize("path", CHANGE_PATHS)
def test_no_path_changes_or_removes_it(signed_note, read_note, path):
    before = read_note()
    with pytest.raises((DatabaseError, ActionRefused)) as stopped, transaction.atomic():
        CHANGE_PATHS[path](signed_note)
    assert "signed" in str(stopped.value).lower() or "cannot" in str(stopped.value).lower(), stopped.value
    assert read_note() == before


def test_neither_do_the_pages_nor_the_api(signed_note, read_note, client):
    before, contact = read_note(), signed_note.care_contact_id
    client.post(reverse("care-contact", args=[contact]), {"happened": "changed", "sign": "on"})
    page = client.patch(
        reverse("api-contact", args=[contact]), {"happened": "changed"}, content_type="application/json"
    )
    assert page.status_code == 400
    for method in ("delete", "put"):
        assert getattr(client, method)(reverse("api-contact", args=[contact])).status_code in (403, 405)
    assert read_note() == before


def test_the_application_role_cannot_bypass_the_trigger(signed_note, read_note, as_application_role):
    before = read_note()
    for statement in (
        "ALTER TABLE episodes_notepart DISABLE TRIGGER USER",
        "TRUNCATE episodes_notepart CASCADE",
        "SET session_replication_role = replica",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert read_note() == before


def test_its_amendment_shows_both(me, signed_note, read_note, client):
    before = read_note()
    amend_note(part=signed_note, text="We sang on the mat.", reason="Wrong word", by=me)
    assert read_note() == before
    page = client.get(reverse("care-contact", args=[signed_note.care_contact_id])).content.decode()
    copy = client.get(reverse("contact-as-text", args=[signed_note.care_contact_id])).content.decode()
    for words in ("We played on the mat.", "We sang on the mat.", "Wrong word"):
        assert words in page
        assert words in copy
    contact = CareContact.objects.with_all().get(pk=signed_note.care_contact_id)
    assert ("We sang on the mat.", ["We played on the mat."]) in [
        (part.text, [old.text for old in chain]) for part, chain in list_parts_with_amendments(contact)
    ]


def test_a_note_entered_in_error_is_hidden_and_unchanged(me, signed_note, read_note):
    before = read_note()
    mark_contact_in_error(contact=signed_note.care_contact, reason="Wrong family", by=me)
    assert read_note() == before


def test_a_merge_and_its_undoing_move_only_whom_it_is_about(me, read_note, signed_note):
    baby = signed_note.care_contact.episode.family.infants.get()
    told = signed_note.care_contact.notes.get(part="baby_told")
    twice = Infant.objects.create(
        family=baby.family, reference="PI-D-1", given_name="Baby1", birth_date=baby.birth_date
    )
    before = read_note(), NotePart.objects.filter(pk=told.pk).values_list(*NOTE_FIELDS).get()

    def read_both():
        return read_note(), NotePart.objects.filter(pk=told.pk).values_list(*NOTE_FIELDS).get()

    merge = merge_people(kept=twice, merged=baby, choices={}, reason="The same baby", by=me)
    assert NotePart.objects.get(pk=told.pk).infant == twice
    assert read_both() == before
    unmerge(merge=merge, reason="Two babies", by=me)
    assert NotePart.objects.get(pk=told.pk).infant == baby
    assert read_both() == before
