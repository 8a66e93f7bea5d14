"""Chronology events of supervision: case decisions, and when they were done."""

from collections.abc import Iterator
from typing import Any

from interventions.supervision.models import CaseDecision
from pairs.access.batch_query import Query, parse_date, parse_datetime
from pairs.access.scope import Scope
from pairs.families.chronology import Event
from pairs.families.models import Family


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Decisions, on the day of their session; the rest of the session stays between staff."""
    rows = CaseDecision.objects.visible_to(scope).filter(family=family)
    fields = {"decision": "decision", "held_on": "session__held_on", "done_at": "done_at"}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        text, who = row["decision"], row["owner"]
        yield Event("decision", parse_date(row["held_on"]), "Decided in supervision", who=who, text=text)
        if row["done_at"]:
            yield Event("decision", parse_datetime(row["done_at"]), "Done as decided", who=who, text=text)

    return [Query(rows, fields | {"owner": "owner__display_name"}, to_event)]
