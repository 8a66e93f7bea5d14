"""Who may be held twice: found by what they share, within one's scope, and never again once told apart."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from pairs.access.scope import scope_of
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.matching.actions import tell_apart
from pairs.matching.duplicates import described, held_like, likely_duplicates, look_alikes, phone_key
from pairs.matching.rules.likeness import Described
from tests.unit.families.people import make_family
from tests.unit.matching.people import held_twice, only

pytestmark = pytest.mark.django_db
BORN = date(2026, 6, 1)


@pytest.fixture
def mine(cast):
    return scope_of(cast["blackburn"])


def pairs(scope, kind="infant"):
    return {frozenset((pair.one, pair.other)): pair.likeness for pair in likely_duplicates(scope, kind)}


def test_one_family_held_twice_is_found_by_its_baby_and_by_its_carer(mine):
    first, second = held_twice()
    (likeness,) = pairs(mine, "caregiver").values()
    assert likeness.strength == "high"
    assert {"same name", "same phone", "same postcode"} <= set(likeness.evidence)
    # No family name is known, and no brother or sister is taken for a twin.
    Infant.objects.update(family_name="Carer")
    (likeness,) = pairs(mine).values()
    assert likeness.strength == "high"
    assert "a carer with the same phone" in likeness.evidence
    assert pairs(mine).keys() == {frozenset((only(first.infants).pk, only(second.infants).pk))}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"given_name": "Amirah"}, True),
        ({"given_name": "Hussain", "family_name": "Amira"}, True),
        ({"birth_date": date(2026, 1, 6)}, True),
        ({"given_name": ""}, True),
        ({"birth_date": None, "estimated_due_date": date(2026, 6, 9), "given_name": ""}, True),
        ({"given_name": "Yusuf"}, False),
        ({"birth_date": date(2024, 1, 1)}, False),
        ({"sealed_at": timezone.now()}, False),
        ({"entered_in_error_at": timezone.now()}, False),
    ],
)
def test_what_is_found_of_a_baby_typed_twice(mine, changed, found):
    """Sealed rows are birth identities and merged records: nothing crosses an adoption."""
    held_twice()
    Infant.objects.update(given_name="Amira", family_name="Hussain")
    Infant.objects.filter(reference="PI-B-1").update(**changed)
    assert bool(pairs(mine)) is found
    assert bool(look_alikes(Infant.objects.get(reference="PI-A-1"), mine).here) is found


def test_twins_and_brothers_and_sisters_are_not_duplicates(mine):
    family = make_family(infants=2)
    family.infants.update(family_name="Hussain")
    assert pairs(mine) == {}
    family.infants.update(given_name="Amira")
    first = family.infants.first()
    Infant.objects.filter(family=family).update(pregnancy=first.pregnancy)
    assert pairs(mine) == {}


def test_only_what_one_may_correct_is_in_the_queue(cast):
    held_twice(other_site="hyndburn")
    assert pairs(scope_of(cast["blackburn"]), "caregiver") == {}
    assert pairs(scope_of(cast["hyndburn"]), "caregiver") == {}
    assert len(pairs(scope_of(cast["supervisor"]), "caregiver")) == 1
    assert pairs(scope_of(cast["manager"]), "caregiver") == {}


def test_what_is_out_of_scope_is_only_said_to_exist(mine):
    first, _ = held_twice(other_site="hyndburn")
    found = look_alikes(only(first.caregivers), mine)
    assert (found.here, found.elsewhere) == ({}, True)


def test_a_restricted_family_is_looked_at_and_not_named(mine):
    first = make_family(reference="A")
    make_family(reference="B", restricted=True)
    found = look_alikes(only(first.caregivers), mine)
    assert (found.here, found.elsewhere) == ({}, True)


def test_told_apart_is_never_offered_again(mine, cast):
    first, second = held_twice()
    one, other = only(first.caregivers), only(second.caregivers)
    tell_apart(one=other, other=one, reason="Two cousins", by=cast["blackburn"])
    tell_apart(one=one, other=other, reason="Said twice", by=cast["blackburn"])
    assert pairs(mine, "caregiver") == {}
    assert look_alikes(one, mine).here == {}


def test_somebody_merely_described_is_compared_with_the_records(mine):
    family = make_family()
    baby, carer = only(family.infants), only(family.caregivers)
    baby.family_name, baby.nhs_number = "Hussain", "9990001235"
    baby.save()
    said = Described("infant", "Baby1", "Hussain", birth_date=BORN)
    assert list(held_like(said, mine).here) == [baby.pk]
    assert held_like(replace(said, given_name="", family_name="", birth_date=None), mine).here == {}
    assert held_like(Described("infant", nhs_number="9990001235"), mine).here[baby.pk].strength == "high"
    phone = frozenset({phone_key("+44 1632 960001")})
    assert list(held_like(Described("caregiver", "Cora", "Carer", phones=phone), mine).here) == [carer.pk]
    assert not held_like(Described("caregiver", "Cora", "Carer"), mine).here


def test_a_key_that_a_crowd_shares_tells_nobody_apart(mine):
    family = make_family()
    people = [
        Caregiver(family=family, given_name="Cora", family_name="Carer", phone="01632 960001")
        for _ in range(40)
    ]
    Caregiver.objects.bulk_create(people)
    assert pairs(mine, "caregiver") == {}


def test_finding_costs_the_same_queries_however_many_there_are(mine, django_assert_num_queries):
    held_twice()
    Infant.objects.update(family_name="Hussain")
    with django_assert_num_queries(12):
        likely_duplicates(mine, "infant")
    for number in range(20):
        make_family(reference=f"Q{number}")
    with django_assert_num_queries(12):
        likely_duplicates(mine, "infant")
    with django_assert_num_queries(11):
        likely_duplicates(mine, "caregiver")


def test_a_person_is_described_with_their_homes_and_carers(mine):
    family = make_family()
    baby = only(family.infants)
    found = described("infant", [baby.pk])[baby.pk]
    assert found.postcodes == {"ZQ11AA"}
    assert found.phones == {phone_key("01632 960001")}
    assert found.carers == {Dyad.objects.get(infant=baby).caregiver_id}
