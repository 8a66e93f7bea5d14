"""Moves at their edges: a restricted family, one that is being merged, a lead who leaves, steps out of turn."""

import pytest

from pairs.families.actions import grant_family_access
from pairs.families.choices import MoveStatus
from pairs.families.models import Family
from pairs.matching.actions import merge_families, unmerge
from pairs.service.refusals import ActionRefused
from reporting.dashboards.moves.actions import call_back_move, decline_move, withdraw_move
from tests.unit.families.factories import make_family
from tests.unit.moves.factories import (
    FROM_SITE,
    can_read_family,
    get_site,
    make_accepted_move,
    make_offered_move,
)

pytestmark = pytest.mark.django_db


def make_moving_family(**known):
    return make_family(site=FROM_SITE, reference="V", **known)


def test_whoever_left_leads_no_family(cast):
    move = make_offered_move(cast, make_moving_family())
    cast["blackburn"].is_active = False
    cast["blackburn"].save()
    with pytest.raises(ActionRefused) as no:
        make_accepted_move(cast, move)
    assert list(no.value.errors) == ["lead"]
    move.refresh_from_db()
    assert move.status == MoveStatus.OFFERED


def test_a_family_on_offer_is_not_merged_and_a_merged_one_moves_with_all_it_has(cast):
    family, twice = make_moving_family(), make_family(site=FROM_SITE, reference="W")
    done = merge_families(kept=family, merged=twice, reason="One", by=cast["hyndburn"])
    move = make_offered_move(cast, family)
    other = make_family(site=FROM_SITE, reference="X")
    for kept, merged in ((family, other), (other, family)):
        with pytest.raises(ActionRefused, match="being moved"):
            merge_families(kept=kept, merged=merged, reason="One", by=cast["hyndburn"])
    make_accepted_move(cast, move)
    assert can_read_family(cast["blackburn"], family)
    # Parted again, each record stands at a site that reads it: the one that moved, and the one that never did.
    unmerge(merge=done, by=cast["hyndburn"], reason="Two")
    assert Family.objects.live().filter(pk__in=(family.pk, twice.pk)).count() == 2
    assert Family.objects.get(pk=twice.pk).site == get_site(FROM_SITE)


def test_a_record_merged_away_is_neither_offered_nor_moved(cast):
    family, twice = make_moving_family(), make_family(site=FROM_SITE, reference="W")
    merge_families(kept=family, merged=twice, reason="One", by=cast["hyndburn"])
    with pytest.raises(ActionRefused, match="merged"):
        make_offered_move(cast, twice)


@pytest.mark.parametrize("step", ["accepted", "declined", "withdrawn"])
def test_no_step_is_taken_twice(cast, step):
    move = make_offered_move(cast, make_moving_family())
    steps = {
        "accepted": lambda: make_accepted_move(cast, move),
        "declined": lambda: decline_move(move=move, why="Full", by=cast["duty"]),
        "withdrawn": lambda: withdraw_move(move=move, by=cast["hyndburn"]),
    }
    steps.pop(step)()
    again = {step: {"accepted": lambda: make_accepted_move(cast, move)}.get(step)}
    for act in (*steps.values(), *filter(None, again.values())):
        with pytest.raises(ActionRefused):
            act()


def test_reversing_a_restricted_familys_move_ends_the_access_it_gave(cast):
    family = make_moving_family(restricted=True)
    grant_family_access(
        family=family, user=cast["duty"], purpose="care", reason="Answers", by=cast["governance"]
    )
    move = make_offered_move(cast, family)
    make_accepted_move(cast, move)
    assert can_read_family(cast["blackburn"], family)
    call_back_move(move=move, why="Wrong family", by=cast["duty"])
    assert not can_read_family(cast["blackburn"], family)
    assert Family.objects.get(pk=family.pk).site == get_site(FROM_SITE)
