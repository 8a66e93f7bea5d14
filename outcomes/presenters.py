"""Presents one assessment: each scale's score, range, direction and meaning, and what is missing."""

from typing import Any
from uuid import UUID

from outcomes.measure_definitions import (
    BIRTH_GROUP,
    FATHER_GROUP,
    PREGNANCY_GROUP,
    TYPED,
    Measure,
    Scale,
)
from outcomes.measures import get_catalogue
from outcomes.pairing import calculate_change
from outcomes.scoring import list_missing_items
from pairs.families.choices import Relationship

DIRECTION_TEXTS = {
    "higher": "Higher is better",
    "lower": "Lower is better",
    "neither": "Neither higher nor lower is better",
}


def present_assessment(assessment: Any, same: list[Any]) -> dict[str, Any]:
    """{parts, baseline, complete, answers, risky} of an assessment.

    ``same``: those of its measure and dyad, in time order.
    """
    measure = get_catalogue()[assessment.measure]
    baseline = _find_baseline(assessment, same)
    parts = [_present_scale(assessment, baseline, scale, measure) for scale in measure.scales]
    return {
        "parts": parts,
        "baseline": baseline,
        "complete": is_assessment_complete(measure, assessment.scores, parse_answers(assessment)),
        "answers": _list_item_answers(measure, assessment) if not measure.scales else [],
        "risky": measure.risky(parse_answers(assessment)),
    }


def is_assessment_complete(
    measure: Measure, scores: dict[str, float | None], answers: dict[int, int | None]
) -> bool:
    """Every scale has its score; where there is none to make, every item its answer."""
    if measure.scales:
        return all(scores.get(scale.id) is not None for scale in measure.scales)
    return all(item in answers for item in range(1, measure.items + 1))


def parse_answers(assessment: Any) -> dict[int, int | None]:
    """{item: answer} as scoring takes them."""
    return {int(item): each for item, each in assessment.responses.items()}


def format_range(scale: Scale) -> str:
    """“0 to 27”; '' where it is not verified."""
    return f"{scale.lowest:g} to {scale.highest:g}" if scale.has_range else ""


def _find_baseline(assessment: Any, same: list[Any]) -> Any:
    """The first one before this, by the same rater in the same version and form."""
    earlier = (
        each
        for each in same
        if each.pk != assessment.pk
        and (each.completed_on, each.created_at) < (assessment.completed_on, assessment.created_at)
        and get_comparison_key(each) == get_comparison_key(assessment)
    )
    return next(earlier, None)


def get_comparison_key(assessment: Any) -> tuple[Any, Any, str | UUID]:
    """What two assessments of one measure and dyad must share to be compared: version, form and rater."""
    return assessment.measure_version, assessment.form, get_rater_key(assessment)


def get_rater_key(assessment: Any) -> str | UUID:
    """Who must be the same at both times: the carer who answered, the role that coded, or the practitioner."""
    return assessment.rater_id or assessment.rater_role or assessment.rated_by_staff_id


def _present_scale(assessment: Any, baseline: Any, scale: Scale, measure: Measure) -> dict[str, Any]:
    score = assessment.scores.get(scale.id)
    before = baseline.scores.get(scale.id) if baseline else None
    change = calculate_change(scale, before, score) if score is not None and before is not None else None
    band = scale.band(score, get_band_group(assessment))
    typed = scale.method == TYPED or scale.id in assessment.typed
    return {
        "name": scale.name,
        "meaning": scale.meaning,
        "score": score,
        "range": format_range(scale),
        "direction": DIRECTION_TEXTS[scale.better],
        "band": band,
        "before": before,
        "change": change,
        "typed": typed,
        "missing": [] if typed else list_missing_items(scale, parse_answers(assessment)),
        "answered": len([item for item in scale.items if item in parse_answers(assessment)]),
        "of": len(scale.items),
    }


def get_band_group(assessment: Any) -> str:
    """Which published bands hold: a father's; else those of pregnancy, or of after the birth."""
    dyad = assessment.dyad
    if dyad.relationship == Relationship.FATHER:
        return FATHER_GROUP
    born = dyad.infant.birth_date
    return PREGNANCY_GROUP if born is None or assessment.completed_on < born else BIRTH_GROUP


def _list_item_answers(measure: Measure, assessment: Any) -> list[tuple[str, int | None]]:
    """[(item, answer)] of a measure that makes no score."""
    given = parse_answers(assessment)
    return [(f"Item {item}", given.get(item)) for item in range(1, measure.items + 1)]
