"""How alike two people are: each row of the table, in both orders."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairs.families.placeholder_names import read_newborn_name_to_compare
from pairs.matching.rules.evidence import EVIDENCE_LABELS, PersonDescription
from pairs.matching.rules.likeness import HIGH, MEDIUM, NONE, TWIN, compare_people
from pairs.matching.rules.names import is_spelt_alike, make_name_key

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


KHAN = PersonDescription("caregiver", "Amina", "Khan", birth_date=date(1994, 3, 17))


@pytest.mark.parametrize(
    "changed",
    [
        {"birth_date": date(1994, 3, 18)},  # a figure of the day wrong
        {"birth_date": date(1994, 3, 27)},
        {"birth_date": date(1994, 3, 11)},
        {"birth_date": date(1993, 3, 17)},  # the year before
        {"birth_date": date(1994, 1, 1)},  # not known
        {"given_name": ""},  # not said
        {"given_name": "Kahn", "family_name": "Aminah"},  # crossed, and respelt
        {"given_name": "Mina (Amina)"},  # known as
        {"given_name": "Mina", "known_as": "Amina"},
        {"given_name": "Amina Noor"},  # a second given name written too
        {"given_name": "Noor Amina"},
        {"family_name": "Khan Malik"},
        {"given_name": "Khan, Amina", "family_name": ""},  # in one box
        {"given_name": "Amina Khan", "family_name": ""},
        {"given_name": "Mrs", "family_name": "Khan"},
        {"given_name": "Mrs Amina", "family_name": "Khan"},
        {"given_name": "Amina N", "family_name": "Khan"},
        {"given_name": "Mrs Khan", "family_name": ""},
        {"given_name": "Khan", "family_name": ""},
        {"given_name": "", "family_name": "Amina Khan"},
        {"given_name": "A", "family_name": "Khan"},
        {"given_name": "Ms A.", "family_name": "Khan"},
    ],
)
@pytest.mark.parametrize("shared", [SHARED_PHONE, SHARED_POSTCODE])
def test_one_slip_does_not_hide_a_carer(changed, shared):
    assert get_strength(replace(KHAN, **shared), **changed) in (HIGH, MEDIUM)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Anna", "van der Berg"), ("Anna van der", "Berg")),
        (("Ana", "de la Cruz"), ("Ana de la", "Cruz")),
        (("Mohammed", "Al Hassan"), ("Mohammed Al", "Hassan")),
        (("Khadija", "Al-Hassan"), ("Khadijah", "Hassan")),
        (("Abdul Rahman", "Malik"), ("Rahman", "Malik")),
        (("Mary Jane", "Price"), ("Maryjane", "Price")),
        (("Ana", "de la Cruz"), ("Ana", "Delacruz")),
        (("Xiao Ming", "Zhang"), ("Zhang Xiaoming", "")),
        (("Zhang", "Xiaoming"), ("Xiao", "Ming Zhang")),
    ],
)
def test_a_name_cut_at_another_space_is_the_same(one, other):
    shared = PersonDescription("caregiver", *one, **SHARED_PHONE)
    assert get_strength(shared, given_name=other[0], family_name=other[1]) in (HIGH, MEDIUM)


@pytest.mark.parametrize(
    ("one", "changed", "wanted"),
    [
        (
            make_baby(given_name="Mohammed Ali", **SHARED_PHONE),
            {"given_name": "Ali"},
            HIGH,
        ),  # no twin of himself
        (make_baby(given_name="Mohammed Ali", **SHARED_PHONE), {"given_name": "Mohammed Hassan"}, TWIN),
        (
            make_baby(given_name="Mohammed", family_name="Ali", **SHARED_PHONE),
            {"given_name": "Ali", "family_name": ""},
            MEDIUM,
        ),
        # Under the mother's name before, under the father's now.
        (make_baby(given_name="", **SHARED_PHONE), {"given_name": "Leo", "family_name": "Jones"}, MEDIUM),
        (make_baby(given_name="", **SAME_CARER), {"given_name": "Leo", "family_name": "Jones"}, MEDIUM),
        (
            make_baby(given_name="", birth_date=None, due_date=BORN, **SAME_CARER),
            {"given_name": "Leo", "family_name": "Jones", "birth_date": BORN, "due_date": None},
            MEDIUM,
        ),
        (make_baby(given_name="", **SHARED_POSTCODE), {"given_name": "Leo", "family_name": "Jones"}, NONE),
        (
            make_baby(given_name="", **SAME_CARER),
            {"given_name": "Leo", "family_name": "Jones", "birth_date": date(2025, 3, 1)},
            NONE,
        ),
        (make_baby(**SHARED_PHONE), {"birth_date": date(2026, 3, 5)}, MEDIUM),
        (make_baby(**SHARED_PHONE), {"birth_date": date(2026, 3, 14)}, MEDIUM),
        (
            make_baby(**SHARED_PHONE),
            {"birth_date": date(2026, 3, 5), "given_name": "Yusuf"},
            TWIN,
        ),  # at midnight
        (make_baby(**SHARED_PHONE), {"birth_date": date(2025, 3, 4), "given_name": "Yusuf"}, NONE),
        (make_baby(**SHARED_PHONE), {"birth_date": date(2026, 3, 5), "given_name": ""}, MEDIUM),
        (BABY, {"birth_date": date(2026, 3, 5)}, NONE),
        (make_baby(**SHARED_PHONE), {"birth_date": date(2024, 11, 20)}, NONE),
    ],
)
def test_slips_about_a_baby(one, changed, wanted):
    assert get_strength(one, **changed) == wanted


@pytest.mark.parametrize(
    "changed",
    [
        {"birth_date": date(1965, 3, 17)},  # father and son, or mother and daughter, of one name
        {"birth_date": date(1964, 3, 17)},
        {"given_name": "Imran"},  # husband and wife
        {"given_name": "Imran", "birth_date": None},
    ],
)
def test_two_people_of_one_home_stay_two(changed):
    shared = replace(KHAN, **SHARED_PHONE, **SHARED_POSTCODE)
    if "given_name" in changed:
        changed = changed | {"birth_date": changed.get("birth_date", date(1990, 8, 2))}
    assert get_strength(shared, **changed) == NONE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Olly", "Oliver"), ("Harry", "Henry"), ("Alfie", "Alfred"), ("Evie", "Evelyn"), ("Millie", "Amelia"),
        ("Tilly", "Matilda"), ("Zak", "Zakariya"), ("Łucja", "Lucja"), ("Ștefania", "Stefania"), ("Zosia", "Zofia"),
        ("Omar", "Umar"), ("Rory", "Ruairí"), ("Ionuț", "Ioan"), ("Chowdhury", "Chaudhry"),
    ],
)  # fmt: skip
def test_short_forms_usual_in_lancashire(one, other):
    assert is_spelt_alike(make_name_key(one), make_name_key(other))


def test_a_baby_is_never_like_a_carer_nor_anybody_like_themselves():
    assert get_strength(replace(BABY, **SHARED_PHONE), kind="caregiver") == NONE
    assert get_strength(replace(BABY, id=uuid4(), nhs_number="9990001235")) == NONE


def test_the_evidence_reads_as_words():
    one = replace(BABY, **SHARED_PHONE, **SHARED_POSTCODE)
    found = compare_people(one, replace(one, given_name="Ameera"))
    assert found.evidence == (
        "similar spelling", "same date of birth", "a carer with the same phone", "same postcode",
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Abdul", "Rahman"), ("Abdulrahman", "")),
        (("Oluwaseun", "Adeyemi"), ("Seun", "Adeyemi")),
        (("Babatunde", "Balogun"), ("Tunde", "Balogun")),
        (("Temitope", "Adeyemi"), ("Tope", "Adeyemi")),
        (("Kwame", "Mensah"), ("Kwami", "Mensah")),
        (("Bebe", "Khan"), ("", "Khan")),
    ],
)
def test_one_name_is_one_name_wherever_it_is_from(one, other):
    names = [read_newborn_name_to_compare(*each) for each in (one, other)]
    babies = [
        make_baby(given_name=name.given_name, family_name=name.family_name, **SHARED_PHONE) for name in names
    ]
    assert compare_people(*babies).strength in (HIGH, MEDIUM)


SHORT_FORMS = """
oliver olly|henry harry|alfred alfie|evelyn evie|amelia millie|matilda tilly|zachary zak|archibald archie|theodore teddy
francesca frankie|isabelle bella|abigail abbie|gabriel gabe|tobias toby|leonard leo|natasha tash|kimberley kim
jacqueline jackie|cameron cam|mateusz mati|temitope temi|lawrence larry|mary polly|maximilian max|dominic dom
raymond ray|wilfred wilf|edward ned|nicola nikki|angela angie|bridget bridie|zakariya zak|agnieszka aga
"""


@pytest.mark.parametrize("names", SHORT_FORMS.replace("\n", "|").strip("|").split("|"))
def test_a_short_form_is_the_same_name(names):
    assert is_spelt_alike(*names.split())


@pytest.mark.parametrize("names", ["melissa melanie", "maxwell maxine", "leonard leonie", "raymond rafael"])
def test_two_names_with_one_short_form_are_two(names):
    assert not is_spelt_alike(*names.split())
