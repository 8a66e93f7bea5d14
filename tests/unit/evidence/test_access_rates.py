"""Access per 1,000 aged 0 to 4: whom a rate divides by, what is said of inequality, and when nothing is said."""

import json

import pytest

from pairs.code_lists.reference import CENSUS_DISTRICTS, ETHNIC_GROUPS
from pairs.geography.models import Area, AreaBoard, Population
from pairs.service.models import Place
from reporting.evidence.access import build_access
from reporting.evidence.populations import NO_POPULATION, Populations, load_populations
from reporting.evidence.rules import QUINTILE_NAMES
from tests.unit.evidence.published_periods import YEAR, make_published

FIFTHS = QUINTILE_NAMES[:5]
# Invented counts over children aged 0 to 4 by fifth of Lancashire and South Cumbria (ONS, mid-2020).
COUNTS, CHILDREN = (170, 75, 40, 45, 20), (34164, 18430, 13117, 15759, 10248)
BY_FIFTH = Populations(whole=sum(CHILDREN), by_axis={"quintile": dict(zip(FIFTHS, CHILDREN, strict=True))})


def publish(counts, whole=350, unknown=5):
    groups = {label: (count, [label]) for label, count in zip(FIFTHS, counts, strict=True)}
    groups["Not known"] = (unknown, ["Not known"])
    return make_published(YEAR, {"seen": whole}, [("seen", "quintile", "five fifths", groups)])


def test_each_fifth_has_its_rate_with_limits_and_the_unknown_have_none():
    (table,) = build_access(publish(COUNTS), BY_FIFTH)["tables"]
    assert table["rows"][0] == ["1 (most deprived)", "170", "34,164", "5.0 (4.3 to 5.8)"]
    assert table["rows"][4] == ["5 (least deprived)", "20", "10,248", "2.0 (1.2 to 3.0)"]
    assert table["rows"][5] == ["Not known", "5", "–", "–"]
    assert table["rows"][6] == ["Whole service", "350", "91,718", "3.8 (3.4 to 4.2)"]


def test_what_is_said_of_inequality():
    measures = {each["name"]: each for each in build_access(publish(COUNTS), BY_FIFTH)["measures"]}
    assert measures["Rate ratio"]["value"] == "2.55 (1.60 to 4.05)"
    assert measures["Slope index of inequality"]["value"] == "4.2 (2.5 to 6.0) per 1,000"
    assert measures["Relative index of inequality"]["value"].startswith("0.34 (")
    assert measures["Index of disparity by deprivation"]["value"] == "26%"
    assert "More than chance" in measures["Rate ratio"]["meaning"]


def test_nothing_is_said_of_five_fifths_where_one_is_too_small_to_show():
    measures = [each["name"] for each in build_access(publish((170, 75, 40, None, 20)), BY_FIFTH)["measures"]]
    assert measures == ["Rate ratio"]


def test_a_slope_needs_fifty_people():
    names = [
        each["name"] for each in build_access(publish((15, 10, 5, 5, 5), whole=40), BY_FIFTH)["measures"]
    ]
    assert "Slope index of inequality" not in names
    assert "Rate ratio" in names


def test_groups_joined_with_the_unknown_have_no_rate_and_no_index():
    groups = {
        "White": (180, ["White"]),
        "Black": (10, ["Black"]),
        "All other groups, or not known": (40, ["Asian", "Not known"]),
    }
    year = make_published(YEAR, {"seen": 230}, [("seen", "ethnicity", "some", groups)])
    found = build_access(
        year, Populations(90_000, {"ethnicity": {"White": 80_000, "Asian": 9_000, "Black": 1_000}})
    )
    assert [row[3] for row in found["tables"][0]["rows"]][2] == "–"
    assert found["measures"] == []


def test_how_many_more_if_every_group_had_the_rate_of_all():
    groups = {"White": (180, ["White"]), "Asian": (20, ["Asian"]), "Not known": (15, ["Not known"])}
    year = make_published(YEAR, {"seen": 200}, [("seen", "ethnicity", "two", groups)])
    found = build_access(year, Populations(100_000, {"ethnicity": {"White": 80_000, "Asian": 20_000}}))
    measures = {each["name"]: each["value"] for each in found["measures"]}
    assert measures["If access were equal by ethnic group"] == "about 20 more babies a year"  # 2.0 x 20 - 20
    assert (
        measures["Index of disparity by ethnic group"] == "31%"
    )  # of 2.25 and 1.0 from 2.0: (12.5 + 50) / 2


def test_without_populations_there_are_no_rates_and_it_is_said():
    found = build_access(publish(COUNTS), Populations(missing=(NO_POPULATION,)))
    assert (found["tables"], found["measures"], found["whole"]) == ([], [], None)
    assert found["missing"] == [NO_POPULATION]


def test_what_is_kept_is_json():
    found = build_access(publish(COUNTS), BY_FIFTH)
    assert json.loads(json.dumps(found)) == found


# ---------------------------------------------------------------- from the loaded files
@pytest.fixture
def area(db):
    """Two neighbourhoods of Blackpool, one of Cumberland that belongs to the ICB and one that does not."""
    blackpool, cumberland = Place.objects.get(code="blackpool"), Place.objects.get(code="cumberland-part")
    rows = [
        ("E01990001", blackpool, 100, 1, "E54000048"),
        ("E01990002", blackpool, 60, 10, "E54000048"),
        ("E01990003", cumberland, 50, 1, "E54000048"),
        ("E01990004", cumberland, 70, 1, "E54000050"),
    ]
    for code, place, children, decile, board in rows:
        name, lad = f"{place.lsoa_name_prefix or place.name} {code}", place.lad_code
        Population.objects.create(
            area_code=code, area_name=name, lad_code=lad, year=2024, aged_0_to_4=children
        )
        AreaBoard.objects.create(lsoa_code=code, lsoa_name=name, lad_code=lad, icb_code=board)
        Area.objects.create(
            lsoa_code=code, lsoa_name=name, lad_code=lad, lad_name=name, imd_version=2025, imd_rank=decile,
            imd_decile=decile, imd_score=1,
        )  # fmt: skip


def test_children_are_counted_where_the_service_is(area):
    found = load_populations(YEAR.first, ["2025"])
    assert found.whole == 210
    assert found.by_axis["place"] == {"Blackpool": 160, "Cumberland (part)": 50}
    assert found.by_axis["quintile"] == {"1 (most deprived)": 150, "5 (least deprived)": 60}
    assert found.count("place", ["Blackpool", "Cumberland (part)"]) == 210
    assert found.count("place", ["Blackpool", "Not known"]) is None


def test_the_year_nearest_to_the_periods_first_calendar_year_is_used(area):
    Population.objects.create(area_code="E01990001", area_name="Blackpool 001A", lad_code="E06000009", year=2025,
                              aged_0_to_4=7)  # fmt: skip
    assert load_populations(YEAR.first, ["2025"]).whole == 7


@pytest.mark.parametrize("indices", [[], ["2019", "2025"], ["2019"]])
def test_no_rates_by_deprivation_of_several_indices_or_of_one_without_these_areas(area, indices):
    found = load_populations(YEAR.first, indices)
    assert "quintile" not in found.by_axis
    assert any("No rates by deprivation" in each for each in found.missing)


def load_census(places):
    for place in places:
        code = CENSUS_DISTRICTS.get(place.code, place.lad_code)
        for group, _, _ in ETHNIC_GROUPS:
            Population.objects.create(
                area_code=code,
                area_name=place.name,
                lad_code=code,
                year=2021,
                ethnic_group=group,
                aged_0_to_4=10,
            )


def test_rates_by_ethnic_group_need_every_whole_district(area):
    whole = Place.objects.filter(needs_icb=False)
    load_census(whole.exclude(code="barrow-in-furness"))
    found = load_populations(YEAR.first, ["2025"])
    assert "ethnicity" not in found.by_axis
    assert any("no figures for Barrow-in-Furness" in each for each in found.missing)
    load_census(whole.filter(code="barrow-in-furness"))
    found = load_populations(YEAR.first, ["2025"])
    assert set(found.by_axis["ethnicity"].values()) == {10 * whole.count()}


def test_nothing_loaded_says_what_to_load(db):
    assert load_populations(YEAR.first, ["2025"]).missing == (NO_POPULATION,)
