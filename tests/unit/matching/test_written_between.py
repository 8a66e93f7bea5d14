"""Merged, written, unmerged: what was written goes back with its person, or somebody looks through it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import record_care_contact
from interventions.episodes.models import NotePart, Participant
from pairs.access.scope import load_scope
from pairs.families.actions import add_address
from pairs.families.models import Address, Family
from pairs.matching.actions import mark_looked_through, unmerge
from pairs.matching.returning import find_strays
from pairs.service.refusals import ActionRefused
from tests.app_due_items import make_due_items
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.families.factories import make_family
from tests.unit.matching.factories import get_only, merge_with_families

list_app_due_items = make_due_items("pairs.matching")


@pytest.fixture
def merged(me):
    """(family kept, the other family's episode, the merge of their babies and families)."""
    first, episode = make_family(reference="A"), make_episode(me, reference="B")
    done = merge_with_families(get_only(first.infants), get_only(episode.family.infants), me)
    episode.refresh_from_db()
    return first, episode, done


def list_due_merges(me):
    return [each.subject_id for each in list_app_due_items(load_scope(me), timezone.localdate())]


def test_a_contact_of_the_other_family_names_its_own_baby_again(me, merged):
    _, episode, done = merged
    contact = make_contact(episode, me)
    assert contact.participants.filter(infant=done.kept_id).exists()
    unmerge(merge=done, by=me, reason="Two babies")
    episode.refresh_from_db()
    assert episode.family_id != done.family_id
    assert contact.participants.get(infant__isnull=False).infant_id == done.merged_id
    named = NotePart.objects.filter(care_contact=contact, infant__isnull=False).values_list(
        "infant", flat=True
    )
    assert set(named) <= {done.merged_id}


def test_what_belongs_to_a_carer_alone_goes_back_with_them(me, merged):
    first, episode, done = merged
    theirs = next(
        each for each in episode.family.caregivers.all() if each.dyads.filter(episodes=episode).exists()
    )
    where = {"kind": "home", "postcode": "", "since": None, "by": me}
    address = add_address(
        family=Family.objects.get(pk=first.pk), person=theirs, lines="2 New Street", **where
    )
    unmerge(merge=done, by=me, reason="Two babies")
    theirs.refresh_from_db()
    assert theirs.family_id != first.pk
    assert Address.objects.get(pk=address.pk).family_id == theirs.family_id
    assert list(find_strays(done)) == []


def test_what_cannot_go_back_by_itself_is_put_to_somebody_until_it_is_looked_through(me, client, merged):
    first, episode, done = merged
    mine = make_episode(me, reference="C")  # of the kept family
    mine.family_id = first.pk
    type(mine).objects.filter(pk=mine.pk).update(family=first.pk)
    type(mine.referral).objects.filter(pk=mine.referral_id).update(family=first.pk)
    theirs = next(
        each for each in episode.family.caregivers.all() if each.dyads.filter(episodes=episode).exists()
    )
    record_care_contact(
        episode=mine, starts_at=timezone.now(), minutes=30, mechanism="01", location="A01",
        participants=[(theirs, "attended")], interventions=[], notes={"happened": "We talked."}, sign=True, by=me,
        subjects={"happened": "family"},
    )  # fmt: skip
    done = unmerge(merge=done, by=me, reason="Two babies")
    assert {type(row) for _, row in find_strays(done)} >= {Participant}
    assert list_due_merges(me) == [done.pk]
    page = client.get(reverse("merge", args=[done.pk])).content.decode()
    assert "Names someone in the other family" in page
    assert client.post(reverse("look-through-merge", args=[done.pk])).status_code == 302
    assert list_due_merges(me) == []
    with pytest.raises(ActionRefused, match="already"):
        mark_looked_through(merge=done, by=me)


def test_where_nothing_was_written_nobody_is_asked(me, merged):
    _, _, done = merged
    with pytest.raises(ActionRefused, match="not been undone"):
        mark_looked_through(merge=done, by=me)
    done = unmerge(merge=done, by=me, reason="Two babies")
    assert (done.looked_through_by, list_due_merges(me)) == (me, [])
