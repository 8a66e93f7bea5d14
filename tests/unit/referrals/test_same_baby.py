"""Who is the same baby in two referrals, where no record says so: a row a case."""

import pytest

from referrals.rules.same_baby import is_same_baby

BABY = {
    "given_name": "Łucja",
    "family_name": "Nowak",
    "nhs_number": None,
    "birth_date": "2026-03-02",
    "due_date": None,
}
UNNAMED = BABY | {"given_name": ""}
UNBORN = UNNAMED | {"birth_date": None, "due_date": "2026-05-01"}
MOTHER = {"given_name": "Ewa", "family_name": "Nowak", "nhs_number": None}
FATHER = MOTHER | {"given_name": "Adam"}
ONE, TWO = {"nhs_number": "9990000018"}, {"nhs_number": "9990000026"}
CASES = [
    ("the same name and day", BABY, BABY | {"given_name": "Lucja"}, [], [], True),
    ("the same number, whatever else", BABY | ONE, UNBORN | ONE, [], [], True),
    ("another number", BABY | ONE, BABY | TWO, [], [], False),
    ("another day", BABY, BABY | {"birth_date": "2026-03-03"}, [MOTHER], [MOTHER], False),
    ("a twin", BABY, BABY | {"given_name": "Ola"}, [MOTHER], [MOTHER], False),
    ("not yet named, of one mother", BABY, UNNAMED, [MOTHER], [FATHER, MOTHER], True),
    ("not yet named, of nobody known", BABY, UNNAMED, [], [], False),
    ("not yet named, of another", BABY, UNNAMED, [MOTHER], [FATHER], False),
    ("unborn, of one mother", UNBORN, UNBORN, [MOTHER], [MOTHER], True),
    ("unborn, expected on no day that is known", UNBORN | {"due_date": None}, UNBORN | {"due_date": None}, [MOTHER],
     [MOTHER], False),
    ("unborn and born", UNBORN, BABY, [MOTHER], [MOTHER], False),
    ("unborn, and born of the same due date", UNBORN, BABY | {"due_date": "2026-05-01"}, [MOTHER], [MOTHER], True),
    ("a stand-in for the name", BABY, BABY | {"given_name": "Baby Girl"}, [MOTHER], [MOTHER], True),
    ("two stand-ins", UNNAMED | {"given_name": "TBC"}, BABY | {"given_name": "B/O Ewa"}, [MOTHER], [MOTHER], True),
    ("two numbered twins", BABY | {"given_name": "Twin 1"}, BABY | {"given_name": "Twin 2"}, [MOTHER], [MOTHER],
     False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "carers", "other_carers", "same"),
    [row[1:] for row in CASES],
    ids=[row[0] for row in CASES],
)
def test_who_is_the_same_baby(one, other, carers, other_carers, same):
    assert is_same_baby(one, other, carers=carers, other_carers=other_carers) is same
    assert is_same_baby(other, one, carers=other_carers, other_carers=carers) is same
