"""One line of time: the contract that every room's chronology.py keeps, and what families themselves lived through.

A room offers ``questions(scope, family)``: what it knows, row by row, each row said as Events. The desk asks all
rooms in one query (pairs.access.asking). Rows out of sight (entered in error, sealed by an adoption or a merger)
are never among them, since every question starts from ``visible_to(scope)``. ``family`` comes from
``Family.objects.with_people()``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from pairs.access.asking import Question, day, moment, name_of, some_id
from pairs.access.records import RecordQuerySet, live_q
from pairs.families.models import Address, Caution, FamilyMove, RiskAlert, RiskAlertStep

# What an event is, in the order that the filter offers it. A room adds no kind of its own: it chooses one.
KINDS = {
    "referral": "Referrals",
    "episode": "Episodes",
    "contact": "Contacts",
    "goal": "Goals",
    "measure": "Measures",
    "decision": "Decisions",
    "alert": "Risk alerts and cautions",
    "safeguarding": "Safeguarding",
    "birth": "Births and losses",
    "address": "Addresses and moves",
    "letter": "Letters and sharing",
    "record": "Records put together",
}


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, what, where to read more, about whom (nobody: the whole family)."""

    kind: str
    at: date | datetime
    title: str
    href: str = ""
    who: str = ""  # who did it or wrote it down
    text: str = ""  # a sentence, always shown
    reading: tuple[tuple[str, str], ...] = ()  # longer texts (heading, words), opened by the reader
    people: frozenset[UUID] = frozenset()


def about(*ids: str | None) -> frozenset[UUID]:
    """The people an event is about, from the ids in a row."""
    return frozenset(filter(None, map(some_id, ids)))


def in_sight(rows: RecordQuerySet, *paths: str) -> RecordQuerySet:
    """Without the rows that name somebody who is out of sight (sealed, or entered in error) at one of the paths."""
    return rows.filter(*(live_q(f"{path}__") for path in paths))


def births_and_losses(family) -> list[Event]:
    """From the people that were fetched with the family."""
    return [event for infant in family.infants.all() for event in _of_infant(infant)]


def _of_infant(infant):
    name, whose = infant.name or "Baby", frozenset([infant.pk])
    if infant.birth_date:
        yield Event("birth", infant.birth_date, f"{name} was born", people=whose)
    if infant.home_on:
        yield Event("birth", infant.home_on, f"{name} came home", people=whose)
    if infant.lost_on:
        yield Event("birth", infant.lost_on, f"{name}: {infant.get_loss_display().lower()}", people=whose)


def questions(scope, family) -> list[Question]:
    """Risk alerts and what was done, cautions, addresses (that somebody moved, never where to), moves."""
    return [
        _alerts(scope, family),
        _steps(scope, family),
        _cautions(scope, family),
        _addresses(scope, family),
        _moves(scope, family),
    ]


def _alerts(scope, family):
    rows = RiskAlert.objects.visible_to(scope).filter(family=family)
    fields = {"id": "id", "at": "created_at", "what": "what", "by": "raised_by__display_name"}

    def says(row):
        href = reverse("alert", args=[row["id"]])
        yield Event(
            "alert", moment(row["at"]), "Risk alert raised", href=href, who=row["by"], text=row["what"]
        )

    return Question(rows, fields, says)


def _steps(scope, family):
    rows = RiskAlertStep.objects.visible_to(scope).filter(alert__family=family).exclude(kind="raised")
    fields = {"id": "alert_id", "at": "at", "kind": "kind", "note": "note", "by": "by__display_name"}
    words = {
        "escalated": "Risk alert passed to the supervisors",  # by the timetable: nobody had seen it
        "seen": "Risk alert seen",
        "action": "Acted on a risk alert",
        "closed": "Risk alert closed",
    }

    def says(row):
        href = reverse("alert", args=[row["id"]])
        title, who = words[row["kind"]], row["by"] or ""
        yield Event("alert", moment(row["at"]), title, href=href, who=who, text=row["note"])

    return Question(rows, fields, says)


def _cautions(scope, family):
    rows = Caution.objects.visible_to(scope).filter(family=family)
    people = {"infant": "infant_id", "caregiver": "caregiver_id", "kept_from": "kept_from_id"}
    fields = {"kind": "kind", "what": "what", "since": "since", "until": "until", **people}
    words = dict(Caution.KINDS)

    def says(row):
        whose, title = about(*(row[name] for name in people)), words[row["kind"]]
        yield Event("alert", day(row["since"]), f"{title}: from this day", text=row["what"], people=whose)
        if row["until"]:
            yield Event("alert", day(row["until"]), f"{title}: until this day", people=whose)

    return Question(rows, fields, says)


def _addresses(scope, family):
    rows = Address.objects.visible_to(scope).filter(family=family, since__isnull=False)
    who = {"infant": "infant_id", "caregiver": "caregiver_id"}
    names = {f"{path}_name": name_of(path) for path in who}
    words = dict(Address.KINDS)

    def says(row):
        name = row["infant_name"] or row["caregiver_name"] or "Not yet named"
        whose, text = about(*(row[each] for each in who)), words[row["kind"]]
        yield Event("address", day(row["since"]), f"{name}: a new address", text=text, people=whose)

    return Question(rows, {"kind": "kind", "since": "since", **who, **names}, says)


def _moves(scope, family):
    rows = FamilyMove.objects.visible_to(scope).filter(family=family)
    sites = {"there": "to_site__name", "here": "from_site__name"}
    offered = {"offered_at": "offered_at", "offered_by": "offered_by__display_name", "reason": "reason"}
    answered = {"answered_at": "answered_at", "answered_by": "answered_by__display_name", "answer": "answer"}
    words = dict(FamilyMove.STATUSES)

    def says(row):
        title = f"Move from {row['here']} to {row['there']}"
        yield Event(
            "address",
            moment(row["offered_at"]),
            f"{title} offered",
            who=row["offered_by"],
            text=row["reason"],
        )
        if row["answered_at"]:
            answer, by = words[row["status"]].lower(), row["answered_by"] or ""
            yield Event(
                "address", moment(row["answered_at"]), f"{title} {answer}", who=by, text=row["answer"]
            )

    return Question(rows, {"status": "status", **sites, **offered, **answered}, says)
