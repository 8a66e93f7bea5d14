"""After a baby's death a parent's own mood and goals are recorded; after a carer's death nothing of theirs."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import set_goal
from outcomes import measure_links
from outcomes.actions.assessments import AssessmentInput, rate_goal, record_assessment
from outcomes.dyad_choices import list_recordable_dyads
from outcomes.measures import get_catalogue
from outcomes.models import Assessment
from pairs.families.models import Family, RiskAlert
from pairs.service.refusals import ActionRefused

PHQ9_WITH_ITEM_9 = dict.fromkeys(range(1, 9), 1) | {9: 2}


def record(world, measure, responses, days_ago=0):
    world.dyad.refresh_from_db()
    return record_assessment(
        episode=world.episode,
        dyad=world.dyad,
        measure=measure,
        timepoint="review",
        completed_on=world.get_days_ago(days_ago),
        filled=AssessmentInput(responses=responses),
        by=world.cast["blackburn"],
    )


@pytest.fixture
def grieving(world):
    world.maya.change(lost_on=world.get_days_ago(5), loss="death")
    world.dyad.refresh_from_db()
    return world


def test_a_mothers_own_mood_raises_its_alert_on_the_day_after_her_baby_died_too(grieving):
    made = record(grieving, "phq9", PHQ9_WITH_ITEM_9)
    assert made.scores["total"] == 10
    (alert,) = RiskAlert.objects.all()
    assert timezone.localdate(alert.created_at) == timezone.localdate()
    assert "PHQ-9" in alert.what


def test_what_asks_about_the_baby_is_not_recorded_for_a_day_after(grieving):
    with pytest.raises(ActionRefused, match="After a loss"):
        record(grieving, "prfq", dict.fromkeys(range(1, 19), 4))
    assert record(grieving, "prfq", dict.fromkeys(range(1, 19), 4), days_ago=6)


def test_the_pages_offer_a_grieving_parent_their_own_measures_alone(grieving, client):
    client.force_login(grieving.cast["blackburn"])
    page = client.get(reverse("choose-measure", args=[grieving.episode.pk])).content.decode()
    assert "measure=phq9" in page
    assert "measure=prfq" not in page
    assert reverse("new-measure-link", args=[grieving.episode.pk]) not in page
    family = Family.objects.with_people().get(pk=grieving.episode.family_id)
    offered = [
        pk
        for dyad, _ in list_recordable_dyads(family, grieving.episode, get_catalogue()["phq9"])
        for pk in [dyad.pk]
    ]
    assert grieving.dyad.pk in offered


def test_a_grieving_parents_goal_is_set_and_rated(grieving):
    me = grieving.cast["blackburn"]
    goal = set_goal(episode=grieving.episode, dyad=grieving.dyad, words="To get through the nights", by=me)
    assert rate_goal(goal=goal, timepoint="review", score=2, rated_on=timezone.localdate(), by=me).score == 2


def test_what_is_a_grieving_parents_own_is_within_reach(grieving, client):
    """From the plan, the measures and the relationship: nobody has to know the address."""
    me = grieving.cast["blackburn"]
    client.force_login(me)
    goal = set_goal(episode=grieving.episode, dyad=grieving.dyad, words="To get through the nights", by=me)
    pages = (
        ("family-plan", grieving.episode.family_id, True),
        ("family-measures", grieving.episode.family_id, False),
        ("dyad", grieving.dyad.pk, True),
    )
    for name, pk, shows_goals in pages:
        page = client.get(reverse(name, args=[pk])).content.decode()
        assert reverse("choose-measure", args=[grieving.episode.pk]) in page, name
        assert reverse("new-goal", args=[grieving.episode.pk]) in page, name
        assert (reverse("rate-goal", args=[goal.pk]) in page) == shows_goals, name


def test_a_goal_about_the_baby_is_not_rated_after_a_loss(world, client):
    me = world.cast["blackburn"]
    client.force_login(me)
    goal = set_goal(episode=world.episode, dyad=world.dyad, words="Sleep", by=me)
    goal.change(set_on=world.get_days_ago(9))
    world.maya.change(lost_on=world.get_days_ago(5), loss="death")
    for name, pk in (("family-plan", world.episode.family_id), ("dyad", world.dyad.pk)):
        page = client.get(reverse(name, args=[pk])).content.decode()
        assert reverse("rate-goal", args=[goal.pk]) not in page


def test_a_relationship_with_a_carer_who_died_offers_nothing_new(world, client):
    client.force_login(world.cast["blackburn"])
    goal = set_goal(episode=world.episode, dyad=world.dyad, words="Sleep", by=world.cast["blackburn"])
    world.dyad.caregiver.change(died_on=world.get_days_ago(1))
    page = client.get(reverse("dyad", args=[world.dyad.pk])).content.decode()
    for name, pk in (
        ("choose-measure", world.episode.pk),
        ("new-goal", world.episode.pk),
        ("rate-goal", goal.pk),
    ):
        assert reverse(name, args=[pk]) not in page


def test_nothing_of_a_carer_who_died_is_asked_sent_or_rated_for_later_days(world):
    me, mother = world.cast["blackburn"], world.dyad.caregiver
    goal = set_goal(episode=world.episode, dyad=world.dyad, words="Sleep", by=me)
    _, token = measure_links.make_measure_link(
        episode=world.episode, dyad=world.dyad, measure="prfq", timepoint="start", by=me
    )
    mother.change(died_on=world.get_days_ago(1))
    assert measure_links.get_usable_link(token) is None
    world.dyad.refresh_from_db()
    goal.refresh_from_db()
    for act in (
        lambda: measure_links.make_measure_link(
            episode=world.episode, dyad=world.dyad, measure="ors", timepoint="start", by=me
        ),
        lambda: record(world, "phq9", PHQ9_WITH_ITEM_9),
        lambda: set_goal(episode=world.episode, dyad=world.dyad, words="More", by=me),
        lambda: rate_goal(goal=goal, timepoint="start", score=2, rated_on=timezone.localdate(), by=me),
    ):
        with pytest.raises(ActionRefused):
            act()
    assert record(world, "phq9", PHQ9_WITH_ITEM_9, days_ago=1)
    assert Assessment.objects.count() == 1


def test_nothing_is_missing_after_a_death(grieving, client):
    """A measure of before keeps its scores; nobody is told that its pair is still missing."""
    record(grieving, "prfq", dict.fromkeys(range(1, 19), 4), days_ago=6)
    client.force_login(grieving.cast["blackburn"])
    address = reverse("family-measures", args=[grieving.episode.family_id])
    after = client.get(address).content.decode()
    grieving.maya.change(lost_on=None, loss="")
    before = client.get(address).content.decode()
    assert ("No pair yet" in before, "No pair yet" in after) == (True, False)
    assert "PRFQ: " in after
