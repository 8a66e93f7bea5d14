"""Every table: whose past is kept, who may read which field, what may be changed."""

import pytest
from django.apps import apps
from django.db import models

from pairs.access.records import Record
from tests.house.floors import ROOMS

LABELS = {room.rpartition(".")[2] for room in ROOMS}

# Tables whose past is not kept, and why not. A new one needs a reason here.
WITHOUT_HISTORY = {
    "audit.AccessEntry": "append-only: it is a history itself",
    "experience.ExperienceAnswer": "append-only, and a history's moments would stand beside those of the link's use",
    "experience.ExperienceLink": "deleted when it is used: a history would say when, and so who answered",
    "desk.FamilyChange": "a mark that is gone once the family's due items are worked out again",
    "desk.KeptDueDay": "the day for which derived rows were worked out",
    "desk.KeptEpisode": "derived, and worked out anew; what it is derived from has its history",
    "desk.KeptDueItem": "derived, and worked out anew; what it is derived from has its history",
    "families.Sequence": "a counter; each number given out stands in the record that got it",
    "geography.Area": "published figures, replaced whole: the Import row says when and from which file",
    "geography.Import": "written once, when the rows it speaks of are in place; it is the history",
    "geography.Postcode": "published figures, replaced whole: the Import row says when and from which file",
    "jobs.Job": "the machinery of work; the record it makes has its own history",
    "jobs.OutboxEmail": "the machinery of sending; it keeps when it was sent",
    "service.User_user_permissions": "unused: permissions come with roles",
    "matching.MergeStep": "append-only: it is a history itself, kept so that a merge can be undone",
    "access.Tally": "a count that is gone after an hour",
    "submissions.Submission": "a draft until it becomes a record, which has its own history",
}
# Tables of Django and its friends that say something about people.
WITHOUT_HISTORY_ELSEWHERE = {"auth.Group": "made with RoleAtSite, which is tracked, and never changed"}

CLASSES = {
    "identifies",
    "contact",
    "sensitive",
    "clinical",
    "staff",
    "operational",
    "public",
    "secret",
    "aggregate",
}
# Who may be told what of the tables that are not ours: one class a table.
THIRD_PARTY_TABLES = {
    "account.EmailAddress": "staff",
    "account.EmailConfirmation": "secret",
    "auth.Group": "staff",
    "auth.Group_permissions": "staff",
    "auth.Permission": "public",
    "contenttypes.ContentType": "public",
    "guardian.GroupObjectPermission": "staff",
    "guardian.UserObjectPermission": "staff",
    "mfa.Authenticator": "secret",
    "pghistory.Context": "operational",
    "pghistory.Events": "operational",
    "pghistory.MiddlewareEvents": "operational",
    "sessions.Session": "secret",
    "socialaccount.SocialAccount": "staff",
    "socialaccount.SocialApp": "secret",
    "socialaccount.SocialApp_sites": "operational",
    "socialaccount.SocialToken": "secret",
}
# Never in a history table, whatever the model: field names.
SECRETS = {"password", "hashed", "last_login", "session_data", "secret", "token"}
# Records whose rows are written once. Their trigger refuses UPDATE and DELETE.
APPEND_ONLY = {
    "alongside.AskStep",
    "audit.AccessEntry",
    "episodes.CountersignStep",
    "experience.ExperienceAnswer",
    "families.RiskAlertStep",
    "matching.MergeStep",
    "referrals.ConsultationStep",
    "referrals.ReadingNotice",
    "referrals.ReferralStatus",
    "safeguarding.ConcernStep",
}


def every_model():
    return apps.get_models(include_auto_created=True)


def is_history(model):
    return bool(getattr(model, "pgh_tracked_model", None))


def our_models():
    return [each for each in every_model() if each._meta.app_label in LABELS and not is_history(each)]


def histories():
    return [each for each in every_model() if is_history(each)]


def label(model):
    return model._meta.label


def tables_with_history():
    return {each.pgh_tracked_model._meta.concrete_model for each in histories()}


def test_every_model_of_ours_keeps_its_past_or_says_why_not():
    kept = tables_with_history()
    without = {label(each) for each in our_models() if each._meta.concrete_model not in kept}
    assert without == set(WITHOUT_HISTORY)


def test_users_roles_and_permissions_keep_their_past():
    from pairs.service.models import Membership, RoleAtSite, SitePermission, User

    assert {User, Membership._meta.concrete_model, RoleAtSite, SitePermission} <= tables_with_history()


def test_every_history_hears_of_inserts_updates_and_deletes():
    for event in histories():
        operations = {str(tracker.operation) for tracker in event.pgh_trackers}
        assert operations == {"INSERT", "UPDATE", "DELETE"}, label(event)


def test_no_history_keeps_a_secret():
    found = {(label(event), field.name) for event in histories() for field in event._meta.fields}
    assert [each for each in found if each[1] in SECRETS] == []
    classed = {
        (label(event), name)
        for event in histories()
        for name in names(event.pgh_tracked_model, "secret")
        if name in {field.name for field in event._meta.fields}
    }
    assert classed == set()


def test_history_leaves_out_nothing_but_secrets_and_what_says_so():
    """A field missing from the history must be secret, or stand here."""
    allowed = {("service.User", "last_login")}
    missing = {
        (label(event.pgh_tracked_model), field.name)
        for event in histories()
        for field in event.pgh_tracked_model._meta.concrete_fields
        if field.name not in {each.name for each in event._meta.fields}
        and field.name not in names(event.pgh_tracked_model, "secret")
    }
    assert missing == allowed


# ---------------------------------------------------------------- privacy


def names(model, wanted=None):
    classes = getattr(model, "privacy", {})
    return [name for each, text in classes.items() if wanted in (None, each) for name in text.split()]


def is_link(field):
    """Ids, foreign keys, and what every record has: they say which row, not what about whom."""
    base = {each.name for each in Record._meta.fields}
    return field.name in base or field.primary_key or isinstance(field, models.ForeignKey)


def with_fields():
    """Proxies and bare through tables have no field of their own."""
    return [each for each in our_models() if not each._meta.proxy and not each._meta.auto_created]


@pytest.mark.parametrize("model", with_fields(), ids=label)
def test_every_field_has_one_privacy_class(model):
    named = names(model)
    assert sorted(named) == sorted(set(named)), "classed twice"
    needed = {field.name for field in model._meta.concrete_fields if not is_link(field)}
    assert needed - set(named) == set(), "unclassified"
    there = {field.name for field in model._meta.get_fields() if not field.auto_created}
    assert set(named) - there == set(), "no such field"
    assert set(model.privacy) <= CLASSES


def test_the_tables_of_others_are_classed_as_a_whole():
    others = {
        label(each)
        for each in every_model()
        if each._meta.app_label not in LABELS and not is_history(each) and each._meta.managed
    }
    assert others - set(THIRD_PARTY_TABLES) == set()
    assert set(THIRD_PARTY_TABLES.values()) <= CLASSES


# ---------------------------------------------------------------- triggers, keys


def protects(model):
    from pgtrigger import Protect

    return [each for each in getattr(model._meta, "triggers", []) if isinstance(each, Protect)]


def test_append_only_records_refuse_updates_and_deletes_by_trigger():
    whole = {
        label(model)
        for model in our_models()
        for trigger in protects(model)
        if str(trigger.operation) == "UPDATE OR DELETE" and not trigger.condition
    }
    assert whole == APPEND_ONLY


def test_rows_are_never_deleted_along_with_another():
    """PROTECT, or a reason: a site's permissions go with the site, which nobody can delete."""
    allowed = {
        "service.SitePermission.content_object",
        "service.SitePermission.permission",
        "service.SitePermission.group",
    }
    cascades = {
        f"{label(model)}.{field.name}"
        for model in with_fields()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    }
    assert cascades <= allowed


def records():
    return [each for each in our_models() if issubclass(each, Record) and not each._meta.proxy]


@pytest.mark.parametrize("model", records(), ids=label)
def test_a_record_leads_down_to_a_family_or_a_site(model):
    for _ in range(6):
        target = model._meta.get_field(model.belongs_to).related_model
        if label(target) in ("families.Family", "service.Site"):
            return
        model = target
    pytest.fail("leads nowhere")


@pytest.mark.parametrize("model", records(), ids=label)
def test_a_records_key_says_nothing(model):
    assert isinstance(model._meta.pk, models.UUIDField)
