"""All apps' data for the overview and the people of a family, each in one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import JSONObject

from interventions.episodes.models import Goal, InterventionUse
from interventions.supervision.models import CaseDecision, build_to_do_words
from outcomes.models import GoalRating
from pairs.access.batch_query import PreparedBatch, Query, build_person_name
from pairs.access.prepared_records import Part
from pairs.access.records import live_q
from pairs.access.requests import ScopedRequest
from pairs.access.scope import NOBODY, FamiliesScope, OpenFamilyScope, TemplateScope
from pairs.families import completeness_queries
from pairs.families.access import get_family_with, prepare_with_family
from pairs.families.events import Event
from pairs.families.models import Address, Caregiver, Dyad, Family, FamilyGrant
from reporting.dashboards.family_header_facts import build_header_facts, build_header_queries
from reporting.dashboards.timeline import build_newest_parts, join_events

NEWEST_EVENTS = 4


@dataclass(frozen=True)
class OverviewFacts:
    """A family with its people, and what the overview shows of it: rows by name, gaps, the head's facts, and the newest
    of the timeline, whose length is among these.
    """

    family: Family
    rows: dict[str, list[dict[str, Any]]]
    gaps: list[Any]
    newest: list[Event]
    header: dict[str, Any]


def get_overview_facts(request: ScopedRequest, family_id: UUID, on: date) -> OverviewFacts:
    """Of one family in scope, in one query; else 404."""
    family, parts = get_family_with(request, _OVERVIEW_RECORDS, family_id, on)
    newest = join_events(family, parts["events"])
    return OverviewFacts(
        family=family,
        rows=dict(zip(OVERVIEW_QUERY_BUILDERS, parts["overview"], strict=True)),
        gaps=[gap for found in parts["gaps"] for _family, gap in found],
        newest=newest,
        header=build_header_facts(parts["header"], len(newest) + sum(parts["left_out"])),
    )


def load_people_facts(family: Family) -> dict[str, Any]:
    """{what: rows} about the people of one family that the caller has fetched in scope."""
    return dict(zip(PEOPLE_QUERY_BUILDERS, _PEOPLE_BATCH.rows(NOBODY, family=family.pk), strict=True))


def _build_overview_parts(_: TemplateScope, on: date, family: UUID) -> dict[str, Part]:
    """Of whichever family they are asked about: it is fetched in scope by the same statement."""
    scope, whoever = OpenFamilyScope(family), Family(pk=family)
    return {
        "overview": [ask(scope, whoever) for ask in OVERVIEW_QUERY_BUILDERS.values()],
        "header": build_header_queries(family),
        "gaps": completeness_queries.build_completeness_queries(scope, on, [family]),
        **build_newest_parts(family, NEWEST_EVENTS),
    }


def _build_people_queries(_: TemplateScope, family: UUID) -> list[Query]:
    return [ask(OpenFamilyScope(family), Family(pk=family)) for ask in PEOPLE_QUERY_BUILDERS.values()]


_OVERVIEW_RECORDS = prepare_with_family(_build_overview_parts)
_PEOPLE_BATCH = PreparedBatch(_build_people_queries)


def _build_addresses_query(scope: FamiliesScope, family: Family) -> Query:
    rows = Address.objects.visible_to(scope).filter(family=family, infant=None).current()
    fields = ("caregiver_id", "kind", "lines", "postcode", "since")
    return Query(rows, {name: name for name in fields})


def _build_unrelated_query(scope: FamiliesScope, family: Family) -> Query:
    """Carers of the family who are in no relationship of today."""
    related = Dyad.objects.live().current().filter(live_q("infant__"), caregiver=OuterRef("pk"))
    rows = Caregiver.objects.visible_to(scope).filter(~Exists(related), family=family)
    return Query(rows, {name: name for name in ("id", "given_name", "family_name", "created_at")})


def _build_ways_query(scope: FamiliesScope, family: Family) -> Query:
    """Ways of working that are in use."""
    rows = InterventionUse.objects.visible_to(scope).filter(episode__family=family, ended_on=None)
    return Query(rows, {"episode": "episode_id", "way": "intervention__name"})


def _build_goals_query(scope: FamiliesScope, family: Family) -> Query:
    rows = Goal.objects.visible_to(scope).current()
    rows = rows.filter(episode__family=family, episode__ended_on=None)
    ratings = GoalRating.objects.live().filter(goal=OuterRef("pk")).order_by("rated_on", "created_at")
    scores = ArraySubquery(ratings.values(row=JSONObject(score="score", on="rated_on")))
    fields = {"id": "id", "words": "words", "set_on": "set_on", "created_at": "created_at", "dyad": "dyad_id"}
    fields |= {"lost_on": "dyad__infant__lost_on"}
    names = {"infant": build_person_name("dyad__infant"), "carer": build_person_name("dyad__caregiver")}
    return Query(rows, fields | names | {"episode": "episode_id", "ratings": scores})


def _build_decisions_query(scope: FamiliesScope, family: Family) -> Query:
    rows = CaseDecision.objects.visible_to(scope).filter(family=family).to_do()
    fields = {
        "decision": build_to_do_words(),
        "do_by": "do_by",
        "owner": "owner__display_name",
        "at": "created_at",
    }
    return Query(rows, fields)


def _build_grants_query(scope: FamiliesScope, family: Family) -> Query:
    """Who else reaches this family; whoever reads its page may know them."""
    rows = FamilyGrant.objects.live().filter(family=family)
    fields = {"purpose": "purpose", "who": F("user__display_name"), "until": "expires_at", "why": "reason"}
    return Query(rows, fields)


OVERVIEW_QUERY_BUILDERS = {
    "unrelated": _build_unrelated_query,
    "ways": _build_ways_query,
    "goals": _build_goals_query,
    "decisions": _build_decisions_query,
}
PEOPLE_QUERY_BUILDERS = {
    "addresses": _build_addresses_query,
    "unrelated": _build_unrelated_query,
    "grants": _build_grants_query,
}
