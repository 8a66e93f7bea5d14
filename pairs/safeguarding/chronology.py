"""What safeguarding adds to a family's timeline: each status from its first day, and concerns with their steps."""

from typing import Any

from pairs.access.batch_query import Query, build_person_name
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query
from pairs.families.models import Family
from pairs.safeguarding.models import ConcernStep, SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.rules import AbuseCategory, ConcernDecision, ConcernStepKind, StatusKind


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Statuses, concerns, and what came after each. Cautions are said by families, whose rows they are."""
    concerns = SafeguardingConcern.objects.visible_to(scope).filter(family=family)
    return [
        _build_statuses_query(scope, family),
        build_event_query(
            "safeguarding",
            concerns,
            EventRule(
                "noticed_on",
                "Safeguarding concern",
                "recorded_by__display_name",
                lambda row: ConcernDecision(row["decision"]).label,
                (("What was seen or heard", "what"), ("Who was told", "told"), ("Why", "why")),
            ),
            page=("safeguarding-concern", "id"),
            people=("infant_id", "caregiver_id"),
            fields=("decision",),
        ),
        # Of visible concerns only: a step is hidden with its concern.
        build_event_query(
            "safeguarding",
            ConcernStep.objects.visible_to(scope).filter(concern__in=concerns),
            EventRule("at", _format_step, "by__display_name", reading=_list_step_texts),
            page=("safeguarding-concern", "concern_id"),
            people=("concern__infant_id", "concern__caregiver_id"),
            fields=("kind", "text", "to_whom"),
        ),
    ]


def _build_statuses_query(scope: Scope, family: Family) -> Query:
    names = {
        "infant": build_person_name("infant"),
        "carer": build_person_name("caregiver"),
        "child": "child__name",
    }
    return build_event_query(
        "safeguarding",
        SafeguardingStatus.objects.visible_to(scope).filter(family=family),
        EventRule(
            "since",
            lambda row: f"{_format_status(row)}, from this day",
            "recorded_by__display_name",
            _describe_details,
        ),
        EventRule("until", lambda row: f"{_format_status(row)}, ended", text="ended_because"),
        page=("safeguarding", "family_id"),
        people=("infant_id", "caregiver_id"),
        fields={name: name for name in ("kind", "categories", "court_order")} | names,
    )


def _format_status(row: dict[str, Any]) -> str:
    name = row["infant"] or row["carer"] or row["child"] or "Not yet named"
    return f"{name}: {StatusKind(row['kind']).label}"


def _describe_details(row: dict[str, Any]) -> str:
    """The categories of a plan, or the order in its words."""
    names = dict(AbuseCategory.choices)
    return row["court_order"] or ", ".join(names.get(each, each) for each in row["categories"])


def _format_step(row: dict[str, Any]) -> str:
    to_whom = f" (to {row['to_whom']})" if row["to_whom"] else ""
    return f"Safeguarding concern: {ConcernStepKind(row['kind']).label.lower()}{to_whom}"


def _list_step_texts(row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return ((ConcernStepKind(row["kind"]).label, row["text"]),)
