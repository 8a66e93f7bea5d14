"""The catalogue of measures: every definition is valid; contradictory ones and wrong packs are refused."""

import re
from dataclasses import replace

import pytest
import yaml

from outcomes.measure_definitions import Band, FixedSum, NotApplicable, Threshold, parse_measure
from outcomes.measure_validation import validate_definition
from outcomes.measures import CATALOGUE_DIR, find_definition_faults, get_catalogue, list_offered_measures
from outcomes.rules import AgeWindow
from outcomes.scoring import score_measure

# Those a parent-infant service may meet, by the level at which each may be recorded.
SCORED_MEASURES = {
    "adbb", "bpses", "core10", "dc05_axis2", "epds", "esq", "gad7", "kips", "kpcs", "m_adbb", "maas", "ors", "pbq",
    "phq9", "pir_gas", "prfq", "srs", "whooley",
}  # fmt: skip
TYPED_MEASURES = {
    "asq_se2", "bap", "care_index", "eas", "mamb", "mibs", "mors_sf", "mpas", "nichd", "paas", "pai", "piios", "ppas",
    "score15", "sdq_2_4", "topse",
}  # fmt: skip
DONE_MEASURES = {"leao", "nbas", "nhsl_imhois", "poem"}
NAMED_ONLY_MEASURES = {"lsim", "nbo"}


def list_of_kind(*kinds):
    return {measure.id for measure in get_catalogue().values() if measure.kind in kinds}


def test_every_definition_is_valid_and_fits_the_schema():
    assert [measure.id for measure in get_catalogue().values() if validate_definition(measure)] == []
    assert find_definition_faults() == []


def test_all_41_measures_are_there_each_at_its_level():
    assert len(get_catalogue()) == 41
    assert list_of_kind("items") == SCORED_MEASURES
    assert list_of_kind("totals") == TYPED_MEASURES
    assert list_of_kind("done") == DONE_MEASURES
    assert list_of_kind("none") == NAMED_ONLY_MEASURES
    assert list_of_kind("goal") == {"gbo"}


def test_those_of_the_relationship_are_offered_first_and_those_in_name_only_never():
    offered = list_offered_measures()
    assert {measure.id for measure in offered} == SCORED_MEASURES | TYPED_MEASURES | DONE_MEASURES
    core = [measure.may_be_core for measure in offered]
    assert core == sorted(core, reverse=True)


def test_certainty_is_called_neither_better_nor_worse():
    assert get_catalogue()["prfq"].scale("certainty_mental_states").better == "neither"


def test_measures_with_risk_items_are_never_sent_by_link():
    asked = {"pbq", "epds", "phq9", "core10"}
    assert {measure.id for measure in get_catalogue().values() if measure.risk_items} == asked
    assert not any(get_catalogue()[each].allows_link for each in asked)


def test_a_risk_item_counts_by_what_it_counts_and_not_by_its_place():
    pbq = get_catalogue()["pbq"]
    assert pbq.risky({18: 5, 24: 5}) == []  # never: turned round, nought
    assert pbq.risky({18: 4, 24: 5}) == [18]
    assert pbq.risky({24: 0}) == [24]
    assert get_catalogue()["epds"].risky({10: 1}) == [10]
    assert get_catalogue()["epds"].risky({10: 0}) == get_catalogue()["epds"].risky({}) == []


def make_prfq(**changes):
    return replace(get_catalogue()["prfq"], **changes)


def replace_first_scale(measure, **changes):
    sheet = get_catalogue()[measure]
    return replace(sheet, scales=(replace(sheet.scales[0], **changes), *sheet.scales[1:]))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "guess"}, "an unknown kind"),
        ({"construct": "mood"}, "core, but not of the relationship"),
        ({"risk_items": (3,)}, "core, with items of mood"),
        ({"completed_by": "neighbour"}, "an unknown rater in completed_by"),
        ({"wording": "perhaps"}, "unclear whether its words may be shown"),
        ({"window": AgeWindow("always")}, "an unknown window"),
        (
            {"window": AgeWindow("pregnancy", until_months=9)},
            "until_months is set, but the window is not 'born'",
        ),
        ({"reversed": (11, 19)}, "item numbers outside 1..n"),
        ({"printed_downwards": (0,)}, "item numbers outside 1..n"),
        (
            {"not_applicable": NotApplicable((19,), None, "No")},
            "not_applicable names item numbers outside 1..n",
        ),
        (
            {"not_applicable": NotApplicable((1,), 8, "No")},
            "not_applicable counts a value outside the response range",
        ),
        ({"item_snomed": ("123456",)}, "item_snomed does not have one code for each item"),
        ({"must_sum": (FixedSum(("pre_mentalising",), 7),)}, "must_sum names a scale that is not typed"),
        ({"licence": ""}, "no source, licence, confidence"),
        ({"sources": ()}, "no source, licence, confidence"),
    ],
)
def test_a_contradiction_is_named(change, problem):
    assert validate_definition(make_prfq(**change))[0] == problem


@pytest.mark.parametrize(
    ("measure", "change", "problem"),
    [
        ("prfq", {"method": "median"}, "pre_mentalising: an unknown way of scoring"),
        ("prfq", {"better": "louder"}, "pre_mentalising: an unknown direction"),
        ("prfq", {"items": ()}, "pre_mentalising: items do not fit the method"),
        ("prfq", {"items": (1, 4, 7, 10, 13, 19)}, "pre_mentalising: bad or repeated item"),
        ("prfq", {"items": (1, 4, 7, 10, 13, 13)}, "pre_mentalising: bad or repeated item"),
        ("prfq", {"highest": 6}, "pre_mentalising: declared range differs from computed range"),
        ("prfq", {"bands": (Band(1, "Low", ""),)}, "pre_mentalising: a band without a source"),
        ("prfq", {"bands": (Band(3, "b", "s"), Band(1, "a", "s"))}, "pre_mentalising: bands out of order"),
        ("prfq", {"reliable": Threshold(1, "")}, "pre_mentalising: a threshold without a source"),
        ("sdq_2_4", {"id": "conduct"}, "two scales with the same id"),
        ("kips", {"lowest": 0}, "mean: declared range differs from computed range"),
        ("core10", {"highest": 4}, "clinical_score: declared range differs from computed range"),
        ("epds", {"highest": 27}, "total: declared range differs from computed range"),
        ("topse", {"highest": 50}, "total: declared range differs from computed range"),
    ],
)
def test_a_contradiction_of_a_score_is_named(measure, change, problem):
    assert problem in validate_definition(replace_first_scale(measure, **change))


def test_a_total_stands_after_its_parts():
    topse = get_catalogue()["topse"]
    turned = replace(topse, scales=tuple(reversed(topse.scales)))
    assert validate_definition(turned) == ["total: a total must list scales defined above it"]


@pytest.mark.parametrize(("measure", "kind"), [("piios", "done"), ("leao", "totals"), ("prfq", "totals")])
def test_a_kind_has_its_own_scores_and_no_others(measure, kind):
    assert "scales do not fit the kind: missing, or not allowed" in validate_definition(
        replace(get_catalogue()[measure], kind=kind)
    )


def test_an_unknown_key_is_refused():
    with pytest.raises(TypeError):
        parse_measure({"subscales": [], "reversed": [], "cut_offs": [], "sources": [], "wording": "no"})


@pytest.fixture
def pack_folder(tmp_path, settings):
    """A service's folder of licensed copies; the catalogue is read again before and after."""
    settings.MEASURE_PACKS = str(tmp_path)
    get_catalogue.cache_clear()
    yield tmp_path
    get_catalogue.cache_clear()


def make_item_texts(count):
    return {number: f"Invented line {number}" for number in range(1, count + 1)}


def write_pack(folder, measure, **pack):
    sheet = {"version": "1", "licence": "A made-up licence"} | pack
    (folder / f"{measure}.yaml").write_text(yaml.safe_dump(sheet), encoding="utf-8")


def test_a_pack_adds_its_item_texts_and_nothing_else(pack_folder):
    plain = get_catalogue()["prfq"]
    get_catalogue.cache_clear()
    write_pack(
        pack_folder,
        "prfq",
        items=make_item_texts(18),
        instruction="Choose one",
        answers={"1": "Not at all", "7": "Quite"},
    )
    assert find_definition_faults() == []
    prfq = get_catalogue()["prfq"]
    assert prfq == plain
    assert prfq.version == "1"
    assert prfq.words.items[18] == "Invented line 18"
    assert prfq.words.answers == {1.0: "Not at all", 7.0: "Quite"}
    assert (prfq.words.licence, prfq.words.instruction) == ("A made-up licence", "Choose one")


def build_confirmation(measure, items, low, high, scales, **more):
    sheet = get_catalogue()[measure]
    counted = [
        {"id": name, "name": name, "method": "sum", "items": list(numbers), "meaning": "As the copy says",
         "better": sheet.by_id[name].better if name in sheet.by_id else "lower",
         "lowest": len(numbers) * low, "highest": len(numbers) * high}
        for name, numbers in scales.items()
    ]  # fmt: skip
    get_catalogue.cache_clear()
    return {"items": items, "lowest": low, "highest": high, "scales": counted} | more


# Not the scale's own numbers: a trust types those from its registered copy.
WARMTH_ITEMS, INVASION_ITEMS = (1, 2, 3, 4, 5, 6, 7), (8, 9, 10, 11, 12, 13, 14)


def test_a_pack_confirms_mors_scoring_and_marks_the_version(pack_folder):
    said = build_confirmation("mors_sf", 14, 0, 5, {"warmth": WARMTH_ITEMS, "invasion": INVASION_ITEMS})
    write_pack(pack_folder, "mors_sf", items=make_item_texts(14), confirms=said)
    assert find_definition_faults() == []
    mors = get_catalogue()["mors_sf"]
    assert (mors.kind, mors.version) == ("items", "1-confirmed")
    assert score_measure(mors, dict.fromkeys(range(1, 15), 5)) == {"warmth": 35.0, "invasion": 35.0}
    assert mors.allows_link


def test_a_pack_never_adds_the_two_scales_of_mors(pack_folder):
    said = build_confirmation(
        "mors_sf",
        14,
        0,
        5,
        {"warmth": WARMTH_ITEMS, "invasion": INVASION_ITEMS, "sum": WARMTH_ITEMS + INVASION_ITEMS},
    )
    write_pack(pack_folder, "mors_sf", items=make_item_texts(14), confirms=said)
    with pytest.raises(ValueError, match="none more, none less"):
        get_catalogue()


def test_a_pack_never_turns_a_direction_round(pack_folder):
    said = build_confirmation("mibs", 8, 0, 3, {"total": range(1, 9)}, reversed=[2])
    said["scales"][0]["better"] = "higher"
    write_pack(pack_folder, "mibs", items=make_item_texts(8), confirms=said)
    with pytest.raises(ValueError, match="in the same direction"):
        get_catalogue()


@pytest.mark.parametrize(
    ("measure", "pack", "why"),
    [
        (
            "prfq",
            {"items": make_item_texts(18), "version": "2"},
            "prfq.yaml: .*for version 2, the sheet is 1",
        ),
        ("prfq", {"items": make_item_texts(17)}, "prfq.yaml: .*other items than the sheet"),
        ("prfq", {"items": make_item_texts(19)}, "prfq.yaml: .*other items than the sheet"),
        ("prfq", {"items": {"first": "Invented"}}, "prfq.yaml: invalid literal"),
        ("prfq", {"items": ["Invented"]}, "prfq.yaml: "),
        (
            "prfq",
            {"items": make_item_texts(18), "licence": "x", "confirms": {"lowest": 0}},
            "does not wait for a copy",
        ),
        ("nothing", {"items": make_item_texts(1)}, "not in the catalogue: nothing"),
        ("asq_se2", {"items": {}}, "no copy of its words"),
        (
            "mors_sf",
            {"items": make_item_texts(14), "confirms": {"risk_items": [1]}},
            "does not wait for a copy",
        ),
    ],
)
def test_a_pack_that_does_not_fit_is_refused_by_its_file_name(pack_folder, measure, pack, why):
    write_pack(pack_folder, measure, **pack)
    with pytest.raises(ValueError, match=why):
        get_catalogue()


def test_a_pack_that_contradicts_itself_is_refused(pack_folder):
    said = build_confirmation("mors_sf", 14, 0, 5, {"warmth": WARMTH_ITEMS, "invasion": INVASION_ITEMS})
    said["scales"][0]["highest"] = 42
    write_pack(pack_folder, "mors_sf", items=make_item_texts(14), confirms=said)
    with pytest.raises(ValueError, match=r"warmth: declared range differs from computed range"):
        get_catalogue()


def test_the_form_of_a_pack_is_checked_by_the_schema(pack_folder):
    write_pack(pack_folder, "prfq", items=make_item_texts(18), colour="green")
    assert len(find_definition_faults()) == 1
    assert "colour" in find_definition_faults()[0]


def test_the_examples_of_the_operating_guide_fit(pack_folder):
    guide = (CATALOGUE_DIR.parents[1] / "docs" / "operating" / "measures.md").read_text(encoding="utf-8")
    for name, example in re.findall(r"```yaml\n# (\w+)\.yaml.*?\n(.*?)```", guide, re.DOTALL):
        (pack_folder / f"{name}.yaml").write_text(example, encoding="utf-8")
    assert find_definition_faults() == []
    assert {each.id: each.version for each in get_catalogue().values() if each.words} == {
        "bpses": "1",
        "mibs": "1-confirmed",
    }


def test_without_a_folder_there_are_no_words(settings):
    assert settings.MEASURE_PACKS == ""
    assert all(measure.words is None for measure in get_catalogue().values())


def test_every_definition_file_is_named_for_its_measure():
    assert {path.stem for path in CATALOGUE_DIR.glob("*.yaml")} == set(get_catalogue())
