"""A colleague who holds one or more of everything, and every row that names somebody."""

from datetime import timedelta

from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration.hub_consultation.actions import ask_hub
from interventions.plans import actions as plan_actions
from interventions.supervision.models import (
    CaseDecision,
    PlannedSupervision,
    SupervisionAgreement,
    SupervisionSession,
)
from interventions.workforce.actions import hand_over_work, record_absence
from interventions.workforce.held_rows import list_held_rows
from pairs.access.scope import load_scope
from pairs.families.actions import raise_risk_alert
from pairs.service.models import User
from pairs.submissions.models import Submission
from tests.unit.diary.factories import make_visit
from tests.unit.episodes.factories import make_episode
from tests.unit.groups.factories import make_group

DAY = timedelta(days=1)


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
    SupervisionAgreement.objects.create(
        site=site, supervisor=supervisor, supervisee=leaver, starts_on=today - 30 * DAY
    )
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
    ("audit.AccessEntry", "user"), ("collaboration.HubRequest", "asked_by"), ("collaboration.HubRequestStep", "by"),
    ("diary.Appointment", "booked_by"), ("diary.CalendarToken", "user"), ("families.RiskAlert", "raised_by"),
    ("families.RiskAlertStep", "by"), ("groups.Facilitator", "user"), ("groups.Programme", "begun_by"),
    ("plans.CoWorker", "user"), ("service.User_groups", "user"), ("supervision.PlannedSupervision", "supervisee"),
    ("supervision.SupervisionAgreement", "supervisee"),
    ("supervision.SupervisionSession", "supervisee"), ("workforce.HandOver", "leaver"),
    ("workforce.LeadChange", "before"),
}  # fmt: skip
