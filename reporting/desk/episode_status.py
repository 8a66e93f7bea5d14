"""What a caseload says of each open episode: the day of its four weeks and what they miss; how its pair stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from outcomes.standing import Standing, standing
from pairs.access.asking import PreparedBatch
from pairs.access.scope import NOBODY, FamiliesScope
from pairs.service.pages import short_day
from reporting.desk.waits import Waiting, missing, waiting


@dataclass(frozen=True)
class EpisodeStatus:
    """Values that JSON can hold. ``clock``: days, missing, speak; None once the four weeks no longer run.

    ``pair``: paired, measure, why, until (a day in words, or ""); None where nothing is known of one.
    """

    family: UUID | None
    episode: UUID
    clock: dict[str, Any] | None = None
    pair: dict[str, Any] | None = None


def episode_statuses(families: Iterable[UUID], on: date) -> list[EpisodeStatus]:
    """Of the open episodes of these families, whom the caller may see: one query."""
    families = list(families)
    found = _STATUSES.answers(NOBODY, on, families=families) if families else []
    clocks = {each.episode: each for each in found if isinstance(each, Waiting) and each.episode}
    pairs = {each.episode: each for each in found if isinstance(each, Standing)}
    return [_status(pk, clocks.get(pk), pairs.get(pk), on) for pk in clocks | pairs]


def status_statement(on: date) -> str:
    """The SQL of it: it names every table that matters to it."""
    return _STATUSES.statement(NOBODY, on, families=[]).sql


def _status(pk, clock, pair, on):
    family = clock.family if clock else pair.family
    return EpisodeStatus(family, pk, clock and _clock(clock, on), pair and _pair(pair))


def _clock(each, on):
    return {"days": each.clock.days(on), "missing": missing(each), "speak": each.clock.speak_on <= on}


def _pair(each):
    until = short_day(each.until) if each.until else ""
    return {"paired": each.paired, "measure": each.measure, "why": each.why, "until": until}


def _questions(_, on, families):
    scope = FamiliesScope(families)
    return [waiting(scope, on, [families]), standing(scope, [families])]


_STATUSES = PreparedBatch(_questions)
