"""Subqueries about the contacts of an episode, for the pages that list many; notes to countersign."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import JSONObject

from interventions.episodes.contact_rules import ContactKind
from interventions.episodes.models.contacts import (
    UNFINISHED_NOTE,
    CareContact,
    CareContactQuerySet,
    NotePart,
    Participant,
)
from pairs.access.records import live_q

MAX_RECENT_ATTENDANCES = 24  # two infants' last dozen contacts


def query_last_seen(episode: OuterRef) -> QuerySet[Any, dict[str, Any]]:
    """Start of the newest contact at which anybody was seen; messages and liaison do not count."""
    seen = CareContact.objects.live().with_family().attended().filter(episode=episode)
    return seen.order_by("-starts_at").values("starts_at")[:1]


def build_recent_attendances(episode: OuterRef) -> ArraySubquery:
    """The living infants' newest attendances as [{infant, at, attendance}], newest first."""
    rows = Participant.objects.live().filter(
        live_q("care_contact__"),
        care_contact__episode=episode,
        care_contact__kind=ContactKind.FAMILY,
        infant__isnull=False,
        infant__lost_on=None,
    )
    newest = rows.order_by("-care_contact__starts_at", "infant_id")
    return ArraySubquery(
        newest.values(
            row=JSONObject(infant="infant_id", at="care_contact__starts_at", attendance="attendance")
        )[:MAX_RECENT_ATTENDANCES]
    )


def build_unfinished_contacts(episode: OuterRef) -> ArraySubquery:
    """Contacts to be signed, countersigned or amended, as [{id, at, by, left, signed, countersigning}]."""
    rows = CareContact.objects.live().filter(UNFINISHED_NOTE, episode=episode).order_by("starts_at")
    return ArraySubquery(
        rows.values(
            row=JSONObject(
                id="id",
                at="starts_at",
                by="practitioner_id",
                left=Case(When(practitioner__is_active=False, then=True), default=False),
                signed="signed_at",
                countersigning="countersigning",
            )
        )
    )


def has_unfinished(episode: OuterRef) -> Exists:
    return Exists(CareContact.objects.live().filter(UNFINISHED_NOTE, episode=episode))


def query_notes_to_countersign(reader: UUID, sites: Collection[UUID]) -> CareContactQuerySet:
    """Notes that a reader who supervises at these sites may countersign, oldest first. Takes ids."""
    mine = Q(episode__lead=reader) | Q(episode__site__in=sites)
    own_words = NotePart.objects.live().filter(care_contact=OuterRef("pk"), written_by=reader)
    rows = CareContact.objects.to_countersign().filter(mine, ~Exists(own_words))
    return rows.exclude(practitioner=reader).order_by("starts_at", "id")
