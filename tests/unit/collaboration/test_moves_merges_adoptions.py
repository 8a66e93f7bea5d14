"""What becomes of links, asks and joint work when a family moves, is merged, or its child is adopted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration import actions
from interventions.collaboration.models import HubRequest, JointWork, PeerSupport
from pairs.access.scope import load_scope
from pairs.families.actions import record_adoption
from pairs.families.models import Family, FamilyGrant
from pairs.matching.actions import merge_families, unmerge
from reporting.dashboards.moves.actions import accept_move, call_back_move, offer_move
from tests.unit.collaboration.factories import link_peer, make_hub_ask, make_satellite_family, make_taken_ask
from tests.unit.collaboration.test_joint_work import begin_joint_work
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


def can_read_family(user, family):
    return Family.objects.visible_to(load_scope(user)).filter(pk=family.pk).exists()


def is_supporter(user, family):
    return Family.objects.supported_by(load_scope(user)).filter(pk=family.pk).exists()


def move_family(cast, family):
    from pairs.service.models import Site

    to_site = Site.objects.get(code="blackburn-with-darwen")
    move = offer_move(family=family, to_site=to_site, reason="They moved house", by=cast["hyndburn"])
    day = timezone.localdate() + timedelta(days=7)
    return accept_move(move=move, lead=cast["blackburn"], hand_over_until=day, by=cast["duty"])


def test_a_move_takes_the_ask_along_and_the_new_lead_waits_for_the_answer(cast):
    family = make_satellite_family()
    ask = make_taken_ask(cast, family, wants="co_work")
    link = link_peer(cast, family)
    move = move_family(cast, family)
    ask.refresh_from_db()
    family.refresh_from_db()
    assert (ask.answer_to, ask.asked_by) == (cast["blackburn"], cast["hyndburn"])
    assert ask.site_id == move.to_site_id
    assert can_read_family(cast["hub"], family)
    assert is_supporter(cast["peer"], family)
    actions.end_hub_request(ask=ask, words="We go on ourselves.", by=cast["blackburn"])
    assert not can_read_family(cast["hub"], family)
    actions.end_peer_support(link=link, ended_because="The family asked", by=cast["blackburn"])
    assert not is_supporter(cast["peer"], family)


def test_after_a_move_is_reversed_the_answer_goes_to_whoever_asked(cast):
    family = make_satellite_family()
    ask = make_hub_ask(cast, family)
    call_back_move(move=move_family(cast, family), why="The wrong family", by=cast["duty"])
    ask.refresh_from_db()
    assert ask.answer_to == cast["hyndburn"]


def test_the_offer_says_that_the_question_goes_along(cast, client):
    family = make_satellite_family()
    make_hub_ask(cast, family)
    client.force_login(cast["hyndburn"])
    assert "1 open hub question" in client.get(reverse("family-moves", args=[family.pk])).content.decode()


def test_merged_records_keep_their_links_and_unmerging_gives_them_back(cast):
    first, second = make_satellite_family(), make_family("hyndburn", reference="S")
    ask, link = make_taken_ask(cast, second), link_peer(cast, second)
    joint = begin_joint_work(second, cast["hyndburn"], who="Sure Start")
    merge = merge_families(kept=first, merged=second, reason="One family", by=cast["hyndburn"])
    for row in (ask, link, joint):
        row.refresh_from_db()
        assert row.family == first
    assert can_read_family(cast["hub"], first)
    assert is_supporter(cast["peer"], first)
    actions.answer_hub_request(ask=ask, words="So.", by=cast["hub"])
    assert not can_read_family(cast["hub"], first)
    unmerge(merge=merge, by=cast["hyndburn"], reason="Two families")
    assert not can_read_family(cast["hub"], first)
    assert not can_read_family(cast["hub"], second)
    link.refresh_from_db()
    assert link.family == second
    assert is_supporter(cast["peer"], second)
    assert not is_supporter(cast["peer"], first)


def test_two_of_the_same_links_merged_end_together(cast):
    first, second = make_satellite_family(), make_family("hyndburn", reference="S")
    links = [link_peer(cast, first), link_peer(cast, second)]
    merge_families(kept=first, merged=second, reason="One family", by=cast["hyndburn"])
    for link in links:
        assert is_supporter(cast["peer"], first)
        actions.end_peer_support(link=link, ended_because="The family asked", by=cast["hyndburn"])
    assert not is_supporter(cast["peer"], first)
    assert not FamilyGrant.objects.live().exists()


def test_two_taken_asks_merged_into_one_family_end_with_the_first_answer(cast):
    """Shut too early is put right by a new day; open too long is not."""
    first, second = make_satellite_family(), make_family("hyndburn", reference="S")
    asks = [make_taken_ask(cast, first), make_taken_ask(cast, second)]
    merge_families(kept=first, merged=second, reason="One family", by=cast["hyndburn"])
    actions.answer_hub_request(ask=asks[1], words="So.", by=cast["hub"])
    assert not can_read_family(cast["hub"], first)
    actions.extend_hub_access(ask=asks[0], until=timezone.localdate(), by=cast["hyndburn"])
    assert can_read_family(cast["hub"], first)


def test_merging_into_a_restricted_family_gives_nobody_access(cast):
    kept = make_family("hyndburn", reference="S", restricted=True)
    family = make_satellite_family()
    ask = make_taken_ask(cast, family)
    link_peer(cast, family)
    merge_families(kept=kept, merged=family, reason="One family", by=cast["governance"])
    for each in (kept, family):
        assert not can_read_family(cast["hub"], each)
        assert not is_supporter(cast["peer"], each)
    ask.refresh_from_db()
    assert ask.family == kept
    assert not HubRequest.objects.asked_of(load_scope(cast["hub"])).exists()


def test_an_adoption_that_seals_the_family_seals_its_joint_work(cast):
    family = make_satellite_family()
    ask, link = make_taken_ask(cast, family), link_peer(cast, family)
    joint = begin_joint_work(family, cast["hyndburn"], who="Sure Start")
    record_adoption(
        infant=family.infants.get(), adopted_on=timezone.localdate(), given_name="New", family_name="Name",
        site=family.site, by=cast["governance"],
    )  # fmt: skip
    for row in (ask, link, joint):
        row.refresh_from_db()
        assert row.sealed_at
    assert not can_read_family(cast["hub"], family)
    assert not is_supporter(cast["peer"], family)
    for model in (HubRequest, PeerSupport, JointWork):
        assert not model.objects.visible_to(load_scope(cast["hyndburn"])).exists()
    assert not HubRequest.objects.asked_of(load_scope(cast["hub"])).exists()
    assert not PeerSupport.objects.supported_by(load_scope(cast["peer"])).exists()
