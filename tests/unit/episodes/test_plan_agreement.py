"""The day on which a family agreed the plan: on the page, in the API, and never a day that cannot be."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import agree_plan, end_episode, set_goal
from interventions.episodes.models import Episode
from pairs.service.refusals import Refused
from tests.unit.episodes.work import make_episode

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def me(cast, client):
    client.force_login(cast["blackburn"])
    return cast["blackburn"]


def posted(client, episode, day):
    address = reverse("plan-agreement", args=[episode.pk])
    token = client.get(address).content.decode().partition('name="submission" value="')[2][:36]
    return client.post(address, {"submission": token, "agreed_on": day.isoformat()})


def day_kept(episode):
    return Episode.objects.get(pk=episode.pk).plan_agreed_on


def test_the_page_keeps_the_day_and_can_put_it_right(me, client):
    episode, today = make_episode(me, days_ago=10), timezone.localdate()
    set_goal(episode=episode, dyad=episode.focus.get(), words="Bath time", by=me)
    text = client.get(reverse("plan-agreement", args=[episode.pk])).content.decode()
    assert "Bath time" in text
    assert posted(client, episode, today).status_code == 302
    assert day_kept(episode) == today
    assert posted(client, episode, today - 3 * DAY).status_code == 302
    assert day_kept(episode) == today - 3 * DAY
    shown = client.get(reverse("episode", args=[episode.pk])).content.decode()
    assert "Agreed with the family" in shown


@pytest.mark.parametrize(("days", "why"), [(-1, "still to come"), (11, "before the episode began")])
def test_a_day_that_cannot_be_is_refused_beside_the_field(me, client, days, why):
    episode = make_episode(me, days_ago=10)
    answer = posted(client, episode, timezone.localdate() - days * DAY)
    assert answer.status_code == 200
    assert why in answer.content.decode()
    assert day_kept(episode) is None


def test_nothing_is_agreed_after_the_end(me):
    episode, today = make_episode(me, days_ago=10), timezone.localdate()
    end_episode(episode=episode, ended_on=today - DAY, reason="02", summary="x", held_next_by="x", by=me)
    with pytest.raises(Refused, match="after the episode ended"):
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
