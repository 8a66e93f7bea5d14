"""Due items of episodes: first contacts, missed contacts to think about, plan reviews, notes to sign."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from interventions.episodes.after_opening import CONTACT, build_opening_path
from interventions.episodes.contact_rules import CountersigningState
from interventions.episodes.models import (
    build_recent_attendances,
    build_unfinished_contacts,
    has_unfinished,
    query_last_seen,
)
from interventions.episodes.rules import get_missed_contacts_reason, list_past_contacts
from pairs.access.batch_query import Query, parse_date, parse_uuid
from pairs.access.records import live_q
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DATA_QUALITY, DueItem, in_families
from pairs.families.models import Dyad, Family, Infant, build_bereaved_q
from pairs.web.formats import format_short_day
from pairs.web.local_days import get_local_day
from pairs.web.url_cache import reverse_cached
from referrals.models import Referral
from referrals.models.referral import ReferralQuerySet
from referrals.rules.choices import ReferralState

EPISODE_PK = OuterRef("episode__pk")


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """One row for each accepted referral, turned into due items by the rules."""

    def to_due_items(row: dict[str, Any]) -> list[DueItem]:
        return (
            _list_first_contact_items(row)
            + _list_missed_contact_items(row)
            + _list_review_items(row, on)
            + _list_unfinished_note_items(row)
        )

    return [Query(_query_accepted_referrals(scope, families), _build_referral_facts(), to_due_items)]


def _query_accepted_referrals(scope: Scope, families: Iterable[UUID] | None) -> ReferralQuerySet:
    """Accepted referrals, with or without an episode."""
    accepted = Referral.objects.live().filter(
        in_families(families), status=ReferralState.ACCEPTED, family__in=Family.objects.visible_to(scope)
    )
    open_work = Q(episode=None) | Q(episode__ended_on=None) | has_unfinished(EPISODE_PK)
    return accepted.filter(open_work, live_q("episode__"))


def _build_referral_facts() -> dict[str, Any]:
    """``grieving``: every infant of the family has died, or the carer whose own help it is.

    ``goes_on``: both of a dyad in focus live, or the carer whose own help it is.
    """
    here = Infant.objects.live().filter(family=OuterRef("family"))
    names = here.active().order_by("birth_date", "twin_order")
    in_focus = Dyad.objects.live().living().filter(episodes=OuterRef("episode__pk"))
    return {
        "id": "id",
        "reference": "reference",
        "family": "family_id",
        "site": "family__site_id",
        "since": Coalesce("decided_at", "received_at"),
        "episode": "episode__id",
        "ended_on": "episode__ended_on",
        "review_on": "episode__review_on",
        "lead": "episode__lead_id",
        "seen_at": Subquery(query_last_seen(EPISODE_PK)),
        "attendances": build_recent_attendances(EPISODE_PK),
        "unfinished": build_unfinished_contacts(EPISODE_PK),
        "baby": Subquery(names.values("given_name")[:1]),
        "grieving": ExpressionWrapper(
            build_bereaved_q(OuterRef("family")) | Q(patient__died_on__isnull=False), BooleanField()
        ),
        "goes_on": ExpressionWrapper(
            Q(Exists(in_focus)) | Q(patient__isnull=False, patient__died_on=None), BooleanField()
        ),
    }


def _build_work_item(row: dict[str, Any], **what: Any) -> DueItem:
    who = row["baby"] or row["reference"]
    return DueItem(family_id=UUID(row["family"]), site_id=UUID(row["site"]), who=who, **what)


def _list_first_contact_items(row: dict[str, Any]) -> list[DueItem]:
    episode = row["episode"]
    if row["seen_at"] or row["ended_on"]:
        return []
    href = reverse_cached("new-contact", episode) if episode else build_opening_path(row["id"], CONTACT)
    return [
        _build_work_item(
            row,
            code="first_contact",
            kind=CLINICAL,
            title="Contact the family" if row["grieving"] else "See the family for the first time",
            why=_describe_first_contact(row),
            subject_id=UUID(row["id"]),
            href=href,
            due_on=to_local_day(row["since"]),
            owner_id=parse_uuid(row["lead"]),
        )
    ]


def _describe_first_contact(row: dict[str, Any]) -> str:
    if row["grieving"]:
        return "A loss is recorded. Read the record first."
    return "" if row["episode"] else "Open the episode first, then log the contact."


def assess_missed_contacts(attendances: list[dict]) -> tuple[str, date | None]:
    """(why the missed contacts need thought or '', the day of the newest one)."""
    newest = defaultdict(list)
    for row in attendances:
        newest[row["infant"]].append((to_local_day(row["at"]), row["attendance"]))
    for infants in newest.values():
        why = get_missed_contacts_reason(list_past_contacts(infants))
        if why:
            return why, infants[0][0]
    return "", None


def to_local_day(text: str) -> date:
    """The local date of a timestamp as PostgreSQL writes it in JSON."""
    return get_local_day(datetime.fromisoformat(text))


def _list_missed_contact_items(row: dict[str, Any]) -> list[DueItem]:
    episode = row["episode"]
    why, newest = (
        assess_missed_contacts(row["attendances"]) if episode and not row["ended_on"] else ("", None)
    )
    if not why:
        return []
    return [
        _build_work_item(
            row,
            code="missed_contacts",
            kind=CLINICAL,
            title="Discuss missed appointments before sending a letter",
            subject_id=UUID(episode),
            href=reverse_cached("episode", episode),
            due_on=newest,
            owner_id=UUID(row["lead"]),
            why=why,
        )
    ]


def _list_review_items(row: dict[str, Any], on: date) -> list[DueItem]:
    review_on = parse_date(row["review_on"])
    if row["ended_on"] or not review_on or review_on > on:
        return []
    if not row["goes_on"]:  # no reminder about a plan for an infant who has died
        return []
    return [
        _build_work_item(
            row,
            code="plan_review",
            kind=CLINICAL,
            title="Review the plan",
            subject_id=UUID(row["episode"]),
            href=reverse_cached("episode", row["episode"]),
            due_on=review_on,
            owner_id=UUID(row["lead"]),
        )
    ]


def _list_unfinished_note_items(row: dict[str, Any]) -> list[DueItem]:
    return [_build_note_item(row, contact) for contact in row["unfinished"]]


def _build_note_item(row: dict[str, Any], contact: dict[str, Any]) -> DueItem:
    """The item of a note to be signed or amended by its author, or countersigned by lead or supervisor."""
    author, lead, held = UUID(contact["by"]), UUID(row["lead"]), to_local_day(contact["at"])
    state = contact["countersigning"] or ("left" if contact["left"] else "unsigned")
    code, kind, title, page = NOTE_STATES[state]
    owner = author if page == "care-contact" else lead if lead != author else None
    return _build_work_item(
        row,
        code=code,
        kind=kind,
        title=title,
        why=f"Contact of {format_short_day(held)}.",
        subject_id=UUID(contact["id"]),
        href=reverse_cached(page, contact["id"]),
        due_on=held,
        owner_id=owner,
    )


# State of a note → code, list, title, page.
NOTE_STATES: dict[str, tuple[str, str, str, str]] = {
    "unsigned": ("unsigned_contact", DATA_QUALITY, "Sign the note of this contact", "care-contact"),
    "left": ("leavers_note", CLINICAL, "Sign the note of a colleague who has left", "countersigning"),
    CountersigningState.WAITING: (
        "to_countersign",
        CLINICAL,
        "Read and countersign a trainee's note",
        "countersigning",
    ),
    CountersigningState.RETURNED: (
        "note_returned",
        CLINICAL,
        "Amend this note, as requested",
        "care-contact",
    ),
}
