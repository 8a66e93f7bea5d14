"""Who may be held twice: found by what they share, within one's scope, and never again once told apart."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.families.phones import read_phone_keys
from pairs.matching.actions import tell_apart
from pairs.matching.descriptions import load_descriptions
from pairs.matching.duplicates import find_likely_duplicates, find_look_alikes, find_matches
from pairs.matching.rules.evidence import PersonDescription
from tests.unit.families.factories import make_family
from tests.unit.matching.factories import get_only, make_family_twice

pytestmark = pytest.mark.django_db
BORN = date(2026, 6, 1)


@pytest.fixture
def my_scope(cast):
    return load_scope(cast["blackburn"])


def find_likeness_by_pair(scope, kind="infant"):
    return {frozenset((pair.one, pair.other)): pair.likeness for pair in find_likely_duplicates(scope, kind)}


def test_one_family_held_twice_is_found_by_its_baby_and_by_its_carer(my_scope):
    first, second = make_family_twice()
    (likeness,) = find_likeness_by_pair(my_scope, "caregiver").values()
    assert likeness.strength == "high"
    assert {"same name", "same phone", "same postcode"} <= set(likeness.evidence)
    # No family name is known, and no brother or sister is taken for a twin.
    Infant.objects.update(given_name="Amira", family_name="Carer")
    (likeness,) = find_likeness_by_pair(my_scope).values()
    assert likeness.strength == "high"
    assert "a carer with the same phone" in likeness.evidence
    assert find_likeness_by_pair(my_scope).keys() == {
        frozenset((get_only(first.infants).pk, get_only(second.infants).pk))
    }


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"given_name": "Amirah"}, True),
        ({"given_name": "Hussain", "family_name": "Amira"}, True),
        ({"birth_date": date(2026, 1, 6)}, True),
        ({"given_name": ""}, True),
        ({"birth_date": None, "estimated_due_date": date(2026, 6, 9), "given_name": ""}, True),
        ({"given_name": "", "family_name": "Jones"}, True),  # registered under the other parent's name
        ({"given_name": "Baby", "family_name": "Jones"}, True),
        ({"given_name": "Yusuf"}, False),
        ({"birth_date": date(2024, 1, 1)}, False),
        ({"sealed_at": timezone.now()}, False),
        ({"entered_in_error_at": timezone.now()}, False),
    ],
)
def test_what_is_found_of_a_baby_typed_twice(my_scope, changed, found):
    """Sealed rows are birth identities and merged records: nothing crosses an adoption."""
    make_family_twice()
    Infant.objects.update(given_name="Amira", family_name="Hussain")
    Infant.objects.filter(reference="PI-B-1").update(**changed)
    assert bool(find_likeness_by_pair(my_scope)) is found
    assert bool(find_look_alikes(Infant.objects.get(reference="PI-A-1"), my_scope).here) is found


def test_twins_and_brothers_and_sisters_are_not_duplicates(my_scope):
    family = make_family(infants=2)
    family.infants.update(family_name="Hussain")
    assert find_likeness_by_pair(my_scope) == {}
    family.infants.update(given_name="Amira")
    first = family.infants.first()
    Infant.objects.filter(family=family).update(pregnancy=first.pregnancy)
    assert find_likeness_by_pair(my_scope) == {}


def test_only_what_one_may_correct_is_in_the_queue(cast):
    make_family_twice(other_site="hyndburn")
    assert find_likeness_by_pair(load_scope(cast["blackburn"]), "caregiver") == {}
    assert find_likeness_by_pair(load_scope(cast["hyndburn"]), "caregiver") == {}
    assert len(find_likeness_by_pair(load_scope(cast["supervisor"]), "caregiver")) == 1
    assert find_likeness_by_pair(load_scope(cast["manager"]), "caregiver") == {}


def test_a_match_out_of_scope_is_only_said_to_exist(my_scope):
    first, _ = make_family_twice(other_site="hyndburn")
    found = find_look_alikes(get_only(first.caregivers), my_scope)
    assert (found.here, found.elsewhere) == ({}, True)


def test_a_restricted_family_is_matched_and_not_named(my_scope):
    first = make_family(reference="A")
    make_family(reference="B", restricted=True)
    found = find_look_alikes(get_only(first.caregivers), my_scope)
    assert (found.here, found.elsewhere) == ({}, True)


def test_a_pair_told_apart_is_never_offered_again(my_scope, cast):
    first, second = make_family_twice()
    one, other = get_only(first.caregivers), get_only(second.caregivers)
    tell_apart(one=other, other=one, reason="Two cousins", by=cast["blackburn"])
    tell_apart(one=one, other=other, reason="Said twice", by=cast["blackburn"])
    assert find_likeness_by_pair(my_scope, "caregiver") == {}
    assert find_look_alikes(one, my_scope).here == {}


def test_somebody_merely_described_is_compared_with_the_records(my_scope):
    family = make_family()
    baby, carer = get_only(family.infants), get_only(family.caregivers)
    baby.given_name, baby.family_name, baby.nhs_number = "Amira", "Hussain", "9990001235"
    baby.save()
    said = PersonDescription("infant", "Amira", "Hussain", birth_date=BORN)
    assert list(find_matches(said, my_scope).here) == [baby.pk]
    assert find_matches(replace(said, given_name="", family_name="", birth_date=None), my_scope).here == {}
    assert (
        find_matches(PersonDescription("infant", nhs_number="9990001235"), my_scope).here[baby.pk].strength
        == "high"
    )
    phone = read_phone_keys("+44 1632 960001")
    assert list(
        find_matches(PersonDescription("caregiver", "Cora", "Carer", phones=phone), my_scope).here
    ) == [carer.pk]
    assert not find_matches(PersonDescription("caregiver", "Cora", "Carer"), my_scope).here


def test_a_key_that_a_crowd_shares_tells_nobody_apart(my_scope):
    family = make_family()
    people = [
        Caregiver(family=family, given_name="Cora", family_name="Carer", phone="01632 960001")
        for _ in range(40)
    ]
    Caregiver.objects.bulk_create(people)
    assert find_likeness_by_pair(my_scope, "caregiver") == {}


def test_finding_costs_the_same_queries_however_many_there_are(my_scope, django_assert_num_queries):
    make_family_twice()
    Infant.objects.update(family_name="Hussain")
    with django_assert_num_queries(11):
        find_likely_duplicates(my_scope, "infant")
    for number in range(20):
        make_family(reference=f"Q{number}")
    with django_assert_num_queries(11):
        find_likely_duplicates(my_scope, "infant")
    with django_assert_num_queries(7):
        find_likely_duplicates(my_scope, "caregiver")


def test_a_person_is_described_with_their_homes_and_carers(my_scope):
    family = make_family()
    baby = get_only(family.infants)
    found = load_descriptions("infant", [baby.pk])[baby.pk]
    assert found.postcodes == {"ZQ11AA"}
    assert found.phones == read_phone_keys("01632 960001")
    assert found.carers == {Dyad.objects.get(infant=baby).caregiver_id}


SLIPPED_PAIRS = [
    ({"given_name": "Łucja", "family_name": "Ștefania"}, {"given_name": "Lucja", "family_name": "Stefania"}),
    ({"given_name": "Olly"}, {"given_name": "Oliver"}),
    ({"given_name": "Amina", "family_name": "Khan"}, {"given_name": "Kahn", "family_name": "Aminah"}),
    ({"given_name": "Ali", "family_name": "Khan"}, {"given_name": "Mohammed Ali", "family_name": "Khan"}),
    ({"given_name": "Amina Khan", "family_name": ""}, {"given_name": "Amina", "family_name": "Khan"}),
    ({"given_name": "", "family_name": "Khan"}, {"given_name": "Amina", "family_name": "Khan"}),
    ({"birth_date": date(1994, 3, 17)}, {"birth_date": date(1994, 1, 1)}),
    ({"birth_date": date(1994, 3, 17)}, {"birth_date": date(1993, 3, 17)}),
    ({"birth_date": date(1994, 3, 4)}, {"birth_date": date(1994, 4, 3)}),
    ({"birth_date": date(1994, 3, 17)}, {"birth_date": date(1964, 3, 17)}),
    ({"phone": "01254 55555"}, {"phone": "+44 1254 55555 ext 4"}),
    ({"given_name": "Cora"}, {"given_name": "Imran"}),
    ({"given_name": "A", "family_name": "Khan"}, {"given_name": "Amina", "family_name": "Khan"}),
    ({"given_name": "Mrs Khan", "family_name": ""}, {"given_name": "Amina", "family_name": "Khan"}),
    ({"given_name": "Khan", "family_name": ""}, {"given_name": "Amina", "family_name": "Khan"}),
    ({"given_name": "", "family_name": "Khan"}, {"given_name": "Amina", "family_name": "Jones"}),
    ({"given_name": "Abdul Rahman"}, {"given_name": "Rahman"}),
    ({"given_name": "Mary Jane"}, {"given_name": "Maryjane"}),
    (
        {"given_name": "Xiao Ming", "family_name": "Zhang"},
        {"given_name": "Zhang Xiaoming", "family_name": ""},
    ),
    ({"given_name": "Анна"}, {"given_name": "АННА"}),
]


@pytest.mark.parametrize(("one", "other"), SLIPPED_PAIRS)
@pytest.mark.parametrize("kind", ["infant", "caregiver"])
def test_the_queue_finds_what_the_look_up_finds(my_scope, kind, one, other):
    first, second = make_family_twice()
    model = Infant if kind == "infant" else Caregiver
    same = {"given_name": "Cora", "family_name": "Carer", "birth_date": date(1994, 3, 17)}
    if kind == "infant":
        same["birth_date"] = BORN
        one, other = (
            {name: value for name, value in each.items() if name == "given_name" or name == "family_name"}
            for each in (one, other)
        )
    for family, changed in ((first, one), (second, other)):
        model.objects.filter(family=family).update(**same | changed)
    mine, theirs = (get_only(model.objects.filter(family=family)) for family in (first, second))
    looked = {frozenset((mine.pk, pk)): how for pk, how in find_look_alikes(mine, my_scope).here.items()}
    assert looked == find_likeness_by_pair(my_scope, kind)
    assert looked == {
        frozenset((theirs.pk, pk)): how for pk, how in find_look_alikes(theirs, my_scope).here.items()
    }
