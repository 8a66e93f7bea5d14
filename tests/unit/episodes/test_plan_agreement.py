"""The day on which a family agreed the plan, by API; its page is tests/unit/outcomes/test_agree_plan.py."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import agree_plan, end_episode
from pairs.service.refusals import ActionRefused
from tests.unit.episodes.factories import make_episode

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_nothing_is_agreed_after_the_end(me):
    episode, today = make_episode(me, days_ago=10), timezone.localdate()
    end_episode(episode=episode, ended_on=today - DAY, reason="02", summary="x", held_next_by="x", by=me)
    with pytest.raises(ActionRefused, match="after the episode ended"):
        agree_plan(episode=episode, agreed_on=today, by=me)


def test_the_api_does_the_same(me, client):
    episode, today = make_episode(me, days_ago=10), timezone.localdate()
    address = reverse("api-plan-agreement", args=[episode.pk])

    def ask(day, key):
        return client.post(address, {"agreed_on": day}, "application/json", headers={"Idempotency-Key": key})

    answer = ask(today.isoformat(), "11111111-1111-4111-8111-111111111111")
    assert answer.status_code in (200, 201)
    assert answer.json()["plan_agreed_on"] == today.isoformat()
    assert ask("tomorrow", "22222222-2222-4222-8222-222222222222").status_code == 400


@pytest.mark.parametrize(("who", "status"), [("hyndburn", 404), ("healthvisitor", 403), ("peer", 403)])
def test_who_may_not(cast, client, who, status):
    episode = make_episode(cast["blackburn"])
    client.force_login(cast[who])
    assert client.get(reverse("plan-agreement", args=[episode.pk])).status_code == status
