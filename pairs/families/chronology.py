"""A family's chronology: the interface of every app's chronology.py, and the events of families themselves.

An app offers ``build_chronology_queries(scope, family)``, whose rows become Events. The dashboards run those of all
apps as one query (pairs.access.batch_query). Hidden rows (entered in error, sealed by an adoption or a merge)
are never among them, since every query starts from ``visible_to(scope)``. ``family`` comes from
``Family.objects.with_people()``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from pairs.access.batch_query import Query, build_person_name, parse_date, parse_datetime, parse_uuid
from pairs.access.records import RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.families.choices import AddressKind, AlertStepKind, CautionKind, MoveStatus
from pairs.families.models import Address, Caution, Family, FamilyMove, Infant, RiskAlert, RiskAlertStep

# What an event is, in the order that the filter offers it. An app adds no kind of its own: it chooses one.
EVENT_KINDS = {
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


def parse_person_ids(*ids: str | None) -> frozenset[UUID]:
    """The people an event is about, from the ids in a row."""
    return frozenset(filter(None, map(parse_uuid, ids)))


def exclude_hidden_people(rows: RecordQuerySet, *paths: str) -> RecordQuerySet:
    """Without the rows that name a hidden person (sealed, or entered in error) at one of the paths."""
    return rows.filter(*(live_q(f"{path}__") for path in paths))


def list_birth_and_loss_events(family: Family) -> list[Event]:
    """From the people that were fetched with the family."""
    return [event for infant in family.infants.all() for event in _list_infant_events(infant)]


def _list_infant_events(infant: Infant) -> Iterator[Event]:
    name, whose = infant.name or "Baby", frozenset([infant.pk])
    if infant.birth_date:
        yield Event("birth", infant.birth_date, f"{name} was born", people=whose)
    if infant.home_on:
        yield Event("birth", infant.home_on, f"{name} came home", people=whose)
    if infant.lost_on:
        yield Event("birth", infant.lost_on, f"{name}: {infant.get_loss_display().lower()}", people=whose)


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Risk alerts and what was done, cautions, addresses (that somebody moved, never where to), moves."""
    return [
        _build_alert_events_query(scope, family),
        _build_alert_steps_query(scope, family),
        _build_cautions_query(scope, family),
        _build_addresses_query(scope, family),
        _build_moves_query(scope, family),
    ]


def _build_alert_events_query(scope: Scope, family: Family) -> Query:
    rows = RiskAlert.objects.visible_to(scope).filter(family=family)
    fields = {"id": "id", "at": "created_at", "what": "what", "by": "raised_by__display_name"}

    def to_event(row: dict[str, str]) -> Iterator[Event]:
        href = reverse("alert", args=[row["id"]])
        yield Event(
            "alert",
            parse_datetime(row["at"]),
            "Risk alert raised",
            href=href,
            who=row["by"],
            text=row["what"],
        )

    return Query(rows, fields, to_event)


def _build_alert_steps_query(scope: Scope, family: Family) -> Query:
    rows = (
        RiskAlertStep.objects.visible_to(scope)
        .filter(alert__family=family)
        .exclude(kind=AlertStepKind.RAISED)
    )
    fields = {"id": "alert_id", "at": "at", "kind": "kind", "note": "note", "by": "by__display_name"}
    words = {
        AlertStepKind.ESCALATED: "Risk alert passed to the supervisors",  # by the timetable: nobody had seen it
        AlertStepKind.SEEN: "Risk alert seen",
        AlertStepKind.ACTION: "Acted on a risk alert",
        AlertStepKind.CLOSED: "Risk alert closed",
    }

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        href = reverse("alert", args=[row["id"]])
        title, who = words[row["kind"]], row["by"] or ""
        yield Event("alert", parse_datetime(row["at"]), title, href=href, who=who, text=row["note"])

    return Query(rows, fields, to_event)


def _build_cautions_query(scope: Scope, family: Family) -> Query:
    rows = Caution.objects.visible_to(scope).filter(family=family)
    people = {"infant": "infant_id", "caregiver": "caregiver_id", "kept_from": "kept_from_id"}
    fields = {"kind": "kind", "what": "what", "since": "since", "until": "until", **people}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        whose, title = parse_person_ids(*(row[name] for name in people)), CautionKind(row["kind"]).label
        yield Event(
            "alert", parse_date(row["since"]), f"{title}: from this day", text=row["what"], people=whose
        )
        if row["until"]:
            yield Event("alert", parse_date(row["until"]), f"{title}: until this day", people=whose)

    return Query(rows, fields, to_event)


def _build_addresses_query(scope: Scope, family: Family) -> Query:
    rows = Address.objects.visible_to(scope).filter(family=family, since__isnull=False)
    who = {"infant": "infant_id", "caregiver": "caregiver_id"}
    names = {f"{path}_name": build_person_name(path) for path in who}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        name = row["infant_name"] or row["caregiver_name"] or "Not yet named"
        whose, text = parse_person_ids(*(row[each] for each in who)), AddressKind(row["kind"]).label
        yield Event("address", parse_date(row["since"]), f"{name}: a new address", text=text, people=whose)

    return Query(rows, {"kind": "kind", "since": "since", **who, **names}, to_event)


def _build_moves_query(scope: Scope, family: Family) -> Query:
    rows = FamilyMove.objects.visible_to(scope).filter(family=family)
    sites = {"there": "to_site__name", "here": "from_site__name"}
    offered = {"offered_at": "offered_at", "offered_by": "offered_by__display_name", "reason": "reason"}
    answered = {"answered_at": "answered_at", "answered_by": "answered_by__display_name", "answer": "answer"}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        title = f"Move from {row['here']} to {row['there']}"
        yield Event(
            "address",
            parse_datetime(row["offered_at"]),
            f"{title} offered",
            who=row["offered_by"],
            text=row["reason"],
        )
        if row["answered_at"]:
            answer, by = MoveStatus(row["status"]).label.lower(), row["answered_by"] or ""
            yield Event(
                "address", parse_datetime(row["answered_at"]), f"{title} {answer}", who=by, text=row["answer"]
            )

    return Query(rows, {"status": "status", **sites, **offered, **answered}, to_event)
