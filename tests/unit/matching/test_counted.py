"""What figures count, row by row; what the report makes of it is in tests/unit/evidence/test_counted_once.py."""

import pytest
from django.utils import timezone

from interventions.episodes.models import Participant
from pairs.families.actions import record_adoption
from pairs.families.models import Infant
from pairs.matching.actions import unmerge
from pairs.matching.counted import load_children_by_record, select_counted
from tests.project.import_layers import read_imports
from tests.unit.evidence.babies import at, babies, enter_again
from tests.unit.matching.factories import merge_with_families

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(cast):
    return cast["blackburn"]


@pytest.fixture
def twice(me):
    (one,) = babies(1, me, first_seen=at(10))
    return one, enter_again(one)


def counting(model):
    return select_counted(model.objects.all()).count()


def test_a_second_copy_counts_no_more_until_the_merge_is_undone(me, twice):
    assert (counting(Participant), counting(Infant)) == (2, 2)
    done = merge_with_families(*twice, me)
    assert (counting(Participant), counting(Infant)) == (1, 1)
    assert load_children_by_record() == {twice[1].pk: twice[0].pk}
    unmerge(merge=done, reason="Two after all", by=me)
    assert (counting(Participant), counting(Infant)) == (2, 2)
    assert load_children_by_record() == {}


def test_what_is_sealed_otherwise_counts_and_what_is_in_error_does_not(twice):
    Participant.objects.filter(infant=twice[0]).update(sealed_at=timezone.now())
    assert counting(Participant) == 2
    Participant.objects.filter(infant=twice[1]).update(entered_in_error_at=timezone.now())
    assert counting(Participant) == 1


def test_a_child_is_followed_through_merges_and_adoptions(cast, me, twice):
    one, again = twice
    merge_with_families(one, again, me)
    one.refresh_from_db()
    new = record_adoption(
        infant=one, adopted_on=one.birth_date, given_name="Wilfred", family_name="Newname", site=one.family.site,
        by=cast["governance"],
    ).new_infant  # fmt: skip
    assert load_children_by_record() == {again.pk: new.pk, one.pk: new.pk}


def test_nothing_but_the_figures_follows_a_child_through_an_adoption():
    asking = {module for module, imported in read_imports().items() if "pairs.matching.counted" in imported}
    figures = ("reporting.evidence.", "reporting.performance.", "referrals.report_sections")
    assert "reporting.evidence.counting" in asking
    assert {module for module in asking if not module.startswith(figures)} == set()
