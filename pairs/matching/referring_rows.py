"""Which rows point at a record, found through Django's app registry: no app above is imported."""

from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from pairs.access.records import Record, unsealed_q

# Keys that a merge leaves as they are: {"app.Model.field": why}. One that cannot be moved must stand here.
UNMOVED_KEYS: dict[str, str] = {}
# Rows of these tables that say the same twice become one: {label: the fields that make them the same}.
IDENTITY_FIELDS = {
    "families.Address": ("kind", "lines", "postcode", "until", "family_id", "infant_id", "caregiver_id"),
    "families.FamilyGrant": ("user_id", "purpose", "expires_at", "family_id"),
}
# Rows that go with another, which is counted: a page about a merge does not count them as well.
UNCOUNTED_TABLES = {"families.FamilyPermission"}
# What people call the rows of a table, where the model's own name is not the word.
ROW_NAMES = {
    "families.Caregiver": ("carer", "carers"),
    "families.Infant": ("baby", "babies"),
    "families.Dyad": ("relationship", "relationships"),
    "episodes.Participant": ("attendance", "attendances"),
    "episodes.NotePart": ("part of a note", "parts of notes"),
    "episodes.Episode_focus": ("relationship in focus", "relationships in focus"),
    "filming.FilmCycle": ("cycle of filming", "cycles of filming"),
    "groups.GroupPlacePerson": ("person on a group's roster", "people on groups' rosters"),
    "families.Caregiver_exclusion_groups": ("group ticked", "groups ticked"),
    "families.FamilyGrant": ("person given access", "people given access"),
    "referrals.ReferredInfant": ("mention in a referral", "mentions in referrals"),
    "referrals.ReferredCaregiver": ("mention in a referral", "mentions in referrals"),
    "families.UndoneLoss": ("loss recorded in error", "losses recorded in error"),
    "matching.NotTheSame": (
        "decision that two records are two people",
        "decisions that two records are two people",
    ),
    "restrictions.OwnRecordAnswer": (
        "answer on a colleague's own record",
        "answers on colleagues' own records",
    ),
    "subject_access.Bundle": ("copy for an access request", "copies for access requests"),
    "subject_access.BundleEntry": ("entry of a copy", "entries of a copy"),
    "subject_access.HarmView": ("view on serious harm", "views on serious harm"),
    "subject_access.SealedReading": ("reading of a sealed record", "readings of sealed records"),
    "referrals.ReadingNotice": ("notice that a referral is unread", "notices that a referral is unread"),
    "competencies.DeliverySignOff": ("sign-off of a delivery", "sign-offs of deliveries"),
    "groups.GroupSignOff": ("sign-off of a group", "sign-offs of groups"),
    "groups.GroupLine": ("line about a group session", "lines about group sessions"),
    "plans.CoWorker": ("co-worker", "co-workers"),
    "plans.HelpingAnswer": ("answer to whether it is helping", "answers to whether it is helping"),
    "collaboration.PeerLog": ("peer support contact", "peer support contacts"),
    "posts.PostHolding": ("person in a post", "people in posts"),
    "supervision.FamilyDiscussion": ("family discussed in supervision", "families discussed in supervision"),
}


def is_history(model: type[models.Model]) -> bool:
    return bool(getattr(model, "pgh_tracked_model", None))


@cache
def list_keys_to(model: type[models.Model]) -> tuple[models.ForeignKey, ...]:
    """Every foreign key to the model in every table but history, in the registry's order; those that stay left out."""
    return tuple(
        field
        for other in apps.get_models(include_auto_created=True)
        if not other._meta.proxy and other._meta.managed and not is_history(other)
        for field in other._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is model
        and get_key_label(field) not in UNMOVED_KEYS
    )


def get_key_label(key: models.ForeignKey) -> str:
    return f"{key.model._meta.label}.{key.name}"


def query_rows_of(key: models.ForeignKey, target_id: UUID | None) -> models.QuerySet:
    """The rows whose key points at the target, in a fixed order; sealed ones stay where they were sealed."""
    rows = key.model._base_manager.filter(**{key.attname: target_id}).order_by("pk")
    return rows.filter(unsealed_q()) if issubclass(key.model, Record) else rows


@cache
def list_unique_sets(model: type[models.Model]) -> tuple[tuple[tuple[str, ...], models.Q], ...]:
    """(attnames, condition) of everything that may stand only once in the table."""
    named = [(each.fields, each.condition) for each in model._meta.constraints if _is_unique(each)]
    together = [(fields, None) for fields in model._meta.unique_together]
    single = [((field.name,), None) for field in model._meta.concrete_fields if field.unique]
    return tuple(
        (tuple(model._meta.get_field(name).attname for name in fields), condition or models.Q())
        for fields, condition in (*named, *together, *single)
    )


def _is_unique(constraint: Any) -> bool:
    return isinstance(constraint, models.UniqueConstraint) and bool(constraint.fields)


def format_row_count(model: type[models.Model], count: int) -> str:
    """3 attendances."""
    one, many = _get_row_names(model)
    return f"{count} {one if count == 1 else many}"


def get_row_title(model: type[models.Model]) -> str:
    """Attendance."""
    one, _ = _get_row_names(model)
    return one[:1].upper() + one[1:]


def _get_row_names(model: type[Any]) -> tuple[str, str]:
    return ROW_NAMES.get(
        model._meta.label, (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
    )
