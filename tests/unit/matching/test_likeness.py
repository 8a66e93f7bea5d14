"""How alike two people are: each row of the table, in both orders."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairs.matching.rules.likeness import (
    EVIDENCE_LABELS,
    HIGH,
    MEDIUM,
    NONE,
    TWIN,
    PersonDescription,
    compare_people,
    is_spelt_alike,
    make_name_key,
)

BORN = date(2026, 3, 4)
BABY = PersonDescription("infant", "Amira", "Hussain", birth_date=BORN)
CARER = PersonDescription("caregiver", "Sadia", "Hussain", birth_date=date(1995, 7, 1))
SHARED_PHONE = {"phones": frozenset({"01632960001"})}
SHARED_POSTCODE = {"postcodes": frozenset({"ZQ1 1AA"})}
SAME_CARER = {"carers": frozenset({1})}


def get_strength(person, other=None, **changed):
    """Of the person and the same with changes; both ways round alike."""
    other = replace(other or person, **changed)
    found = compare_people(person, other)
    assert compare_people(other, person).strength == found.strength
    return found.strength


def make_baby(**known):
    return replace(BABY, **known)


@pytest.mark.parametrize(
    ("one", "changed", "wanted"),
    [
        (make_baby(nhs_number="9990001235"), {"given_name": "", "birth_date": None}, HIGH),
        (make_baby(**SHARED_PHONE), {}, HIGH),
        (make_baby(**SHARED_POSTCODE), {"given_name": "Ameera"}, HIGH),
        (BABY, {}, MEDIUM),
        (BABY, {"given_name": "Hussain", "family_name": "Amira"}, MEDIUM),
        (BABY, {"birth_date": date(2026, 4, 3)}, MEDIUM),
        (make_baby(**SHARED_PHONE), {"given_name": ""}, MEDIUM),
        (make_baby(**SHARED_PHONE), {"family_name": "Malik"}, MEDIUM),
        (BABY, {"family_name": "Malik"}, NONE),
        (BABY, {"given_name": ""}, NONE),
        (BABY, {"given_name": "Yusuf"}, NONE),
        (BABY, {"birth_date": date(2025, 1, 1)}, NONE),
        (make_baby(**SAME_CARER), {"given_name": "Yusuf"}, TWIN),
        (make_baby(**SHARED_PHONE), {"given_name": "Yusuf"}, TWIN),
        (make_baby(pregnancy=uuid4(), **SAME_CARER), {}, TWIN),
        (make_baby(twin=(1, 2), **SAME_CARER), {"twin": (2, 2), "given_name": ""}, TWIN),
        (make_baby(nhs_number="9990001235", **SHARED_PHONE), {"nhs_number": "9990001243"}, MEDIUM),
        (make_baby(nhs_number="9990001235", **SHARED_PHONE), {"nhs_number": "9990001243", "given_name": ""}, NONE),
        (make_baby(birth_date=None, due_date=BORN, given_name=""), {**SAME_CARER}, NONE),
        (make_baby(birth_date=None, due_date=BORN, given_name="", **SAME_CARER), {}, MEDIUM),
        (make_baby(birth_date=None, due_date=BORN, given_name="", **SAME_CARER), {"birth_date": BORN}, MEDIUM),
        (
            make_baby(birth_date=None, due_date=date(2026, 12, 1), given_name="", **SAME_CARER),
            {"birth_date": BORN, "due_date": None},
            NONE,
        ),
    ],
)  # fmt: skip
def test_how_alike_two_babies_are(one, changed, wanted):
    assert get_strength(one, **changed) == wanted


@pytest.mark.parametrize(
    ("one", "changed", "wanted"),
    [
        (CARER, {}, HIGH),
        (replace(CARER, birth_date=None, **SHARED_PHONE), {}, HIGH),
        (CARER, {"given_name": "Saadia"}, MEDIUM),
        (replace(CARER, **SHARED_POSTCODE), {"given_name": "Saadia"}, HIGH),
        (replace(CARER, birth_date=None, **SHARED_POSTCODE), {}, MEDIUM),
        (replace(CARER, **SHARED_PHONE), {"family_name": "Malik"}, MEDIUM),
        (replace(CARER, birth_date=None, **SHARED_PHONE), {"family_name": "Malik"}, MEDIUM),
        (replace(CARER, birth_date=None), {}, NONE),
        (replace(CARER, **SHARED_PHONE), {"given_name": "Imran", "birth_date": date(1993, 1, 1)}, NONE),
        (
            replace(CARER, **SHARED_PHONE, **SHARED_POSTCODE),
            {"given_name": "Imran", "birth_date": None},
            NONE,
        ),
        (replace(CARER, **SHARED_PHONE), {"birth_date": date(1965, 7, 1)}, NONE),
        (replace(CARER, nhs_number="9990001235"), {"given_name": "", "phones": frozenset()}, HIGH),
        (replace(CARER, nhs_number="9990001235", **SHARED_PHONE), {"nhs_number": "9990001243"}, MEDIUM),
    ],
)
def test_how_alike_two_carers_are(one, changed, wanted):
    assert get_strength(one, **changed) == wanted


def test_a_baby_is_never_like_a_carer_nor_anybody_like_themselves():
    assert get_strength(replace(BABY, **SHARED_PHONE), kind="caregiver") == NONE
    assert get_strength(replace(BABY, id=uuid4(), nhs_number="9990001235")) == NONE


def test_the_evidence_reads_as_words():
    one = replace(BABY, **SHARED_PHONE, **SHARED_POSTCODE)
    found = compare_people(one, replace(one, given_name="Ameera"))
    assert found.evidence == (
        "name spelt alike", "same date of birth", "a carer with the same phone", "same postcode",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Mohammed", "Muhammad", True),
        ("Zoë", "Zoe", True),
        ("O'Brien", "OBrien", True),
        ("Katherine", "Kathryn", True),
        ("Amira", "Yusuf", False),
        ("Ali", "Ola", False),
        ("", "", False),
    ],
)
def test_names_spelt_alike(one, other, alike):
    assert is_spelt_alike(make_name_key(one), make_name_key(other)) is alike


names = st.sampled_from(["", "Amira", "Ameera", "Yusuf", "Hussain", "Żółć", "李"])
people = st.builds(
    PersonDescription, st.sampled_from(["infant", "caregiver"]), names, names, st.none() | st.dates(),
    st.none() | st.dates(), st.sampled_from(["", "9990001235", "9990001243"]),
    st.frozensets(st.sampled_from(["1", "2"])),
)  # fmt: skip


@given(people, people)
def test_it_never_matters_who_is_asked_first(one, other):
    first, second = compare_people(one, other), compare_people(other, one)
    assert first == second
    assert {first.strength} <= {HIGH, MEDIUM, TWIN, NONE}
    assert len(EVIDENCE_LABELS) >= len(first.evidence)


def test_a_date_in_year_one_matches_nobody():
    """Such a due date was taken once, and the queue of duplicates broke for everybody."""
    for far in (date.min, date.max):
        one, other = (
            PersonDescription("infant", due_date=far),
            PersonDescription("infant", birth_date=date(2026, 6, 1)),
        )
        assert compare_people(one, other).strength == compare_people(other, one).strength == ""
