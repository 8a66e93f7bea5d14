"""What is due in the work: a first contact, missed contacts to think about, a plan review, a note to sign."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import has_unsigned, last_seen, recent_attendances, unsigned_contacts
from interventions.episodes.rules import lived, needs_thought
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DATA_QUALITY, DueItem, of_families
from pairs.families.models import Dyad, Family, Infant
from referrals.models import Referral

EPISODE = OuterRef("episode__pk")


def due_items(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[DueItem]:
    """Every accepted referral's work, in one query; each row through the rules."""
    items = []
    for row in _facts(scope, families):
        items += _first_contact(row) + _missed(row) + _review(row, on) + _unsigned(row)
    return items


def _facts(scope, families):
    """One row an accepted referral, with its episode when there is one.

    ``grieving``: every baby of the family is lost. ``goes_on``: a relationship in focus is with a living one.
    """
    here = Infant.objects.live().filter(family=OuterRef("family"))
    names = here.active().order_by("birth_date", "twin_order")
    in_focus = Dyad.objects.live().filter(episodes=OuterRef("episode__pk"), infant__lost_on=None)
    accepted = Referral.objects.live().filter(
        of_families(families), status="accepted", family__in=Family.objects.visible_to(scope)
    )
    return (
        accepted.filter(Q(episode=None) | Q(episode__ended_on=None) | has_unsigned(EPISODE))
        .exclude(episode__entered_in_error_at__isnull=False)
        .select_related("episode", "family")
        .annotate(
            seen_at=Subquery(last_seen(EPISODE)),
            attendances=recent_attendances(EPISODE),
            unsigned=unsigned_contacts(EPISODE),
            baby=Subquery(names.values("given_name")[:1]),
            grieving=Exists(here) & ~Exists(here.active()),
            goes_on=Exists(in_focus),
        )
    )


def _episode(row):
    return getattr(row, "episode", None)


def _item(row, **what):
    return DueItem(family_id=row.family_id, site_id=row.family.site_id, who=row.baby or row.reference, **what)


def _first_contact(row):
    episode = _episode(row)
    if row.seen_at or (episode and episode.ended_on):
        return []
    href = reverse("new-contact", args=[episode.pk]) if episode else reverse("open-episode", args=[row.pk])
    return [
        _item(
            row,
            code="first_contact",
            kind=CLINICAL,
            title="Be in touch with the family" if row.grieving else "See the family for the first time",
            why="There has been a loss. Read the record first." if row.grieving else "",
            subject_id=row.pk,
            href=href,
            due_on=timezone.localdate(row.decided_at or row.received_at),
            owner_id=episode.lead_id if episode else None,
        )
    ]


def thought_needed(attendances: list[dict]) -> tuple[str, date | None]:
    """('' or why the missed contacts need thought, the day of the newest of them)."""
    newest = defaultdict(list)
    for row in attendances:
        newest[row["infant"]].append((day_of(row["at"]), row["attendance"]))
    for infants in newest.values():
        why = needs_thought(lived(infants))
        if why:
            return why, infants[0][0]
    return "", None


def day_of(text: str) -> date:
    """The local day of a moment as PostgreSQL writes it in JSON."""
    return timezone.localdate(datetime.fromisoformat(text))


def _missed(row):
    episode = _episode(row)
    why, day = thought_needed(row.attendances) if episode and not episode.ended_on else ("", None)
    if not why:
        return []
    return [
        _item(
            row,
            code="missed_contacts",
            kind=CLINICAL,
            title="Think about the missed contacts, and send no letter yet",
            subject_id=episode.pk,
            href=reverse("episode", args=[episode.pk]),
            due_on=day,
            owner_id=episode.lead_id,
            why=why,
        )
    ]


def _review(row, on):
    episode = _episode(row)
    if episode is None or episode.ended_on or not episode.review_on or episode.review_on > on:
        return []
    if not row.goes_on:  # a plan made for a baby who has died is nothing to be reminded of
        return []
    return [
        _item(
            row,
            code="plan_review",
            kind=CLINICAL,
            title="Look at the plan together",
            subject_id=episode.pk,
            href=reverse("episode", args=[episode.pk]),
            due_on=episode.review_on,
            owner_id=episode.lead_id,
        )
    ]


def _unsigned(row):
    return [
        _item(
            row,
            code="unsigned_contact",
            kind=DATA_QUALITY,
            title="Sign the note of this contact",
            subject_id=UUID(contact["id"]),
            href=reverse("care-contact", args=[contact["id"]]),
            due_on=day_of(contact["at"]),
            owner_id=UUID(contact["by"]),
        )
        for contact in row.unsigned
    ]
