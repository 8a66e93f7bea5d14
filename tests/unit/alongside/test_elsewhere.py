"""What becomes of links, asks and joint work when a family moves, is merged, or its child is adopted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.alongside import actions
from interventions.alongside.models import HubAsk, JointWork, PeerSupport
from pairs.access.scope import scope_of
from pairs.families.actions import record_adoption
from pairs.families.models import Family, FamilyGrant
from pairs.matching.actions import merge_families, unmerge
from reporting.desk.moves.actions import accept_move, call_back_move, offer_move
from tests.unit.alongside.helping import asked, linked, satellite_family, taken
from tests.unit.alongside.test_joint import begun
from tests.unit.families.people import make_family

pytestmark = pytest.mark.django_db


def reads(user, family):
    return Family.objects.visible_to(scope_of(user)).filter(pk=family.pk).exists()


def supports(user, family):
    return Family.objects.supported_by(scope_of(user)).filter(pk=family.pk).exists()


def moved(cast, family):
    from pairs.service.models import Site

    to_site = Site.objects.get(code="blackburn-with-darwen")
    move = offer_move(family=family, to_site=to_site, reason="They moved house", by=cast["hyndburn"])
    day = timezone.localdate() + timedelta(days=7)
    return accept_move(move=move, lead=cast["blackburn"], hand_over_until=day, by=cast["duty"])


def test_a_move_takes_the_ask_along_and_the_new_lead_waits_for_the_answer(cast):
    family = satellite_family()
    ask = taken(cast, family, wants="co_work")
    link = linked(cast, family)
    move = moved(cast, family)
    ask.refresh_from_db()
    family.refresh_from_db()
    assert (ask.answer_to, ask.asked_by) == (cast["blackburn"], cast["hyndburn"])
    assert ask.site_id == move.to_site_id
    assert reads(cast["hub"], family)
    assert supports(cast["peer"], family)
    actions.end_ask(ask=ask, words="We go on ourselves.", by=cast["blackburn"])
    assert not reads(cast["hub"], family)
    actions.end_peer_support(link=link, ended_because="The family asked", by=cast["blackburn"])
    assert not supports(cast["peer"], family)


def test_a_move_called_back_gives_the_answer_to_whoever_asked(cast):
    family = satellite_family()
    ask = asked(cast, family)
    call_back_move(move=moved(cast, family), why="The wrong family", by=cast["duty"])
    ask.refresh_from_db()
    assert ask.answer_to == cast["hyndburn"]


def test_the_offer_says_that_the_question_goes_along(cast, client):
    family = satellite_family()
    asked(cast, family)
    client.force_login(cast["hyndburn"])
    assert "1 open hub question" in client.get(reverse("family-moves", args=[family.pk])).content.decode()


def test_two_records_merged_keep_their_links_and_undone_give_them_back(cast):
    first, second = satellite_family(), make_family("hyndburn", reference="S")
    ask, link = taken(cast, second), linked(cast, second)
    joint = begun(second, cast["hyndburn"], who="Sure Start")
    merge = merge_families(kept=first, merged=second, reason="One family", by=cast["hyndburn"])
    for row in (ask, link, joint):
        row.refresh_from_db()
        assert row.family == first
    assert reads(cast["hub"], first)
    assert supports(cast["peer"], first)
    actions.answer_ask(ask=ask, words="So.", by=cast["hub"])
    assert not reads(cast["hub"], first)
    unmerge(merge=merge, by=cast["hyndburn"], reason="Two families")
    assert not reads(cast["hub"], first)
    assert not reads(cast["hub"], second)
    link.refresh_from_db()
    assert link.family == second
    assert supports(cast["peer"], second)
    assert not supports(cast["peer"], first)


def test_two_of_the_same_links_merged_end_together(cast):
    first, second = satellite_family(), make_family("hyndburn", reference="S")
    links = [linked(cast, first), linked(cast, second)]
    merge_families(kept=first, merged=second, reason="One family", by=cast["hyndburn"])
    for link in links:
        assert supports(cast["peer"], first)
        actions.end_peer_support(link=link, ended_because="The family asked", by=cast["hyndburn"])
    assert not supports(cast["peer"], first)
    assert not FamilyGrant.objects.live().exists()


def test_two_taken_asks_merged_into_one_family_end_with_the_first_answer(cast):
    """Shut too early is put right by a new day; open too long is not."""
    first, second = satellite_family(), make_family("hyndburn", reference="S")
    asks = [taken(cast, first), taken(cast, second)]
    merge_families(kept=first, merged=second, reason="One family", by=cast["hyndburn"])
    actions.answer_ask(ask=asks[1], words="So.", by=cast["hub"])
    assert not reads(cast["hub"], first)
    actions.prolong_ask(ask=asks[0], until=timezone.localdate(), by=cast["hyndburn"])
    assert reads(cast["hub"], first)


def test_merged_into_a_restricted_family_nobody_comes_along(cast):
    kept = make_family("hyndburn", reference="S", restricted=True)
    family = satellite_family()
    ask = taken(cast, family)
    linked(cast, family)
    merge_families(kept=kept, merged=family, reason="One family", by=cast["governance"])
    for each in (kept, family):
        assert not reads(cast["hub"], each)
        assert not supports(cast["peer"], each)
    ask.refresh_from_db()
    assert ask.family == kept
    assert not HubAsk.objects.asked_of(scope_of(cast["hub"])).exists()


def test_an_adoption_that_seals_the_family_seals_what_stands_beside_it(cast):
    family = satellite_family()
    ask, link = taken(cast, family), linked(cast, family)
    joint = begun(family, cast["hyndburn"], who="Sure Start")
    record_adoption(
        infant=family.infants.get(), adopted_on=timezone.localdate(), given_name="New", family_name="Name",
        site=family.site, by=cast["governance"],
    )  # fmt: skip
    for row in (ask, link, joint):
        row.refresh_from_db()
        assert row.sealed_at
    assert not reads(cast["hub"], family)
    assert not supports(cast["peer"], family)
    for model in (HubAsk, PeerSupport, JointWork):
        assert not model.objects.visible_to(scope_of(cast["hyndburn"])).exists()
    assert not HubAsk.objects.asked_of(scope_of(cast["hub"])).exists()
    assert not PeerSupport.objects.supported_by(scope_of(cast["peer"])).exists()
