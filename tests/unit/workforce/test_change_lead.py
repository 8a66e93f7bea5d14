"""The lead of open work changes inside its site: what goes along, what stays, and what is refused."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from interventions.diary.models import Appointment
from interventions.plans import actions as plan_actions
from interventions.plans.models import query_co_worked_episodes
from interventions.workforce.actions import change_lead
from interventions.workforce.models import LeadChange
from pairs.access.scope import load_scope
from pairs.families.actions import raise_risk_alert
from pairs.families.models import Family
from pairs.service.refusals import ActionRefused
from pairs.service.work_to_hand_over import list_held_work
from reporting.dashboards.due_items import list_all_due_items
from reporting.dashboards.models import DueDecision
from tests.unit.diary.factories import make_visit
from tests.unit.episodes.factories import make_episode

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def colleague(cast):
    """Supervises at the same site, and so may lead there."""
    return cast["supervisor"]


@pytest.fixture
def episode(me):
    return make_episode(me, days_ago=60)


def change(episode, lead, by, **said):
    usual = {"since": timezone.localdate(), "why": "New hours", "former_stays": False}
    return change_lead(episode=episode, lead=lead, by=by, **usual | said)


def test_what_is_still_to_come_goes_along_and_what_is_over_stays(me, colleague, episode):
    past, coming = (make_visit(episode, me, days=days) for days in (-3, 3))
    others = make_visit(episode, me, days=4, practitioner=colleague)
    elsewhere = make_visit(make_episode(me, reference="E"), me, days=5)
    alert = raise_risk_alert(site=episode.site, what="Worry", by=me, family=episode.family, lead=me)
    item = DueDecision.objects.create(
        code="no_plan",
        subject_id=episode.pk,
        family_id=episode.family_id,
        handed_to=me,
        decided_by=me,
        why="x",
    )
    change(episode, colleague, me)
    episode.refresh_from_db()
    alert.refresh_from_db()
    item.refresh_from_db()
    assert (episode.lead, alert.lead, item.handed_to) == (colleague, colleague, colleague)
    leads = dict(Appointment.objects.values_list("pk", "practitioner"))
    assert leads == {past.pk: me.pk, coming.pk: colleague.pk, others.pk: colleague.pk, elsewhere.pk: me.pk}
    assert mail.outbox[-1].to == [colleague.email]
    assert str(episode.family) not in mail.outbox[-1].body


def test_due_items_follow_the_lead(me, colleague, episode):
    def list_owners():
        items = list_all_due_items(load_scope(me), timezone.localdate(), [episode.family_id])
        return {item.owner_id for item in items if item.owner_id}

    assert list_owners() == {me.pk}
    change(episode, colleague, me)
    assert list_owners() == {colleague.pk}


def test_the_former_lead_may_stay_and_a_co_worker_who_leads_co_works_no_more(me, colleague, episode):
    today = timezone.localdate()
    plan_actions.add_co_worker(episode=episode, user=colleague, since=today - 5 * DAY, why="Films", by=me)
    change(episode, colleague, me, former_stays=True)
    assert not query_co_worked_episodes(colleague, today).exists()
    assert query_co_worked_episodes(me, today).count() == 1
    assert [work.count for work in list_held_work(me)] == [1]  # the co-work


def test_the_lead_of_a_restricted_family_may_read_it(me, cast, colleague, episode):
    Family.objects.filter(pk=episode.family_id).update(restricted=True)
    assert not Family.objects.visible_to(load_scope(colleague)).filter(pk=episode.family_id).exists()
    change(type(episode).objects.get(pk=episode.pk), colleague, cast["governance"])
    assert Family.objects.visible_to(load_scope(colleague)).filter(pk=episode.family_id).exists()


def test_everything_wrong_is_said_at_once_and_nothing_is_saved(me, cast, episode):
    tomorrow = timezone.localdate() + DAY
    with pytest.raises(ActionRefused) as refused:
        change(episode, cast["healthvisitor"], me, since=tomorrow)
    assert set(refused.value.errors) == {"lead", "since"}
    with pytest.raises(ActionRefused) as refused:
        change(episode, me, me, since=episode.opened_on - DAY)
    assert set(refused.value.errors) == {"lead", "since"}
    assert not LeadChange.objects.exists()


def test_a_change_is_not_dated_before_the_last_one(me, colleague, episode):
    change(episode, colleague, me)
    with pytest.raises(ActionRefused) as refused:
        change(episode, me, me, since=timezone.localdate() - DAY)
    assert set(refused.value.errors) == {"since"}


def test_an_episode_that_has_ended_keeps_its_lead(me, colleague, episode):
    type(episode).objects.filter(pk=episode.pk).update(ended_on=timezone.localdate(), ending_reason="01")
    with pytest.raises(ActionRefused):
        change(episode, colleague, me)


def test_through_its_page_and_on_the_family_timeline(client, me, colleague, episode):
    path = reverse("change-lead", args=[episode.pk])
    page = client.get(path).content.decode()
    token = page.partition('name="submission" value="')[2][:36]
    assert f"{me} leads now" in page
    form = {
        "submission": token,
        "lead": str(colleague.pk),
        "why": "Maya moves to mornings",
        "former_stays": "on",
    }
    answer = client.post(path, form | {"since": timezone.localdate().isoformat()}, follow=True)
    assert f"{colleague} leads from" in answer.content.decode()
    shown = client.get(reverse("chronology", args=[episode.family_id])).content.decode()
    assert f"Lead changed from {me} to {colleague}" in shown
    assert "Maya moves to mornings" in shown
