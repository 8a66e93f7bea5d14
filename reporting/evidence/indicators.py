"""The indicators of a period: exact counts by place, ethnic group and quintile. Never rendered as they are."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from outcomes.models import Assessment, ChosenMeasure
from outcomes.pairing import pair_of
from outcomes.summary import as_completed
from pairs.families.models import Dyad
from pairs.matching.counted import children_by_record, counted
from pairs.service.models import Place
from referrals.rules.clocks import LIMIT_DAYS, days_between
from reporting.evidence import counting
from reporting.evidence.rules import Period, ethnicity_of, quintile_of

# What is counted, in the order of the report.
COUNTS = (
    "referred", "accepted", "not_accepted", "seen", "first_seen", "within_limit",
    "expected", "not_brought", "ended", "ended_engaged", "ended_with_pair",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """Where something is counted: one place, ethnic group and quintile."""

    place: str
    ethnicity: str
    quintile: str


@dataclass
class Indicators:
    """Exact counts of one period by cell, and the days each first contact took."""

    period: Period
    counts: dict[str, Counter[Cell]] = field(default_factory=lambda: {name: Counter() for name in COUNTS})
    waits: dict[Cell, list[int]] = field(default_factory=lambda: defaultdict(list))


def places() -> dict:
    """{id: name} of every place of the area, in order."""
    return dict(Place.objects.order_by("name").values_list("id", "name"))


def indicators_of(period: Period, names: dict) -> Indicators:
    """Everything counted for the period; a fixed number of queries, whatever the number of places."""
    found = Indicators(period)
    asked = _bounds(period)
    _add(found, "referred", _rows(counting.REFERRED, asked), names)
    _add(found, "accepted", _rows(counting.DECIDED, asked | {"status": "accepted"}), names)
    _add(found, "not_accepted", _rows(counting.DECIDED, asked | {"status": "not_accepted"}), names)
    _add(found, "seen", _rows(counting.SEEN, asked), names)
    _add_waits(found, _rows(counting.FIRST_SEEN, asked), names)
    _add_attendances(found, _rows(counting.EXPECTED, asked), names)
    _add_endings(found, _rows(counting.ENDED, asked), names)
    return found


def index_versions(period: Period) -> dict[str, int]:
    """{index version: referrals} of the deciles used, '' where there is none."""
    asked = _bounds(period)
    return dict(_rows(counting.INDEX_VERSIONS, asked))


def _bounds(period):
    """What the queries ask for: days, the midnights in London that begin and end the period, and who is who."""
    return _children() | {
        "first": period.first,
        "last": period.last,
        "start": _midnight(period.first),
        "stop": _midnight(period.last + timedelta(days=1)),
        "zone": settings.TIME_ZONE,
    }


def _children():
    """Records of babies, and beside each the record that the child goes by now."""
    known = children_by_record()
    return {"records": list(known), "children": list(known.values())}


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _rows(sql, asked):
    with connection.cursor() as cursor:
        cursor.execute(counting.tables_sql() + sql, asked)
        return cursor.fetchall()


def _cell(names, place, category, decile):
    return Cell(names[place], ethnicity_of(category), quintile_of(decile))


def _add(found, name, rows, names):
    for place, category, decile, count in rows:
        found.counts[name][_cell(names, place, category, decile)] += count


def _add_waits(found, rows, names):
    for place, category, decile, received, seen, count in rows:
        days = days_between(received, seen)
        cell = _cell(names, place, category, decile)
        found.waits[cell] += [days] * count
        found.counts["first_seen"][cell] += count
        found.counts["within_limit"][cell] += count * (days <= LIMIT_DAYS)


def _add_attendances(found, rows, names):
    for place, category, decile, not_brought, count in rows:
        cell = _cell(names, place, category, decile)
        found.counts["expected"][cell] += count
        found.counts["not_brought"][cell] += count * not_brought


def _add_endings(found, rows, names):
    episodes = {episode for episode, *_ in rows}
    days, completed = _contact_days(episodes), _assessments(episodes)
    for episode, infant, place, category, decile in rows:
        cell = _cell(names, place, category, decile)
        engaged = len(days[episode]) >= 2
        found.counts["ended"][cell] += 1
        found.counts["ended_engaged"][cell] += engaged
        found.counts["ended_with_pair"][cell] += (
            pair_of(completed[episode, infant], days[episode]) is not None
        )


def _contact_days(episodes):
    days = defaultdict(list)
    asked = {"episodes": list(episodes), "zone": settings.TIME_ZONE, "records": [], "children": []}
    for episode, day in _rows(counting.CONTACT_DAYS, asked):
        days[episode].append(day)
    return days


def _assessments(episodes):
    """{(episode, infant): [Completed]} of the relationship measures, the only ones that make a pair."""
    found = defaultdict(list)
    core = ChosenMeasure.objects.filter(core=True).values("measure")
    dyads = counted(Dyad.objects.all())
    rows = counted(Assessment.objects.all()).filter(episode__in=episodes, measure__in=core, dyad__in=dyads)
    for each in rows.select_related("dyad__infant"):
        found[each.episode_id, each.dyad.infant_id].append(as_completed(each))
    return found
