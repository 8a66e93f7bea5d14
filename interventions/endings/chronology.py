"""Timeline events of endings: reopened episodes, transition plans, finished keepsakes."""

from typing import Any

from interventions.endings.models import Keepsake, Reopening, TransitionPlan
from interventions.endings.rules.transitions import TransitionAge
from interventions.episodes.rules import EndingReason
from pairs.access.batch_query import Query, build_person_name, parse_date
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query, exclude_hidden_people
from pairs.families.models import Family


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Queries for reopened episodes, transition plans and keepsakes that are ready."""
    plans = exclude_hidden_people(TransitionPlan.objects.visible_to(scope), "infant")
    keepsakes = exclude_hidden_people(Keepsake.objects.visible_to(scope), "dyad__infant", "dyad__caregiver")
    return [
        build_event_query(
            "episode",
            Reopening.objects.visible_to(scope).filter(episode__family=family),
            EventRule(
                "reopened_at",
                "Episode reopened",
                "reopened_by__display_name",
                lambda row: f"{_describe_undone(row)}. {row['because']}",
                lambda row: ((_describe_undone(row), row["summary"]),) if row["summary"] else (),
            ),
            page=("episode", "episode_id"),
            fields=("ended_on", "reason", "because", "summary"),
        ),
        build_event_query(
            "decision",
            plans.filter(family=family),
            EventRule(
                "agreed_on",
                lambda row: f"{TransitionAge(row['turning']).label}: {row['name'] or 'the baby'}",
                "recorded_by__display_name",
                lambda row: f"Next: {row['who_next']}. Agreed with {row['agreed_with']}",
                (("What helps", "note"),),
            ),
            page=("transitions", "family_id"),
            people=("infant_id",),
            fields={name: name for name in ("turning", "who_next", "agreed_with")}
            | {"name": build_person_name("infant")},
        ),
        build_event_query(
            "letter",
            keepsakes.filter(dyad__family=family).exclude(ready_at=None),
            EventRule(
                "ready_at",
                lambda row: f"Keepsake for {row['name'] or 'a carer'} made",
                "ready_by__display_name",
            ),
            page=("keepsake", "id"),
            people=("dyad__infant_id", "dyad__caregiver_id"),
            fields={"name": build_person_name("dyad__caregiver")},
        ),
    ]


def _describe_undone(row: dict[str, Any]) -> str:
    ended, reason = parse_date(row["ended_on"]), EndingReason(row["reason"]).label.lower()
    return f"Undone: ended on {ended:%-d %b %Y}, {reason}"
