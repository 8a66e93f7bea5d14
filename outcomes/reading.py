"""One measure as a page reads it: each part's score, what it means, and what is missing."""

from outcomes.measures import catalogue
from outcomes.pairing import change_of
from outcomes.scoring import missing_items


def reading_of(assessment, same):
    """{parts, chart, baseline} of an assessment; ``same``: those of its measure and dyad, in time order."""
    measure = catalogue()[assessment.measure]
    baseline = _baseline(assessment, same)
    parts = [_part(assessment, baseline, subscale, measure) for subscale in measure.subscales]
    return {
        "parts": parts,
        "baseline": baseline,
        "complete": all(part["score"] is not None for part in parts),
        "chart_text": chart_text(measure),
        "chart": chart_rows(measure, *((baseline, assessment) if baseline else (assessment, None))),
    }


def chart_rows(measure, first, last):
    """Rows of components/chart.html's line_chart: (part, score at first, score at last)."""
    return [
        (each.name, first.scores.get(each.id), last.scores.get(each.id) if last else None)
        for each in measure.subscales
    ]


def chart_text(measure):
    """What the chart's circles and ends mean; no part is called better or worse by the picture."""
    return (
        f"Each line goes from {measure.lowest} to {measure.highest}. "
        "Hollow circle: the first time. Filled circle: the latest."
    )


def _baseline(assessment, same):
    """The first one before this, answered by the same person in the same version."""
    earlier = (
        each
        for each in same
        if each.pk != assessment.pk
        and (each.completed_on, each.created_at) < (assessment.completed_on, assessment.created_at)
        and (each.measure_version, each.rater_id) == (assessment.measure_version, assessment.rater_id)
    )
    return next(earlier, None)


def _part(assessment, baseline, subscale, measure):
    score = assessment.scores.get(subscale.id)
    before = baseline.scores.get(subscale.id) if baseline else None
    both = score is not None and before is not None
    return {
        "name": subscale.name,
        "meaning": subscale.meaning,
        "score": score,
        "before": before,
        "change": change_of(measure, subscale.id, before, score).words if both else "",
        "missing": missing_items(subscale, {int(item): each for item, each in assessment.responses.items()}),
    }
