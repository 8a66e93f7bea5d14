"""Undoing a merge: what came later stays and is listed, and a promise of the database is never broken."""

import pytest

from pairs.families.models import (
    Family,
    Infant,
)
from pairs.matching.actions import merged_into, unmerge
from pairs.matching.consequences import changed_since, made_since
from pairs.service.refusals import Refused
from tests.unit.episodes.work import make_contact, make_episode
from tests.unit.families.people import make_family
from tests.unit.matching.people import held_twice, merge, only, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(cast):
    return cast["blackburn"]


def test_what_came_later_stays_and_is_listed(me):
    episode = make_episode(me, reference="A")
    second = make_family(reference="B")
    done = merge(only(episode.family.infants), only(second.infants), me)
    contact = make_contact(episode, me)
    Infant.objects.filter(pk=done.kept_id).update(family_name="Written since")
    assert "Attendance" in {row.what for row in made_since(done)}
    unmerge(merge=done, by=me, reason="Two babies")
    assert contact.participants.filter(infant=done.kept_id).exists()
    assert Infant.objects.get(pk=done.kept_id).family_name == "Written since"
    assert Infant.objects.live().filter(pk=done.merged_id).exists()
    done.refresh_from_db()
    assert "Attendance" in {row.what for row in made_since(done)}
    assert done.undone_by == me


def test_what_was_changed_since_is_left_and_told(me):
    first, second = held_twice()
    Infant.objects.filter(family=second).update(family_name="Hussain")
    done = merge(only(first.infants), only(second.infants), me)
    Infant.objects.filter(pk=done.kept_id).update(family_name="Malik")
    assert changed_since(done) == ["Baby: 1 value"]
    done = unmerge(merge=done, by=me, reason="Two babies")
    assert Infant.objects.get(pk=done.kept_id).family_name == "Malik"
    assert changed_since(done) == ["Baby: 1 value"]


def test_merges_over_the_same_rows_are_undone_from_the_last_to_the_first(me):
    first, second = held_twice()
    third = make_family(reference="C")
    one = merge(only(first.infants), only(second.infants), me)
    two = merge(only(third.infants), Infant.objects.get(pk=one.kept_id), me)
    assert merged_into(second.pk) == third.pk
    with pytest.raises(Refused, match="Undo that one first"):
        unmerge(merge=one, by=me, reason="Two")
    unmerge(merge=two, by=me, reason="Two")
    unmerge(merge=one, by=me, reason="Two")
    assert Family.objects.live().count() == 3
    assert merged_into(second.pk) is None
    with pytest.raises(Refused, match="already"):
        unmerge(merge=one, by=me, reason="Two")


def test_two_merges_that_share_nothing_are_undone_in_any_order(me):
    pairs = [(make_family(reference=f"A{n}"), make_family(reference=f"B{n}")) for n in range(2)]
    one, two = (merge(only(first.infants), only(second.infants), me) for first, second in pairs)
    unmerge(merge=one, by=me, reason="Two")
    unmerge(merge=two, by=me, reason="Two")
    assert Family.objects.live().count() == 4


def test_what_would_break_a_promise_of_the_database_is_refused_whole(me):
    first, second = held_twice()
    say(second, nhs_number="9990001235")
    done = merge(only(first.infants), only(second.infants), me)
    Infant.objects.filter(pk=done.kept_id).update(nhs_number=None)
    say(make_family(reference="C"), nhs_number="9990001235")
    with pytest.raises(Refused, match="needs what this merge brought together"):
        unmerge(merge=done, by=me, reason="Two")
    done.refresh_from_db()
    assert done.undone_at is None
