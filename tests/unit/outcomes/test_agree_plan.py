"""One screen that agrees a plan and rates a goal: both national dates from one talk, and a place for each no."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import set_goal
from interventions.episodes.models import Episode, Goal
from interventions.plans.models import DeclinedOffer, Plan
from outcomes.models import GoalRating
from tests.unit.episodes.factories import make_contact, make_episode

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def post_plan_agreement(client, episode, **said):
    address = reverse("plan-agreement", args=[episode.pk])
    token = client.get(address).content.decode().partition('name="submission" value="')[2][:36]
    usual = {"submission": token, "answer": "yes", "agreed_on": timezone.localdate().isoformat()}
    return client.post(address, usual | {"aims": "To play together"} | said)


def test_one_form_records_plan_agreement_goal_and_rating(me, client):
    episode, today = make_episode(me, days_ago=10), timezone.localdate()
    dyad = episode.focus.get()
    new = {"goal": "new", "goal_words": "Bath time", "goal_dyad": str(dyad.pk), "score": "3"}
    assert post_plan_agreement(client, episode, **new, success="We laugh").status_code == 302
    plan, goal, rating = Plan.objects.get(), Goal.objects.get(), GoalRating.objects.get()
    assert (plan.aims, plan.success, plan.agreed_on) == ("To play together", "We laugh", today)
    assert (goal.words, goal.dyad, rating.score, rating.timepoint) == ("Bath time", dyad, 3, "start")
    assert Episode.objects.get(pk=episode.pk).plan_agreed_on == today
    shown = client.get(reverse("episode", args=[episode.pk])).content.decode()
    for words in ("What was agreed", "To play together", "Bath time"):
        assert words in shown


def test_sent_again_it_makes_no_second_plan_and_corrects_the_day(me, client):
    episode, today = make_episode(me, days_ago=10), timezone.localdate()
    goal = set_goal(episode=episode, dyad=episode.focus.get(), words="Bath time", by=me)
    assert "Bath time" in client.get(reverse("plan-agreement", args=[episode.pk])).content.decode()
    assert post_plan_agreement(client, episode).status_code == 302
    again = {"agreed_on": (today - 3 * DAY).isoformat(), "goal": str(goal.pk), "score": "5"}
    assert post_plan_agreement(client, episode, **again).status_code == 302
    assert Plan.objects.count() == 1
    assert Episode.objects.get(pk=episode.pk).plan_agreed_on == today - 3 * DAY
    assert "Enter why it changes" in post_plan_agreement(client, episode, aims="To sleep").content.decode()
    assert (
        post_plan_agreement(client, episode, aims="To sleep", changed_because="Nights are hard").status_code
        == 302
    )
    assert [plan.aims for plan in Plan.objects.current()] == ["To sleep"]
    assert Plan.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"agreed_on": -1}, "This date is in the future"),
        ({"agreed_on": 11}, "before the episode began"),
        ({"agreed_on": ""}, "Enter the date they agreed"),
        ({"aims": ""}, "Enter what they want to happen"),
        ({"goal": "new", "goal_words": ""}, "Enter what they hope for"),
        ({"score": "11"}, "Select a valid choice"),
    ],
)
def test_errors_are_shown_beside_the_field_and_nothing_is_saved(me, client, said, why):
    episode = make_episode(me, days_ago=10)
    if isinstance(said.get("agreed_on"), int):
        said = {"agreed_on": (timezone.localdate() - said["agreed_on"] * DAY).isoformat()}
    answer = post_plan_agreement(client, episode, **said)
    assert (answer.status_code, why in answer.content.decode()) == (200, True)
    assert not Plan.objects.exists()
    assert Episode.objects.get(pk=episode.pk).plan_agreed_on is None


def test_a_family_may_decline_any_part_and_help_still_counts_as_begun(me, client):
    episode = make_episode(me, days_ago=10)
    make_contact(episode, me, days_ago=4)
    assert (
        post_plan_agreement(
            client, episode, answer="no", aims="", goal="declined", why_not="Too much"
        ).status_code
        == 302
    )
    assert sorted(DeclinedOffer.objects.values_list("what", "why")) == [
        ("goals", "Too much"),
        ("plan", "Too much"),
    ]
    assert not Plan.objects.exists()
    shown = client.get(reverse("episode", args=[episode.pk])).content.decode()
    assert "Help began" in shown
    assert "they declined goals" in shown
    goal = set_goal(episode=episode, dyad=episode.focus.get(), words="Bath time", by=me)
    assert post_plan_agreement(client, episode, goal=str(goal.pk), score="declined").status_code == 302
    assert DeclinedOffer.objects.get(what="rating").goal == goal
    assert not GoalRating.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("hyndburn", 404), ("healthvisitor", 403), ("peer", 403)])
def test_who_may_not(cast, client, who, status):
    episode = make_episode(cast["blackburn"])
    client.force_login(cast[who])
    assert client.get(reverse("plan-agreement", args=[episode.pk])).status_code == status
