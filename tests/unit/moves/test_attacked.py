"""Moves at their edges: a restricted family, one that is being merged, a lead who leaves, steps out of turn."""

import pytest

from pairs.families.actions import link_to_family
from pairs.families.models import Family, FamilyMove
from pairs.matching.actions import merge_families, unmerge
from pairs.service.refusals import Refused
from reporting.desk.moves.actions import call_back_move, decline_move, withdraw_move
from tests.unit.families.people import make_family
from tests.unit.moves.moving import FROM, offered, reads, site, taken_on

pytestmark = pytest.mark.django_db


def family_of(**known):
    return make_family(site=FROM, reference="V", **known)


def test_whoever_left_leads_no_family(cast):
    move = offered(cast, family_of())
    cast["blackburn"].is_active = False
    cast["blackburn"].save()
    with pytest.raises(Refused) as no:
        taken_on(cast, move)
    assert list(no.value.errors) == ["lead"]
    move.refresh_from_db()
    assert move.status == FamilyMove.OFFERED


def test_a_family_on_offer_is_not_merged_and_a_merged_one_moves_with_all_it_has(cast):
    family, twice = family_of(), make_family(site=FROM, reference="W")
    done = merge_families(kept=family, merged=twice, reason="One", by=cast["hyndburn"])
    move = offered(cast, family)
    other = make_family(site=FROM, reference="X")
    for kept, merged in ((family, other), (other, family)):
        with pytest.raises(Refused, match="being moved"):
            merge_families(kept=kept, merged=merged, reason="One", by=cast["hyndburn"])
    taken_on(cast, move)
    assert reads(cast["blackburn"], family)
    # Parted again, each record stands at a site that reads it: the one that moved, and the one that never did.
    unmerge(merge=done, by=cast["hyndburn"], reason="Two")
    assert Family.objects.live().filter(pk__in=(family.pk, twice.pk)).count() == 2
    assert Family.objects.get(pk=twice.pk).site == site(FROM)


def test_a_record_merged_away_is_neither_offered_nor_moved(cast):
    family, twice = family_of(), make_family(site=FROM, reference="W")
    merge_families(kept=family, merged=twice, reason="One", by=cast["hyndburn"])
    with pytest.raises(Refused, match="merged"):
        offered(cast, twice)


@pytest.mark.parametrize("step", ["accepted", "declined", "withdrawn"])
def test_no_step_is_taken_twice(cast, step):
    move = offered(cast, family_of())
    steps = {
        "accepted": lambda: taken_on(cast, move),
        "declined": lambda: decline_move(move=move, why="Full", by=cast["duty"]),
        "withdrawn": lambda: withdraw_move(move=move, by=cast["hyndburn"]),
    }
    steps.pop(step)()
    again = {step: {"accepted": lambda: taken_on(cast, move)}.get(step)}
    for act in (*steps.values(), *filter(None, again.values())):
        with pytest.raises(Refused):
            act()


def test_called_back_from_a_restricted_family_nobody_keeps_the_access_the_move_gave(cast):
    family = family_of(restricted=True)
    link_to_family(family=family, user=cast["duty"], purpose="care", reason="Answers", by=cast["governance"])
    move = offered(cast, family)
    taken_on(cast, move)
    assert reads(cast["blackburn"], family)
    call_back_move(move=move, why="Wrong family", by=cast["duty"])
    assert not reads(cast["blackburn"], family)
    assert Family.objects.get(pk=family.pk).site == site(FROM)
