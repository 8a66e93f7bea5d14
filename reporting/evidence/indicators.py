"""The indicators of a period: exact counts by place, ethnic group and quintile. Never rendered as they are."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from outcomes.core_set import CoreSet, could_make_pair
from outcomes.measure_settings import load_core_set
from outcomes.measures import get_catalogue
from outcomes.models import Assessment
from outcomes.pairing import (
    GOAL_MEASURE,
    CompletedMeasure,
    Pair,
    calculate_changes,
    find_pair,
    find_pairs,
)
from outcomes.summary import to_completed_measure
from pairs.families.models import Dyad
from pairs.matching.counted import load_children_by_record, select_counted
from pairs.service.models import Place, Site
from pairs.web.local_days import get_start_of_day
from referrals.rules.choices import ReferralState
from referrals.rules.clocks import FOUR_WEEK_LIMIT_DAYS, count_days_between
from reporting.evidence import counting
from reporting.evidence.change_verdicts import can_be_judged, is_better, load_goal_changes
from reporting.evidence.definitions import FOLLOWED_COUNTS, FOLLOWED_KIND
from reporting.evidence.groupings import District
from reporting.evidence.rules import (
    PLACE_UNKNOWN_NAME,
    Period,
    get_ethnicity_name,
    get_quintile_name,
)

# What is counted, in the order of the report.
COUNT_NAMES = (
    "referred", "accepted", "not_accepted", "seen", "first_contact", "within_limit",
    "expected", "not_brought", "ended", "ended_engaged", "ended_none_fits", "ended_fitting", "ended_with_pair",
    *FOLLOWED_COUNTS,
)  # fmt: skip


@dataclass(frozen=True)
class IndicatorCell:
    """Where something is counted: one place, ethnic group and quintile."""

    place: str
    ethnicity: str
    quintile: str


@dataclass
class Indicators:
    """Exact counts of one period by cell, and the days each first contact took."""

    period: Period
    counts: dict[str, Counter[IndicatorCell]] = field(
        default_factory=lambda: {name: Counter() for name in COUNT_NAMES}
    )
    waits: dict[IndicatorCell, list[int]] = field(default_factory=lambda: defaultdict(list))


def list_count_names(kind: str) -> tuple[str, ...]:
    """What is counted of a kind of period: babies are followed over a year alone."""
    return COUNT_NAMES if kind == FOLLOWED_KIND else COUNT_NAMES[: -len(FOLLOWED_COUNTS)]


def load_places() -> dict:
    """{id: name} of every place of the area, in order; last, as None, where the district is not known."""
    return {**dict(Place.objects.order_by("name").values_list("id", "name")), None: PLACE_UNKNOWN_NAME}


def load_districts(on: date) -> list[District]:
    """Every place of the area in order, with whether a site of the service is open in it."""
    sites = set(Site.objects.filter(opens_on__lte=on).values_list("code", flat=True))
    rows = Place.objects.order_by("name").values_list("code", "name")
    return [District(code, name, code in sites) for code, name in rows]


def compute_indicators(period: Period, names: dict) -> Indicators:
    """Everything counted for the period; a fixed number of queries, whatever the number of places."""
    found = Indicators(period)
    asked = _build_query_bounds(period)
    _add_counts(found, "referred", _fetch_rows(counting.REFERRED_SQL, asked), names)
    for status in (ReferralState.ACCEPTED, ReferralState.NOT_ACCEPTED):
        _add_counts(found, status, _fetch_rows(counting.DECIDED_SQL, asked | {"status": status}), names)
    _add_counts(found, "seen", _fetch_rows(counting.SEEN_SQL, asked), names)
    _add_waits(found, _fetch_rows(counting.FIRST_CONTACT_SQL, asked), names)
    _add_attendances(found, _fetch_rows(counting.EXPECTED_SQL, asked), names)
    _add_endings(found, _fetch_rows(counting.ENDED_SQL, asked), names)
    if period.kind == FOLLOWED_KIND:
        _add_followed(found, _fetch_rows(counting.FOLLOWED_SQL, asked), names)
    return found


def count_index_versions(period: Period) -> dict[str, int]:
    """{index version: referrals} of the deciles used, '' where there is none."""
    asked = _build_query_bounds(period)
    return dict(_fetch_rows(counting.INDEX_VERSIONS, asked))


def _build_query_bounds(period: Period) -> dict[str, Any]:
    """What the queries ask for: days, the midnights in London that begin and end the period, and who is who."""
    return _load_children() | {
        "first": period.first,
        "last": period.last,
        "start": get_start_of_day(period.first),
        "stop": get_start_of_day(period.last + timedelta(days=1)),
        "zone": settings.TIME_ZONE,
    }


def _load_children() -> dict[str, list[UUID]]:
    """Records of babies, and beside each the record that the child goes by now."""
    known = load_children_by_record()
    return {"records": list(known), "children": list(known.values())}


def _fetch_rows(sql: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(counting.build_tables_sql() + sql, asked)
        return cursor.fetchall()


def _build_cell(names: dict[UUID, str], place: UUID, category: str, decile: int | None) -> IndicatorCell:
    return IndicatorCell(names[place], get_ethnicity_name(category), get_quintile_name(decile))


def _add_counts(
    found: Indicators, name: str, rows: list[tuple[UUID, str, int | None, int]], names: dict[UUID, str]
) -> None:
    for place, category, decile, count in rows:
        found.counts[name][_build_cell(names, place, category, decile)] += count


def _add_waits(found: Indicators, rows: list[tuple[Any, ...]], names: dict[UUID, str]) -> None:
    for place, category, decile, received, seen, count in rows:
        days = count_days_between(received, seen)
        cell = _build_cell(names, place, category, decile)
        found.waits[cell] += [days] * count
        found.counts["first_contact"][cell] += count
        found.counts["within_limit"][cell] += count * (days <= FOUR_WEEK_LIMIT_DAYS)


def _add_attendances(
    found: Indicators, rows: list[tuple[UUID, str, int | None, bool, int]], names: dict[UUID, str]
) -> None:
    for place, category, decile, not_brought, count in rows:
        cell = _build_cell(names, place, category, decile)
        found.counts["expected"][cell] += count
        found.counts["not_brought"][cell] += count * not_brought


def list_ended_pairs(period: Period) -> list[Pair]:
    """The pair of each baby whose episode ended in the period with one."""
    rows = _fetch_rows(counting.ENDED_SQL, _build_query_bounds(period))
    episodes = {episode for episode, *_ in rows}
    days, completed = _load_contact_days(episodes), _load_assessments(episodes, load_core_set())
    found = (find_pair(completed[episode, infant], days[episode]) for episode, infant, *_ in rows)
    return [pair for pair in found if pair]


def _add_endings(found: Indicators, rows: list[tuple[Any, ...]], names: dict[UUID, str]) -> None:
    episodes, core = {episode for episode, *_ in rows}, load_core_set()
    days, completed = _load_contact_days(episodes), _load_assessments(episodes, core)
    for episode, infant, place, category, decile, born, lost, ended in rows:
        cell, seen = _build_cell(names, place, category, decile), days[episode]
        engaged = len(seen) >= 2
        paired = find_pair(completed[episode, infant], seen) is not None
        fits = paired or could_make_pair(
            core, get_catalogue(), born=born, lost=lost, contact_days=seen, ended=ended
        )
        found.counts["ended"][cell] += 1
        found.counts["ended_engaged"][cell] += engaged
        found.counts["ended_none_fits"][cell] += engaged and not fits
        found.counts["ended_fitting"][cell] += engaged and fits
        found.counts["ended_with_pair"][cell] += paired


def _add_followed(found: Indicators, rows: list[tuple[Any, ...]], names: dict[UUID, str]) -> None:
    """Each baby referred, counted at every step that it and all steps before it were reached by the period's end."""
    episodes, core = {row[5] for row in rows if row[5]}, load_core_set()
    days, completed = _load_contact_days(episodes), _load_assessments(episodes)
    goals = load_goal_changes(episodes)
    for place, category, decile, accepted, met, episode, ended_on, records in rows:
        seen = [day for day in days[episode] if day <= found.period.last] if episode else []
        pairs = [pair for each in records for pair in find_pairs(completed[episode, each], seen)]
        changes = [
            change
            for each in pairs
            for change in calculate_changes(get_catalogue()[each.first.measure], each)
        ]
        moved = [change for each in records for change in goals[episode, each]]
        has_pair = any(each.first.measure in core for each in pairs)
        has_ended = ended_on is not None and ended_on <= found.period.last
        steps = (
            accepted, met, len(seen) >= 2, has_ended and has_pair,
            can_be_judged(changes, moved), is_better(changes, moved),
        )  # fmt: skip
        for name, _ in takewhile(lambda step: step[1], zip(FOLLOWED_COUNTS, steps, strict=True)):
            found.counts[name][_build_cell(names, place, category, decile)] += 1


def _load_contact_days(episodes: set[UUID]) -> dict[UUID, list[date]]:
    days = defaultdict(list)
    asked = {"episodes": list(episodes), "zone": settings.TIME_ZONE, "records": [], "children": []}
    for episode, day in _fetch_rows(counting.CONTACT_DAYS_SQL, asked):
        days[episode].append(day)
    return days


def _load_assessments(
    episodes: set[UUID], core: CoreSet | None = None
) -> dict[tuple[UUID, UUID], list[CompletedMeasure]]:
    """{(episode, infant): [Completed]} of the relationship measures (`core`), the only ones that make a pair; else of
    all but goals, which are counted apart.
    """
    found = defaultdict(list)
    dyads = select_counted(Dyad.objects.all())
    wanted = ~Q(measure=GOAL_MEASURE) if core is None else Q(measure__in=list(core))
    rows = select_counted(Assessment.objects.all()).filter(wanted, episode__in=episodes, dyad__in=dyads)
    for each in rows.select_related("dyad__infant"):
        found[each.episode_id, each.dyad.infant_id].append(to_completed_measure(each))
    return found
