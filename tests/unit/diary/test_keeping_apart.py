"""A baby lives with the parent who is protected: a visit, a contact and a group with the excluded one warn."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.diary.booking_warnings import list_booking_warnings
from interventions.episodes.forms.people import FamilyPeople
from interventions.groups.roster import _find_cautions_among
from pairs.families.actions import add_caregiver
from pairs.families.models import Caution, Family
from tests.unit.diary.factories import build_visit, get_time
from tests.unit.episodes.factories import make_episode


@pytest.fixture
def family(me):
    """Baby and mother live together; the father lives elsewhere and is to be kept from the mother."""
    episode = make_episode(me)
    family, mother = episode.family, episode.family.caregivers.get()
    baby = family.infants.get()
    family.dyads.update(lives_with=True)
    apart = {"relationship": "father", "lives_with": False}
    father = add_caregiver(family=family, by=me, given_name="Dan", family_name="Out", dyads=[(baby, apart)])
    Caution.objects.create(
        family=family,
        kind="keep_apart",
        caregiver=mother,
        kept_from=father,
        what="An order",
        since=timezone.localdate(),
    )
    return episode, mother, father, baby


def list_warnings(me, episode, expected, location):
    family = Family.objects.with_people().get(pk=episode.family_id)
    visit = build_visit(me, expected, location=location)
    return list_booking_warnings(family, episode.site_id, visit, [get_time(3)])


@pytest.mark.parametrize(
    ("who", "location", "warns"),
    [
        (("baby", "father"), "A01", True),
        (("father",), "A01", True),
        (("baby", "father"), "A02", True),  # another carer's home: the baby brings the mother
        (("father",), "A02", False),
        (("baby", "father"), "K01", False),
        (("baby", "mother"), "A01", False),
        (("mother", "father"), "K01", True),
    ],
)
def test_a_visit_where_the_protected_parent_lives_warns(me, family, who, location, warns):
    episode, mother, father, baby = family
    people = {"mother": mother, "father": father, "baby": baby}
    found = list_warnings(me, episode, [people[name] for name in who], location)
    assert any("An order" in each for each in found) is warns


def test_the_booking_is_asked_about_once_and_can_be_made(me, client, family):
    episode, _, father, baby = family
    path = reverse("api-appointments", args=[episode.pk])
    visit = {"practitioner": str(me.pk), "expected": [str(father.pk), str(baby.pk)]}
    visit |= {"starts_on": get_time(3).date().isoformat(), "starts_time": "10:00", "minutes": 50}
    answer = client.post(
        path, visit | {"mechanism": "01", "location": "A01"}, content_type="application/json"
    )
    assert answer.status_code == 201
    assert any("An order" in each for each in answer.json()["warnings"])


def test_a_contact_at_home_warns_and_one_elsewhere_does_not(family):
    episode, _, father, baby = family
    people = FamilyPeople(Family.objects.with_people().get(pk=episode.family_id))
    came = [(father.pk, "attended"), (baby.pk, "attended")]
    assert len(people.list_cautions_among(came, "A01")) == 1
    assert people.list_cautions_among(came, "C01") == []


def test_a_group_with_her_baby_and_him_warns(family):
    _, mother, father, baby = family
    assert len(_find_cautions_among({father.pk, baby.pk})) == 1
    assert _find_cautions_among({baby.pk, mother.pk}) == []
