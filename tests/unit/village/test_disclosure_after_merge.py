"""Two records of families become one: what was agreed about the one is not disclosed about the other."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.families.models import Caregiver, Infant
from pairs.matching.actions import merge_families, merge_people, unmerge
from pairs.service.models import Team
from pairs.village import disclosure_facts as knowledge
from pairs.village.disclosure import Matter, may_be_told
from pairs.village.disclosure_facts import load_shared_with_referrer
from pairs.village.models import VillageMember
from tests.unit.families.factories import make_family
from tests.unit.village.factories import make_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(cast):
    return cast["blackburn"]


@pytest.fixture
def two_families(me):
    """(family, family): the second has agreed with its nursery."""
    one, other = make_family(reference="A"), make_family(reference="B")
    nursery = VillageMember.objects.create(family=other, kind="professional", name="Nell Key", closeness=1)
    make_agreement(
        other,
        nursery,
        ["plan", "contact_details"],
        None,
        me,
        agreed_on=None,
        without_consent_because="Danger",
    )
    return one, other


def may_tell_nursery(family, infant, what="plan"):
    nursery = knowledge.build_member_recipient(VillageMember.objects.get(name="Nell Key"))
    matter = Matter(what, infant_id=infant.pk)
    return bool(may_be_told(nursery, matter, timezone.localdate(), knowledge.load_disclosure_facts(family)))


def test_an_agreement_covers_only_the_children_of_its_record(me, two_families):
    one, other = two_families
    mine, theirs = one.infants.get(), other.infants.get()
    assert may_tell_nursery(other, theirs)
    done = merge_families(kept=one, merged=other, reason="One family", by=me)
    assert (may_tell_nursery(one, theirs), may_tell_nursery(one, mine)) == (True, False)
    unmerge(merge=done, by=me, reason="Two families")
    assert may_tell_nursery(other, theirs)


def test_the_surviving_records_agreement_does_not_cover_the_others_children(me, two_families):
    one, other = two_families
    merge_families(kept=other, merged=one, reason="One family", by=me)
    born_since = Infant.objects.create(family=other, reference="N", birth_date=date(2026, 11, 1))
    assert may_tell_nursery(other, other.infants.get(reference="PI-B-1"))
    assert may_tell_nursery(other, born_since)
    assert not may_tell_nursery(other, other.infants.get(reference="PI-A-1"))
    carer = Matter(
        "contact_details",
        caregiver_id=Caregiver.objects.get(family=other, pregnancies__reference="PI-A-1").pk,
    )
    assert not may_be_told(
        knowledge.build_member_recipient(VillageMember.objects.get()),
        carer,
        timezone.localdate(),
        knowledge.load_disclosure_facts(other),
    )


def test_an_agreement_covers_a_baby_who_was_in_both_records(me, two_families):
    one, other = two_families
    merge_people(
        kept=one.infants.get(), merged=other.infants.get(), choices={}, reason="One", by=me, families_too=True
    )
    assert may_tell_nursery(one, one.infants.live().get())


def test_after_several_merges_an_agreement_covers_only_its_first_record(me, two_families):
    one, other = two_families
    third = make_family(reference="C")
    merge_families(kept=one, merged=other, reason="One family", by=me)
    merge_families(kept=third, merged=one, reason="One family", by=me)
    assert {row.reference: may_tell_nursery(third, row) for row in third.infants.all()} == {
        "PI-A-1": False, "PI-B-1": True, "PI-C-1": False,
    }  # fmt: skip


def test_one_records_agreement_discloses_nothing_of_the_whole_family_to_a_referrer(me, cast, two_families):
    one, other = two_families
    visitor = cast["healthvisitor"]
    make_agreement(other, Team.objects.get(pk=visitor.team_id), ["involved"], other.caregivers.get(), me)
    on = timezone.localdate()
    assert load_shared_with_referrer(visitor, [other.pk], on) == {other.pk: frozenset(["involved"])}
    merge_families(kept=one, merged=other, reason="One family", by=me)
    assert load_shared_with_referrer(visitor, [one.pk], on) == {one.pk: frozenset()}


def test_the_page_says_whom_an_agreement_is_about(me, client, two_families):
    one, other = two_families
    Infant.objects.filter(family=other).update(given_name="Onlyme")
    client.force_login(me)
    assert b"About" not in client.get(reverse("sharing", args=[other.pk])).content.partition(b"<main")[2]
    merge_families(kept=one, merged=other, reason="One family", by=me)
    page = client.get(reverse("sharing", args=[one.pk])).content.decode().partition("<main")[2]
    assert "About" in page
    assert "Onlyme" in page.partition("Agreements</h2>")[2]
