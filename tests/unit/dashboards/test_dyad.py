"""The dyad page: the relationship, its goals and measures, and only the contacts where both were seen."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import set_goal
from outcomes.models import GoalRating
from pairs.families.models import Caregiver, Dyad
from tests.cast import GIVEN_REASON
from tests.unit.episodes.factories import make_contact, make_episode

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_dyad(client):
    def get_dyad_page(dyad):
        answer = client.get(reverse("dyad", args=[dyad.pk]))
        assert answer.status_code == 200
        return answer.content.decode()

    return get_dyad_page


def test_the_relationship_and_the_work_with_both(me, open_dyad):
    episode = make_episode(me, days_ago=40)
    dyad = episode.focus.get()
    Dyad.objects.update(restrictions="Supervised contact only", since=timezone.localdate())
    goal = set_goal(episode=episode, dyad=dyad, words="Bath time is fun", by=me)
    said = {"timepoint": "review", "rater": dyad.caregiver, "recorded_by": me}
    for score in (2, 5, 4):
        GoalRating.objects.create(goal=goal, score=score, rated_on=timezone.localdate(), **said)
    both = make_contact(episode, me, days_ago=9)
    alone = make_contact(episode, me, days_ago=5, infant="not_brought")
    text = open_dyad(dyad)
    for words in (
        "Baby1 and Cora Carer (mother)",
        "Supervised contact only",
        "Bath time is fun",
        "2 to 4: a little closer",
        "Rated on",
        reverse("rate-goal", args=[goal.pk]),
        reverse("care-contact", args=[both.pk]),
        reverse("episode", args=[episode.pk]),
        reverse("new-goal", args=[episode.pk]),
    ):
        assert words in text
    assert reverse("care-contact", args=[alone.pk]) not in text


def test_another_dyads_goal_is_not_here(me, open_dyad):
    episode = make_episode(me, days_ago=40)
    tom = Caregiver.objects.create(family=episode.family, given_name="Tom")
    infant = episode.family.infants.get()
    other = Dyad.objects.create(family=episode.family, infant=infant, caregiver=tom, relationship="father")
    set_goal(episode=episode, dyad=episode.focus.get(), words="Bath time is fun", by=me)
    text = open_dyad(other)
    assert "Bath time is fun" not in text
    assert "This relationship is not in focus" in text
    assert "No goals yet" in text


def test_a_past_relationship_can_still_be_read(me, open_dyad):
    dyad = make_episode(me).focus.get()
    Dyad.objects.update(until=timezone.localdate())
    assert "Until" in open_dyad(dyad)


@pytest.mark.parametrize(
    ("who", "status"), [("governance", 200), ("hyndburn", 404), ("healthvisitor", 403), ("peer", 403)]
)
def test_who_may_open_it(cast, client, who, status):
    dyad = make_episode(cast["blackburn"]).focus.get()
    client.force_login(cast[who])
    for name in ("dyad", "api-dyad-work"):
        assert client.get(reverse(name, args=[dyad.pk]), headers=GIVEN_REASON).status_code == status


def test_by_api(me, client):
    episode = make_episode(me, days_ago=40)
    dyad = episode.focus.get()
    set_goal(episode=episode, dyad=dyad, words="Bath time is fun", by=me)
    contact = make_contact(episode, me, days_ago=9)
    shown = client.get(reverse("api-dyad-work", args=[dyad.pk])).json()
    assert shown["relationship"] == "mother"
    assert [goal["words"] for goal in shown["goals"]] == ["Bath time is fun"]
    assert shown["contacts_with_both"] == [str(contact.pk)]
    assert shown["measures"] == []
