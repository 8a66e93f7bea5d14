"""Supervision by the API: the same forms, the same refusals, and nobody's ids from elsewhere."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.supervision.models import (
    AgendaItem,
    CaseDecision,
    PlannedSupervision,
    SupervisionAgreement,
    SupervisionSession,
)
from pairs.service.actions import assign_role
from pairs.service.models import User
from tests.unit.episodes.factories import make_episode
from tests.unit.supervision.factories import get_site, make_agreement

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def episode(cast):
    return make_episode(cast["blackburn"], days_ago=60)


@pytest.fixture
def lead(cast, client):
    """Supervises at Blackburn alone."""
    user = User.objects.create_user("lead", email="lead@pairs.example", display_name="Lena Lead")
    assign_role(user=user, role="supervisor", site=get_site(cast["blackburn"]))
    client.force_login(user, backend="pairs.access.backends.StaffBackend")
    return user


def call(client, name, *ids, **sent):
    return client.post(reverse(name, args=ids), sent, content_type="application/json")


def build_payloads(cast, lead, episode):
    """{address: what may be sent}, with the names of the fields that hold ids."""
    who = {
        "supervisee": str(cast["blackburn"].pk),
        "site": str(episode.site_id),
        "sort": "clinical",
        "minutes": 60,
    }
    coming = (timezone.localdate() + timedelta(days=20)).isoformat()
    today = timezone.localdate().isoformat()
    decision = {"family": str(episode.family_id), "decision": "Film again", "do_by": coming}
    return {
        "api-supervision-agreements": who
        | {"supervisor": str(lead.pk), "starts_on": today, "working_percent": 60},
        "api-planned-supervision": who | {"starts_on": coming, "starts_time": "10:00"},
        "api-supervision-sessions": who
        | {"held_on": today, "next_on": coming, "next_time": "10:00", "decisions": [decision]},
    }


def test_an_agreement_a_plan_and_a_session(cast, lead, episode, client):
    for name, sent in build_payloads(cast, lead, episode).items():
        assert call(client, name, **sent).status_code == 201, name
        assert client.get(reverse(name)).json()["count"] == 1
    (row,) = client.get(reverse("api-supervision-agreements")).json()["results"]
    assert (row["overdue_days"], row["working_percent"]) == (0, 60)
    assert row["next_at"]
    decision = CaseDecision.objects.get()
    assert PlannedSupervision.objects.standing().count() == 1  # the one that was planned moves
    client.force_login(cast["blackburn"], backend="pairs.access.backends.StaffBackend")
    assert call(client, "api-decision-done", decision.pk).json()["done_at"]
    assert call(client, "api-decision-undone", decision.pk).json()["done_at"] is None


def test_an_id_from_elsewhere_is_answered_as_nobodys_and_nothing_is_saved(cast, lead, episode, client):
    other = make_episode(cast["hyndburn"], reference="H", site=get_site(cast["hyndburn"]).code).family_id
    elsewhere = {
        "supervisee": cast["hyndburn"].pk,
        "site": get_site(cast["hyndburn"]).pk,
        "supervisor": NOBODY,
    }
    for name, sent in build_payloads(cast, lead, episode).items():
        for field, value in elsewhere.items():
            if field in sent:
                answers = [call(client, name, **sent | {field: str(each)}) for each in (value, NOBODY)]
                assert {answer.status_code for answer in answers} == {400}
                assert answers[0].json() == answers[1].json()
    sent = build_payloads(cast, lead, episode)["api-supervision-sessions"]
    for family in (str(other), NOBODY):
        answer = call(
            client,
            "api-supervision-sessions",
            **sent | {"decisions": [sent["decisions"][0] | {"family": family}]},
        )
        assert answer.status_code == 400
        assert "decisions.0.family" in str(answer.json())
    for model in (SupervisionAgreement, PlannedSupervision, SupervisionSession, CaseDecision):
        assert not model.objects.exists()


def test_the_agenda_and_what_is_raised(cast, episode, client):
    agreed = make_agreement(cast)
    client.force_login(cast["blackburn"], backend="pairs.access.backends.StaffBackend")
    made = call(client, "api-agenda-items", agreed.pk, text="My hours")
    assert made.status_code == 201
    (family,) = client.get(reverse("api-supervision-agenda", args=[agreed.pk])).json()["results"]
    assert family["family"] == str(episode.family_id)
    assert {"kind", "why", "since"} == set(family["reasons"][0])
    assert call(client, "api-close-agenda-item", made.json()["id"]).json()["closed_at"]
    assert AgendaItem.objects.open().count() == 0
    assert call(client, "api-close-agenda-item", made.json()["id"]).status_code == 404


def test_another_frequency_by_whoever_supervises_there(cast, lead, client):
    agreed = make_agreement(cast)
    path = reverse("api-supervision-agreement", args=[agreed.pk])
    changed = client.patch(path, {"working_percent": 50, "every_days": 28}, content_type="application/json")
    assert (changed.status_code, changed.json()["every_days"]) == (200, 28)
    client.force_login(cast["blackburn"], backend="pairs.access.backends.StaffBackend")
    assert client.patch(path, {"every_days": 1}, content_type="application/json").status_code == 403


def test_through_the_pages_of_an_agreement(cast, lead, client):
    posted = {
        "supervisee": cast["blackburn"].pk, "supervisor": lead.pk, "site": get_site(cast["blackburn"]).pk,
        "sort": "clinical", "minutes": 60, "working_percent": 120, "starts_on": timezone.localdate(),
        "ends_on": timezone.localdate() - timedelta(days=3),
    }  # fmt: skip
    page = client.post(reverse("new-supervision-agreement"), posted).content.decode()
    assert "less than or equal to 100" in page
    page = client.post(
        reverse("new-supervision-agreement"), posted | {"working_percent": 60}
    ).content.decode()
    assert "not before the first day" in page
    assert not SupervisionAgreement.objects.exists()
    posted |= {"working_percent": 60, "ends_on": ""}
    shown = client.post(reverse("new-supervision-agreement"), posted, follow=True).content.decode()
    assert "60 minutes every 23 days, at 60% of full time" in shown
    path = reverse("change-supervision-agreement", args=[SupervisionAgreement.objects.get().pk])
    assert "an hour every week with fewer than 3 years" in client.get(path).content.decode()
    answer = client.post(path, {"minutes": 60, "working_percent": 100}, follow=True)
    assert "60 minutes every 2 weeks" in answer.content.decode()
