"""Prepared statements write what Django would write: values, history, and one row for one id."""

import uuid

import pghistory
import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import BigAutoField
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from interventions.episodes.models import CareContact, NotePart, Participant
from pairs.access.prepared_writes import insert_or_lock, insert_rows, update_row
from pairs.submissions.models import Submission
from tests.unit.episodes.factories import make_episode

pytestmark = pytest.mark.django_db
WORDS = "Ella’s “first” smile 😀\nback\\slash, {braces}, 100 % and ${1}"


@pytest.fixture
def me(cast):
    return cast["blackburn"]


@pytest.fixture
def contact(me):
    return CareContact(
        episode=make_episode(me),
        starts_at=timezone.now(),
        minutes=50,
        mechanism="01",
        location="A01",
        practitioner=me,
    )


def make_note(contact, **changed):
    return NotePart(
        **{"care_contact": contact, "part": "next", "text": WORDS, "written_by": contact.practitioner}
        | changed
    )


def build_comparable_values(row):
    """Of every field, but those that differ from one row to the next."""
    return {
        each.attname: getattr(row, each.attname)
        for each in row._meta.concrete_fields
        if each.name not in ("id", "created_at")
    }


def test_what_is_read_back_is_what_bulk_create_would_have_written(contact):
    infant = contact.episode.family.infants.get()
    insert_rows([contact], [make_note(contact, infant=infant, subject="infant", signed_at=timezone.now())])
    note = NotePart.objects.get()
    copy = make_note(contact, infant=infant, subject="infant", signed_at=note.signed_at)
    NotePart.objects.bulk_create([copy])
    read_back = NotePart.objects.get(pk=copy.pk)
    assert build_comparable_values(note) == build_comparable_values(read_back)
    assert note.text == WORDS
    assert CareContact.objects.get() == contact
    assert CareContact.objects.get().created_at == contact.created_at


def test_rows_of_several_tables_are_one_query_and_no_rows_are_none(contact):
    infant = contact.episode.family.infants.get()
    there = Participant(care_contact=contact, infant=infant, attendance="attended")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        insert_rows([contact], [there], [], [make_note(contact), make_note(contact, part="happened")])
        insert_rows([], [])
    assert len(queries) == 1
    assert (contact.participants.count(), contact.notes.count()) == (1, 2)
    assert not there._state.adding


def test_an_id_that_the_database_chooses_is_left_to_it(contact):
    through = CareContact.interventions.through
    assert isinstance(through._meta.pk, BigAutoField)
    insert_rows(
        [contact], [through(carecontact=contact, intervention_id=pk) for pk in find_intervention_ids()]
    )
    assert contact.interventions.count() == 2


def find_intervention_ids():
    return list(CareContact.interventions.rel.model.objects.values_list("pk", flat=True)[:2])


def test_history_says_who_wrote_and_where(contact, me):
    with pghistory.context(user=str(me.pk), view="new-contact") as current:
        insert_rows([contact], [make_note(contact)])
    for event in (CareContact.pgh_event_model.objects.get(), NotePart.pgh_event_model.objects.get()):
        assert (event.pgh_label, event.pgh_context_id) == ("insert", current.id)
        assert event.pgh_context == {"user": str(me.pk), "view": "new-contact"}


def test_outside_a_request_history_says_nobody(contact):
    insert_rows([contact])
    assert CareContact.pgh_event_model.objects.get().pgh_context is None


def test_what_a_constraint_forbids_leaves_nothing(contact):
    contact.minutes = 721
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([contact], [make_note(contact)])
    assert not CareContact.objects.exists()


def test_text_that_is_too_long_is_refused_and_not_cut(contact):
    contact.mechanism = "011"
    with pytest.raises(DataError), transaction.atomic():
        insert_rows([contact])


# ---------------------------------------------------------------- one row for one id
def test_a_new_row_is_inserted_and_a_known_one_is_returned_as_it_stands(me):
    token = uuid.uuid4()
    new = insert_or_lock(Submission(pk=token, user=me, kind="one"), "result_path", "used_at", "user")
    assert (new.pk, new.user_id, new.used_at, new.result_path) == (token, me.pk, None, "")
    Submission.objects.update(result_path="/made/", used_at=timezone.now())
    known = insert_or_lock(Submission(pk=token, user=None, kind="two"), "used_at", "user", "result_path")
    assert (known.pk, known.user_id, known.result_path) == (token, me.pk, "/made/")
    assert known.used_at
    assert Submission.objects.get().kind == "one"


def test_the_named_fields_are_updated_and_no_others(me):
    kept = Submission.objects.create(user=me, kind="one", path="/here/", data={"": {"what": ["x"]}})
    kept.data, kept.used_at, kept.path = {}, timezone.now(), "/there/"
    update_row(kept, "data", "used_at")
    found = Submission.objects.get()
    assert (found.data, found.used_at, found.path) == ({}, kept.used_at, "/here/")
    kept.used_at = None
    update_row(kept, "used_at")
    assert Submission.objects.get().used_at is None
