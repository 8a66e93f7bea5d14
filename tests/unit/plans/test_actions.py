"""What is done about a plan and around it: versions stay, days are possible, waits end by themselves, what is due."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from interventions.episodes.actions import close_goal, end_episode, reword_goal, set_goal
from interventions.episodes.models import Episode, Goal, Intervention, InterventionWait
from interventions.plans import actions
from interventions.plans.models import (
    CoWorker,
    FocusChange,
    Formulation,
    GroupingStep,
    Plan,
    query_co_worked_episodes,
)
from pairs.access.scope import load_scope
from pairs.families.models import Caregiver, Dyad
from pairs.service.refusals import ActionRefused
from tests.app_due_items import make_due_items
from tests.unit.episodes.factories import VIG_CODE, make_contact, make_episode

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
list_app_due_items = make_due_items("interventions.plans")
EMPTY_PLAN = {
    "success": "",
    "by_when": None,
    "who_when": "",
    "if_not_helping": "",
    "review_on": None,
    "agreed_on": None,
}


@pytest.fixture
def me(cast):
    return cast["blackburn"]


@pytest.fixture
def episode(me):
    return make_episode(me, days_ago=100)


def get_intervention(code="parent-infant-psychotherapy"):
    return Intervention.objects.get(code=code)


def make_plan(episode, by, **said):
    return actions.write_plan(
        episode=episode, by=by, **({"caregiver": None, "aims": "Play"} | EMPTY_PLAN | said)
    )


def list_due_codes(user, episode, days=0):
    on = timezone.localdate() + days * DAY
    found = list_app_due_items(load_scope(user), on, [episode.family_id])
    return sorted(item.code for item in found)


def test_a_changed_plan_is_a_new_version_and_the_old_words_stay(episode, me):
    today = timezone.localdate()
    first = make_plan(episode, me, review_on=today + 30 * DAY, agreed_on=today)
    assert Episode.objects.get(pk=episode.pk).review_on == today + 30 * DAY
    assert Episode.objects.get(pk=episode.pk).plan_agreed_on == today
    with pytest.raises(ActionRefused, match="They already have a plan"):
        make_plan(episode, me)
    with pytest.raises(ActionRefused, match="why it changes"):
        make_plan(episode, me, replaces=first)
    second = make_plan(episode, me, aims="Sleep", replaces=first, changed_because="Nights are hard")
    assert list(Plan.objects.current()) == [second]
    with pytest.raises(ActionRefused, match="already"):
        make_plan(episode, me, aims="Sing", replaces=first, changed_because="At the same moment")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Plan.objects.filter(pk=first.pk).update(aims="Never said")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Plan.objects.filter(pk=second.pk).delete()
    assert Plan.objects.get(pk=first.pk).aims == "Play"


def test_a_review_sets_the_next_day_or_none(episode, me):
    today, plan = timezone.localdate(), make_plan(episode, me)
    said = {"plan": plan, "held_on": today, "how_it_went": "Calmer", "by": me}
    actions.review_plan(**said, decision="keep", next_on=today + 20 * DAY)
    assert Episode.objects.get(pk=episode.pk).review_on == today + 20 * DAY
    actions.review_plan(**said, decision="end", next_on=None)
    assert Episode.objects.get(pk=episode.pk).review_on is None
    with pytest.raises(ActionRefused, match="before the plan was made"):
        actions.review_plan(**said | {"held_on": today - DAY}, decision="end", next_on=None)


def test_a_formulation_preserves_its_versions_and_whom_each_part_is_about(episode, me):
    dyad, carer = episode.focus.get(), episode.family.caregivers.get()
    parts = {"saw": ("They looked", dyad), "hard": ("Her own nights", carer), "helps": (" ", None)}
    said = {"episode": episode, "written_on": timezone.localdate(), "with_family": True, "by": me}
    first = actions.write_formulation(parts=parts, **said)
    actions.write_formulation(parts={"saw": ("They laughed", None)}, **said)
    assert [part.about for part in first.parts.order_by("created_at")] == [str(dyad), f"{carer} alone"]
    assert Formulation.objects.filter(episode=episode).count() == 2
    with pytest.raises(ActionRefused, match="at least one part"):
        actions.write_formulation(parts={"saw": ("", None)}, **said)
    stranger = make_episode(me, reference="S").family.caregivers.get()
    with pytest.raises(ActionRefused, match="Choose from this family"):
        actions.write_formulation(parts={"saw": ("Words", stranger)}, **said)


def test_goals_are_reached_closed_or_reworded_and_three_are_the_limit(episode, me):
    dyad = episode.focus.get()
    goals = [set_goal(episode=episode, dyad=dyad, words=f"Hope {n}", by=me) for n in range(3)]
    with pytest.raises(ActionRefused, match="There are already 3 goals"):
        set_goal(episode=episode, dyad=dyad, words="One more", by=me)
    anew = reword_goal(goal=goals[0], words="Another hope", by=me)
    assert (anew.rewords, Goal.objects.get(pk=goals[0].pk).closed_as) == (goals[0], "reworded")
    close_goal(goal=goals[1], how="reached", why="We laugh now", by=me)
    assert set_goal(episode=episode, dyad=dyad, words="Room again", by=me)
    for late in (lambda: close_goal(goal=goals[1], how="closed", why="", by=me),
                 lambda: reword_goal(goal=goals[0], words="Late", by=me)):  # fmt: skip
        with pytest.raises(ActionRefused, match="already closed"):
            late()
    with pytest.raises(ActionRefused, match="the current wording"):
        reword_goal(goal=anew, words=" Another hope ", by=me)


def test_a_co_worker_has_the_family_on_their_caseload_until_their_last_day(cast, episode, me):
    other, today = cast["supervisor"], timezone.localdate()
    added = actions.add_co_worker(episode=episode, user=other, since=today, why="Films", by=me)
    assert list(query_co_worked_episodes(other, today)) == [{"episode": episode.pk}]
    for user, why in ((other, "work on this"), (me, "lead"), (cast["hyndburn"], "family's site")):
        with pytest.raises(ActionRefused, match=why):
            actions.add_co_worker(episode=episode, user=user, since=today, why="x", by=me)
    actions.end_co_work(co_worker=added, until=today, by=me)
    assert list(query_co_worked_episodes(other, today + DAY)) == []
    assert CoWorker.objects.get().until == today


def test_the_focus_changes_with_its_day(episode, me):
    dyad, today = episode.focus.get(), timezone.localdate()
    other = _create_dyad(episode, dyad, "Dan")
    actions.change_focus(episode=episode, focus=[other], since=today, why="Mum works", by=me)
    assert list(episode.focus.all()) == [other]
    assert sorted(FocusChange.objects.values_list("change", "dyad")) == [("in", other.pk), ("out", dyad.pk)]
    with pytest.raises(ActionRefused, match="already in focus"):
        actions.change_focus(episode=episode, focus=[other], since=today, why="", by=me)
    with pytest.raises(ActionRefused, match="at least one"):
        actions.change_focus(episode=episode, focus=[], since=today, why="", by=me)


def _create_dyad(episode, dyad, name):
    carer = Caregiver.objects.create(family=episode.family, given_name=name)
    whose = {"family": episode.family, "infant": dyad.infant, "caregiver": carer}
    return Dyad.objects.create(**whose, relationship="father")


def test_the_grouping_over_time(episode, me):
    today = timezone.localdate()
    said = {"episode": episode, "why": "A crisis", "agreed": False, "by": me}
    step = actions.set_grouping(grouping="risk_support", since=today, **said)
    assert (step.before, Episode.objects.get(pk=episode.pk).thrive) == ("help", "risk_support")
    with pytest.raises(ActionRefused, match="a later change"):
        actions.set_grouping(grouping="help", since=today - DAY, **said)
    with pytest.raises(ActionRefused, match="already the grouping"):
        actions.set_grouping(grouping="risk_support", since=today, **said | {"episode": step.episode})
    with pytest.raises(ProgrammingError), transaction.atomic():
        GroupingStep.objects.update(why="Something else")


def test_a_wait_ends_by_itself_when_it_starts_however_it_starts(episode, me):
    today = timezone.localdate()
    wait = actions.start_wait(episode=episode, intervention=get_intervention(), since=today - 40 * DAY, by=me)
    with pytest.raises(ActionRefused, match="already waiting for this"):
        actions.start_wait(episode=episode, intervention=get_intervention(), since=today, by=me)
    with pytest.raises(ActionRefused, match="already under way"):
        actions.start_wait(episode=episode, intervention=get_intervention(VIG_CODE), since=today, by=me)
    make_contact(episode, me, days_ago=2, interventions=[get_intervention()])
    wait.refresh_from_db()
    assert (wait.closed_as, wait.closed_on) == ("started", today - 2 * DAY)
    second = actions.start_wait(episode=episode, intervention=get_intervention("emdr"), since=today, by=me)
    with pytest.raises(ActionRefused, match="why"):
        actions.end_wait(wait=second, how="declined", on=today, why="", by=me)
    assert actions.end_wait(wait=second, how="started", on=today, why="", by=me).closed_as == "started"
    third = actions.start_wait(episode=episode, intervention=get_intervention("mellow"), since=today, by=me)
    end_episode(episode=episode, ended_on=today, reason="02", summary="x", held_next_by="x", by=me)
    assert InterventionWait.objects.get(pk=third.pk).closed_as == "ended"


def test_is_it_helping_is_asked_answered_and_can_end_the_work(episode, me, settings):
    today = timezone.localdate()
    use = actions.start_intervention(
        episode=episode, intervention=get_intervention(), started_on=today - 90 * DAY, by=me
    )
    assert list_due_codes(me, episode) == ["is_it_helping"]
    said = {"use": use, "asked_on": today, "family_words": "", "what_changes": "", "by": me}
    good = {"family_says": "yes", "we_say": "partly", "what_next": "go_on", "ask_again_on": today + 30 * DAY}
    actions.answer_helping(**said, **good)
    assert list_due_codes(me, episode) == []
    assert list_due_codes(me, episode, days=30) == ["is_it_helping"]
    with pytest.raises(ActionRefused, match="not helping now"):
        actions.answer_helping(**said, **good | {"we_say": "not_now"})
    actions.answer_helping(**said, family_says="ended", we_say="yes", what_next="end", ask_again_on=None)
    use.refresh_from_db()
    assert (use.ended_on, use.ended_because) == (today, "The family ended it")
    assert list_due_codes(me, episode, days=300) == []


def test_contact_while_waiting_and_plans_are_due_only_where_configured(episode, me, settings):
    today = timezone.localdate()
    actions.start_wait(episode=episode, intervention=get_intervention("emdr"), since=today - 27 * DAY, by=me)
    assert (list_due_codes(me, episode), list_due_codes(me, episode, days=1)) == ([], ["waiting_contact"])
    make_contact(episode, me, days_ago=1)
    assert list_due_codes(me, episode, days=1) == []
    settings.PLAN_WITHIN = timedelta(weeks=6)
    assert list_due_codes(me, episode) == ["plan_to_make"]
    actions.record_declined(episode=episode, what="plan", declined_on=today, why="", by=me)
    assert list_due_codes(me, episode) == []


def test_after_a_loss_nothing_of_this_is_asked(episode, me, settings):
    settings.PLAN_WITHIN = timedelta(weeks=6)
    actions.start_intervention(
        episode=episode, intervention=get_intervention(), started_on=timezone.localdate() - 95 * DAY, by=me
    )
    episode.family.infants.update(lost_on=timezone.localdate(), loss="death")
    assert list_due_codes(me, episode) == []


def test_the_catalogue_is_maintained_and_nothing_in_it_is_deleted(me):
    facts = {
        "name": "Dads and babies",
        "shape": "group",
        "given": "group",
        "sessions_from": 6,
        "sessions_to": 8,
    }
    facts |= {"thrive": ["help"], "delivered_by": "Anybody trained here", "snomed_code": ""}
    made = actions.save_intervention(by=me, **facts)
    assert (made.code, made.thrive) == ("dads-and-babies", ["help"])
    with pytest.raises(ActionRefused, match="There is already one with this name"):
        actions.save_intervention(by=me, **facts)
    again = actions.save_intervention(by=me, **facts | {"name": "Dads & babies"})
    assert again.code == "dads-babies"
    assert actions.retire_intervention(intervention=made, by=me).retired_on
    assert made not in Intervention.objects.offered()
    assert actions.retire_intervention(intervention=made, by=me).retired_on is None


REQUIRED_INTERVENTIONS = [
    "video-interaction-guidance",
    "circle-of-security-8-individual",
    "circle-of-security-8-group",
    "circle-of-security-20-individual",
    "circle-of-security-20-group",
    "parent-infant-psychotherapy",
    "watch-wait-and-wonder",
    "vipp",
    "vipp-sd",
    "nbo",
    "nbas",
    "mellow",
    "family-therapy",
    "mentalization-based",
    "emdr",
    "compassion-focused-therapy",
    "behavioural-activation",
    "watch-me-play",
    "infant-massage",
    "psychoeducation",
    "peer-support",
]


def test_the_catalogue_has_all_that_was_asked_for_and_no_code_was_guessed():
    ways = Intervention.objects.in_bulk(REQUIRED_INTERVENTIONS, field_name="code")
    assert sorted(ways) == sorted(REQUIRED_INTERVENTIONS)
    assert {each.snomed_code for each in ways.values()} == {""}
    assert {code for code, each in ways.items() if each.thrive} == {
        *REQUIRED_INTERVENTIONS[:9], "mellow", "family-therapy", "mentalization-based", "watch-me-play", "peer-support",
    }  # fmt: skip
    assert len(ways["peer-support"].thrive) == 5
    assert (ways["circle-of-security-8-group"].sessions_from, ways["nbo"].sessions_from) == (8, None)


def test_nothing_is_written_once_the_episode_has_ended(episode, me):
    plan, today = make_plan(episode, me), timezone.localdate()
    end_episode(episode=episode, ended_on=today, reason="02", summary="x", held_next_by="x", by=me)
    use = episode.uses.first()
    for late in (
        lambda: make_plan(episode, me, replaces=plan, changed_because="x"),
        lambda: actions.review_plan(
            plan=plan, held_on=today, how_it_went="x", decision="end", next_on=None, by=me
        ),
        lambda: actions.set_grouping(
            episode=episode, grouping="advice", since=today, why="x", agreed=True, by=me
        ),
        lambda: actions.start_intervention(
            episode=episode, intervention=get_intervention(), started_on=today, by=me
        ),
        lambda: actions.record_declined(episode=episode, what="plan", declined_on=today, why="", by=me),
        lambda: actions.end_intervention(use=use, ended_on=today, why="", by=me),
    ):
        with pytest.raises(ActionRefused, match="ended"):
            late()
