"""Two records of families become one: what was agreed of the one is not told of the other."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.families.models import Caregiver, Infant
from pairs.matching.actions import merge_families, merge_people, unmerge
from pairs.service.models import Team
from pairs.village import known as knowledge
from pairs.village.disclosure import Matter, may_be_told
from pairs.village.known import shared_with
from pairs.village.models import VillageMember
from tests.unit.families.people import make_family
from tests.unit.village.people import agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(cast):
    return cast["blackburn"]


@pytest.fixture
def two(me):
    """(family, family): the second has agreed with its nursery."""
    one, other = make_family(reference="A"), make_family(reference="B")
    nursery = VillageMember.objects.create(family=other, kind="professional", name="Nell Key", closeness=1)
    agree(
        other,
        nursery,
        ["plan", "contact_details"],
        None,
        me,
        agreed_on=None,
        without_consent_because="Danger",
    )
    return one, other


def told(family, infant, what="plan"):
    nursery = knowledge.member(VillageMember.objects.get(name="Nell Key"))
    matter = Matter(what, infant_id=infant.pk)
    return bool(may_be_told(nursery, matter, timezone.localdate(), knowledge.known_of(family)))


def test_an_agreement_is_kept_to_the_children_of_its_record(me, two):
    one, other = two
    mine, theirs = one.infants.get(), other.infants.get()
    assert told(other, theirs)
    done = merge_families(kept=one, merged=other, reason="One family", by=me)
    assert (told(one, theirs), told(one, mine)) == (True, False)
    unmerge(merge=done, by=me, reason="Two families")
    assert told(other, theirs)


def test_what_the_record_kept_agreed_is_not_told_of_the_other(me, two):
    one, other = two
    merge_families(kept=other, merged=one, reason="One family", by=me)
    born_since = Infant.objects.create(family=other, reference="N", birth_date=date(2026, 11, 1))
    assert told(other, other.infants.get(reference="PI-B-1"))
    assert told(other, born_since)
    assert not told(other, other.infants.get(reference="PI-A-1"))
    carer = Matter(
        "contact_details",
        caregiver_id=Caregiver.objects.get(family=other, pregnancies__reference="PI-A-1").pk,
    )
    assert not may_be_told(
        knowledge.member(VillageMember.objects.get()), carer, timezone.localdate(), knowledge.known_of(other)
    )


def test_of_one_baby_held_twice_it_may_be_told(me, two):
    one, other = two
    merge_people(
        kept=one.infants.get(), merged=other.infants.get(), choices={}, reason="One", by=me, families_too=True
    )
    assert told(one, one.infants.live().get())


def test_a_chain_of_merges_keeps_to_the_first_record(me, two):
    one, other = two
    third = make_family(reference="C")
    merge_families(kept=one, merged=other, reason="One family", by=me)
    merge_families(kept=third, merged=one, reason="One family", by=me)
    assert {row.reference: told(third, row) for row in third.infants.all()} == {
        "PI-A-1": False, "PI-B-1": True, "PI-C-1": False,
    }  # fmt: skip


def test_a_referrer_is_told_nothing_of_the_whole_family_that_one_record_agreed(me, cast, two):
    one, other = two
    visitor = cast["healthvisitor"]
    agree(other, Team.objects.get(pk=visitor.team_id), ["involved"], other.caregivers.get(), me)
    on = timezone.localdate()
    assert shared_with(visitor, [other.pk], on) == {other.pk: frozenset(["involved"])}
    merge_families(kept=one, merged=other, reason="One family", by=me)
    assert shared_with(visitor, [one.pk], on) == {one.pk: frozenset()}


def test_the_page_says_whom_an_agreement_is_about(me, client, two):
    one, other = two
    Infant.objects.filter(family=other).update(given_name="Onlyme")
    client.force_login(me)
    assert b"About" not in client.get(reverse("sharing", args=[other.pk])).content.partition(b"<main")[2]
    merge_families(kept=one, merged=other, reason="One family", by=me)
    page = client.get(reverse("sharing", args=[one.pk])).content.decode().partition("<main")[2]
    assert "About" in page
    assert "Onlyme" in page.partition("Agreements</h2>")[2]
