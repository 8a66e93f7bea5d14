"""The agenda of a session: a practitioner's families with the reasons to talk about them, the most concern first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now

from interventions.diary.models import query_next_appointment
from interventions.episodes.models import Episode, query_last_seen
from interventions.plans.models import CoWorker
from interventions.supervision.concern import rank_concern, sort_reasons
from interventions.supervision.forms import MAX_ROWS
from pairs.access.batch_query import PreparedBatch, Query, build_user_name
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.requests import ScopedRequest
from pairs.access.scope import NOBODY, FamiliesScope, TemplateScope
from pairs.access.visible_records import annotate_family_id, list_prepared
from pairs.database.arrays import build_among
from pairs.families.agenda import AGENDA_KINDS, AgendaLine, build_due_line
from pairs.families.family_line import FamilyLine
from pairs.families.family_lines import load_family_lines
from pairs.families.models import Family
from pairs.service.hooks import collect_from_hooks, list_hooks
from pairs.web.local_days import get_local_day

ORDER = tuple(AGENDA_KINDS)


@dataclass(frozen=True)
class AgendaFamily:
    """A family of the caseload, and why to talk about it: nothing when there is no reason."""

    family: Family
    episode: UUID
    line: FamilyLine
    reasons: tuple[AgendaLine, ...]
    site: str
    lead: UUID
    lead_name: str
    opened_on: date
    days_since_seen: int | None  # None: not seen yet
    next_at: datetime | None  # the next visit that is booked


def load_caseload_agenda(request: ScopedRequest, people: Iterable[UUID], on: date) -> list[AgendaFamily]:
    """Every family that these people lead or co-work and that the reader may open, the most concern first."""
    return build_agenda(list_caseload_episodes(request, people, on), on)


def list_caseload_episodes(
    request: ScopedRequest, people: Iterable[UUID], on: date, *, supervised: bool = False
) -> list[Any]:
    """Open episodes that these people lead or co-work, of those in scope; ``supervised``: at sites one supervises.

    Each with its family, ``seen_at`` and ``next_at``, so that ``build_agenda`` may be asked for them.
    """
    return list_prepared(request, _EPISODES, on, supervised, people=list(people))[:MAX_ROWS]


def build_agenda(episodes: Iterable[Any], on: date) -> list[AgendaFamily]:
    """Of episodes that came by ``list_caseload_episodes``: a row a family, the most concern first."""
    by_family = {each.family_id: each for each in episodes}
    families = list(by_family)
    lines, reasons = load_family_lines(families, on), load_agenda_lines(families, on)
    return sort_by_concern(
        _build_row(each, lines[each.family_id], reasons[each.family_id], on) for each in by_family.values()
    )


def _build_row(episode: Any, line: FamilyLine, reasons: list[AgendaLine], on: date) -> AgendaFamily:
    return AgendaFamily(
        family=episode.family,
        episode=episode.pk,
        line=line,
        reasons=tuple(reasons),
        site=episode.site.name,
        lead=episode.lead_id,
        lead_name=episode.lead_name,
        opened_on=episode.opened_on,
        days_since_seen=(on - get_local_day(episode.seen_at)).days if episode.seen_at else None,
        next_at=episode.next_at,
    )


def load_agenda_lines(families: list[UUID], on: date) -> dict[UUID, list[AgendaLine]]:
    """{family: why it is on the agenda, the gravest first}, of families whom the reader is known to see."""
    found: dict[UUID, list[AgendaLine]] = defaultdict(list)
    answers = _AGENDA_BATCH.list_results(NOBODY, on, families=families) if families else []
    lines = [each for each in answers if isinstance(each, AgendaLine)]
    for line in sort_reasons([*_list_due_lines(answers, families, on), *lines], ORDER):
        found[line.family].append(line)
    return found


def _list_due_lines(answers: list[Any], families: list[UUID], on: date) -> list[AgendaLine]:
    """Of what is due for these families by the rules that every app's agenda.py names."""
    kinds = _map_kinds_by_code()
    items = collect_from_hooks("due_rules", "list_rule_items", answers, families, on, tuple(kinds))
    return [build_due_line(item, item.family_id, kinds[item.code]) for item in items if item.family_id]


def _map_kinds_by_code() -> dict[str, str]:
    return {code: kind for each in list_hooks("agenda", "KINDS_BY_CODE") for code, kind in each.items()}


def sort_by_concern(rows: Iterable[AgendaFamily]) -> list[AgendaFamily]:
    return sorted(rows, key=lambda row: (rank_concern(row.reasons, ORDER), row.line.name))


# ---------------------------------------------------------------- what the database is asked
def _query_episodes(scope: TemplateScope, on: date, supervised: bool, people: UUID) -> Any:
    co_worked = CoWorker.objects.live().current(on).filter(user__in=[people]).values("episode")
    rows = (
        Episode.objects.visible_to(scope)
        .open()
        .filter(Q(lead__in=[people]) | Q(build_among("pk", co_worked)))
    )
    if supervised:
        rows = rows.filter(site__in=scope.sites("supervise"))
    seen, coming = Subquery(query_last_seen(OuterRef("pk"))), Subquery(query_next_appointment(Now()))
    rows = rows.annotate(seen_at=seen, next_at=coming, lead_name=build_user_name("lead"))
    rows = annotate_family_id(rows).select_related("family", "site")
    return rows.order_by("opened_on", "pk")


def _build_agenda_queries(_: TemplateScope, on: date, families: UUID) -> list[Query]:
    scope, codes = FamiliesScope(families), tuple(_map_kinds_by_code())
    return [
        *collect_from_hooks("agenda", "build_agenda_queries", scope, on, [families]),
        *collect_from_hooks("due_rules", "build_rule_queries", families, codes),
    ]


_EPISODES, _AGENDA_BATCH = PreparedQuery(_query_episodes), PreparedBatch(_build_agenda_queries)
