"""Endings by the national reason, outcomes of those that ended, and their goals."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from interventions.endings.models import Ending
from interventions.endings.rules.endings import EndingTiming
from interventions.episodes.models import Episode
from interventions.episodes.rules import EndingReason
from outcomes.measures import get_catalogue
from outcomes.models import Assessment
from outcomes.pairing import (
    GOAL_MEASURE,
    IMPROVED,
    NEITHER,
    WORSE,
    Change,
    CompletedMeasure,
    calculate_changes,
    calculate_goal_change,
    find_pairs,
    get_goal_threshold,
)
from outcomes.summary import to_completed_measure
from pairs.families.models import Dyad
from pairs.matching.counted import select_counted
from reporting.evidence.change_verdicts import load_goal_ratings, query_counted_goals
from reporting.evidence.indicators import Indicators
from reporting.performance.counting.babies import load_focused_babies
from reporting.performance.counting.caseload import query_ended_episodes
from reporting.performance.counting.contacts import query_attended_contacts
from reporting.performance.figures import (
    NOT_RECORDED,
    Division,
    MeanChange,
    Section,
    Share,
    Whole,
    Window,
    divide,
)

PAIRED, UNPAIRED, NONE_FITS, NOT_ENGAGED = (
    "With a pair",
    "Without a pair",
    "No core measure fits",
    "Fewer than two contacts",
)
BETTER, UNCHANGED, POORER = "Better", "The same", "Worse"
RELIABLY_BETTER, NOT_RELIABLE, RELIABLY_WORSE = "Reliably better", "No reliable change", "Reliably worse"


def build_endings(window: Window) -> Section:
    """Babies whose episode ended, each once, by the national closure reason; and how many endings were planned."""
    babies = load_focused_babies(query_ended_episodes(window))
    planned = _load_planned({each.episode for each in babies})
    reasons = [EndingReason(each.reason).label for each in babies]
    return Section(
        "endings",
        "Endings",
        "Babies whose episode ended in the period. The reasons are the groups of the NHS Data Dictionary’s referral "
        "closure reason, in the service’s words.",
        (
            Whole(
                "ended",
                "Babies whose episode ended",
                len(babies),
                (
                    divide("Reason", EndingReason.labels, reasons, chart=True),
                    divide(
                        "Ending",
                        (*EndingTiming.labels, NOT_RECORDED),
                        [planned.get(each.episode, NOT_RECORDED) for each in babies],
                    ),
                ),
                (Share("Planned endings", "Ending", (EndingTiming.PLANNED.label,)),),
            ),
        ),
    )


def _load_planned(episodes: Collection[UUID]) -> dict[UUID, str]:
    rows = Ending.objects.valid().filter(episode__in=episodes, completed_at__isnull=False)
    return {pk: EndingTiming(planned).label for pk, planned in rows.values_list("episode_id", "planned")}


# ---------------------------------------------------------------- pairs and change
@dataclass(frozen=True)
class ScaleChanges:
    """What became of one scale of a measure, a change for each pair."""

    measure: str
    heading: str
    is_reliable: bool  # a threshold is published
    changes: tuple[Change, ...]

    @property
    def labels(self) -> tuple[str, str, str]:
        if self.is_reliable:
            return RELIABLY_BETTER, NOT_RELIABLE, RELIABLY_WORSE
        return BETTER, UNCHANGED, POORER

    @property
    def whole(self) -> Whole:
        found = [self._name(each) for each in self.changes]
        axis = "Change"
        shares = (Share(f"{self.heading}: {self.labels[0].lower()}", axis, self.labels[:1]),)
        is_judged = not any(each.verdict == NEITHER for each in self.changes)
        return Whole(
            f"pairs {self.heading}",
            f"Pairs: {self.heading}",
            len(found),
            (divide(axis, self.labels, found),) if is_judged else (),
            shares if is_judged else (),
            optional=True,
        )

    def _name(self, change: Change) -> str:
        better, same, worse = self.labels
        counts = change.reliable if self.is_reliable else True
        return {IMPROVED: better, WORSE: worse}.get(change.verdict, same) if counts else same


def build_outcomes(window: Window, counted: Indicators | None) -> Section:
    """`counted`: the equity report's indicators of the same days, whose pair rate this is; None of a team."""
    scales = load_scale_changes(window)
    return Section(
        "outcomes",
        "Outcomes",
        "Of episodes that ended in the period: whether a relationship measure was completed at both ends, and how "
        "each measure changed, within the same measure, rater and relationship. A change is called reliable only "
        "where a threshold is published: NHS England’s, for the measures that have one.",
        (*([count_pairs(counted)] if counted else ()), *(each.whole for each in scales)),
        changes=tuple(
            MeanChange(
                each.heading, f"pairs {each.heading}", [change.end - change.start for change in each.changes]
            )
            for each in scales
        ),
    )


def count_pairs(counted: Indicators) -> Whole:
    """Babies whose episode ended, by whether it has a pair."""
    total, engaged, fitting, none_fits, paired = (
        sum(counted.counts[name].values())
        for name in ("ended", "ended_engaged", "ended_fitting", "ended_none_fits", "ended_with_pair")
    )
    axis = "Pair of measures"
    return Whole(
        "ended_by_pair",
        "Babies whose work ended",
        total,
        (
            Division(
                axis,
                {
                    PAIRED: paired,
                    UNPAIRED: fitting - paired,
                    NONE_FITS: none_fits,
                    NOT_ENGAGED: total - engaged,
                },
            ),
        ),
        (Share("Pair rate", axis, (PAIRED,), (PAIRED, UNPAIRED)),),
    )


def load_scale_changes(window: Window) -> list[ScaleChanges]:
    """Of every scale with at least one pair among the episodes that ended, in the catalogue's order."""
    ended = query_ended_episodes(window)
    days, completed = load_contact_days(ended), _load_completed(ended)
    found: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for (episode, _), rows in completed.items():
        for pair in find_pairs(rows, days.get(episode, ())):
            for change in calculate_changes(get_catalogue()[pair.first.measure], pair):
                found[pair.first.measure, change.scale].append(change)
    return [_build_scale(*key, changes) for key, changes in sorted(found.items())]


def _build_scale(measure: str, scale: str, changes: Iterable[Change]) -> ScaleChanges:
    sheet = get_catalogue()[measure]
    defined = next(each for each in sheet.scales if each.id == scale)
    heading = sheet.short_name if len(sheet.scales) == 1 else f"{sheet.short_name}, {defined.name}"
    return ScaleChanges(measure, heading, defined.reliable is not None, tuple(changes))


def load_contact_days(episodes: Iterable[Episode]) -> Mapping[UUID, list[date]]:
    """{episode: the local day of each attended direct contact, in order}."""
    found: dict[UUID, list[date]] = defaultdict(list)
    rows = query_attended_contacts().filter(episode__in=episodes).order_by("starts_at")
    for episode, at in rows.values_list("episode_id", "starts_at"):
        found[episode].append(timezone.localdate(at))
    return found


def _load_completed(episodes: Iterable[Episode]) -> dict[tuple[UUID, UUID], list[CompletedMeasure]]:
    """{(episode, dyad): what was completed}; goals are counted apart."""
    dyads = select_counted(Dyad.objects.all())
    rows = select_counted(Assessment.objects.exclude(measure=GOAL_MEASURE)).filter(
        episode__in=episodes, dyad__in=dyads
    )
    found = defaultdict(list)
    for row in rows.select_related("dyad__infant").in_time_order():
        found[row.episode_id, row.dyad_id].append(to_completed_measure(row))
    return found


# ---------------------------------------------------------------- goals
def build_goals(window: Window) -> Section:
    """Goals of episodes that ended, in their last wording, that were rated twice or more."""
    least = get_goal_threshold()
    ratings = load_goal_ratings(query_counted_goals().filter(episode__in=query_ended_episodes(window)))
    changes = [change for each in ratings.values() if (change := calculate_goal_change(each))]
    moved, not_moved = f"Moved by {least:g} points or more", f"Moved by less than {least:g} points"
    found = [moved if each.reached else not_moved for each in changes]
    return Section(
        "goals",
        "Goals",
        f"Goals of episodes that ended in the period, rated at least twice from 0 to 10: nearer by {least:g} points "
        "or more is the change that NHS England counts.",
        (
            Whole("goals_set", "Goals of episodes that ended", len(ratings)),
            Whole(
                "goals",
                "Goals rated twice or more",
                len(found),
                (divide("Goal", (moved, not_moved), found),),
                (Share(moved, "Goal", (moved,)),),
            ),
        ),
        changes=(MeanChange("Goals, points nearer", "goals", [each.end - each.start for each in changes]),),
    )
