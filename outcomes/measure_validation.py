"""Validates a measure definition: one that contradicts itself is never used."""

from collections.abc import Iterator

from outcomes.measure_definitions import (
    ANY,
    BAND_GROUPS,
    CARER,
    CODER,
    COUNTED_METHODS,
    DONE_ONLY,
    GOAL,
    ITEMS,
    NOT_OFFERED,
    PRACTITIONER,
    PRORATED,
    SCORING_METHODS,
    SUM,
    TEN_MEANS,
    TOTAL_OF,
    TOTALS,
    TYPED,
    Measure,
    Scale,
)

DIRECTIONS = {"lower", "higher", "neither"}
KINDS = {ITEMS, TOTALS, DONE_ONLY, GOAL, NOT_OFFERED}
RATERS = {CARER, PRACTITIONER, CODER}
WORDING_PERMISSIONS = {"yes", "local", "no"}
WINDOW_KINDS = {"pregnancy", "born", "any"}


def validate_definition(measure: Measure) -> list[str]:
    """Errors in plain words; [] for a valid definition."""
    numbered = set(range(1, measure.items + 1))
    checks = (
        (measure.kind in KINDS, "an unknown kind"),
        (measure.completed_by in RATERS, "an unknown rater in completed_by"),
        (measure.wording in WORDING_PERMISSIONS, "unclear whether its words may be shown"),
        (measure.window.when in WINDOW_KINDS, "an unknown window"),
        (not measure.may_be_core or measure.is_about_relationship, "core, but not of the relationship"),
        (
            not (measure.may_be_core and measure.risk_items) or _is_about_bonding(measure),
            "core, with items of mood",
        ),
        ((measure.kind in (ITEMS, GOAL)) == (measure.items > 0), "items do not fit the kind"),
        (not measure.items or measure.lowest < measure.highest, "an empty response range"),
        (
            set(measure.reversed + measure.risk_items + measure.printed_downwards) <= numbered,
            "item numbers outside 1..n",
        ),
        (
            measure.not_applicable is None or set(measure.not_applicable.items) <= numbered,
            "not_applicable names item numbers outside 1..n",
        ),
        (bool(measure.sources and measure.licence and measure.confidence), "no source, licence, confidence"),
        (len(measure.by_id) == len(measure.scales), "two scales with the same id"),
        (_has_scales_of_kind(measure), "scales do not fit the kind: missing, or not allowed"),
        (
            all(set(rule.scales) <= {each.id for each in measure.typed_scales} for rule in measure.must_sum),
            "must_sum names a scale that is not typed",
        ),
        (
            not measure.not_applicable or _is_in_answer_range(measure, measure.not_applicable.counts),
            "not_applicable counts a value outside the response range",
        ),
        (len(measure.item_snomed) in (0, measure.items), "item_snomed does not have one code for each item"),
        (
            measure.window.until_months is None or measure.window.when == "born",
            "until_months is set, but the window is not 'born'",
        ),
        (
            not measure.form_windows or [each.form for each in measure.form_windows] == list(measure.forms),
            "form_windows are not those of the forms",
        ),
    )
    found = [problem for sound, problem in checks if not sound]
    return found + [
        f"{scale.id}: {problem}" for scale in measure.scales for problem in _validate_scale(measure, scale)
    ]


def _has_scales_of_kind(measure: Measure) -> bool:
    """Typed ones where a total is entered, none where nothing is scored, counted ones otherwise."""
    if measure.kind == TOTALS:
        return bool(measure.typed_scales) and all(each.method in (TYPED, TOTAL_OF) for each in measure.scales)
    if measure.kind in (DONE_ONLY, NOT_OFFERED):
        return not measure.scales
    return not measure.typed_scales


def _is_in_answer_range(measure: Measure, value: float | None) -> bool:
    return value is None or measure.lowest <= value <= measure.highest


def _is_about_bonding(measure: Measure) -> bool:
    return "bond" in measure.construct


def _validate_scale(measure: Measure, scale: Scale) -> Iterator[str]:
    numbered = set(range(1, measure.items + 1))
    checks = (
        (scale.method in SCORING_METHODS, "an unknown way of scoring"),
        (scale.better in DIRECTIONS, "an unknown direction"),
        (bool(scale.items) == (scale.method in COUNTED_METHODS), "items do not fit the method"),
        (set(scale.items) <= numbered and len(set(scale.items)) == len(scale.items), "bad or repeated item"),
        (
            bool(scale.of) == (scale.method == TOTAL_OF)
            and set(scale.of) <= _list_preceding_scales(measure, scale),
            "a total must list scales defined above it",
        ),
        (
            all(starts == sorted(set(starts)) for starts in _list_band_starts(scale)),
            "bands out of order",
        ),
        (all(band.of in ("", *BAND_GROUPS) for band in scale.bands), "a band of no one known"),
        (
            scale.least_answered is None or 0 < scale.least_answered <= len(scale.items),
            "least_answered is more than its items",
        ),
        (
            scale.method != PRORATED or scale.least_answered is not None,
            "scaled up without a least number of answered items",
        ),
        (not scale.bands or all(band.source for band in scale.bands), "a band without a source"),
        (scale.reliable is None or bool(scale.reliable.source), "a threshold without a source"),
        (
            scale.method == TYPED or _compute_range(measure, scale) == (scale.lowest, scale.highest),
            "declared range differs from computed range",
        ),
    )
    return (problem for sound, problem in checks if not sound)


def _list_band_starts(scale: Scale) -> list[list[float]]:
    """Where the bands of each group of people begin."""
    groups = {band.of for band in scale.bands}
    return [[band.at_least for band in scale.bands if band.of == group] for group in groups]


def _list_preceding_scales(measure: Measure, scale: Scale) -> set[str]:
    """Ids of the scales above this one: a total may add up only those, since scores are made in order."""
    names = [each.id for each in measure.scales]
    return set(names[: names.index(scale.id)])


def _compute_range(measure: Measure, scale: Scale) -> tuple[float | None, float | None]:
    """The least and the most that its items, or its parts, can make."""
    if scale.method == TOTAL_OF:
        parts = [measure.by_id[part] for part in scale.of if part in measure.by_id]
        return _sum_known_ends([part.lowest for part in parts]), _sum_known_ends(
            [part.highest for part in parts]
        )
    if scale.method in (SUM, PRORATED):
        return len(scale.items) * measure.lowest, len(scale.items) * measure.highest
    if scale.method == ANY:
        return 0, 1
    times = 10 if scale.method == TEN_MEANS else 1
    return times * measure.lowest, times * measure.highest


def _sum_known_ends(ends: list[float | None]) -> float | None:
    known = [end for end in ends if end is not None]
    return sum(known) if len(known) == len(ends) else None
