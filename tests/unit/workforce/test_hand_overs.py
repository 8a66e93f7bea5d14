"""Everything a colleague holds goes to others at once and back in one step; nothing that names them is left."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration.hub_consultation.actions import ask_hub
from interventions.collaboration.models import HubRequest
from interventions.diary.models import Appointment
from interventions.episodes.models import Episode
from interventions.groups.models import Facilitator
from interventions.plans import actions as plan_actions
from interventions.plans.models import CoWorker
from interventions.supervision.models import CaseDecision, PlannedSupervision, SupervisionSession
from interventions.workforce.actions import hand_over_work, record_absence, undo_hand_over
from interventions.workforce.held_rows import list_held_rows
from interventions.workforce.models import Absence, HandedWork, HandOver, LeadChange
from pairs.access.account_actions import set_account_open
from pairs.access.scope import load_scope
from pairs.families.actions import grant_family_access, raise_risk_alert
from pairs.families.models import Family, RiskAlert
from pairs.service.actions import assign_role
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused
from pairs.service.work_to_hand_over import list_held_work
from pairs.submissions.models import Submission
from referrals.actions.first_reader import set_first_readers
from tests.unit.diary.factories import make_visit
from tests.unit.episodes.factories import make_episode
from tests.unit.groups.factories import make_group

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def leaver(cast):
    return cast["blackburn"]


@pytest.fixture
def supervisor(cast):
    return cast["supervisor"]


@pytest.fixture
def site(leaver):
    return Site.objects.get(code="blackburn-with-darwen")


@pytest.fixture
def colleagues(site):
    """Two more practitioners at the leaver's site."""
    made = [
        User.objects.create(username=name, display_name=name.title(), email=f"{name}@pairs.example")
        for name in ("anwen", "bethan")
    ]
    for person in made:
        assign_role(user=person, role="practitioner", site=site)
    return made


def hand_over_all(leaver, by, **changed):
    """As the page proposes it."""
    scope = load_scope(by)
    rows = list_held_rows(leaver, scope)
    people = User.objects.in_bulk({each.proposed for each in rows if each.proposed})
    chosen = {each.key: people.get(each.proposed) for each in rows if each.proposed or each.may_end}
    return hand_over_work(leaver=leaver, chosen=chosen | changed, why="Leaves on Friday", by=by, scope=scope)


def hold_everything(leaver, supervisor, colleagues, site, families=4):
    """One or more of everything that somebody can hold."""
    today = timezone.localdate()
    episodes = [make_episode(leaver, reference=f"H{number}") for number in range(families)]
    first = episodes[0]
    for number, episode in enumerate(episodes):
        make_visit(episode, leaver, days=3, hour=8 + number % 9)
    make_visit(first, leaver, days=-2, hour=9)
    others = make_episode(colleagues[0], reference="O1")
    make_visit(others, colleagues[0], days=4, hour=9, colleagues=[leaver])
    make_visit(others, leaver, days=5, hour=9)
    plan_actions.add_co_worker(
        episode=others, user=leaver, since=today - 5 * DAY, why="Films", by=colleagues[0]
    )
    group = make_group(leaver)
    raise_risk_alert(site=site, what="Worry", by=leaver, family=first.family, lead=leaver)
    session = SupervisionSession.objects.create(
        site=site, supervisor=supervisor, supervisee=leaver, held_on=today - 9 * DAY
    )
    for episode in episodes:
        CaseDecision.objects.create(session=session, family=episode.family, decision="Ask", owner=leaver)
    soon = timezone.now() + 5 * DAY
    PlannedSupervision.objects.create(site=site, supervisor=supervisor, supervisee=leaver, starts_at=soon)
    ask_hub(
        family=first.family,
        wants="thought",
        question="May we think together?",
        urgency="weeks",
        episode=first,
        by=leaver,
    )
    Submission.objects.create(
        user=leaver,
        kind="new-contact",
        path=reverse("new-contact", args=[first.pk]),
        data={"": {"note": ["half a note"]}},
    )
    record_absence(
        person=colleagues[0], site=site, starts_on=today, ends_on=today + DAY, cover=leaver, by=supervisor
    )
    return episodes, group


def list_rows_naming(user):
    """Every row of every table that names this person by a foreign key: {(table, key): ids}."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if hasattr(model, "pgh_tracked_model") or model._meta.proxy or not model._meta.managed:
            continue
        for key in model._meta.concrete_fields:
            if key.is_relation and key.related_model is User:
                ids = set(model._base_manager.filter(**{key.name: user}).values_list("pk", flat=True))
                if ids:
                    found[model._meta.label, key.name] = ids
    return found


# Rows that name whoever wrote, asked, booked, led or had something once: what was, not what is to be done.
PAST = {
    ("diary.Appointment", "booked_by"), ("groups.Programme", "begun_by"), ("collaboration.HubRequest", "asked_by"),
    ("collaboration.HubRequestStep", "by"), ("supervision.SupervisionSession", "supervisee"),
    ("workforce.LeadChange", "before"), ("workforce.HandOver", "leaver"), ("families.RiskAlert", "raised_by"),
    ("service.User_groups", "user"), ("service.RoleTerm", "user"), ("plans.CoWorker", "user"),
    ("groups.Facilitator", "user"), ("supervision.PlannedSupervision", "supervisee"),
    ("interventions.Episode", "opened_by"), ("families.RiskAlertStep", "by"), ("audit.AccountEvent", "user"),
    ("episodes.CareContact", "practitioner"), ("referrals.Referral", "referrer"), ("plans.FocusChange", "by"),
    ("plans.GroupingStep", "by"), ("jobs.Job", "asked_by"),
}  # fmt: skip


def test_nothing_is_left_behind_and_everything_comes_back(leaver, supervisor, colleagues, site, cast):
    episodes, group = hold_everything(leaver, supervisor, colleagues, site)
    before = list_rows_naming(leaver)
    held = {work.rule.code: work.count for work in list_held_work(leaver)}
    assert set(held) == {
        "lead", "alert", "form", "co-work", "visit", "along", "group", "hub-question", "supervision-had", "action",
        "cover",
    }  # fmt: skip
    hand_over = hand_over_all(leaver, cast["administrator"])
    assert list_held_work(leaver) == []
    assert not set(list_rows_naming(leaver)) - PAST
    today = timezone.localdate()
    assert not CoWorker.objects.live().filter(user=leaver, until=None).exists()
    assert not Facilitator.objects.live().filter(user=leaver, until=None).exists()
    assert not PlannedSupervision.objects.standing().filter(supervisee=leaver).exists()
    assert set(LeadChange.objects.live().values_list("episode", flat=True)) == {each.pk for each in episodes}
    for episode in episodes:
        episode.refresh_from_db()
        assert episode.lead in colleagues + [supervisor]
        leads = set(Appointment.objects.filter(episode=episode).values_list("practitioner", flat=True))
        assert leads == {episode.lead_id}
    undo_hand_over(hand_over=hand_over, by=cast["administrator"])
    after = list_rows_naming(leaver)
    assert {key: ids for key, ids in after.items() if key in before} == before
    assert {work.rule.code: work.count for work in list_held_work(leaver)} == held
    assert not LeadChange.objects.live().exists()
    assert group.facilitators.live().filter(until=None).count() == 1
    assert Absence.objects.get().cover == leaver
    assert not CoWorker.objects.live().current(today).exclude(user=leaver).exists()
