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


# ---------------------------------------------------------------- every relation to a person
# Names of what somebody did or said once, wherever they are.
ACTS = {
    "entered_in_error_by", "by", "recorded_by", "written_by", "asked_by", "undone_by", "signed_by", "sent_by",
    "made_by", "ended_by", "added_by", "raised_by", "reviewed_by", "by_colleague", "begun_by", "granted_by",
    "offered_by", "answered_by", "called_back_by", "looked_through_by", "withdrawn_by", "first_read_by",
    "settled_by", "starred_by", "booked_by", "deleted_by", "cancelled_by", "planned_by", "certificate_by",
    "linked_by", "completed_by", "reopened_by", "ready_by", "decided_by", "read_by", "rated_by_staff", "confirmed_by",
    "handed_by", "closed_by", "extended_by", "taken_by",
}  # fmt: skip
# Of the account itself: keys, roles, rights and settings end, or lie idle, when it is closed.
OF_THE_ACCOUNT = {
    "guardian.UserObjectPermission", "account.EmailAddress", "mfa.Authenticator", "socialaccount.SocialAccount",
    "service.User_groups", "service.User_user_permissions", "service.RoleTerm", "access.ApiToken",
    "diary.CalendarToken", "episodes.NotePrompts", "dashboards.DailyDigest", "families.FamilyGrant",
    "families.FamilyPermission", "access.FactorReset",
}  # fmt: skip
# What was, or what is about the person and ends with them.
NOT_HELD = {
    ("audit.AccessEntry", "user"): "what they looked at",
    ("audit.AccountEvent", "user"): "what happened to their account",
    ("village.VillageMember", "user"): "they are in a family's network, as anybody may be",
    ("village.Letter", "to_user"): "a letter that was written to them",
    ("episodes.ContactColleague", "user"): "they were at a contact",
    (
        "episodes.CareContact",
        "practitioner",
    ): "a contact is its writer's; what is not signed is said on the page",
    ("families.FamilyMove", "lead"): "who took the family's work on when it moved",
    ("referrals.Referral", "referrer"): "whoever asked for help hears of it",
    ("supervision.SupervisionSession", "supervisor"): "a session that was held",
    ("supervision.SupervisionSession", "supervisee"): "a session that was held",
    ("competencies.Competence", "person"): "what they are trained in",
    ("competencies.DeliverySignOff", "person"): "it was signed off for them; another lead is asked again",
    ("workforce.Absence", "person"): "they are away themselves",
    ("workforce.LeadChange", "before"): "they led until then",
    ("workforce.LeadChange", "lead"): "they led from then on: the episode says who does now",
    ("restrictions.OwnRecordAnswer", "person"): "what they said of a record that may be their own",
    (
        "emergency_access.EmergencyAccess",
        "opened_by",
    ): "what they read in an emergency, which governance reviews",
    ("subject_access.HarmView", "asked_of"): "governance waits for their view, sees that, and asks another",
    ("workforce.HandOver", "leaver"): "what they handed over",
    ("workforce.HandedWork", "to"): "what was handed to them",
}
HELD_BY_ID = {
    ("submissions.Submission", "user")
}  # forms are found by their ids first, since addresses are read


def list_relations_to_people():
    """(table, key) of every foreign key to an account, from the registry of models."""
    for model in apps.get_models(include_auto_created=True):
        if not hasattr(model, "pgh_tracked_model") and not model._meta.proxy and model._meta.managed:
            for key in model._meta.concrete_fields:
                if key.is_relation and key.related_model is User:
                    yield model._meta.label, key.name


def list_asked_keys(where, user):
    """(table, key) of the foreign keys that a query compares with this person."""
    for child in where.children:
        if hasattr(child, "children"):
            yield from list_asked_keys(child, user)
        elif getattr(child, "rhs", None) in (user, user.pk) and child.lookup_name == "exact":
            target = child.lhs.target
            if target.is_relation and target.related_model is User:
                yield target.model._meta.label, target.name
