"""What cannot be true of a measure's sheet, in words: a sheet that contradicts itself is never used."""

from collections.abc import Iterator

from outcomes.sheets import (
    CARER,
    CODER,
    COUNTED,
    DONE,
    GOAL,
    ITEMS,
    METHODS,
    NOT_OFFERED,
    PRACTITIONER,
    TEN_MEANS,
    TOTAL_OF,
    TOTALS,
    TYPED,
    Measure,
    Scale,
)

DIRECTIONS = {"lower", "higher", "neither"}
KINDS = {ITEMS, TOTALS, DONE, GOAL, NOT_OFFERED}
RATERS = {CARER, PRACTITIONER, CODER}
WORDING = {"yes", "local", "no"}
WHEN = {"pregnancy", "born", "any"}


def contradictions(measure: Measure) -> list[str]:
    """[] for a sound one."""
    numbered = set(range(1, measure.items + 1))
    checks = (
        (measure.kind in KINDS, "an unknown kind"),
        (measure.completed_by in RATERS, "completed by nobody we know"),
        (measure.wording in WORDING, "unclear whether its words may be shown"),
        (measure.window.when in WHEN, "an unknown window"),
        (
            not measure.may_be_core or measure.construct.startswith("relationship"),
            "core, but not of the relationship",
        ),
        (
            not (measure.may_be_core and measure.risk_items) or _is_of_a_bond(measure),
            "core, with items of mood",
        ),
        ((measure.kind in (ITEMS, GOAL)) == (measure.items > 0), "items where there should be none, or none"),
        (not measure.items or measure.lowest < measure.highest, "an empty response range"),
        (
            set(measure.reversed + measure.risk_items + measure.printed_downwards) <= numbered,
            "an item named that it has not",
        ),
        (
            measure.not_applicable is None or set(measure.not_applicable.items) <= numbered,
            "an item that may be skipped, but is not there",
        ),
        (bool(measure.sources and measure.licence and measure.confidence), "no source, licence, confidence"),
        (len(measure.by_id) == len(measure.scales), "two scales of one name"),
        (_has_scales_of_its_kind(measure), "scores that its kind cannot have, or none"),
        (
            all(set(rule.scales) <= {each.id for each in measure.typed_scales} for rule in measure.must_sum),
            "a fixed sum of something that is not typed",
        ),
        (
            not measure.not_applicable or _in_range(measure, measure.not_applicable.counts),
            "one that does not apply counts what no answer can",
        ),
        (len(measure.item_snomed) in (0, measure.items), "codes for other items than it has"),
        (
            measure.window.until_months is None or measure.window.when == "born",
            "an end of age, but not of a baby who has been born",
        ),
    )
    found = [problem for sound, problem in checks if not sound]
    return found + [
        f"{scale.id}: {problem}" for scale in measure.scales for problem in _of_scale(measure, scale)
    ]


def _has_scales_of_its_kind(measure: Measure) -> bool:
    """Typed ones where totals are typed, none where nothing is scored, counted ones otherwise."""
    if measure.kind == TOTALS:
        return bool(measure.typed_scales) and all(each.method in (TYPED, TOTAL_OF) for each in measure.scales)
    if measure.kind in (DONE, NOT_OFFERED):
        return not measure.scales
    return not measure.typed_scales


def _in_range(measure: Measure, value: float | None) -> bool:
    return value is None or measure.lowest <= value <= measure.highest


def _is_of_a_bond(measure: Measure) -> bool:
    return "bond" in measure.construct


def _of_scale(measure: Measure, scale: Scale) -> Iterator[str]:
    starts = [band.at_least for band in scale.bands]
    numbered = set(range(1, measure.items + 1))
    checks = (
        (scale.method in METHODS, "an unknown way of scoring"),
        (scale.better in DIRECTIONS, "an unknown direction"),
        (bool(scale.items) == (scale.method in COUNTED), "items that it does not count, or none to count"),
        (set(scale.items) <= numbered and len(set(scale.items)) == len(scale.items), "an item too many"),
        (
            bool(scale.of) == (scale.method == TOTAL_OF) and set(scale.of) <= _before(measure, scale),
            "a total of nothing, or of what comes after it",
        ),
        (starts == sorted(set(starts)), "bands out of order"),
        (not scale.bands or all(band.source for band in scale.bands), "a band without a source"),
        (scale.reliable is None or bool(scale.reliable.source), "a threshold without a source"),
        (
            scale.method == TYPED or _range(measure, scale) == (scale.lowest, scale.highest),
            "its range is another",
        ),
    )
    return (problem for sound, problem in checks if not sound)


def _before(measure: Measure, scale: Scale) -> set[str]:
    """Scores are made in the sheet's order, so a total can only add up those above it."""
    names = [each.id for each in measure.scales]
    return set(names[: names.index(scale.id)])


def _range(measure: Measure, scale: Scale) -> tuple[float | None, float | None]:
    """The least and the most that its items, or its parts, can make."""
    if scale.method == TOTAL_OF:
        parts = [measure.by_id[part] for part in scale.of if part in measure.by_id]
        return _total([part.lowest for part in parts]), _total([part.highest for part in parts])
    if scale.method == "sum":
        return len(scale.items) * measure.lowest, len(scale.items) * measure.highest
    times = 10 if scale.method == TEN_MEANS else 1
    return times * measure.lowest, times * measure.highest


def _total(ends: list[float | None]) -> float | None:
    known = [end for end in ends if end is not None]
    return sum(known) if len(known) == len(ends) else None
