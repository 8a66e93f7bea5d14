"""Every table: whose past is kept, who may read which field, what may be changed."""

from django.apps import apps
from django.db import models

from pairs.access.records import Record
from script.local.personal_data import PRIVACY_CLASSES
from tests.project.import_layers import APPS

APP_LABELS = {each.label for each in apps.get_app_configs() if each.name in APPS}

# Tables whose past is not kept, and why not. A new one needs a reason here.
WITHOUT_HISTORY = {
    "audit.AccessEntry": "append-only: it is a history itself",
    "audit.AccountEvent": "append-only: it is a history itself",
    "audit.DailyDigest": "append-only: it signs the histories",
    "audit.Destruction": "append-only, and signed: what is left of a record",
    "experience.ExperienceAnswer": "append-only, and a history's moments would stand beside those of the link's use",
    "experience.ExperienceLink": "deleted when it is used: a history would say when, and so who answered",
    "dashboards.FamilyChange": "a mark that is gone once the family's due items are worked out again",
    "dashboards.DueCacheDay": "the day for which derived rows were worked out",
    "dashboards.DailyDigest": "whether one wants an e-mail of numbers; nothing of the service depends on it",
    "dashboards.CachedEpisode": "derived, and worked out anew; what it is derived from has its history",
    "dashboards.CachedDueItem": "derived, and worked out anew; what it is derived from has its history",
    "families.Sequence": "a counter; each number given out stands in the record that got it",
    "evidence.MonthlyCount": "derived, and counted anew each night; what it is derived from has its history",
    "geography.Area": "published figures, replaced whole: the Import row says when and from which file",
    "geography.AreaBoard": "published look-up, replaced whole: the Import row says when and from which file",
    "geography.Population": "published figures, replaced whole: the Import row says when and from which file",
    "geography.ImportRun": "one row a run, kept with its result; its job says how it went",
    "geography.Import": "written once, when the rows it speaks of are in place; it is the history",
    "geography.Postcode": "published figures, replaced whole: the Import row says when and from which file",
    "jobs.Job": "the machinery of work; the record it makes has its own history",
    "jobs.OutboxEmail": "the machinery of sending; it keeps when it was sent",
    "service.User_user_permissions": "unused: permissions come with roles",
    "matching.MergeStep": "append-only: it is a history itself, kept so that a merge can be undone",
    "access.RateCount": "a count that is gone after an hour",
    "submissions.Submission": "a draft until it becomes a record, which has its own history",
}
# Tables of Django and its friends that say something about people.
WITHOUT_HISTORY_ELSEWHERE = {"auth.Group": "made with RoleAtSite, which is tracked, and never changed"}

# The privacy class of each third-party table.
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
SECRET_FIELDS = {"password", "hashed", "last_login", "session_data", "secret", "token"}
# Records whose rows are written once. Their trigger refuses UPDATE and DELETE.
APPEND_ONLY_MODELS = {
    "collaboration.HubRequestStep",
    "audit.AccessEntry",
    "audit.AccountEvent",
    "audit.DailyDigest",
    "audit.Destruction",
    "episodes.CountersignStep",
    "experience.ExperienceAnswer",
    "families.RiskAlertStep",
    "matching.MergeStep",
    "referrals.ConsultationStep",
    "referrals.ReadingNotice",
    "referrals.ReferralStatus",
    "safeguarding.ConcernStep",
}


def list_models():
    return apps.get_models(include_auto_created=True)


def is_history(model):
    return bool(getattr(model, "pgh_tracked_model", None))


def list_our_models():
    return [each for each in list_models() if each._meta.app_label in APP_LABELS and not is_history(each)]


def list_history_models():
    return [each for each in list_models() if is_history(each)]


def get_model_label(model):
    return model._meta.label


def list_models_with_history():
    return {each.pgh_tracked_model._meta.concrete_model for each in list_history_models()}


def test_every_model_has_history_or_a_reason_why_not():
    kept = list_models_with_history()
    without = {get_model_label(each) for each in list_our_models() if each._meta.concrete_model not in kept}
    assert without == set(WITHOUT_HISTORY)


def test_users_roles_and_permissions_have_history():
    from pairs.service.models import Membership, RoleAtSite, SitePermission, User

    assert {User, Membership._meta.concrete_model, RoleAtSite, SitePermission} <= list_models_with_history()


def test_every_history_records_inserts_updates_and_deletes():
    for event in list_history_models():
        operations = {str(tracker.operation) for tracker in event.pgh_trackers}
        assert operations == {"INSERT", "UPDATE", "DELETE"}, get_model_label(event)


def test_no_history_holds_a_secret():
    found = {
        (get_model_label(event), field.name)
        for event in list_history_models()
        for field in event._meta.fields
    }
    assert [each for each in found if each[1] in SECRET_FIELDS] == []
    classed = {
        (get_model_label(event), name)
        for event in list_history_models()
        for name in list_classified_fields(event.pgh_tracked_model, "secret")
        if name in {field.name for field in event._meta.fields}
    }
    assert classed == set()


def test_history_leaves_out_only_secrets_and_listed_fields():
    """A field missing from the history must be secret, or stand here."""
    allowed = {("service.User", "last_login")}
    missing = {
        (get_model_label(event.pgh_tracked_model), field.name)
        for event in list_history_models()
        for field in event.pgh_tracked_model._meta.concrete_fields
        if field.name not in {each.name for each in event._meta.fields}
        and field.name not in list_classified_fields(event.pgh_tracked_model, "secret")
    }
    assert missing == allowed


# ---------------------------------------------------------------- privacy


def list_classified_fields(model, wanted=None):
    classes = getattr(model, "privacy", {})
    return [name for each, text in classes.items() if wanted in (None, each) for name in text.split()]


def is_key_or_base_field(field):
    """Ids, foreign keys, and what every record has: they say which row, not what about whom."""
    base = {each.name for each in Record._meta.fields}
    return field.name in base or field.primary_key or isinstance(field, models.ForeignKey)


def list_models_with_fields():
    """Proxies and bare through tables have no field of their own."""
    return [each for each in list_our_models() if not each._meta.proxy and not each._meta.auto_created]


def list_privacy_problems(model):
    named = list_classified_fields(model)
    yield from (f"{name}: classed twice" for name in set(named) if named.count(name) > 1)
    needed = {field.name for field in model._meta.concrete_fields if not is_key_or_base_field(field)}
    yield from (f"{name}: unclassified" for name in needed - set(named))
    there = {field.name for field in model._meta.get_fields() if not field.auto_created}
    yield from (f"{name}: no such field" for name in set(named) - there)
    yield from (f"{name}: no such class" for name in set(model.privacy) - set(PRIVACY_CLASSES))


def test_every_field_has_one_privacy_class():
    every = list_models_with_fields()
    assert len(every) > 100
    assert {get_model_label(each): wrong for each in every if (wrong := [*list_privacy_problems(each)])} == {}


def test_third_party_tables_have_one_privacy_class_each():
    others = {
        get_model_label(each)
        for each in list_models()
        if each._meta.app_label not in APP_LABELS and not is_history(each) and each._meta.managed
    }
    assert others - set(THIRD_PARTY_TABLES) == set()
    assert set(THIRD_PARTY_TABLES.values()) <= set(PRIVACY_CLASSES)


# ---------------------------------------------------------------- triggers, keys


def list_protect_triggers(model):
    from pgtrigger import Protect

    return [each for each in getattr(model._meta, "triggers", []) if isinstance(each, Protect)]


def test_append_only_records_refuse_updates_and_deletes_by_trigger():
    whole = {
        get_model_label(model)
        for model in list_our_models()
        for trigger in list_protect_triggers(model)
        if str(trigger.operation) == "UPDATE OR DELETE" and not trigger.condition
    }
    assert whole == APPEND_ONLY_MODELS


def test_no_delete_cascades():
    """PROTECT, or a reason: a permission goes with its kind, and a site's with the site, which nobody can delete."""
    allowed = {
        "service.SitePermission.content_object",
        "service.SitePermission.permission",
        "service.SitePermission.group",
        "families.FamilyPermission.permission",
    }
    cascades = {
        f"{get_model_label(model)}.{field.name}"
        for model in list_models_with_fields()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    }
    assert cascades <= allowed


def list_records():
    return [each for each in list_our_models() if issubclass(each, Record) and not each._meta.proxy]


def leads_to_a_family_or_site(model):
    for _ in range(6):
        target = model._meta.get_field(model.belongs_to).related_model
        if get_model_label(target) in ("families.Family", "service.Site"):
            return True
        model = target
    return False


def test_every_record_has_a_path_to_a_family_or_site():
    assert len(list_records()) > 80
    assert [get_model_label(each) for each in list_records() if not leads_to_a_family_or_site(each)] == []


def test_record_keys_are_random():
    known = [
        get_model_label(each) for each in list_records() if not isinstance(each._meta.pk, models.UUIDField)
    ]
    assert known == []
