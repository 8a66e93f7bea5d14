"""Timeline events of families themselves: births and losses, risk alerts, cautions, addresses, moves between sites."""

from collections.abc import Iterator
from typing import Any

from pairs.access.batch_query import Query, build_person_name
from pairs.access.scope import Scope
from pairs.families.choices import AddressKind, AlertStepKind, CautionKind, MoveStatus
from pairs.families.events import Event, EventRule, build_event_query
from pairs.families.models import Address, Caution, Family, FamilyMove, Infant, RiskAlert, RiskAlertStep

ALERT_STEP_TITLES = {
    AlertStepKind.ESCALATED: "Risk alert passed on: no one had seen it",  # by the timetable: nobody had seen it
    AlertStepKind.SEEN: "Risk alert seen",
    AlertStepKind.ACTION: "Acted on a risk alert",
    AlertStepKind.CLOSED: "Risk alert closed",
}


def list_birth_and_loss_events(family: Family) -> list[Event]:
    """From the people that were fetched with the family."""
    return [event for infant in family.infants.all() for event in _list_infant_events(infant)]


def _list_infant_events(infant: Infant) -> Iterator[Event]:
    name, whose = infant.shown_name or "Baby", frozenset([infant.pk])
    if infant.birth_date:
        yield Event("birth", infant.birth_date, f"{name} was born", people=whose)
    if infant.home_on:
        yield Event("birth", infant.home_on, f"{name} came home", people=whose)
    if infant.lost_on:
        yield Event("birth", infant.lost_on, f"{name}: {infant.get_loss_display().lower()}", people=whose)


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Risk alerts and what was done, cautions, addresses (that somebody moved, never where to), moves."""
    steps = RiskAlertStep.objects.visible_to(scope).filter(alert__family=family)
    return [
        build_event_query(
            "alert",
            RiskAlert.objects.visible_to(scope).filter(family=family),
            EventRule("created_at", "Risk alert raised", "raised_by__display_name", "what"),
            page=("alert", "id"),
        ),
        build_event_query(
            "alert",
            steps.exclude(kind=AlertStepKind.RAISED),
            EventRule("at", lambda row: ALERT_STEP_TITLES[row["kind"]], "by__display_name", "note"),
            page=("alert", "alert_id"),
            fields=("kind",),
        ),
        _build_cautions_query(scope, family),
        _build_addresses_query(scope, family),
        _build_moves_query(scope, family),
    ]


def _build_cautions_query(scope: Scope, family: Family) -> Query:
    def format_kind(row: dict[str, Any]) -> str:
        return CautionKind(row["kind"]).label

    return build_event_query(
        "alert",
        Caution.objects.visible_to(scope).filter(family=family),
        EventRule("since", lambda row: f"{format_kind(row)}: from this day", text="what"),
        EventRule("until", lambda row: f"{format_kind(row)}: until this day"),
        people=("infant_id", "caregiver_id", "kept_from_id"),
        fields=("kind",),
    )


def _build_addresses_query(scope: Scope, family: Family) -> Query:
    def format_title(row: dict[str, Any]) -> str:
        return f"{row['infant'] or row['caregiver'] or 'Not yet named'}: a new address"

    return build_event_query(
        "address",
        Address.objects.visible_to(scope).filter(family=family, since__isnull=False),
        EventRule("since", format_title, text=lambda row: AddressKind(row["kind"]).label),
        people=("infant_id", "caregiver_id"),
        fields={"kind": "kind"} | {path: build_person_name(path) for path in ("infant", "caregiver")},
    )


def _build_moves_query(scope: Scope, family: Family) -> Query:
    def format_move(row: dict[str, Any], became: str) -> str:
        return f"Move from {row['here']} to {row['there']} {became}"

    return build_event_query(
        "address",
        FamilyMove.objects.visible_to(scope).filter(family=family),
        EventRule(
            "offered_at", lambda row: format_move(row, "offered"), "offered_by__display_name", "reason"
        ),
        EventRule(
            "answered_at",
            lambda row: format_move(row, MoveStatus(row["status"]).label.lower()),
            "answered_by__display_name",
            "answer",
        ),
        page=("move", "id"),
        fields={"status": "status", "there": "to_site__name", "here": "from_site__name"},
    )
