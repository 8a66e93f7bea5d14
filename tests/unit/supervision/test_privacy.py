"""What is about the worker is read by the two of them, and by nobody else on any path."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.supervision.actions import add_agenda_item
from interventions.supervision.models import (
    AgendaItem,
    CaseDecision,
    SupervisionAgreement,
    SupervisionNote,
    SupervisionSession,
)
from pairs.access.batch_query import run_queries
from pairs.access.scope import load_scope
from pairs.service.actions import assign_role
from pairs.service.hooks import list_hooks
from pairs.service.models import User
from reporting.evidence.snapshot import build_snapshot
from tests.cast import CAST
from tests.project.url_addresses import list_url_addresses
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


READERS = ("other-lead", "governance", "manager")  # who read most, besides those who look after the family


def list_readable_paths(ids):
    """Every address of pages, files and the API that asks for no id, or for ids of these names."""
    for address in list_url_addresses():
        if address.ours and address.name and set(dict(address.parameters)) <= set(ids):
            yield reverse(address.name, kwargs={name: ids[name] for name, _ in address.parameters})


def test_no_address_of_the_service_shows_it_to_others(cast, other_supervisor, supervised, client):
    """Every page, list, file and API address, found from the URLs: so is one that is added next year."""
    episode, agreed = supervised
    session, family = SupervisionSession.objects.get(), episode.family
    ids = {
        "family_id": family.pk, "episode_id": episode.pk, "referral_id": episode.referral_id,
        "infant_id": family.infants.get().pk, "caregiver_id": family.caregivers.get().pk,
        "dyad_id": family.dyads.get().pk, "agreed_id": agreed.pk, "own_agreed_id": agreed.pk,
        "colleague_id": cast["blackburn"].pk, "user_id": cast["blackburn"].pk, "site_id": family.site_id,
        "decision_id": CaseDecision.objects.get().pk, "agenda_item_id": AgendaItem.objects.get().pk,
        "planned_id": session.pk,
    }  # fmt: skip
    paths = list(dict.fromkeys(list_readable_paths(ids)))
    paths += [f"{reverse('search')}?q={words}" for words in (SECRET, RAISED)]
    assert len(paths) > 150
    opened = 0
    for username in READERS:
        client.force_login(User.objects.get(username=username), backend="pairs.access.backends.StaffBackend")
        for path in paths:
            answer = client.get(path, follow=True)
            assert answer.status_code < 500, path
            body = b"".join(answer) if answer.streaming else answer.content
            assert SECRET.encode() not in body, (username, path)
            # Whoever raised it opened neither their agenda nor their account to others.
            assert RAISED.encode() not in body, (username, path)
            opened += answer.status_code == 200
    assert opened > 100


def test_the_report_and_what_is_kept_of_a_family_hold_nothing_of_it(cast, supervised):
    """The snapshot; and the family's timeline, whoever reads it, has the decision and not the note."""
    month = timezone.localdate().replace(day=1)
    assert not {SECRET, RAISED} & set(re.findall(r'"([^"]*)"', json.dumps(build_snapshot(month))))
    episode, _ = supervised
    for username in THE_TWO:
        scope = load_scope(cast[username])
        queries = [
            query
            for build in list_hooks("chronology", "build_chronology_queries")
            for query in build(scope, episode.family)
        ]
        told = json.dumps([str(event) for event in run_queries(queries)])
        assert "Film again" in told
        assert SECRET not in told
        assert RAISED not in told


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
