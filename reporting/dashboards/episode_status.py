"""Status of each open episode for the caseload: its four-week clock and its pair."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from outcomes.pair_status import PairStatus, describe_pair_deadline, query_pair_statuses
from pairs.access.batch_query import PreparedBatch, Query
from pairs.access.scope import NOBODY, FamiliesScope, TemplateScope
from pairs.web.formats import format_short_day
from reporting.dashboards.waits import WaitingReferral, build_waiting_query, list_missing_steps


@dataclass(frozen=True)
class EpisodeStatus:
    """Values that JSON can hold. ``clock``: days, missing, speak; None once the four weeks no longer run.

    ``pair``: paired, measure, why, until (in words, or ""); None where nothing is known of one.
    """

    family: UUID | None
    episode: UUID
    clock: dict[str, Any] | None = None
    pair: dict[str, Any] | None = None


def list_episode_statuses(families: Iterable[UUID], on: date) -> list[EpisodeStatus]:
    """Of the open episodes of these families, whom the caller may see: one query."""
    families = list(families)
    return combine_statuses(_STATUS_BATCH.list_results(NOBODY, on, families=families), on) if families else []


def combine_statuses(found: Iterable[Any], on: date) -> list[EpisodeStatus]:
    """Of the episodes' clocks and pairs, which ``build_status_queries`` found, among whatever else was."""
    found = list(found)
    clocks = {each.episode: each for each in found if isinstance(each, WaitingReferral) and each.episode}
    pairs = {each.episode: each for each in found if isinstance(each, PairStatus)}
    return [_build_status(pk, clocks.get(pk), pairs.get(pk), on) for pk in clocks | pairs]


def get_status_statement(on: date) -> str:
    """The SQL of it: it names every table that matters to it."""
    return _STATUS_BATCH.statement(NOBODY, on, families=[]).sql


def _build_status(pk: UUID, clock: Any, pair: Any, on: date) -> EpisodeStatus:
    family = clock.family if clock else pair.family
    return EpisodeStatus(family, pk, clock and _present_clock(clock, on), pair and _present_pair(pair, on))


def _present_clock(waiting: WaitingReferral, on: date) -> dict[str, Any]:
    return {
        "days": waiting.clock.days(on),
        "missing": list_missing_steps(waiting),
        "speak": waiting.clock.speak_on <= on,
    }


def _present_pair(each: PairStatus, on: date) -> dict[str, Any]:
    until = describe_pair_deadline(each.until, on, format_short_day)
    return {"paired": each.paired, "measure": each.measure, "why": each.why, "until": until}


def build_status_queries(_: TemplateScope, on: date, families: UUID) -> list[Query]:
    """Clocks and pairs of the open episodes of families whom the reader is known to see."""
    scope = FamiliesScope(families)
    return [build_waiting_query(scope, on, [families]), query_pair_statuses(scope, [families])]


_STATUS_BATCH = PreparedBatch(build_status_queries)
