"""The agenda of a session: a practitioner's families with the reasons to talk about them, the most concern first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from interventions.episodes.models import Episode
from interventions.plans.models import query_co_worked_episodes
from interventions.supervision.forms import MAX_ROWS
from interventions.supervision.rules import rank_concern
from pairs.access.batch_query import PreparedBatch, Query
from pairs.access.requests import ScopedRequest
from pairs.access.scope import NOBODY, FamiliesScope, TemplateScope
from pairs.access.visible_records import list_visible
from pairs.families.agenda import AGENDA_KINDS, AgendaLine
from pairs.families.family_line import FamilyLine
from pairs.families.family_lines import load_family_lines
from pairs.families.models import Family
from pairs.service.hooks import list_hooks

ORDER = tuple(AGENDA_KINDS)


@dataclass(frozen=True)
class AgendaFamily:
    """A family of the caseload, and why to talk about it: nothing when there is no reason."""

    family: Family
    episode: UUID
    line: FamilyLine
    reasons: tuple[AgendaLine, ...]


def load_caseload_agenda(request: ScopedRequest, people: Iterable[UUID], on: date) -> list[AgendaFamily]:
    """Every family that these people lead or co-work and that the reader may open, the most concern first."""
    episodes = _list_episodes(request, list(people), on)
    families = list(dict.fromkeys(each.family_id for each in episodes))
    lines, reasons = load_family_lines(families, on), load_agenda_lines(families, on)
    rows = {
        each.family_id: AgendaFamily(
            each.family, each.pk, lines[each.family_id], tuple(reasons[each.family_id])
        )
        for each in episodes
    }
    return sort_by_concern(rows.values())


def load_agenda_lines(families: list[UUID], on: date) -> dict[UUID, list[AgendaLine]]:
    """{family: why it is on the agenda, the gravest first}, of families whom the reader is known to see: one query."""
    found: dict[UUID, list[AgendaLine]] = defaultdict(list)
    lines = _AGENDA_BATCH.list_results(NOBODY, on, families=families) if families else []
    for line in sorted(lines, key=lambda line: (ORDER.index(line.kind), line.since)):
        found[line.family].append(line)
    return found


def sort_by_concern(rows: Iterable[AgendaFamily]) -> list[AgendaFamily]:
    return sorted(rows, key=lambda row: (rank_concern(row.reasons, ORDER), row.line.name))


def _list_episodes(request: ScopedRequest, people: list[UUID], on: date) -> list[Any]:
    co_worked = Q()
    for person in people:
        co_worked |= Q(pk__in=query_co_worked_episodes(person, on))
    mine = Episode.objects.open().filter(Q(lead__in=people) | co_worked)
    return list_visible(request, mine.select_related("family").order_by("opened_on", "pk"))[:MAX_ROWS]


def _build_agenda_queries(_: TemplateScope, on: date, families: UUID) -> list[Query]:
    scope = FamiliesScope(families)
    builders = list_hooks("agenda", "build_agenda_queries")
    return [query for build in builders for query in build(scope, on, [families])]


_AGENDA_BATCH = PreparedBatch(_build_agenda_queries)
