"""What is about the worker is read by the two of them, and by nobody else on any path."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.supervision.actions import add_agenda_item
from interventions.supervision.models import (
    AgendaItem,
    SupervisionAgreement,
    SupervisionNote,
    SupervisionSession,
)
from pairs.access.scope import load_scope
from pairs.service.actions import assign_role
from pairs.service.models import User
from tests.cast import CAST
from tests.unit.episodes.factories import make_episode
from tests.unit.supervision.factories import get_site, make_agreement, make_session

pytestmark = pytest.mark.django_db
THE_TWO = {"blackburn", "supervisor"}
SECRET, RAISED = "Tired after a hard week", "My own workload"


@pytest.fixture
def other_supervisor(cast):
    """Supervises at the same site, and knows that there was a session."""
    user = User.objects.create_user("other-lead", email="other@pairs.example", display_name="Omar Other")
    assign_role(user=user, role="supervisor", site=get_site(cast["blackburn"]))
    return user


@pytest.fixture
def supervised(cast):
    episode = make_episode(cast["blackburn"])
    agreed = make_agreement(cast)
    make_session(cast, note=SECRET, decisions=[(episode.family, "Film again", timezone.localdate())])
    add_agenda_item(agreement=agreed, text=RAISED, by=cast["blackburn"])
    return episode, agreed


@pytest.mark.parametrize("username", [*CAST, "other-lead"])
@pytest.mark.parametrize("model", [SupervisionNote, AgendaItem])
def test_rows_are_in_nobody_elses_scope(cast, other_supervisor, supervised, username, model):
    scope = load_scope(User.objects.get(username=username))
    assert model.objects.visible_to(scope).exists() is (username in THE_TWO)
    assert not model.objects.including_sealed(scope).exists()


@pytest.mark.parametrize("username", [*CAST, "other-lead"])
def test_no_page_and_no_address_of_the_api_shows_it_to_others(
    cast, other_supervisor, supervised, client, username
):
    episode, agreed = supervised
    client.force_login(User.objects.get(username=username), backend="pairs.access.backends.StaffBackend")
    family, agreement = {"args": [episode.family_id]}, {"args": [agreed.pk]}
    pages = [
        reverse("supervision"),
        reverse("supervision-agreement", **agreement),
        reverse("family", **family),
        reverse("chronology", **family),
        reverse("worklist"),
        reverse("home"),
        reverse("api-supervision-sessions"),
        reverse("api-agenda-items", **agreement),
        reverse("api-supervision-agenda", **agreement),
        reverse("api-supervision-agreement", **agreement),
    ]
    shown = {page: client.get(page).content.decode() for page in pages}
    assert any(RAISED in text for text in shown.values()) is (username in THE_TWO)
    assert any(SECRET in text for text in shown.values()) is (username in THE_TWO)


def test_another_supervisor_of_the_site_sees_that_there_was_a_session_and_adds_nothing(
    cast, other_supervisor, supervised, client
):
    scope = load_scope(other_supervisor)
    assert SupervisionSession.objects.visible_to(scope).count() == 1
    assert SupervisionAgreement.objects.visible_to(scope).count() == 1
    client.force_login(other_supervisor, backend="pairs.access.backends.StaffBackend")
    address = reverse("supervision-agreement", args=[supervised[1].pk])
    assert "What do you want to raise?" not in client.get(address).content.decode()
    assert client.post(address, {"text": "x"}).status_code == 403
    assert client.get(reverse("agreed-supervision", args=[supervised[1].pk])).status_code == 404


def test_each_of_a_group_reads_their_own_copy(cast, supervised):
    make_session(cast, kind="reflective", others=[cast["trainee"]], note="Of us all")
    notes = SupervisionNote.objects.visible_to(load_scope(cast["trainee"]))
    assert [note.text for note in notes] == ["Of us all"]
    assert notes.get().session.supervisee == cast["trainee"]
