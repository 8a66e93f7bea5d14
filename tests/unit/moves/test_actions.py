"""A move brings open work along, and called back it leaves every row as it was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interventions.episodes.actions import end_episode
from interventions.episodes.models import Episode
from pairs.families.actions import link_to_family, raise_risk_alert
from pairs.families.models import Address, FamilyGrant, FamilyMove, RiskAlert
from pairs.geography.models import Area, Postcode
from pairs.service.refusals import Refused
from referrals.models import Referral
from reporting.desk.models import DueDecision
from reporting.desk.moves.actions import (
    accept_move,
    call_back_move,
    decline_move,
    offer_move,
    withdraw_move,
)
from reporting.desk.moves.open_work import elsewhere
from tests.unit.episodes.work import accepted, make_episode
from tests.unit.families.people import make_family
from tests.unit.moves.moving import FROM, TO, offered, reads, site, taken_on, working_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast):
    return working_family(cast)


def refused(act, **what):
    with pytest.raises(Refused) as why:
        act(**what)
    return set(why.value.errors)


# ---------------------------------------------------------------- who reads when


def test_both_read_while_it_is_offered_and_only_the_holder_once_it_is_not(cast, family):
    here, there, far = cast["hyndburn"], cast["blackburn"], cast["hub"]
    assert (reads(here, family), reads(there, family)) == (True, False)
    move = offered(cast, family)
    assert (reads(here, family), reads(there, family), reads(far, family)) == (True, True, False)
    withdraw_move(move=move, by=here)
    assert (reads(here, family), reads(there, family)) == (True, False)


def test_both_read_until_the_last_day_of_the_hand_over(cast, family):
    move = taken_on(cast, offered(cast, family), days=0)
    here, there = cast["hyndburn"], cast["blackburn"]
    assert (reads(here, family), reads(there, family)) == (True, True)
    FamilyMove.objects.filter(pk=move.pk).update(hand_over_until=timezone.localdate() - timedelta(days=1))
    assert (reads(here, family), reads(there, family)) == (False, True)


# ---------------------------------------------------------------- what moves


def test_accepting_moves_open_work_and_notes_each_change(cast, family):
    ended = make_ended(cast, family)
    move = taken_on(cast, offered(cast, family))
    family.refresh_from_db()
    assert family.site == site(TO)
    episode = Episode.objects.get(family=family, ended_on=None)
    assert (episode.site, episode.lead) == (site(TO), cast["blackburn"])
    alert = RiskAlert.objects.get(family=family)
    assert (alert.site, alert.lead) == (site(TO), cast["blackburn"])
    moved = Referral.objects.filter(family=family, site=site(TO))
    assert set(moved.values_list("reference", flat=True)) == {"R-T-2", "R-T-3"}
    ended.refresh_from_db()
    assert (ended.site, ended.lead) == (site(FROM), cast["hyndburn"])
    assert ["families.Family", str(family.pk), "site_id", str(site(FROM).pk), str(site(TO).pk)] in move.moved
    assert sorted({label for label, *_ in move.moved}) == [
        "episodes.Episode",
        "families.Family",
        "families.RiskAlert",
        "referrals.Referral",
    ]


def make_ended(cast, family):
    """An episode of the same family that has ended."""
    episode = make_episode(cast["hyndburn"], site=FROM, reference="E", days_ago=90)
    Episode.objects.filter(pk=episode.pk).update(family=family)
    Referral.objects.filter(pk=episode.referral_id).update(family=family)
    episode.refresh_from_db()
    return end_episode(
        episode=episode,
        ended_on=episode.opened_on,
        reason="02",
        summary="x",
        held_next_by="x",
        by=cast["hyndburn"],
    )


def test_whoever_writes_there_opens_the_episode_that_was_asked_for(cast, family, client):
    taken_on(cast, offered(cast, family))
    waiting = Referral.objects.get(reference="R-T-2")
    from django.urls import reverse

    address = reverse("open-episode", args=[waiting.pk])
    client.force_login(cast["blackburn"])
    assert client.get(address).status_code == 200
    client.force_login(cast["hyndburn"])
    assert client.get(address).status_code == 403


def test_what_was_handed_to_somebody_who_stays_behind_is_the_new_leads(cast, family):
    about = family.infants.get()
    shared = {"code": "nhs_number_trace", "family_id": family.pk, "why": "x", "decided_by": cast["duty"]}
    for user in ("hyndburn", "supervisor"):
        DueDecision.objects.create(subject_id=about.pk, handed_to=cast[user], **shared)
    taken_on(cast, offered(cast, family))
    decisions = DueDecision.objects.order_by("decided_at").values_list("handed_to__username", flat=True)
    assert list(decisions) == ["blackburn", "supervisor"]  # the supervisor works at both


def test_the_place_follows_the_main_carers_postcode(cast, family, darwen):
    before = family.place
    Address.objects.filter(family=family).update(postcode="ZQ9 9ZZ")
    move = taken_on(cast, offered(cast, family))
    family.refresh_from_db()
    assert family.place.code == darwen
    call_back_move(move=move, why="Wrong family", by=cast["duty"])
    family.refresh_from_db()
    assert family.place == before


@pytest.fixture
def darwen():
    """A postcode of Blackburn with Darwen in the made-up directory."""
    from pairs.service.models import Place

    place = Place.objects.get(code="blackburn-with-darwen")
    Area.objects.create(
        lsoa_code="E01099998",
        imd_version=2025,
        imd_rank=1,
        imd_decile=1,
        imd_score=1,
        lsoa_name="Blackburn with Darwen 001A",
        lad_code=place.lad_code,
    )
    Postcode.objects.create(postcode="ZQ9 9ZZ", lsoa_code="E01099998", lad_code=place.lad_code)
    return place.code


@pytest.mark.parametrize("kind", ["refuge", "home"])
def test_an_address_in_a_refuge_says_nothing_of_the_place(cast, family, darwen, kind):
    Address.objects.filter(family=family).update(postcode="ZQ9 9ZZ", kind=kind)
    taken_on(cast, offered(cast, family))
    family.refresh_from_db()
    assert (family.place.code == darwen) is (kind == "home")


# ---------------------------------------------------------------- called back


def everything(family):
    """Every row that could have moved, as it stands."""
    rows = [
        [family.__class__.objects.get(pk=family.pk)],
        Episode.objects.filter(family=family).order_by("pk"),
        Referral.objects.filter(family=family).order_by("pk"),
        RiskAlert.objects.filter(family=family).order_by("pk"),
        DueDecision.objects.filter(family_id=family.pk).order_by("pk"),
    ]
    kept = [[(row.pk, row.__dict__) for row in each] for each in rows]
    return [[{k: v for k, v in state.items() if k != "_state"} for _, state in each] for each in kept]


def test_called_back_every_row_is_as_it_was(cast, family):
    before = everything(family)
    move = taken_on(cast, offered(cast, family))
    assert everything(family) != before
    call_back_move(move=move, why="It was the neighbour", by=cast["hyndburn"])
    assert everything(family) == before
    move.refresh_from_db()
    assert (move.status, move.answer, move.called_back_by) == (
        "called_back",
        "It was the neighbour",
        cast["hyndburn"],
    )
    assert not reads(cast["blackburn"], family)


def test_what_came_later_stays_and_is_listed(cast, family):
    move = taken_on(cast, offered(cast, family))
    episode = Episode.objects.get(family=family)
    Episode.objects.filter(pk=episode.pk).update(lead=cast["supervisor"])
    family.refresh_from_db()
    later = accepted(family, reference="R-T-9")
    call_back_move(move=move, why="Wrong", by=cast["supervisor"])
    family.refresh_from_db()
    episode.refresh_from_db()
    assert (episode.site, episode.lead) == (site(FROM), cast["supervisor"])
    assert elsewhere(family) == [later]


def test_an_alert_raised_there_since_is_never_left_behind(cast, family):
    move = taken_on(cast, offered(cast, family))
    alert = raise_risk_alert(
        site=site(TO), family=family, what="Worse", by=cast["blackburn"], lead=cast["blackburn"]
    )
    call_back_move(move=move, why="Wrong", by=cast["duty"])
    alert.refresh_from_db()
    assert (alert.site, alert.lead) == (site(FROM), None)


def test_only_the_newest_move_is_called_back(cast, family):
    first = taken_on(cast, offered(cast, family))
    family.refresh_from_db()
    offer_move(family=family, to_site=site("blackpool"), reason="On to the coast", by=cast["blackburn"])
    assert refused(call_back_move, move=first, why="Wrong", by=cast["duty"]) == {""}


# ---------------------------------------------------------------- refused, and nothing is written


def test_a_family_is_offered_to_one_open_site_at_a_time(cast, family):
    assert refused(offer_move, family=family, to_site=site(FROM), reason="x", by=cast["hyndburn"]) == {
        "to_site"
    }
    planned = site(TO).__class__.objects.filter(opens_on=None).first()
    assert refused(offer_move, family=family, to_site=planned, reason="x", by=cast["hyndburn"]) == {"to_site"}
    offered(cast, family)
    assert refused(offer_move, family=family, to_site=site("blackpool"), reason="x", by=cast["hyndburn"]) == {
        ""
    }


def test_a_lead_writes_records_there_and_the_hand_over_ends(cast, family):
    move, before = offered(cast, family), everything(family)
    today = timezone.localdate()
    for lead, until, field in (
        ("hyndburn", today, "lead"),
        ("duty", today, "lead"),
        ("blackburn", today - timedelta(days=1), "hand_over_until"),
        ("blackburn", today + timedelta(days=400), "hand_over_until"),
    ):
        what = {"lead": cast[lead], "hand_over_until": until, "by": cast["duty"]}
        assert refused(accept_move, move=move, **what) == {field}
    assert everything(family) == before


def test_of_two_answers_the_first_counts(cast, family):
    move = offered(cast, family)
    decline_move(move=move, why="We are full", by=cast["duty"])
    assert refused(withdraw_move, move=move, by=cast["hyndburn"]) == {""}
    until = timezone.localdate()
    what = {"lead": cast["blackburn"], "hand_over_until": until, "by": cast["duty"]}
    assert refused(accept_move, move=move, **what) == {""}
    assert refused(call_back_move, move=move, why="x", by=cast["duty"]) == {""}
    family.refresh_from_db()
    assert family.site == site(FROM)


def test_who_says_no_says_why(cast, family):
    move = offered(cast, family)
    assert refused(decline_move, move=move, why=" ", by=cast["duty"]) == {"why"}


# ---------------------------------------------------------------- restricted families, grants


def test_a_restricted_family_is_offered_once_somebody_there_is_let_in(cast):
    family = working_family(cast, restricted=True)
    assert refused(offer_move, family=family, to_site=site(TO), reason="x", by=cast["hyndburn"]) == {
        "to_site"
    }
    care = {"purpose": "care", "reason": "Lets them answer", "by": cast["governance"]}
    link_to_family(family=family, user=cast["duty"], **care)
    link_to_family(family=family, user=cast["hyndburn"], **care)
    link_to_family(
        family=family, user=cast["peer"], purpose="peer_support", reason="x", by=cast["governance"]
    )
    move = offered(cast, family)
    assert not reads(cast["blackburn"], family), "an offer opens no restricted family to a whole site"
    taken_on(cast, move, days=3)
    family.refresh_from_db()
    assert family.restricted
    assert reads(cast["blackburn"], family), "the new lead has a grant"
    assert not reads(cast["supervisor"], family)
    last_day = timezone.localtime(FamilyGrant.objects.get(user=cast["hyndburn"]).expires_at).date()
    assert last_day == timezone.localdate() + timedelta(days=4), "the old lead's ends with the hand-over"
    assert FamilyGrant.objects.live().filter(user=cast["peer"]).get().expires_at is None
    call_back_move(move=move, why="Wrong", by=cast["duty"])
    assert not reads(cast["blackburn"], family)
    assert FamilyGrant.objects.get(user=cast["hyndburn"]).expires_at is None


# ---------------------------------------------------------------- who hears


def to(mailoutbox):
    """Who has been told since it was asked last."""
    people = [mail.to for mail in mailoutbox]
    mailoutbox.clear()
    return sorted(address.partition("@")[0] for each in people for address in each)


def test_people_hear_by_a_link_and_nothing_else(cast, family, mailoutbox):
    mailoutbox.clear()
    move = offered(cast, family)
    assert all(f"/moves/{move.pk}/" in mail.body for mail in mailoutbox)
    said = " ".join(mail.subject + mail.body for mail in mailoutbox)
    infant = family.infants.get()
    assert not [word for word in (infant.given_name, infant.reference, move.reason, "Cora") if word in said]
    assert to(mailoutbox) == ["duty", "supervisor"]
    taken_on(cast, move)
    assert to(mailoutbox) == ["blackburn", "hyndburn"]
    call_back_move(move=move, why="Wrong", by=cast["hyndburn"])
    assert to(mailoutbox) == ["blackburn", "duty"]


def test_a_declined_or_withdrawn_offer_is_told_too(cast, mailoutbox):
    first, second = offered(cast, working_family(cast)), offered(cast, make_family(FROM, reference="W"))
    mailoutbox.clear()
    decline_move(move=first, why="We are full", by=cast["duty"])
    assert to(mailoutbox) == ["hyndburn"]
    withdraw_move(move=second, by=cast["hyndburn"])
    assert to(mailoutbox) == ["duty", "supervisor"]
