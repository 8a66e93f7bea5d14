"""How the relationship measure changed, of babies whose work ended with a pair.

Better as NHS England counts a paired outcome: a scale improved and none deteriorated. By any amount, as few thresholds
are published; where each of a measure's scales has one, the reliable changes are counted beside it.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from outcomes.measures import get_catalogue
from outcomes.pairing import calculate_changes
from pairs.service.report_sections import ReportSection, SectionTable
from reporting.evidence.change_verdicts import LABELS, is_reliability_known, judge_pair, judge_reliably
from reporting.evidence.indicators import Indicators, compute_indicators, load_places
from reporting.evidence.rules import Period

PAIR_COUNT = "ended_with_pair"  # the count of `indicators` that is divided here


def build_tables(first: date, last: date) -> list[SectionTable]:
    """Of endings between these days, both included."""
    return build_change_tables(compute_indicators(Period("", "", first, last), load_places()))


def build_change_tables(found: Indicators) -> list[SectionTable]:
    """Of what is counted already."""
    pairs = found.pairs
    changes = [calculate_changes(get_catalogue()[pair.first.measure], pair) for pair in pairs]
    reliable = [each for each in changes if is_reliability_known(each)]
    tables = [
        ("Babies whose work ended with a pair, by change", map(judge_pair, changes)),
        ("Of measures with a published reliable change, by reliable change", map(judge_reliably, reliable)),
    ]
    return [_count_verdicts(*each) for each in (tables if reliable else tables[:1])]


def _count_verdicts(title: str, verdicts: Iterable[str]) -> SectionTable:
    found = Counter(verdicts)
    rows = [(label, found[label]) for label in LABELS]
    return SectionTable(title, ("Change", "Babies"), rows, adds_up=True)


PAIR_CHANGES = ReportSection(
    "Better, the same or worse",
    "Of babies whose work ended with a relationship measure at both ends, by the same person about the same "
    "relationship: better where a scale improved and none is worse, by any amount; and, of measures with a published "
    "threshold, by a change that is reliable. It does not say what the others, without a pair, would show.",
    build_tables,
)
