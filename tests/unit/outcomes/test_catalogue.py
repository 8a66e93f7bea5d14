"""The catalogue of measures: every sheet is sound, and one that contradicts itself is refused; so is a wrong pack."""

import re
from dataclasses import replace

import pytest
import yaml

from outcomes.measures import CATALOGUE, catalogue, faults, offered_measures
from outcomes.rules import Window
from outcomes.scoring import score
from outcomes.sheets import Band, MustSum, NotApplicable, Threshold, measure_from
from outcomes.sound import contradictions

# Those a parent-infant service may meet, by the level at which each may be recorded.
SCORED = {
    "adbb", "bpses", "core10", "dc05_axis2", "epds", "esq", "gad7", "kips", "kpcs", "m_adbb", "maas", "ors", "pbq",
    "phq9", "pir_gas", "prfq", "srs", "whooley",
}  # fmt: skip
TYPED = {
    "asq_se2", "bap", "care_index", "eas", "mamb", "mibs", "mors_sf", "mpas", "nichd", "paas", "pai", "piios", "ppas",
    "score15", "sdq_2_4", "topse",
}  # fmt: skip
DONE = {"leao", "nbas", "nhsl_imhois", "poem"}
IN_NAME_ONLY = {"lsim", "nbo"}


def of_kind(*kinds):
    return {measure.id for measure in catalogue().values() if measure.kind in kinds}


def test_every_sheet_is_sound_and_by_the_schema():
    assert [measure.id for measure in catalogue().values() if contradictions(measure)] == []
    assert faults() == []


def test_all_41_measures_are_there_each_at_its_level():
    assert len(catalogue()) == 41
    assert of_kind("items") == SCORED
    assert of_kind("totals") == TYPED
    assert of_kind("done") == DONE
    assert of_kind("none") == IN_NAME_ONLY
    assert of_kind("goal") == {"gbo"}


def test_those_of_the_relationship_are_offered_first_and_those_in_name_only_never():
    offered = offered_measures()
    assert {measure.id for measure in offered} == SCORED | TYPED | DONE
    core = [measure.may_be_core for measure in offered]
    assert core == sorted(core, reverse=True)


def test_certainty_is_called_neither_better_nor_worse():
    assert catalogue()["prfq"].scale("certainty_mental_states").better == "neither"


def test_what_may_tell_of_a_danger_is_never_sent_by_link():
    asked = {"pbq", "epds", "phq9", "core10"}
    assert {measure.id for measure in catalogue().values() if measure.risk_items} == asked
    assert not any(catalogue()[each].by_link for each in asked)


def test_a_risk_item_counts_by_what_it_counts_and_not_by_its_place():
    pbq = catalogue()["pbq"]
    assert pbq.risky({18: 5, 24: 5}) == []  # never: turned round, nought
    assert pbq.risky({18: 4, 24: 5}) == [18]
    assert pbq.risky({24: 0}) == [24]
    assert catalogue()["epds"].risky({10: 1}) == [10]
    assert catalogue()["epds"].risky({10: 0}) == catalogue()["epds"].risky({}) == []


def prfq(**changes):
    return replace(catalogue()["prfq"], **changes)


def first_scale(measure, **changes):
    sheet = catalogue()[measure]
    return replace(sheet, scales=(replace(sheet.scales[0], **changes), *sheet.scales[1:]))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "guess"}, "an unknown kind"),
        ({"construct": "mood"}, "core, but not of the relationship"),
        ({"risk_items": (3,)}, "core, with items of mood"),
        ({"completed_by": "neighbour"}, "completed by nobody we know"),
        ({"wording": "perhaps"}, "unclear whether its words may be shown"),
        ({"window": Window("always")}, "an unknown window"),
        (
            {"window": Window("pregnancy", until_months=9)},
            "an end of age, but not of a baby who has been born",
        ),
        ({"reversed": (11, 19)}, "an item named that it has not"),
        ({"printed_downwards": (0,)}, "an item named that it has not"),
        (
            {"not_applicable": NotApplicable((19,), None, "No")},
            "an item that may be skipped, but is not there",
        ),
        (
            {"not_applicable": NotApplicable((1,), 8, "No")},
            "one that does not apply counts what no answer can",
        ),
        ({"item_snomed": ("123456",)}, "codes for other items than it has"),
        ({"must_sum": (MustSum(("pre_mentalising",), 7),)}, "a fixed sum of something that is not typed"),
        ({"licence": ""}, "no source, licence, confidence"),
        ({"sources": ()}, "no source, licence, confidence"),
    ],
)
def test_a_contradiction_is_named(change, problem):
    assert contradictions(prfq(**change))[0] == problem


@pytest.mark.parametrize(
    ("measure", "change", "problem"),
    [
        ("prfq", {"method": "median"}, "pre_mentalising: an unknown way of scoring"),
        ("prfq", {"better": "louder"}, "pre_mentalising: an unknown direction"),
        ("prfq", {"items": ()}, "pre_mentalising: items that it does not count, or none to count"),
        ("prfq", {"items": (1, 4, 7, 10, 13, 19)}, "pre_mentalising: an item too many"),
        ("prfq", {"items": (1, 4, 7, 10, 13, 13)}, "pre_mentalising: an item too many"),
        ("prfq", {"highest": 6}, "pre_mentalising: its range is another"),
        ("prfq", {"bands": (Band(1, "Low", ""),)}, "pre_mentalising: a band without a source"),
        ("prfq", {"bands": (Band(3, "b", "s"), Band(1, "a", "s"))}, "pre_mentalising: bands out of order"),
        ("prfq", {"reliable": Threshold(1, "")}, "pre_mentalising: a threshold without a source"),
        ("sdq_2_4", {"id": "conduct"}, "two scales of one name"),
        ("kips", {"lowest": 0}, "mean: its range is another"),
        ("core10", {"highest": 4}, "clinical_score: its range is another"),
        ("epds", {"highest": 27}, "total: its range is another"),
        ("topse", {"highest": 50}, "total: its range is another"),
    ],
)
def test_a_contradiction_of_a_score_is_named(measure, change, problem):
    assert problem in contradictions(first_scale(measure, **change))


def test_a_total_stands_after_its_parts():
    topse = catalogue()["topse"]
    turned = replace(topse, scales=tuple(reversed(topse.scales)))
    assert contradictions(turned) == ["total: a total of nothing, or of what comes after it"]


@pytest.mark.parametrize(("measure", "kind"), [("piios", "done"), ("leao", "totals"), ("prfq", "totals")])
def test_a_kind_has_its_own_scores_and_no_others(measure, kind):
    assert "scores that its kind cannot have, or none" in contradictions(
        replace(catalogue()[measure], kind=kind)
    )


def test_an_unknown_key_is_refused():
    with pytest.raises(TypeError):
        measure_from({"subscales": [], "reversed": [], "cut_offs": [], "sources": [], "wording": "no"})


@pytest.fixture
def pack_folder(tmp_path, settings):
    """A service's folder of licensed copies; the catalogue is read again before and after."""
    settings.MEASURE_PACKS = str(tmp_path)
    catalogue.cache_clear()
    yield tmp_path
    catalogue.cache_clear()


def words(count):
    return {number: f"Invented line {number}" for number in range(1, count + 1)}


def put(folder, measure, **pack):
    sheet = {"version": "1", "licence": "A made-up licence"} | pack
    (folder / f"{measure}.yaml").write_text(yaml.safe_dump(sheet), encoding="utf-8")


def test_a_pack_brings_its_words_and_nothing_else(pack_folder):
    plain = catalogue()["prfq"]
    catalogue.cache_clear()
    put(
        pack_folder,
        "prfq",
        items=words(18),
        instruction="Choose one",
        answers={"1": "Not at all", "7": "Quite"},
    )
    assert faults() == []
    prfq = catalogue()["prfq"]
    assert prfq == plain
    assert prfq.version == "1"
    assert prfq.words.items[18] == "Invented line 18"
    assert prfq.words.answers == {1.0: "Not at all", 7.0: "Quite"}
    assert (prfq.words.licence, prfq.words.instruction) == ("A made-up licence", "Choose one")


def confirmed(measure, items, low, high, scales, **more):
    sheet = catalogue()[measure]
    counted = [
        {"id": name, "name": name, "method": "sum", "items": list(numbers), "meaning": "As the copy says",
         "better": sheet.by_id[name].better if name in sheet.by_id else "lower",
         "lowest": len(numbers) * low, "highest": len(numbers) * high}
        for name, numbers in scales.items()
    ]  # fmt: skip
    catalogue.cache_clear()
    return {"items": items, "lowest": low, "highest": high, "scales": counted} | more


# Not the scale's own numbers: a trust types those from its registered copy.
WARMTH, INVASION = (1, 2, 3, 4, 5, 6, 7), (8, 9, 10, 11, 12, 13, 14)


def test_a_pack_confirms_how_mors_is_scored_and_the_version_says_so(pack_folder):
    said = confirmed("mors_sf", 14, 0, 5, {"warmth": WARMTH, "invasion": INVASION})
    put(pack_folder, "mors_sf", items=words(14), confirms=said)
    assert faults() == []
    mors = catalogue()["mors_sf"]
    assert (mors.kind, mors.version) == ("items", "1-confirmed")
    assert score(mors, dict.fromkeys(range(1, 15), 5)) == {"warmth": 35.0, "invasion": 35.0}
    assert mors.by_link


def test_a_pack_never_adds_the_two_scales_of_mors(pack_folder):
    said = confirmed("mors_sf", 14, 0, 5, {"warmth": WARMTH, "invasion": INVASION, "sum": WARMTH + INVASION})
    put(pack_folder, "mors_sf", items=words(14), confirms=said)
    with pytest.raises(ValueError, match="none more, none less"):
        catalogue()


def test_a_pack_never_turns_a_direction_round(pack_folder):
    said = confirmed("mibs", 8, 0, 3, {"total": range(1, 9)}, reversed=[2])
    said["scales"][0]["better"] = "higher"
    put(pack_folder, "mibs", items=words(8), confirms=said)
    with pytest.raises(ValueError, match="in the same direction"):
        catalogue()


@pytest.mark.parametrize(
    ("measure", "pack", "why"),
    [
        ("prfq", {"items": words(18), "version": "2"}, "prfq.yaml: .*for version 2, the sheet is 1"),
        ("prfq", {"items": words(17)}, "prfq.yaml: .*other items than the sheet"),
        ("prfq", {"items": words(19)}, "prfq.yaml: .*other items than the sheet"),
        ("prfq", {"items": {"first": "Invented"}}, "prfq.yaml: invalid literal"),
        ("prfq", {"items": ["Invented"]}, "prfq.yaml: "),
        ("prfq", {"items": words(18), "licence": "x", "confirms": {"lowest": 0}}, "does not wait for a copy"),
        ("nothing", {"items": words(1)}, "not in the catalogue: nothing"),
        ("asq_se2", {"items": {}}, "no copy of its words"),
        ("mors_sf", {"items": words(14), "confirms": {"risk_items": [1]}}, "does not wait for a copy"),
    ],
)
def test_a_pack_that_does_not_fit_is_refused_by_its_file_name(pack_folder, measure, pack, why):
    put(pack_folder, measure, **pack)
    with pytest.raises(ValueError, match=why):
        catalogue()


def test_a_pack_that_contradicts_itself_is_refused(pack_folder):
    said = confirmed("mors_sf", 14, 0, 5, {"warmth": WARMTH, "invasion": INVASION})
    said["scales"][0]["highest"] = 42
    put(pack_folder, "mors_sf", items=words(14), confirms=said)
    with pytest.raises(ValueError, match=r"mors_sf.yaml: warmth: its range is another"):
        catalogue()


def test_the_form_of_a_pack_is_checked_by_the_schema(pack_folder):
    put(pack_folder, "prfq", items=words(18), colour="green")
    assert len(faults()) == 1
    assert "colour" in faults()[0]


def test_the_examples_of_the_operating_guide_fit(pack_folder):
    guide = (CATALOGUE.parents[1] / "docs" / "operating" / "measures.md").read_text(encoding="utf-8")
    for name, example in re.findall(r"```yaml\n# (\w+)\.yaml.*?\n(.*?)```", guide, re.DOTALL):
        (pack_folder / f"{name}.yaml").write_text(example, encoding="utf-8")
    assert faults() == []
    assert {each.id: each.version for each in catalogue().values() if each.words} == {
        "bpses": "1",
        "mibs": "1-confirmed",
    }


def test_without_a_folder_there_are_no_words(settings):
    assert settings.MEASURE_PACKS == ""
    assert all(measure.words is None for measure in catalogue().values())


def test_every_sheet_is_named_as_its_measure():
    assert {path.stem for path in CATALOGUE.glob("*.yaml")} == set(catalogue())
