"""Completeness of a record: one test for each row of the rules."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from pairs.families.completeness import CarerFacts, InfantFacts, find_carer_gaps, find_infant_gaps

ON = date(2026, 11, 21)
COMPLETE_INFANT = InfantFacts(
    id=UUID(int=1),
    name="Maya",
    ethnicity="A",
    born=ON - timedelta(days=50),
    lost=False,
    has_nhs_number=True,
    carers=1,
    main_carers=1,
)
COMPLETE_CARER = CarerFacts(
    id=UUID(int=2),
    name="Sara",
    ethnicity="Z",
    language="English",
    born=date(1990, 1, 1),
    reachable=True,
    asked_how=True,
    responsibility_unknown=False,
    address="home",
    has_postcode=True,
    has_area=True,
)


def list_codes(gaps):
    return [gap.code for gap in gaps]


def test_a_complete_record_lacks_nothing_and_declined_is_an_answer():
    assert find_infant_gaps(COMPLETE_INFANT, ON) == []
    assert find_carer_gaps(COMPLETE_CARER) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"has_nhs_number": False}, ["nhs_number"]),
        ({"has_nhs_number": False, "born": ON - timedelta(days=41)}, []),
        ({"has_nhs_number": False, "born": ON - timedelta(days=42)}, ["nhs_number"]),
        ({"ethnicity": "99"}, ["infant_ethnicity"]),
        ({"ethnicity": "99", "born": None, "has_nhs_number": False}, []),
        ({"carers": 0, "main_carers": 0}, ["no_carer"]),
        ({"carers": 2, "main_carers": 0}, ["no_main_carer"]),
        ({"lost": True, "ethnicity": "99", "has_nhs_number": False, "carers": 0}, []),
    ],
)
def test_gaps_of_an_infant(change, expected):
    assert list_codes(find_infant_gaps(replace(COMPLETE_INFANT, **change), ON)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": ""}, ["carer_name"]),
        ({"born": None}, ["birth_date"]),
        ({"ethnicity": "99"}, ["carer_ethnicity"]),
        ({"language": ""}, ["language"]),
        ({"reachable": False}, ["reachable"]),
        ({"asked_how": False}, ["safe_contact"]),
        ({"responsibility_unknown": True}, ["responsibility"]),
        ({"address": "", "has_postcode": False, "has_area": False}, ["address"]),
        ({"has_postcode": False, "has_area": False}, ["postcode"]),
        ({"has_area": False}, ["area"]),
        ({"has_area": False, "stands_for_no_place": True}, []),
        ({"has_area": False, "address": "none"}, []),
        ({"address": "none", "has_postcode": False, "has_area": False}, []),
        ({"address": "refuge", "has_postcode": False, "has_area": False}, []),
    ],
)
def test_gaps_of_a_carer(change, expected):
    assert list_codes(find_carer_gaps(replace(COMPLETE_CARER, **change))) == expected
