"""From a postcode to LSOA, decile and the version it was read from."""

from datetime import date

import pytest

from pairs.geography.lookup import look_up_postcode
from pairs.geography.models import Area, Import, Postcode

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _create_directory():
    Postcode.objects.create(
        postcode="FY1 9ZZ", lsoa_code="E01990001", lad_code="E06990001", icb_code="E54000048"
    )
    Postcode.objects.create(postcode="CF10 9ZZ", lsoa_code="W01990001", lad_code="W06990001")
    for version, decile in ((2025, 2), (2019, 4)):
        Area.objects.create(
            lsoa_code="E01990001",
            imd_version=version,
            lsoa_name="Madeup 001A",
            lad_code="E06990001",
            lad_name="Madeup",
            imd_rank=4000,
            imd_decile=decile,
            imd_score="40.125",
        )


def test_a_postcode_becomes_lsoa_decile_and_newest_version(django_assert_num_queries):
    with django_assert_num_queries(2):
        found = look_up_postcode("fy19zz", ON)
    assert (found.lsoa_code, found.lsoa_name, found.lad_code) == ("E01990001", "Madeup 001A", "E06990001")
    assert (found.icb_code, found.decile, found.imd_version) == ("E54000048", 2, 2025)
    assert found.looked_up_on == ON


def test_outside_england_there_is_an_area_and_no_decile():
    found = look_up_postcode("CF10 9ZZ", ON)
    assert (found.lsoa_code, found.lsoa_name, found.decile, found.imd_version) == (
        "W01990001",
        "",
        None,
        None,
    )


def test_before_the_deprivation_file_is_loaded_the_area_is_known_and_the_decile_is_not():
    Area.objects.all().delete()
    assert look_up_postcode("FY1 9ZZ", ON).decile is None


@pytest.mark.parametrize("text", ["", "rubbish", "ZZ99 3VZ", "FY1 9ZY", "FY1 9ZZ\x00"])
def test_what_is_not_known_is_none(text):
    assert look_up_postcode(text, ON) is None


def test_a_mistyped_postcode_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        look_up_postcode("rubbish", ON)


def test_an_ended_postcode_is_found_for_past_addresses():
    Postcode.objects.filter(pk="FY1 9ZZ").update(terminated_on=date(2020, 1, 1))
    assert look_up_postcode("FY1 9ZZ", ON).decile == 2


def test_every_field_has_a_privacy_class():
    for model in (Area, Import, Postcode):
        classed = " ".join(model.privacy.values()).split()
        assert sorted(classed) == sorted(field.name for field in model._meta.fields if field.name != "id")
