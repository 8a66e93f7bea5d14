"""What is due in the work: a first contact, missed contacts to think about, a plan review, a note to sign."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import has_unfinished, last_seen, recent_attendances, unfinished_contacts
from interventions.episodes.rules import lived, needs_thought
from pairs.access.asking import Question, day, some_id
from pairs.access.records import live_q
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DATA_QUALITY, DueItem, of_families
from pairs.families.models import Dyad, Family, Infant
from referrals.models import Referral

EPISODE = OuterRef("episode__pk")


def family_questions(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Question]:
    """Every accepted referral's work, a row each; each row through the rules."""

    def says(row):
        return _first_contact(row) + _missed(row) + _review(row, on) + _unfinished(row)

    return [Question(_accepted(scope, families), _facts(), says)]


def _accepted(scope, families):
    """One row an accepted referral, whether or not it has its episode."""
    accepted = Referral.objects.live().filter(
        of_families(families), status="accepted", family__in=Family.objects.visible_to(scope)
    )
    open_work = Q(episode=None) | Q(episode__ended_on=None) | has_unfinished(EPISODE)
    return accepted.filter(open_work, live_q("episode__"))


def _facts():
    """``grieving``: every baby of the family is lost. ``goes_on``: a relationship in focus is with a living one."""
    here = Infant.objects.live().filter(family=OuterRef("family"))
    names = here.active().order_by("birth_date", "twin_order")
    in_focus = Dyad.objects.live().filter(episodes=OuterRef("episode__pk"), infant__lost_on=None)
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
        "seen_at": Subquery(last_seen(EPISODE)),
        "attendances": recent_attendances(EPISODE),
        "unfinished": unfinished_contacts(EPISODE),
        "baby": Subquery(names.values("given_name")[:1]),
        "grieving": Exists(here) & ~Exists(here.active()),
        "goes_on": Exists(in_focus),
    }


def _item(row, **what):
    who = row["baby"] or row["reference"]
    return DueItem(family_id=UUID(row["family"]), site_id=UUID(row["site"]), who=who, **what)


def _first_contact(row):
    episode = row["episode"]
    if row["seen_at"] or row["ended_on"]:
        return []
    href = reverse("new-contact", args=[episode]) if episode else reverse("open-episode", args=[row["id"]])
    return [
        _item(
            row,
            code="first_contact",
            kind=CLINICAL,
            title="Be in touch with the family" if row["grieving"] else "See the family for the first time",
            why="There has been a loss. Read the record first." if row["grieving"] else "",
            subject_id=UUID(row["id"]),
            href=href,
            due_on=day_of(row["since"]),
            owner_id=some_id(row["lead"]),
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
    episode = row["episode"]
    why, newest = thought_needed(row["attendances"]) if episode and not row["ended_on"] else ("", None)
    if not why:
        return []
    return [
        _item(
            row,
            code="missed_contacts",
            kind=CLINICAL,
            title="Think about the missed contacts, and send no letter yet",
            subject_id=UUID(episode),
            href=reverse("episode", args=[episode]),
            due_on=newest,
            owner_id=UUID(row["lead"]),
            why=why,
        )
    ]


def _review(row, on):
    review_on = day(row["review_on"])
    if row["ended_on"] or not review_on or review_on > on:
        return []
    if not row["goes_on"]:  # a plan made for a baby who has died is nothing to be reminded of
        return []
    return [
        _item(
            row,
            code="plan_review",
            kind=CLINICAL,
            title="Look at the plan together",
            subject_id=UUID(row["episode"]),
            href=reverse("episode", args=[row["episode"]]),
            due_on=review_on,
            owner_id=UUID(row["lead"]),
        )
    ]


def _unfinished(row):
    return [_of_note(row, contact) for contact in row["unfinished"]]


def _of_note(row, contact):
    """A note to be signed or amended by its author, or to be countersigned by the lead or a supervisor."""
    author, lead = UUID(contact["by"]), UUID(row["lead"])
    code, kind, title, page = NOTES[contact["countersigning"] if contact["signed"] else "unsigned"]
    owner = author if code != "to_countersign" else lead if lead != author else None
    return _item(
        row,
        code=code,
        kind=kind,
        title=title,
        subject_id=UUID(contact["id"]),
        href=reverse(page, args=[contact["id"]]),
        due_on=day_of(contact["at"]),
        owner_id=owner,
    )


# How a note stands → code, list, what to do, where.
NOTES = {
    "unsigned": ("unsigned_contact", DATA_QUALITY, "Sign the note of this contact", "care-contact"),
    "waiting": ("to_countersign", CLINICAL, "Read and countersign a trainee's note", "countersigning"),
    "returned": ("note_returned", CLINICAL, "Amend this note, as its reader asked", "care-contact"),
}
