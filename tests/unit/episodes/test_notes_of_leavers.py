"""A note that its author left unsigned: the lead or a supervisor signs it, and it says so."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import ask_for_amendment, countersign, sign_contact
from interventions.episodes.models import CareContact
from pairs.access.scope import load_scope
from pairs.service.refusals import ActionRefused
from tests.app_due_items import make_due_items
from tests.unit.episodes.factories import make_contact, make_episode

pytestmark = pytest.mark.django_db
list_app_due_items = make_due_items("interventions.episodes")


@pytest.fixture
def note(cast):
    """Of a colleague who worked with the lead's family and left without signing."""
    contact = make_contact(make_episode(cast["blackburn"]), cast["trainee"], sign=False)
    close_account(cast["trainee"])
    return CareContact.objects.get(pk=contact.pk)


def close_account(user):
    user.is_active = False
    user.save(update_fields=["is_active"])


def find_items(user, subject):
    items = list_app_due_items(load_scope(user), timezone.localdate())
    return [(item.code, item.owner_id) for item in items if item.subject_id == subject.pk]


def test_it_is_for_the_lead_to_sign(cast, note):
    assert find_items(cast["blackburn"], note) == [("leavers_note", cast["blackburn"].pk)]
    countersign(contact=note, by=cast["blackburn"])
    assert find_items(cast["blackburn"], note) == []


@pytest.mark.parametrize("username", ["blackburn", "supervisor"])
def test_who_signs_stands_beside_the_words_which_stay(cast, note, username):
    words = set(note.notes.values_list("text", "written_by"))
    step = countersign(contact=note, by=cast[username])
    note.refresh_from_db()
    assert (step.status, step.by, note.countersigning) == ("left", cast[username], "left")
    assert note.signed_at
    assert not note.notes.filter(signed_at=None).exists()
    assert set(note.notes.values_list("text", "written_by")) == words
    assert note.practitioner == cast["trainee"]


def test_nobody_signs_for_somebody_who_is_here(cast):
    contact = make_contact(make_episode(cast["blackburn"]), cast["trainee"], sign=False)
    for act in (countersign, sign_contact):
        with pytest.raises(ActionRefused):
            act(contact=contact, by=cast["blackburn"])


def test_neither_a_trainee_nor_somebody_from_elsewhere_signs(cast, note):
    close_account(cast["hub"])
    theirs = make_contact(make_episode(cast["blackburn"], reference="X"), cast["hub"], sign=False)
    theirs = CareContact.objects.get(pk=theirs.pk)
    cast["trainee"].is_active = True
    with pytest.raises(ActionRefused, match="A supervisor of the site"):
        countersign(contact=theirs, by=cast["trainee"])
    with pytest.raises(ActionRefused, match="A supervisor of the site"):
        countersign(contact=note, by=cast["hyndburn"])


def test_it_cannot_be_sent_back(cast, note):
    with pytest.raises(ActionRefused, match="has left and cannot amend"):
        ask_for_amendment(contact=note, reason="Who held her?", by=cast["blackburn"])
    note.refresh_from_db()
    assert note.signed_at is None


def test_on_the_page_and_as_text(cast, note, client):
    client.force_login(cast["blackburn"])
    page = client.get(reverse("care-contact", args=[note.pk])).content.decode()
    assert reverse("countersigning", args=[note.pk]) in page
    assert client.post(reverse("countersigning", args=[note.pk]), {"outcome": "done"}).status_code == 302
    page = client.get(reverse("care-contact", args=[note.pk])).content.decode()
    assert f"Written by {cast['trainee']}, who has left." in page
    assert f"by {cast['blackburn']} on" in page
    text = client.get(reverse("contact-as-text", args=[note.pk])).content.decode()
    assert f"Written by {cast['trainee']}, signed on" in text
    assert "since its author has left" in text
