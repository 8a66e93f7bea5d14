"""The catalogue of measures: every sheet is sound, and a sheet that contradicts itself is refused."""

from dataclasses import replace

import pytest

from outcomes.measures import catalogue, contradictions, core_measures, item_measures, measure_from


def test_every_sheet_is_sound():
    assert {measure.id: contradictions(measure) for measure in catalogue().values()} == {
        "prfq": [],
        "gbo": [],
    }


def test_only_relationship_measures_are_core():
    assert [measure.id for measure in core_measures()] == ["prfq"]
    assert [measure.id for measure in item_measures()] == ["prfq"]


def test_certainty_is_called_neither_better_nor_worse():
    assert catalogue()["prfq"].subscale("certainty_mental_states").better == "neither"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "guess"}, "an unknown kind"),
        ({"construct": "mood"}, "core, but not of the relationship"),
        ({"lowest": 7}, "an empty response range"),
        ({"items": 19}, "items missing from, or twice in, the subscales"),
        ({"reversed": (19,)}, "a reversed item that no subscale counts"),
        ({"licence": ""}, "no source, licence, confidence"),
    ],
)
def test_a_contradiction_is_named(change, problem):
    assert contradictions(replace(catalogue()["prfq"], **change)) == [problem]


def test_an_unknown_key_is_refused():
    with pytest.raises(TypeError):
        measure_from({"subscales": [], "reversed": [], "cut_offs": [], "sources": [], "wording": "no"})
