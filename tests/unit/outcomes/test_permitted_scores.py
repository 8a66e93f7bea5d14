"""Nothing is scored, banded or worded beyond what is permitted: the catalogue walked against the table beside."""

from dataclasses import replace

import pytest
import yaml

from outcomes.measures import CATALOGUE_DIR, get_catalogue
from tests.unit.outcomes.permitted_scores import PERMITTED, PermittedMeasure, Score

# A definition identifies an item only by its number: no key could hold its text.
PLACES_FOR_TEXT = {
    "id", "version", "name", "short_name", "kind", "construct", "completed_by", "licence", "wording", "confidence",
    "lowest_means", "highest_means", "missing_rule", "training", "national_tool",
}  # fmt: skip
MOOD_MEASURES = {"epds", "phq9", "gad7", "core10", "whooley"}


def to_score(scale):
    """What a definition says of one score, in the form of the table."""
    bands = {(band.of, band.at_least) if band.of else band.at_least: band.words for band in scale.bands}
    points = scale.reliable.points if scale.reliable else None
    parts = scale.items or scale.of
    asks = (scale.ask_below, scale.ask_above, scale.ask_if_fewer)
    span = (scale.lowest, scale.highest)
    return Score(scale.method, parts, span, scale.better, bands, points, scale.least_answered, asks)


def to_permitted_measure(measure):
    """What a definition says, in the form of the table."""
    skipped = measure.not_applicable
    return PermittedMeasure(
        kind=measure.kind, wording=measure.wording, core=measure.may_be_core, link=measure.allows_link,
        answers=(measure.items, measure.lowest, measure.highest) if measure.items else (),
        reversed=measure.reversed, risk=measure.risk_items,
        skips=(skipped.items, skipped.counts) if skipped else None,
        sums=tuple((rule.scales, rule.to) for rule in measure.must_sum),
        may_confirm=measure.once_confirmed, totals_instead=measure.totals_instead, for_whom=measure.for_whom,
        scores={scale.id: to_score(scale) for scale in measure.scales},
    )  # fmt: skip


@pytest.mark.parametrize("measure", sorted(PERMITTED))
def test_each_definition_says_what_is_permitted_and_no_more(measure):
    assert to_permitted_measure(get_catalogue()[measure]) == PERMITTED[measure]


def test_no_measure_is_without_a_row():
    assert set(get_catalogue()) == set(PERMITTED)
    assert len(PERMITTED) == 41


def test_the_check_notices_one_band_too_many():
    kips = get_catalogue()["kips"]
    without = replace(to_score(kips.scales[0]), bands={})
    assert to_score(kips.scales[0]) != without


def test_no_measure_of_mood_or_without_a_relationship_is_core():
    core = {measure.id for measure in get_catalogue().values() if measure.may_be_core}
    assert not core & MOOD_MEASURES
    assert all(get_catalogue()[each].construct.startswith("relationship") for each in core)


@pytest.mark.parametrize("path", sorted(CATALOGUE_DIR.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_definition_can_hold_the_text_of_an_item(path):
    sheet = yaml.safe_load(path.read_text(encoding="utf-8"))
    texts = {key for key, value in sheet.items() if isinstance(value, str)}
    assert texts <= PLACES_FOR_TEXT
    assert isinstance(sheet.get("items", 0), int)


# What was remembered and never read: words that would betray it in a band or a threshold.
@pytest.mark.parametrize(
    ("measure", "remembered"),
    [
        ("gad7", {8}), ("core10", {10, 30}), ("kpcs", {31, 36}), ("care_index", {5, 7, 11}), ("mibs", {2}),
        ("ors", {25}), ("dc05_axis2", {3}), ("pir_gas", {10, 11, 21, 31, 41, 51}), ("pbq", {3, 17, 26, 40}),
    ],
)  # fmt: skip
def test_no_unsourced_cut_off_is_used(measure, remembered):
    starts = {band.at_least for scale in get_catalogue()[measure].scales for band in scale.bands}
    assert not starts & remembered


@pytest.mark.parametrize("measure", ["epds", "kpcs", "mors_sf", "pbq", "kips", "sdq_2_4", "bpses", "topse"])
def test_no_threshold_is_shown_where_none_is_published(measure):
    assert [scale.id for scale in get_catalogue()[measure].scales if scale.reliable] == []


# (when, from weeks, from months, until months): only what a source says of age. Both ends of a range are read
# narrowly: "1 to 24 months" ends the day before 24 months, "2 to 71 months" the day before 72.
AGES = {
    "mors_sf": ("born", 0, 0, 12), "piios": ("born", 6, 0, 8), "kips": ("born", 0, 2, 72), "mpas": ("born", 0, 1, 24),
    "care_index": ("born", 0, 0, 72), "eas": ("born", 0, 0, 168), "pir_gas": ("born", 0, 0, 36),
    "dc05_axis2": ("born", 0, 0, 60), "prfq": ("born", 0, 0, 60), "pbq": ("born", 0, 0, 12),
    "kpcs": ("born", 0, 0, 12), "topse": ("born", 0, 0, 72), "asq_se2": ("born", 0, 1, 72), "adbb": ("born", 0, 2, 24),
    "m_adbb": ("born", 0, 2, 24),
    "sdq_2_4": ("born", 0, 24, 60), "nbas": ("born", 0, 0, 2), "nbo": ("born", 0, 0, 3),
}  # fmt: skip
IN_PREGNANCY = {"maas", "paas", "pai"}
AT_ANY_TIME = {
    "epds", "phq9", "gad7", "core10", "whooley", "ors", "srs", "esq", "poem", "score15", "gbo", "lsim"
}  # fmt: skip


def test_ages_are_those_of_the_sources():
    said = {each.id: each.window for each in get_catalogue().values()}
    ages = {id: (w.when, w.from_weeks, w.from_months, w.until_months) for id, w in said.items()}
    once_born = dict.fromkeys(set(said) - IN_PREGNANCY - AT_ANY_TIME, ("born", 0, 0, None))
    others = dict.fromkeys(IN_PREGNANCY, ("pregnancy", 0, 0, None)) | dict.fromkeys(
        AT_ANY_TIME, ("any", 0, 0, None)
    )
    assert ages == once_born | others | AGES


# The national list's codes in force (its second version), as it gives them.
SNOMED_CODES = {
    ("bpses", "total"): "961031000000108", ("gad7", "total"): "445455005", ("phq9", "total"): "720433000",
    ("core10", "clinical_score"): "718583008", ("ors", "total"): "716613004", ("srs", "total"): "720482000",
    ("score15", "total"): "718455008", ("sdq_2_4", "emotional"): "986321000000103",
    ("sdq_2_4", "conduct"): "986311000000109", ("sdq_2_4", "hyperactivity"): "986331000000101",
    ("sdq_2_4", "peer"): "986351000000108", ("sdq_2_4", "prosocial"): "986361000000106",
    ("sdq_2_4", "total_difficulties"): "986371000000104", ("sdq_2_4", "impact"): "986341000000105",
    ("gbo", "goal"): "1638531000000102 1638541000000106 1638551000000109",
}  # fmt: skip
ESQ_SNOMED_CODES = [
    "1035681000000101", "1035711000000102", "1035721000000108", "1035731000000105", "1035741000000101",
    "1035761000000100", "1035771000000107", "1035781000000109", "1035791000000106", "1035801000000105",
    "1035811000000107", "1035821000000101",
]  # fmt: skip


def test_codes_are_those_of_the_national_list():
    scales = [(each.id, scale) for each in get_catalogue().values() for scale in each.scales]
    assert {(id, scale.id): " ".join(scale.snomed) for id, scale in scales if scale.snomed} == SNOMED_CODES
    assert {each.id: list(each.item_snomed) for each in get_catalogue().values() if each.item_snomed} == {
        "esq": ESQ_SNOMED_CODES
    }


def test_a_tool_is_named_as_the_national_list_names_it_or_not_at_all():
    named = {each.id: each.national_tool for each in get_catalogue().values() if each.national_tool}
    assert named == {
        "bpses": "Brief Parental Self Efficacy Scale (BPSES)",
        "core10": "Clinical Outcomes in Routine Evaluation 10 (CORE 10)",
        "esq": "Commission for Health Improvement Experience of Service Questionnaire (CHI-ESQ) - Parent rated",
        "gad7": "Genralised Anxiety Disorder 7 (GAD-7)",  # as the list spells it
        "gbo": "Goal Based Outcomes (GBO)",
        "ors": "Outcome Rating Scale (ORS)",
        "phq9": "Patient Health Questionnaire (PHQ-9)",
        "score15": "SCORE-15 Index of Family Functioning and Change",
        "sdq_2_4": "Strengths and Difficulties Questionnaire (SDQ) - Parent rated 2 to 4 yrs",
        "srs": "Session Rating Scale (SRS)",
    }
