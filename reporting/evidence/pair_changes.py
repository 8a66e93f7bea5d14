"""How the relationship measure changed, of babies whose work ended with a pair: the last step of the ladder.

Better as NHS England counts a paired outcome: a scale improved and none deteriorated. By any amount, as few thresholds
are published; where each of a measure's scales has one, the reliable changes are counted beside it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from outcomes.measures import get_catalogue
from outcomes.pairing import IMPROVED, WORSE, Change, calculate_changes
from pairs.service.report_sections import ReportSection, SectionTable
from reporting.evidence.indicators import list_ended_pairs
from reporting.evidence.rules import Period

BETTER_LABEL, SAME_LABEL, WORSE_LABEL = "Better", "No change, or neither", "Worse"
PAIR_COUNT = "ended_with_pair"  # the count of `indicators` that is divided here
LABELS = (BETTER_LABEL, SAME_LABEL, WORSE_LABEL)


def build_tables(first: date, last: date) -> list[SectionTable]:
    """Of endings between these days, both included."""
    pairs = list_ended_pairs(Period("", "", first, last))
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


def judge_pair(changes: Sequence[Change]) -> str:
    """Better: a scale improved and none is worse. Worse: a scale is."""
    verdicts = {each.verdict for each in changes}
    if WORSE in verdicts:
        return WORSE_LABEL
    return BETTER_LABEL if IMPROVED in verdicts else SAME_LABEL


def is_reliability_known(changes: Sequence[Change]) -> bool:
    """Whether a threshold is published for every scale of the pair."""
    return bool(changes) and all(each.reliable is not None for each in changes)


def judge_reliably(changes: Sequence[Change]) -> str:
    """The same of changes that are reliable; what moved less has not changed."""
    return judge_pair([each for each in changes if each.reliable])


PAIR_CHANGES = ReportSection(
    "Better, the same or worse",
    "Of babies whose work ended with a relationship measure at both ends, by the same person about the same "
    "relationship: better where a scale improved and none is worse, by any amount; and, of measures with a published "
    "threshold, by a change that is reliable. It does not say what the others, without a pair, would show.",
    build_tables,
)
