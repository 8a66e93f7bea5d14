"""A carer's own help: referred, accepted without making anybody anew, and an episode that is theirs."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import open_episode, record_care_contact
from interventions.episodes.models import NotePart
from pairs.access.scope import load_scope
from pairs.families.models import Caregiver, Family
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from referrals.actions import decide_referral
from referrals.actions.carer_referral import refer_caregiver
from referrals.models import Referral
from tests.app_due_items import make_due_items
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import REPLIES

list_episode_items = make_due_items("interventions.episodes")
OWN_HELP_DATA = {
    "asked_by": "carer",
    "permission": "parent_agrees",
    "permission_reason": "",
    "noticed": "The birth is still on her mind",
    "parent_says": "I dream of it",
    "hopes": "",
}
ACCEPTED_DATA = {
    "response": "direct",
    "thrive": "help",
    "thrive_reason": "Agreed on the phone",
    "replies": REPLIES,
}


@pytest.fixture
def carer(db):
    return make_family().caregivers.get()


@pytest.fixture
def referral(cast, carer):
    return refer_caregiver(caregiver=carer, by=cast["blackburn"], **OWN_HELP_DATA)


@pytest.fixture
def episode(cast, referral):
    decide_referral(referral=referral, by=cast["supervisor"], **ACCEPTED_DATA)
    return open_episode(
        referral=referral, lead=cast["blackburn"], focus=[], interventions=[], thrive="help",
        opened_on=timezone.localdate(), by=cast["blackburn"],
    )  # fmt: skip


def test_it_is_their_own_at_the_site_that_holds_the_family(carer, referral):
    assert (referral.patient, referral.family, referral.site) == (carer, carer.family, carer.family.site)
    assert (referral.entry_point, referral.source_code, referral.status) == ("phone", "B1", "received")
    assert not referral.infants.exists()


def test_a_district_that_nobody_recorded_stays_unknown(cast, carer):
    """The site's own district stands in; not the first by the alphabet that its site covers."""
    carer.family.change(place=None)
    made = refer_caregiver(caregiver=carer, by=cast["blackburn"], **OWN_HELP_DATA)
    assert (made.place.code, made.place_assumed) == (carer.family.site.code, True)
    decide_referral(referral=made, by=cast["supervisor"], **ACCEPTED_DATA)
    carer.family.refresh_from_db()
    assert carer.family.place is None


@pytest.mark.parametrize("asked_by", ["carer", "staff"])
def test_who_asked_says_the_source(cast, carer, asked_by):
    made = refer_caregiver(caregiver=carer, by=cast["blackburn"], **OWN_HELP_DATA | {"asked_by": asked_by})
    assert (made.source_code == "B1") is (asked_by == "carer")


def test_one_at_a_time_and_nobody_who_has_died(cast, carer, referral):
    with pytest.raises(ActionRefused, match="already waiting for a decision"):
        refer_caregiver(caregiver=carer, by=cast["blackburn"], **OWN_HELP_DATA)
    carer.died_on = timezone.localdate()
    with pytest.raises(ActionRefused, match="died"):
        refer_caregiver(caregiver=carer, by=cast["blackburn"], **OWN_HELP_DATA)


def test_accepting_it_makes_nobody_anew(cast, carer, referral):
    before = Family.objects.count(), Caregiver.objects.count()
    decide_referral(referral=referral, by=cast["supervisor"], **ACCEPTED_DATA)
    referral.refresh_from_db()
    assert (referral.status, referral.family) == ("accepted", carer.family)
    assert (Family.objects.count(), Caregiver.objects.count()) == before


def test_it_is_accepted_where_the_family_is_held(cast, referral):
    elsewhere = Site.objects.get(code="hyndburn")
    with pytest.raises(ActionRefused) as refused:
        decide_referral(referral=referral, by=cast["supervisor"], site=elsewhere, **ACCEPTED_DATA)
    assert "already with Blackburn with Darwen" in refused.value.errors["site"]


def test_its_episode_is_theirs_and_so_are_its_notes(cast, carer, episode):
    contact = record_care_contact(
        episode=episode, starts_at=timezone.now(), minutes=50, mechanism="02", location="A01",
        participants=[(carer, "attended")], interventions=[], notes={"happened": "We talked"}, subjects={},
        by=cast["blackburn"], sign=False,
    )  # fmt: skip
    note = NotePart.objects.get(care_contact=contact)
    assert (note.subject, note.caregiver) == ("caregiver", carer)


def list_due_titles(cast):
    items = list_episode_items(load_scope(cast["blackburn"]), timezone.localdate())
    return {item.title: item.why for item in items}


def test_its_plan_is_reviewed_while_they_live(cast, carer, episode):
    episode.change(review_on=timezone.localdate())
    assert "Review the plan" in list_due_titles(cast)
    carer.change(died_on=timezone.localdate())
    assert "Review the plan" not in list_due_titles(cast)


def test_after_their_death_nobody_is_told_to_see_them_for_the_first_time(cast, carer, referral):
    decide_referral(referral=referral, by=cast["supervisor"], **ACCEPTED_DATA)
    assert "See the family for the first time" in list_due_titles(cast)
    carer.change(died_on=timezone.localdate())
    due = list_due_titles(cast)
    assert "See the family for the first time" not in due
    assert due["Contact the family"] == "A loss is recorded. Read the record first."


def test_only_their_own_relationships_may_be_in_focus(cast, referral):
    decide_referral(referral=referral, by=cast["supervisor"], **ACCEPTED_DATA)
    other = Caregiver.objects.create(family=referral.family, given_name="Dan")
    dyad = referral.family.dyads.get()
    dyad.pk, dyad.caregiver = None, other
    dyad._state.adding = True
    dyad.save()
    with pytest.raises(ActionRefused) as refused:
        open_episode(
            referral=referral, lead=cast["blackburn"], focus=[dyad], interventions=[], thrive="help",
            opened_on=timezone.localdate(), by=cast["blackburn"],
        )  # fmt: skip
    assert "focus" in refused.value.errors


def test_the_pages_say_whose_record_it_is(cast, carer, client, episode):
    client.force_login(cast["blackburn"])
    page = client.get(reverse("episode", args=[episode.pk])).content.decode()
    assert "Own record of Cora Carer: not to be shared with other carers." in page
    page = client.get(reverse("referral", args=[episode.referral_id])).content.decode()
    assert "Cora Carer themselves" in page


def test_the_page_refers_once_and_says_what_is_missing(cast, carer, client):
    client.force_login(cast["duty"])
    path = reverse("refer-caregiver", args=[carer.pk])
    page = client.post(path, {"asked_by": "carer"}).content.decode()
    assert "Enter why, in a sentence or two" in page
    answer = client.post(path, OWN_HELP_DATA)
    made = Referral.objects.get(patient=carer)
    assert answer.headers["Location"] == reverse("referral", args=[made.pk])
    assert "already waiting for a decision" in client.post(path, OWN_HELP_DATA).content.decode()
    board = client.get(reverse("triage")).content.decode()
    assert "Carer’s own help" in board


def test_an_own_episode_is_opened_on_its_page_without_a_focus(cast, referral, client):
    decide_referral(referral=referral, by=cast["supervisor"], **ACCEPTED_DATA)
    client.force_login(cast["blackburn"])
    posted = {"lead": cast["blackburn"].pk, "opened_on": timezone.localdate().isoformat(), "thrive": "help"}
    answer = client.post(reverse("open-episode", args=[referral.pk]), posted)
    assert answer.status_code == 302


def test_what_is_safe_for_a_carer_goes_with_their_own_referral_however_long(cast, carer):
    carer.change(safe_contact="Text first, never ring. " * 60)
    referral = refer_caregiver(caregiver=carer, by=cast["blackburn"], **OWN_HELP_DATA)
    referral.refresh_from_db()
    assert referral.safe_contact == carer.safe_contact
