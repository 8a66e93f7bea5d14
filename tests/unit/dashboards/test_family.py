"""The family page: everybody and everything on it, for whom which links, and twelve queries at most."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import set_goal
from interventions.supervision.models import CaseDecision, SupervisionNote, SupervisionSession
from outcomes.models import GoalRating
from pairs.access.scope import load_scope
from pairs.families.actions import grant_family_access, raise_risk_alert
from pairs.families.models import Caregiver, Caution, Dyad, Infant
from pairs.matching.actions import merge_people
from pairs.service.roles import GrantPurpose
from reporting.dashboards.links import FAMILY_PAGES, build_family_links
from tests.unit.episodes.factories import make_accepted_referral, make_contact, make_episode
from tests.unit.families.factories import make_family
from tests.unit.matching.factories import make_family_twice
from tests.unit.safeguarding.factories import make_status

pytestmark = pytest.mark.django_db
MAX_QUERIES = 12


@pytest.fixture
def open_family_page(client):
    def get_family_page(family, tab="family"):
        answer = client.get(reverse(tab, args=[family.pk]))
        assert answer.status_code == 200
        return answer.content.decode()

    return get_family_page


def rate_goal_with(goal, *scores):
    carer = goal.dyad.caregiver
    for number, score in enumerate(scores):
        on = timezone.localdate() - timedelta(days=30 - number)
        about = {"timepoint": "start", "rater": carer, "recorded_by": goal.episode.lead}
        GoalRating.objects.create(goal=goal, score=score, rated_on=on, **about)


def test_the_work_the_change_and_the_contacts_are_on_it(me, open_family_page):
    episode = make_episode(me, days_ago=40)
    goal = set_goal(episode=episode, dyad=episode.focus.get(), words="Bath time is fun", by=me)
    rate_goal_with(goal, 2, 6)
    make_contact(episode, me, days_ago=3)
    text = open_family_page(episode.family)
    for words in (
        "Bath time is fun",
        "2 to 6: closer",
        "Nothing is booked",
        "Baby1: attended; Cora Carer: attended",
        "Video Interaction Guidance",
        "Lead: Bilal Blackburn",
        reverse("dyad", args=[goal.dyad_id]),
        reverse("new-contact", args=[episode.pk]),
    ):
        assert words in text


def test_who_is_who_says_what_is_known_and_what_was_never_asked(me, open_family_page):
    family = make_family(infants=2)
    Caregiver.objects.update(
        birth_date=timezone.localdate() - timedelta(days=16 * 365),
        may_call=True,
        may_post=False,
        language="Urdu",
        needs_interpreter=True,
    )
    Dyad.objects.update(lives_with=False, parental_responsibility="yes", restrictions="Supervised only")
    text = open_family_page(family, "family-people")
    for words in (
        "Under 18, legally a child",
        "Call. Never post. Ask before you text or e-mail. Leave no message.",
        "Urdu, with an interpreter",
        "Mother, main carer, lives apart, has parental responsibility",
        "Supervised only",
        "Not known",
    ):
        assert words in text


def test_before_birth_the_carrying_parents_record_stands_for_the_baby(me, open_family_page):
    family = make_family(born=None)
    Caregiver.objects.update(ethnicity="A")
    text = open_family_page(family, "family-people")
    assert "that of Cora Carer, until the baby is born" in text
    assert "Due" in text


def test_a_loss_is_said_gently_and_asks_for_nothing(me, open_family_page):
    family = make_family(born=None)
    family.infants.update(loss="stillbirth", lost_on=timezone.localdate())
    text = open_family_page(family, "family-people")
    assert "Stillbirth" in text
    assert "Messages and bookings about this baby have stopped" in text
    assert reverse("birth", args=[family.infants.get().pk]) not in text
    assert "Baby not yet named</a></h2" in text


def test_alerts_decisions_and_who_else_reaches_it(me, cast, open_family_page):
    family = make_family()
    raise_risk_alert(site=family.site, family=family, what="Frightened on Monday", by=me)
    apart = {"kept_from_name": "Uncle Example", "what": "Not in one room", "since": timezone.localdate()}
    Caution.objects.create(family=family, kind="keep_apart", **apart)
    held = {"site": family.site, "supervisor": cast["supervisor"], "supervisee": me}
    session = SupervisionSession.objects.create(held_on=timezone.localdate(), **held)
    SupervisionNote.objects.create(session=session, text="Between us")
    CaseDecision.objects.create(session=session, family=family, decision="Visit on Fridays", owner=me)
    peer = {"user": cast["peer"], "purpose": GrantPurpose.PEER_SUPPORT, "reason": "Requested"}
    grant_family_access(family=family, by=me, **peer)
    text = open_family_page(family)
    peer_name = cast["peer"].display_name
    for words in ("Frightened on Monday", "Review alert", "Not in one room", "Visit on Fridays"):
        assert words in text
    assert "Between us" not in text
    assert f"{peer_name}, peer support" in open_family_page(family, "family-people")


def test_a_baby_who_is_here_through_a_dyad_is_shown(me, open_family_page):
    """A foster carer's family and the birth parent's: the baby belongs to the one and is cared for in the other."""
    birth, foster = make_family(reference="A"), make_family(reference="B")
    carer = foster.caregivers.get()
    foster.dyads.all().delete()
    infant = birth.infants.get()
    Dyad.objects.create(family=foster, infant=infant, caregiver=carer, relationship="foster_carer")
    assert "Foster carer" in open_family_page(foster, "family-people")
    assert infant.name in open_family_page(foster)


def test_missing_details_are_listed_with_a_link_to_correct_them(me, open_family_page):
    text = open_family_page(make_family())
    assert "Ethnicity not recorded" in text
    assert "Postcode not matched" in text


def list_link_texts(groups):
    return {each["text"] for _, links in groups for each in links}


def test_links_are_for_those_whom_their_pages_let_in(cast):
    family = make_family()
    mine = list_link_texts(build_family_links(load_scope(cast["blackburn"]), family))
    theirs = list_link_texts(build_family_links(load_scope(cast["governance"]), family))
    every = {text for pages in FAMILY_PAGES.values() for text, _ in pages}
    assert {"Letters", "Raise a risk alert", "Write a letter", "Record a pregnancy"} <= mine <= every
    assert "Letters" in theirs
    assert "Raise a risk alert" not in theirs
    assert build_family_links(load_scope(cast["hyndburn"]), family) == []


def test_each_persons_pages_and_one_birth_for_a_pregnancy(me, open_family_page):
    family = make_family(infants=2, born=None)
    family.infants.update(pregnancy=family.infants.first().pregnancy)
    text = open_family_page(family, "family-people")
    births = [reverse("birth", args=[infant.pk]) in text for infant in family.infants.all()]
    assert sorted(births) == [False, True]
    for name in ("infant", "village-map", "infant-duplicates"):
        assert all(reverse(name, args=[infant.pk]) in text for infant in family.infants.all())
    carer = family.caregivers.get()
    for name in ("caregiver", "caregiver-duplicates"):
        assert reverse(name, args=[carer.pk]) in text


def test_a_carer_without_a_relationship_is_there(me, open_family_page):
    family = make_family()
    alone = Caregiver.objects.create(family=family, given_name="Ada", family_name="Alone")
    assert "Ada Alone" in open_family_page(family)
    text = open_family_page(family, "family-people")
    for words in ("Ada Alone", "No relationship to a baby is recorded", reverse("new-dyad", args=[alone.pk])):
        assert words in text


def test_a_merged_family_redirects_to_the_one_it_became(cast, client, me):
    first, second = make_family_twice()
    merge_people(
        kept=first.infants.get(),
        merged=second.infants.get(),
        choices={},
        reason="One",
        families_too=True,
        by=me,
    )
    address = reverse("family", args=[second.pk])
    assert client.get(address).url == reverse("family", args=[first.pk])
    client.force_login(cast["hyndburn"])
    assert client.get(address).status_code == 404


def test_a_referral_that_waits_offers_the_episode(me, open_family_page):
    family = make_family()
    referral = make_accepted_referral(family)
    assert reverse("open-episode", args=[referral.pk]) in open_family_page(family)
    assert "no episode is open" in open_family_page(family)


def count_family_page_queries(client, family):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse("family", args=[family.pk])).status_code == 200
    return len(seen)


def test_twelve_queries_whatever_the_familys_size(me, client, open_family_page):
    """With its session, its scope and its line in the access log; eight people and thirty contacts like one."""
    small, large = make_family(reference="S"), make_episode(me, reference="L", infants=5, days_ago=60)
    open_family_page(small)  # the first page of a session writes when it was last seen
    family = large.family
    for number in range(3):
        carer = Caregiver.objects.create(family=family, given_name=f"Carer{number}")
        Dyad.objects.create(
            family=family, infant=family.infants.first(), caregiver=carer, relationship="other"
        )
    assert Infant.objects.filter(family=family).count() + family.caregivers.count() == 9
    at_one_contact = make_contact(large, me, days_ago=40) and count_family_page_queries(client, family)
    for number in range(30):
        make_contact(large, me, days_ago=1 + number)
    goals = [set_goal(episode=large, dyad=dyad, words="x", by=me) for dyad in family.dyads.all()[:3]]
    for goal in goals:
        rate_goal_with(goal, 1, 5, 9)
    raise_risk_alert(site=family.site, family=family, what="x", by=me)
    make_status(family, me)
    for reference in ("X", "Y"):  # babies whose own record another family holds
        elsewhere = make_family(reference=reference).infants.get()
        Dyad.objects.create(family=family, infant=elsewhere, caregiver=carer, relationship="foster_carer")
    assert count_family_page_queries(client, family) == at_one_contact <= MAX_QUERIES
    assert count_family_page_queries(client, small) <= MAX_QUERIES
