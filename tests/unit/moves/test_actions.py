"""A move brings open work along, and called back it leaves every row as it was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interventions.episodes.actions import end_episode
from interventions.episodes.models import Episode
from pairs.families.actions import grant_family_access, raise_risk_alert
from pairs.families.models import Address, FamilyGrant, FamilyMove, RiskAlert
from pairs.geography.models import Area, Postcode
from pairs.service.refusals import ActionRefused
from referrals.models import Referral
from reporting.dashboards.models import DueDecision
from reporting.dashboards.moves.actions import (
    accept_move,
    call_back_move,
    decline_move,
    offer_move,
    withdraw_move,
)
from reporting.dashboards.moves.outstanding_work import list_work_at_other_sites
from tests.unit.episodes.factories import make_accepted_referral, make_episode
from tests.unit.families.factories import make_family
from tests.unit.moves.factories import (
    FROM_SITE,
    TO_SITE,
    can_read_family,
    get_site,
    make_accepted_move,
    make_offered_move,
    make_working_family,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast):
    return make_working_family(cast)


def get_refused_fields(act, **what):
    with pytest.raises(ActionRefused) as why:
        act(**what)
    return set(why.value.errors)


# ---------------------------------------------------------------- who reads when


def test_both_read_while_it_is_offered_and_only_the_holder_once_it_is_not(cast, family):
    here, there, far = cast["hyndburn"], cast["blackburn"], cast["hub"]
    assert (can_read_family(here, family), can_read_family(there, family)) == (True, False)
    move = make_offered_move(cast, family)
    assert (can_read_family(here, family), can_read_family(there, family), can_read_family(far, family)) == (
        True,
        True,
        False,
    )
    withdraw_move(move=move, by=here)
    assert (can_read_family(here, family), can_read_family(there, family)) == (True, False)


def test_both_read_until_the_last_day_of_the_hand_over(cast, family):
    move = make_accepted_move(cast, make_offered_move(cast, family), days=0)
    here, there = cast["hyndburn"], cast["blackburn"]
    assert (can_read_family(here, family), can_read_family(there, family)) == (True, True)
    FamilyMove.objects.filter(pk=move.pk).update(hand_over_until=timezone.localdate() - timedelta(days=1))
    assert (can_read_family(here, family), can_read_family(there, family)) == (False, True)


# ---------------------------------------------------------------- what moves


def test_accepting_moves_open_work_and_notes_each_change(cast, family):
    ended = make_ended(cast, family)
    move = make_accepted_move(cast, make_offered_move(cast, family))
    family.refresh_from_db()
    assert family.site == get_site(TO_SITE)
    episode = Episode.objects.get(family=family, ended_on=None)
    assert (episode.site, episode.lead) == (get_site(TO_SITE), cast["blackburn"])
    alert = RiskAlert.objects.get(family=family)
    assert (alert.site, alert.lead) == (get_site(TO_SITE), cast["blackburn"])
    moved = Referral.objects.filter(family=family, site=get_site(TO_SITE))
    assert set(moved.values_list("reference", flat=True)) == {"R-T-2", "R-T-3"}
    ended.refresh_from_db()
    assert (ended.site, ended.lead) == (get_site(FROM_SITE), cast["hyndburn"])
    assert [
        "families.Family",
        str(family.pk),
        "site_id",
        str(get_site(FROM_SITE).pk),
        str(get_site(TO_SITE).pk),
    ] in move.moved
    assert sorted({label for label, *_ in move.moved}) == [
        "episodes.Episode",
        "families.Family",
        "families.RiskAlert",
        "referrals.Referral",
    ]


def make_ended(cast, family):
    """An episode of the same family that has ended."""
    episode = make_episode(cast["hyndburn"], site=FROM_SITE, reference="E", days_ago=90)
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
    make_accepted_move(cast, make_offered_move(cast, family))
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
    make_accepted_move(cast, make_offered_move(cast, family))
    decisions = DueDecision.objects.order_by("decided_at").values_list("handed_to__username", flat=True)
    assert list(decisions) == ["blackburn", "supervisor"]  # the supervisor works at both


def test_the_place_follows_the_main_carers_postcode(cast, family, darwen_postcode):
    before = family.place
    Address.objects.filter(family=family).update(postcode="ZQ9 9ZZ")
    move = make_accepted_move(cast, make_offered_move(cast, family))
    family.refresh_from_db()
    assert family.place.code == darwen_postcode
    call_back_move(move=move, why="Wrong family", by=cast["duty"])
    family.refresh_from_db()
    assert family.place == before


@pytest.fixture
def darwen_postcode():
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
def test_an_address_in_a_refuge_says_nothing_of_the_place(cast, family, darwen_postcode, kind):
    Address.objects.filter(family=family).update(postcode="ZQ9 9ZZ", kind=kind)
    make_accepted_move(cast, make_offered_move(cast, family))
    family.refresh_from_db()
    assert (family.place.code == darwen_postcode) is (kind == "home")


# ---------------------------------------------------------------- called back


def read_movable_rows(family):
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
    before = read_movable_rows(family)
    move = make_accepted_move(cast, make_offered_move(cast, family))
    assert read_movable_rows(family) != before
    call_back_move(move=move, why="It was the neighbour", by=cast["hyndburn"])
    assert read_movable_rows(family) == before
    move.refresh_from_db()
    assert (move.status, move.answer, move.called_back_by) == (
        "called_back",
        "It was the neighbour",
        cast["hyndburn"],
    )
    assert not can_read_family(cast["blackburn"], family)


def test_what_came_later_stays_and_is_listed(cast, family):
    move = make_accepted_move(cast, make_offered_move(cast, family))
    episode = Episode.objects.get(family=family)
    Episode.objects.filter(pk=episode.pk).update(lead=cast["supervisor"])
    family.refresh_from_db()
    later = make_accepted_referral(family, reference="R-T-9")
    call_back_move(move=move, why="Wrong", by=cast["supervisor"])
    family.refresh_from_db()
    episode.refresh_from_db()
    assert (episode.site, episode.lead) == (get_site(FROM_SITE), cast["supervisor"])
    assert list_work_at_other_sites(family) == [later]


def test_an_alert_raised_since_moves_back_too(cast, family):
    move = make_accepted_move(cast, make_offered_move(cast, family))
    alert = raise_risk_alert(
        site=get_site(TO_SITE), family=family, what="Worse", by=cast["blackburn"], lead=cast["blackburn"]
    )
    call_back_move(move=move, why="Wrong", by=cast["duty"])
    alert.refresh_from_db()
    assert (alert.site, alert.lead) == (get_site(FROM_SITE), None)


def test_only_the_newest_move_is_called_back(cast, family):
    first = make_accepted_move(cast, make_offered_move(cast, family))
    family.refresh_from_db()
    offer_move(family=family, to_site=get_site("blackpool"), reason="On to the coast", by=cast["blackburn"])
    assert get_refused_fields(call_back_move, move=first, why="Wrong", by=cast["duty"]) == {""}


# ---------------------------------------------------------------- refused, and nothing is written


def test_a_family_is_offered_to_one_open_site_at_a_time(cast, family):
    assert get_refused_fields(
        offer_move, family=family, to_site=get_site(FROM_SITE), reason="x", by=cast["hyndburn"]
    ) == {"to_site"}
    planned = get_site(TO_SITE).__class__.objects.filter(opens_on=None).first()
    assert get_refused_fields(
        offer_move, family=family, to_site=planned, reason="x", by=cast["hyndburn"]
    ) == {"to_site"}
    make_offered_move(cast, family)
    assert get_refused_fields(
        offer_move, family=family, to_site=get_site("blackpool"), reason="x", by=cast["hyndburn"]
    ) == {""}


def test_a_lead_writes_records_there_and_the_hand_over_ends(cast, family):
    move, before = make_offered_move(cast, family), read_movable_rows(family)
    today = timezone.localdate()
    for lead, until, field in (
        ("hyndburn", today, "lead"),
        ("duty", today, "lead"),
        ("blackburn", today - timedelta(days=1), "hand_over_until"),
        ("blackburn", today + timedelta(days=400), "hand_over_until"),
    ):
        what = {"lead": cast[lead], "hand_over_until": until, "by": cast["duty"]}
        assert get_refused_fields(accept_move, move=move, **what) == {field}
    assert read_movable_rows(family) == before


def test_of_two_answers_the_first_counts(cast, family):
    move = make_offered_move(cast, family)
    decline_move(move=move, why="We are full", by=cast["duty"])
    assert get_refused_fields(withdraw_move, move=move, by=cast["hyndburn"]) == {""}
    until = timezone.localdate()
    what = {"lead": cast["blackburn"], "hand_over_until": until, "by": cast["duty"]}
    assert get_refused_fields(accept_move, move=move, **what) == {""}
    assert get_refused_fields(call_back_move, move=move, why="x", by=cast["duty"]) == {""}
    family.refresh_from_db()
    assert family.site == get_site(FROM_SITE)


def test_who_says_no_says_why(cast, family):
    move = make_offered_move(cast, family)
    assert get_refused_fields(decline_move, move=move, why=" ", by=cast["duty"]) == {"why"}


# ---------------------------------------------------------------- restricted families, grants


def test_a_restricted_family_is_offered_once_somebody_there_has_access(cast):
    family = make_working_family(cast, restricted=True)
    assert get_refused_fields(
        offer_move, family=family, to_site=get_site(TO_SITE), reason="x", by=cast["hyndburn"]
    ) == {"to_site"}
    care = {"purpose": "care", "reason": "Lets them answer", "by": cast["governance"]}
    grant_family_access(family=family, user=cast["duty"], **care)
    grant_family_access(family=family, user=cast["hyndburn"], **care)
    grant_family_access(
        family=family, user=cast["peer"], purpose="peer_support", reason="x", by=cast["governance"]
    )
    move = make_offered_move(cast, family)
    assert not can_read_family(cast["blackburn"], family), (
        "an offer opens no restricted family to a whole site"
    )
    make_accepted_move(cast, move, days=3)
    family.refresh_from_db()
    assert family.restricted
    assert can_read_family(cast["blackburn"], family), "the new lead has a grant"
    assert not can_read_family(cast["supervisor"], family)
    last_day = timezone.localtime(FamilyGrant.objects.get(user=cast["hyndburn"]).expires_at).date()
    assert last_day == timezone.localdate() + timedelta(days=4), "the old lead's ends with the hand-over"
    assert FamilyGrant.objects.live().filter(user=cast["peer"]).get().expires_at is None
    call_back_move(move=move, why="Wrong", by=cast["duty"])
    assert not can_read_family(cast["blackburn"], family)
    assert FamilyGrant.objects.get(user=cast["hyndburn"]).expires_at is None


# ---------------------------------------------------------------- who is notified


def list_new_recipients(mailoutbox):
    """Who has been notified since the last call."""
    people = [mail.to for mail in mailoutbox]
    mailoutbox.clear()
    return sorted(address.partition("@")[0] for each in people for address in each)


def test_people_are_notified_by_a_link_and_nothing_else(cast, family, mailoutbox):
    mailoutbox.clear()
    move = make_offered_move(cast, family)
    assert all(f"/moves/{move.pk}/" in mail.body for mail in mailoutbox)
    said = " ".join(mail.subject + mail.body for mail in mailoutbox)
    infant = family.infants.get()
    assert not [word for word in (infant.given_name, infant.reference, move.reason, "Cora") if word in said]
    assert list_new_recipients(mailoutbox) == ["duty", "supervisor"]
    make_accepted_move(cast, move)
    assert list_new_recipients(mailoutbox) == ["blackburn", "hyndburn"]
    call_back_move(move=move, why="Wrong", by=cast["hyndburn"])
    assert list_new_recipients(mailoutbox) == ["blackburn", "duty"]


def test_a_declined_or_withdrawn_offer_is_notified_too(cast, mailoutbox):
    first, second = (
        make_offered_move(cast, make_working_family(cast)),
        make_offered_move(cast, make_family(FROM_SITE, reference="W")),
    )
    mailoutbox.clear()
    decline_move(move=first, why="We are full", by=cast["duty"])
    assert list_new_recipients(mailoutbox) == ["hyndburn"]
    withdraw_move(move=second, by=cast["hyndburn"])
    assert list_new_recipients(mailoutbox) == ["duty", "supervisor"]
