"""What safeguarding adds to a family's chronology: each status from its first day, and concerns with their steps."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from pairs.access.batch_query import Query, build_person_name, parse_date, parse_datetime
from pairs.access.scope import Scope
from pairs.families.chronology import Event, parse_person_ids
from pairs.families.models import Family
from pairs.safeguarding.models import ConcernStep, SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.rules import AbuseCategory, ConcernDecision, ConcernStepKind, StatusKind

PERSON_FIELDS = {"infant": "infant_id", "caregiver": "caregiver_id"}


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Statuses, concerns, and what came after each. Cautions are said by families, whose rows they are."""
    return [
        _build_statuses_query(scope, family),
        _build_concerns_query(scope, family),
        _build_steps_query(scope, family),
    ]


def _build_statuses_query(scope: Scope, family: Family) -> Query:
    rows = SafeguardingStatus.objects.visible_to(scope).filter(family=family)
    names = {
        "infant_name": build_person_name("infant"),
        "carer_name": build_person_name("caregiver"),
        "child": "child__name",
    }
    fields = {"kind": "kind", "categories": "categories", "order": "court_order"}
    href = reverse("safeguarding", args=[family.pk])
    fields |= {"recorded_by": "recorded_by__display_name"}
    spans = {"since": "since", "until": "until", "because": "ended_because"}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        whose, who = parse_person_ids(row["infant"], row["caregiver"]), row["recorded_by"]
        kind, text = StatusKind(row["kind"]).label, _describe_details(row)
        title = f"{_get_person_name(row)}: {kind}"
        yield Event(
            "safeguarding", parse_date(row["since"]), f"{title}, from this day", href, who, text, people=whose
        )
        if row["until"]:
            ended, because = f"{title}, ended", row["because"]
            yield Event("safeguarding", parse_date(row["until"]), ended, href, text=because, people=whose)

    return Query(rows, fields | names | spans | PERSON_FIELDS, to_event)


def _get_person_name(row: dict[str, Any]) -> str:
    return row["infant_name"] or row["carer_name"] or row["child"] or "Not yet named"


def _describe_details(row: dict[str, Any]) -> str:
    """The categories of a plan, or the order in its words."""
    names = dict(AbuseCategory.choices)
    return row["order"] or ", ".join(names.get(each, each) for each in row["categories"])


def _build_concerns_query(scope: Scope, family: Family) -> Query:
    rows = SafeguardingConcern.objects.visible_to(scope).filter(family=family)
    fields = {"id": "id", "on": "noticed_on", "what": "what", "told": "told", "why": "why"}
    fields |= {"decision": "decision", "by": "recorded_by__display_name"}

    def to_event(row: dict[str, Any]) -> Any:
        said = (("What was seen or heard", row["what"]), ("Who was told", row["told"]), ("Why", row["why"]))
        yield Event(
            "safeguarding",
            parse_date(row["on"]),
            "Safeguarding concern",
            href=reverse("safeguarding-concern", args=[row["id"]]),
            who=row["by"],
            text=ConcernDecision(row["decision"]).label,
            reading=tuple(each for each in said if each[1]),
            people=parse_person_ids(row["infant"], row["caregiver"]),
        )

    return Query(rows, fields | PERSON_FIELDS, to_event)


def _build_steps_query(scope: Scope, family: Family) -> Query:
    """Of visible concerns only: a step is hidden with its concern."""
    concerns = SafeguardingConcern.objects.visible_to(scope).filter(family=family)
    rows = ConcernStep.objects.visible_to(scope).filter(concern__in=concerns)
    fields = {"id": "concern_id", "at": "at", "kind": "kind", "text": "text", "to_whom": "to_whom"}
    whose = {name: f"concern__{path}" for name, path in PERSON_FIELDS.items()}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        to_whom = f" (to {row['to_whom']})" if row["to_whom"] else ""
        kind = ConcernStepKind(row["kind"]).label
        yield Event(
            "safeguarding",
            parse_datetime(row["at"]),
            f"Safeguarding concern: {kind.lower()}{to_whom}",
            href=reverse("safeguarding-concern", args=[row["id"]]),
            who=row["by"],
            reading=((kind, row["text"]),),
            people=parse_person_ids(row["infant"], row["caregiver"]),
        )

    return Query(rows, fields | whose | {"by": "by__display_name"}, to_event)
