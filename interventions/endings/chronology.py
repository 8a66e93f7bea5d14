"""Chronology events of endings: reopened episodes, transition plans, finished keepsakes."""

from collections.abc import Iterator

from django.urls import reverse

from interventions.endings.models import Keepsake, Reopening, TransitionPlan
from interventions.endings.rules.transitions import TransitionAge
from interventions.episodes.rules import EndingReason
from pairs.access.batch_query import Query, build_person_name, parse_date, parse_datetime
from pairs.access.scope import Scope
from pairs.families.chronology import Event, exclude_hidden_people, parse_person_ids
from pairs.families.models import Family


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Queries for reopened episodes, transition plans and keepsakes that are ready."""
    return [
        _query_reopening_events(scope, family),
        _query_transition_events(scope, family),
        _query_keepsake_events(scope, family),
    ]


def _query_reopening_events(scope: Scope, family: Family) -> Query:
    rows = Reopening.objects.visible_to(scope).filter(episode__family=family)
    fields = {"at": "reopened_at", "by": "reopened_by__display_name", "because": "because"}
    fields |= {"episode": "episode_id", "ended": "ended_on", "reason": "reason", "summary": "summary"}

    def to_event(row: dict[str, str]) -> Iterator[Event]:
        reason = EndingReason(row["reason"]).label.lower()
        undone = f"Undone: ended on {parse_date(row['ended']):%-d %b %Y}, {reason}"
        reading = ((undone, row["summary"]),) if row["summary"] else ()
        href = reverse("episode", args=[row["episode"]])
        text = f"{undone}. {row['because']}"
        yield Event(
            "episode", parse_datetime(row["at"]), "Episode opened again", href, row["by"], text, reading
        )

    return Query(rows, fields, to_event)


def _query_transition_events(scope: Scope, family: Family) -> Query:
    rows = exclude_hidden_people(TransitionPlan.objects.visible_to(scope), "infant").filter(family=family)
    fields = {
        "on": "agreed_on",
        "turning": "turning",
        "next": "who_next",
        "with": "agreed_with",
        "note": "note",
    }
    fields |= {"infant": "infant_id", "name": build_person_name("infant"), "by": "recorded_by__display_name"}
    href = reverse("transitions", args=[family.pk])

    def to_event(row: dict[str, str]) -> Iterator[Event]:
        title = f"{TransitionAge(row['turning']).label}: {row['name'] or 'the baby'}"
        text = f"Next: {row['next']}. Agreed with {row['with']}"
        reading = (("What helps", row["note"]),) if row["note"] else ()
        yield Event(
            "decision",
            parse_date(row["on"]),
            title,
            href,
            row["by"],
            text,
            reading,
            parse_person_ids(row["infant"]),
        )

    return Query(rows, fields, to_event)


def _query_keepsake_events(scope: Scope, family: Family) -> Query:
    rows = exclude_hidden_people(Keepsake.objects.visible_to(scope), "dyad__infant", "dyad__caregiver")
    rows = rows.filter(dyad__family=family).exclude(ready_at=None)
    fields = {"id": "id", "at": "ready_at", "by": "ready_by__display_name", "version": "version"}
    fields |= {
        "infant": "dyad__infant_id",
        "carer": "dyad__caregiver_id",
        "name": build_person_name("dyad__caregiver"),
    }

    def to_event(row):
        title = f"Keepsake for {row['name'] or 'a carer'} made"
        href, whose = reverse("keepsake", args=[row["id"]]), parse_person_ids(row["infant"], row["carer"])
        yield Event("letter", parse_datetime(row["at"]), title, href, row["by"], people=whose)

    return Query(rows, fields, to_event)
