"""One measure as a page reads it: each scale's score, its range and direction, what it means, and what is missing."""

from outcomes.measures import catalogue
from outcomes.pairing import change_of
from outcomes.scoring import missing_items
from outcomes.sheets import TYPED

DIRECTIONS = {
    "higher": "Higher is hoped for",
    "lower": "Lower is hoped for",
    "neither": "Neither higher nor lower is better in itself",
}


def reading_of(assessment, same):
    """{parts, chart, baseline, complete} of an assessment; ``same``: those of its measure and dyad, in time order."""
    measure = catalogue()[assessment.measure]
    baseline = _baseline(assessment, same)
    parts = [_part(assessment, baseline, scale, measure) for scale in measure.scales]
    return {
        "parts": parts,
        "baseline": baseline,
        "complete": is_complete(measure, assessment.scores, answers_of(assessment)),
        "chart": chart_rows(measure, *((baseline, assessment) if baseline else (assessment, None))),
        "answers": _answers(measure, assessment) if not measure.scales else [],
        "risky": measure.risky(answers_of(assessment)),
    }


def is_complete(measure, scores, answers):
    """Every scale has its score; where there is none to make, every item its answer."""
    if measure.scales:
        return all(scores.get(scale.id) is not None for scale in measure.scales)
    return all(item in answers for item in range(1, measure.items + 1))


def answers_of(assessment):
    """{item: answer} as scoring takes them."""
    return {int(item): each for item, each in assessment.responses.items()}


def chart_rows(measure, first, last):
    """Rows of components/chart.html's line_chart, each with its own range; without one nothing is drawn."""
    return [
        (
            scale.name,
            first.scores.get(scale.id),
            last.scores.get(scale.id) if last else None,
            scale.lowest,
            scale.highest,
        )
        for scale in measure.scales
        if scale.ranged and first.scores.get(scale.id) is not None
    ]


def range_of(scale):
    """“0 to 27”; '' where it is not verified."""
    return f"{scale.lowest:g} to {scale.highest:g}" if scale.ranged else ""


def _baseline(assessment, same):
    """The first one before this, by the same rater in the same version and form."""
    earlier = (
        each
        for each in same
        if each.pk != assessment.pk
        and (each.completed_on, each.created_at) < (assessment.completed_on, assessment.created_at)
        and _alike(each) == _alike(assessment)
    )
    return next(earlier, None)


def _alike(assessment):
    return assessment.measure_version, assessment.form, rater_of(assessment)


def rater_of(assessment):
    """Who must be the same at both times: the carer who answered, the role that coded, or the practitioner."""
    return assessment.rater_id or assessment.rater_role or assessment.rated_by_staff_id


def _part(assessment, baseline, scale, measure):
    score = assessment.scores.get(scale.id)
    before = baseline.scores.get(scale.id) if baseline else None
    change = change_of(scale, before, score) if score is not None and before is not None else None
    band = scale.band(score)
    typed = scale.method == TYPED or scale.id in assessment.typed
    return {
        "name": scale.name,
        "meaning": scale.meaning,
        "score": score,
        "range": range_of(scale),
        "direction": DIRECTIONS[scale.better],
        "band": band,
        "before": before,
        "change": change,
        "typed": typed,
        "missing": [] if typed else missing_items(scale, answers_of(assessment)),
        "answered": len([item for item in scale.items if item in answers_of(assessment)]),
        "of": len(scale.items),
    }


def _answers(measure, assessment):
    """[(item, answer)] of a measure that makes no score."""
    given = answers_of(assessment)
    return [(f"Item {item}", given.get(item)) for item in range(1, measure.items + 1)]
