"""The indicators of a period: exact counts by place, ethnic group and quintile. Never rendered as they are."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from outcomes.completed_measures import load_completed_measures
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
from pairs.database.arrays import build_among_ids
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
    """Exact counts of one period by cell, the days each first contact took, and the pairs of those that ended."""

    period: Period
    counts: dict[str, Counter[IndicatorCell]] = field(
        default_factory=lambda: {name: Counter() for name in COUNT_NAMES}
    )
    waits: dict[IndicatorCell, list[int]] = field(default_factory=lambda: defaultdict(list))
    pairs: list[Pair] = field(default_factory=list)

    def list_waits(self, wanted: Mapping[str, Collection[str]]) -> list[int]:
        """The days each first contact took, of those who are counted there: {axis: labels}."""
        return [
            days
            for cell, waits in self.waits.items()
            if all(getattr(cell, axis) in labels for axis, labels in wanted.items())
            for days in waits
        ]


class FirstContact(NamedTuple):
    """The first contact of a baby after a referral, with the days in London of both."""

    referral: UUID
    child: UUID
    place: UUID
    category: str
    decile: int | None
    received: date
    day: date


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
    """Everything counted for the period."""
    return compute_all_indicators([period], names)[0]


def compute_all_indicators(periods: Sequence[Period], names: dict) -> list[Indicators]:
    """Everything counted for each period; a fixed number of queries, whatever the number of places and periods."""
    if not periods:
        return []
    found = [Indicators(each) for each in periods]
    asked = build_query_bounds(periods)
    for sql in dict.fromkeys(counting.BABIES_SQL.values()):
        _add_counts(found, fetch_rows(sql, asked), names)
    first_contacts = [FirstContact(*row) for row in fetch_rows(counting.FIRST_CONTACTS_SQL, asked)]
    for each in found:
        _add_waits(each, first_contacts, names)
    _add_attendances(found, fetch_rows(counting.EXPECTED_SQL, asked), names)
    _add_endings(found, fetch_rows(counting.ENDED_SQL, asked), names)
    years = [each for each in found if each.period.kind == FOLLOWED_KIND]
    if years:
        _add_followed(years, first_contacts, names)
    return found


def count_babies(name: str, periods: Sequence[Period]) -> list[int]:
    """One count of `counting.BABIES_SQL` alone, of the whole service in each period."""
    totals = [0] * len(periods)
    if not periods:
        return totals
    for number, counted, *_, count in fetch_rows(counting.BABIES_SQL[name], build_query_bounds(periods)):
        totals[number] += count if counted == name else 0
    return totals


def count_index_versions(period: Period) -> dict[str, int]:
    """{index version: referrals} of the deciles used, '' where there is none."""
    return dict(fetch_rows(counting.INDEX_VERSIONS, build_query_bounds([period])))


def build_query_bounds(periods: Sequence[Period]) -> dict[str, Any]:
    """What the queries ask for: of each period and of all together the days, and the midnights in London that begin
    and end them; and who is who.
    """
    firsts, lasts = [each.first for each in periods], [each.last for each in periods]
    starts = [get_start_of_day(day) for day in firsts]
    stops = [get_start_of_day(day + timedelta(days=1)) for day in lasts]
    return _load_children() | {
        "numbers": list(range(len(periods))),
        "firsts": firsts,
        "lasts": lasts,
        "starts": starts,
        "stops": stops,
        "first": min(firsts),
        "last": max(lasts),
        "start": min(starts),
        "stop": max(stops),
        "zone": settings.TIME_ZONE,
        "statuses": [ReferralState.ACCEPTED, ReferralState.NOT_ACCEPTED],
    }


def _load_children() -> dict[str, list[UUID]]:
    """Records of babies, and beside each the record that the child goes by now."""
    known = load_children_by_record()
    return {"records": list(known), "children": list(known.values())}


def fetch_rows(sql: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(counting.build_tables_sql() + sql, asked)
        return cursor.fetchall()


def _build_cell(names: dict[UUID, str], place: UUID, category: str, decile: int | None) -> IndicatorCell:
    return IndicatorCell(names[place], get_ethnicity_name(category), get_quintile_name(decile))


def _add_counts(found: Sequence[Indicators], rows: list[tuple[Any, ...]], names: dict[UUID, str]) -> None:
    for number, name, place, category, decile, count in rows:
        found[number].counts[name][_build_cell(names, place, category, decile)] += count


def _add_waits(found: Indicators, contacts: Sequence[FirstContact], names: dict[UUID, str]) -> None:
    for each in _take_newest(contacts, found.period):
        days = count_days_between(each.received, each.day)
        cell = _build_cell(names, each.place, each.category, each.decile)
        found.waits[cell].append(days)
        found.counts["first_contact"][cell] += 1
        found.counts["within_limit"][cell] += days <= FOUR_WEEK_LIMIT_DAYS


def _take_newest(contacts: Iterable[FirstContact], period: Period) -> Iterable[FirstContact]:
    """Those of the period, each child once. ``contacts``: the newest referral first."""
    newest: dict[UUID, FirstContact] = {}
    for each in contacts:
        if period.first <= each.day <= period.last:
            newest.setdefault(each.child, each)
    return newest.values()


def _add_attendances(
    found: Sequence[Indicators], rows: list[tuple[Any, ...]], names: dict[UUID, str]
) -> None:
    for number, place, category, decile, not_brought, count in rows:
        cell, counts = _build_cell(names, place, category, decile), found[number].counts
        counts["expected"][cell] += count
        counts["not_brought"][cell] += count * not_brought


def _add_endings(found: Sequence[Indicators], rows: list[tuple[Any, ...]], names: dict[UUID, str]) -> None:
    episodes, core = {episode for _, episode, *_ in rows}, load_core_set()
    days, completed = _load_contact_days(episodes), _load_assessments(episodes, core)
    for number, episode, infant, place, category, decile, born, lost, ended in rows:
        cell, seen = _build_cell(names, place, category, decile), days[episode]
        engaged = len(seen) >= 2
        pair = find_pair(completed[episode, infant], seen)
        fits = pair is not None or could_make_pair(
            core, get_catalogue(), born=born, lost=lost, contact_days=seen, ended=ended
        )
        counts = found[number].counts
        counts["ended"][cell] += 1
        counts["ended_engaged"][cell] += engaged
        counts["ended_none_fits"][cell] += engaged and not fits
        counts["ended_fitting"][cell] += engaged and fits
        counts["ended_with_pair"][cell] += pair is not None
        found[number].pairs += [pair] if pair else []


def _add_followed(
    years: Sequence[Indicators], contacts: Sequence[FirstContact], names: dict[UUID, str]
) -> None:
    """Each baby referred, counted at every step that it and all steps before it were reached by the period's end."""
    rows = fetch_rows(counting.FOLLOWED_SQL, build_query_bounds([each.period for each in years]))
    episodes, core = {row[7] for row in rows if row[7]}, load_core_set()
    days, completed = _load_contact_days(episodes), _load_assessments(episodes)
    goals = load_goal_changes(episodes)
    first_days = {(each.referral, each.child): each.day for each in contacts}
    for number, referral, child, place, category, decile, accepted, episode, ended_on, records in rows:
        last = years[number].period.last
        seen = [day for day in days[episode] if day <= last] if episode else []
        pairs = [pair for each in records for pair in find_pairs(completed[episode, each], seen)]
        changes = [
            change
            for each in pairs
            for change in calculate_changes(get_catalogue()[each.first.measure], each)
        ]
        moved = [change for each in records for change in goals[episode, each]]
        has_pair = any(each.first.measure in core for each in pairs)
        has_ended = ended_on is not None and ended_on <= last
        has_met = first_days.get((referral, child), date.max) <= last
        steps = (
            accepted, has_met, len(seen) >= 2, has_ended and has_pair,
            can_be_judged(changes, moved), is_better(changes, moved),
        )  # fmt: skip
        for name, _ in takewhile(lambda step: step[1], zip(FOLLOWED_COUNTS, steps, strict=True)):
            years[number].counts[name][_build_cell(names, place, category, decile)] += 1


def _load_contact_days(episodes: set[UUID]) -> dict[UUID, list[date]]:
    days = defaultdict(list)
    asked = {"episodes": list(episodes), "zone": settings.TIME_ZONE, "records": [], "children": []}
    for episode, day in fetch_rows(counting.CONTACT_DAYS_SQL, asked):
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
    rows = select_counted(Assessment.objects.all()).filter(
        wanted, build_among_ids("episode", episodes), dyad__in=dyads
    )
    for episode, infant, completed in load_completed_measures(rows):
        found[episode, infant].append(completed)
    return found
