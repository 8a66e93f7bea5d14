"""Undoing a merge: what came later stays and is listed, and a promise of the database is never broken."""

import pytest

from pairs.families.models import (
    Family,
    Infant,
)
from pairs.matching.actions import unmerge
from pairs.matching.consequences import describe_changes_since, list_rows_made_since
from pairs.matching.merge_targets import find_merge_target
from pairs.service.refusals import ActionRefused
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.families.factories import make_family
from tests.unit.matching.factories import get_only, make_family_twice, merge_with_families, update_only_baby

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(cast):
    return cast["blackburn"]


def test_what_came_later_stays_and_is_listed(me):
    episode = make_episode(me, reference="A")
    second = make_family(reference="B")
    done = merge_with_families(get_only(episode.family.infants), get_only(second.infants), me)
    contact = make_contact(episode, me)
    Infant.objects.filter(pk=done.kept_id).update(family_name="Written since")
    assert "Attendance" in {row.what for row in list_rows_made_since(done)}
    unmerge(merge=done, by=me, reason="Two babies")
    assert contact.participants.filter(infant=done.kept_id).exists()
    assert Infant.objects.get(pk=done.kept_id).family_name == "Written since"
    assert Infant.objects.live().filter(pk=done.merged_id).exists()
    done.refresh_from_db()
    assert "Attendance" in {row.what for row in list_rows_made_since(done)}
    assert done.undone_by == me


def test_what_was_changed_since_is_left_and_listed(me):
    first, second = make_family_twice()
    Infant.objects.filter(family=second).update(family_name="Hussain")
    done = merge_with_families(get_only(first.infants), get_only(second.infants), me)
    Infant.objects.filter(pk=done.kept_id).update(family_name="Malik")
    assert describe_changes_since(done) == ["Baby: 1 value"]
    done = unmerge(merge=done, by=me, reason="Two babies")
    assert Infant.objects.get(pk=done.kept_id).family_name == "Malik"
    assert describe_changes_since(done) == ["Baby: 1 value"]


def test_merges_over_the_same_rows_are_undone_from_the_last_to_the_first(me):
    first, second = make_family_twice()
    third = make_family(reference="C")
    one = merge_with_families(get_only(first.infants), get_only(second.infants), me)
    two = merge_with_families(get_only(third.infants), Infant.objects.get(pk=one.kept_id), me)
    assert find_merge_target(second.pk) == third.pk
    with pytest.raises(ActionRefused, match="Undo that one first"):
        unmerge(merge=one, by=me, reason="Two")
    unmerge(merge=two, by=me, reason="Two")
    unmerge(merge=one, by=me, reason="Two")
    assert Family.objects.live().count() == 3
    assert find_merge_target(second.pk) is None
    with pytest.raises(ActionRefused, match="already"):
        unmerge(merge=one, by=me, reason="Two")


def test_two_merges_that_share_nothing_are_undone_in_any_order(me):
    pairs = [(make_family(reference=f"A{n}"), make_family(reference=f"B{n}")) for n in range(2)]
    one, two = (
        merge_with_families(get_only(first.infants), get_only(second.infants), me) for first, second in pairs
    )
    unmerge(merge=one, by=me, reason="Two")
    unmerge(merge=two, by=me, reason="Two")
    assert Family.objects.live().count() == 4


def test_what_would_break_a_promise_of_the_database_is_refused_whole(me):
    first, second = make_family_twice()
    update_only_baby(second, nhs_number="9990001235")
    done = merge_with_families(get_only(first.infants), get_only(second.infants), me)
    Infant.objects.filter(pk=done.kept_id).update(nhs_number=None)
    update_only_baby(make_family(reference="C"), nhs_number="9990001235")
    with pytest.raises(ActionRefused, match="depends on this merge"):
        unmerge(merge=done, by=me, reason="Two")
    done.refresh_from_db()
    assert done.undone_at is None
