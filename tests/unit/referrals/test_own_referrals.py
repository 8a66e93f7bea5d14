"""What whoever referred sees and does: theirs and their team's, as far as the family agreed; nothing clinical."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import open_episode, record_care_contact
from pairs.audit.models import AccessEntry
from pairs.families.models import Address, Caregiver, Infant, RiskAlert
from pairs.service.actions import assign_role
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused
from pairs.village.actions import withdraw_agreement
from pairs.village.models import SharingAgreement
from referrals.actions import decide_referral
from referrals.actions.handover import hand_over_referrals
from referrals.actions.steps import ask_for_more, withdraw_referral
from referrals.models import Referral
from tests.unit.referrals.factories import REPLIES, make_test_referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(cast):
    """Of the same team, and still there."""
    return _create_member(cast, "colleague", "Cleo Colleague")


def _create_member(cast, username, name, active=True):
    user = User.objects.create(username=username, display_name=name, team=cast["healthvisitor"].team)
    user.email, user.is_active = f"{username}@pairs.example", active
    user.save()
    assign_role(user=user, role="referrer", site=Site.objects.hub())
    return user


@pytest.fixture
def open_referral_as(client):
    def get_referral_as(user, referral):
        client.force_login(user)
        answer = client.get(reverse("referral", args=[referral.pk]))
        return answer.content.decode() if answer.status_code == 200 else answer.status_code

    return get_referral_as


def accept_referral_by_duty(referral, cast, lead="blackburn"):
    decide_referral(
        referral=referral, response="direct", by=cast["duty"], thrive="help", thrive_reason="Attentive help",
        replies=REPLIES, lead=cast[lead],
    )  # fmt: skip
    referral.refresh_from_db()
    return referral


def make_agreement(referral, *what):
    return SharingAgreement.objects.create(
        family=referral.family, team=referral.team, what=list(what), recorded_by=referral.lead,
        agreed_by=referral.family.caregivers.first(), agreed_on=timezone.localdate(),
    )  # fmt: skip


def create_clinical_records(referral, cast):
    """Everything clinical that a family's record may hold; and what may never be read out of it."""
    episode = open_episode(
        referral=referral, lead=cast["blackburn"], focus=[referral.family.dyads.first()], interventions=[],
        thrive="help", opened_on=timezone.localdate(), by=cast["blackburn"],
    )  # fmt: skip
    mother = referral.family.caregivers.get(given_name="Mia")
    record_care_contact(
        episode=episode, starts_at=timezone.now(), minutes=50, mechanism="02", location="A01",
        participants=[(mother, "attended")], interventions=[], notes={"happened": "Wept when he turned away"},
        subjects={}, by=cast["blackburn"], sign=True,
    )  # fmt: skip
    RiskAlert.objects.create(
        family=referral.family, site=referral.site, what="Alone with three", raised_by=cast["duty"]
    )
    Infant.objects.filter(family=referral.family).update(given_name="Newname")
    Caregiver.objects.filter(pk=mother.pk).update(phone="01632 960999", safe_contact="Never ring at six")
    Address.objects.filter(caregiver=mother).update(lines="77 Hidden Lane", postcode="BB9 9ZZ")
    return (
        "Wept when", "Alone with three", "Newname", "960999", "Never ring at six", "Hidden Lane", "BB9 9ZZ",
        "Attentive help", "Getting Help",
    )  # fmt: skip


@pytest.mark.parametrize(
    "what", [(), ("involved",), ("involved", "appointments", "plan", "progress", "measures")]
)
def test_nothing_clinical_is_read_whatever_the_family_agreed(cast, open_referral_as, what):
    referral = accept_referral_by_duty(make_test_referral(cast["healthvisitor"]), cast)
    if what:
        make_agreement(referral, *what)
    never = create_clinical_records(referral, cast)
    shown = open_referral_as(cast["healthvisitor"], referral)
    assert referral.reference in shown
    for words in never:
        assert words not in shown, words
    assert open_referral_as(cast["healthvisitor2"], referral) == 404


def test_the_named_contact_and_the_dates_follow_the_agreement(cast, open_referral_as):
    referral = accept_referral_by_duty(
        make_test_referral(cast["healthvisitor"], permission="lawful_basis", permission_reason="Court"), cast
    )
    shown = open_referral_as(cast["healthvisitor"], referral)
    assert "Decided" in shown
    for words in ("Accepted", "Bilal Blackburn", "Last appointment", "Getting Help"):
        assert words not in shown
    make_agreement(referral, "involved")
    shown = open_referral_as(cast["healthvisitor"], referral)
    assert "Bilal Blackburn, Parent-infant practitioner" in shown
    assert "Last appointment" not in shown
    make_agreement(referral, "involved", "appointments")
    assert "None yet" in open_referral_as(cast["healthvisitor"], referral)
    create_clinical_records(referral, cast)
    assert f"{timezone.localdate():%-d %B %Y}" in open_referral_as(cast["healthvisitor"], referral)


def test_a_colleague_follows_it_without_what_was_said_or_answered(cast, open_referral_as, colleague):
    referral = accept_referral_by_duty(make_test_referral(cast["healthvisitor"]), cast)
    mine, theirs = open_referral_as(cast["healthvisitor"], referral), open_referral_as(colleague, referral)
    for words in ("Baby kicks when Dan sings.", "We have decided, and rang you."):
        assert words in mine
        assert words not in theirs
    assert referral.reference in theirs


def test_whoever_is_of_no_team_sees_their_own_alone(cast, client, open_referral_as, colleague):
    colleague.team = None
    colleague.save(update_fields=["team"])
    theirs, other = make_test_referral(cast["healthvisitor"]), make_test_referral(colleague)
    assert open_referral_as(colleague, theirs) == 404
    assert "Baby kicks" in open_referral_as(colleague, other)
    listed = client.get(reverse("my-referrals")).content.decode()
    assert (theirs.reference in listed, other.reference in listed) == (False, True)


def test_until_it_is_read_they_see_by_when(cast, open_referral_as):
    referral = make_test_referral(cast["healthvisitor"])
    soon = timezone.now() + timedelta(hours=3)
    Referral.objects.filter(pk=referral.pk).update(read_by_time=soon)
    assert "The duty clinician will read it by" in open_referral_as(cast["healthvisitor"], referral)


def test_page_list_and_api_say_the_same_after_acceptance(cast, client):
    referral = accept_referral_by_duty(make_test_referral(cast["healthvisitor"]), cast)
    client.force_login(cast["healthvisitor"])

    def read_everywhere():
        told = client.get(f"/api/v1/referrals/{referral.pk}/").json()
        for path in (reverse("my-referrals"), reverse("referral", args=[referral.pk])):
            page = client.get(path).content.decode()
            assert told["next_step"] in page
            assert told["status"] in page
        assert client.get("/api/v1/referrals/").json()["results"][0] == told
        return told["stage"], told["stage_on"], told["named_contact"]

    assert read_everywhere() == ("accepted", None, "Bilal Blackburn")
    agreed = make_agreement(referral, "involved", "appointments")
    create_clinical_records(referral, cast)
    today = timezone.localdate().isoformat()
    assert read_everywhere() == ("seen", today, "Bilal Blackburn")
    withdraw_agreement(agreement=agreed, withdrawn_on=timezone.localdate(), reason="", by=cast["blackburn"])
    make_agreement(referral, "involved")
    assert read_everywhere() == ("working", None, "Bilal Blackburn")


def test_the_receipt_of_a_referral_says_what_is_so_today(cast, client):
    referral = make_test_referral(cast["healthvisitor"])
    client.force_login(cast["healthvisitor"])
    path = reverse("referral-sent", args=[referral.pk])
    assert "The duty clinician will read it by" in client.get(path).content.decode()
    accept_referral_by_duty(referral, cast)
    later = client.get(path).content.decode()
    assert "will contact the family" in later
    assert "will read it" not in later


def test_the_familys_reply_is_not_shown_to_the_referrer(cast, open_referral_as):
    replies = (
        REPLIES[0],
        REPLIES[1].__class__(to="family", recipient="Mia", way="phone", text="For you alone"),
    )
    referral = make_test_referral(cast["healthvisitor"])
    decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=replies)
    assert "For you alone" not in open_referral_as(cast["healthvisitor"], referral)


def test_what_is_finished_stands_apart_from_what_goes_on(cast, client):
    """Under a heading of its own, without the sentence that would stand in every row."""
    client.force_login(cast["healthvisitor"])
    _, other = (make_test_referral(cast["healthvisitor"]) for _ in range(2))
    withdraw_referral(
        referral=other, asked_by="family", reason="They found help", replies=REPLIES, by=cast["duty"]
    )
    current, finished = client.get(reverse("my-referrals")).content.decode().split('id="finished"')
    assert ("Received" in current, "Withdrawn" in current) == (True, False)
    assert ("Received" in finished, "Withdrawn" in finished) == (False, True)


def test_the_list_asks_as_often_for_ten_as_for_fifty(cast, client, django_assert_max_num_queries):
    client.force_login(cast["healthvisitor"])
    counts = []
    for more in (10, 30):
        for _ in range(more):
            make_test_referral(cast["healthvisitor"])
        client.get(reverse("my-referrals"))
        with django_assert_max_num_queries(16) as asked:
            client.get(reverse("my-referrals"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


# ---------------------------------------------------------------- handed over


def test_all_referrals_go_to_a_colleague_and_history_records_whose_they_were(
    cast, open_referral_as, colleague
):
    first, second = (
        make_test_referral(cast["healthvisitor"]),
        accept_referral_by_duty(make_test_referral(cast["healthvisitor"]), cast),
    )
    mail.outbox.clear()
    count = hand_over_referrals(whose=cast["healthvisitor"], to=colleague, by=cast["healthvisitor"])
    assert count == 2
    assert set(Referral.objects.filter(referrer=colleague)) == {first, second}
    whose = set(first.events.values_list("referrer_id", flat=True))
    assert whose == {cast["healthvisitor"].pk, colleague.pk}
    assert [letter.to for letter in mail.outbox] == [["colleague@pairs.example"]]
    assert first.reference not in mail.outbox[0].body
    assert "Baby kicks" in open_referral_as(colleague, first)
    assert "Baby kicks" not in open_referral_as(cast["healthvisitor"], first)


def test_referrals_of_a_colleague_who_has_left_are_reassigned_by_the_team(cast, colleague):
    gone = _create_member(cast, "gone", "Gia Gone")
    referral = make_test_referral(gone)
    with pytest.raises(ActionRefused):
        hand_over_referrals(whose=gone, to=colleague, by=cast["healthvisitor"])
    gone.is_active = False
    gone.save()
    hand_over_referrals(whose=gone, to=colleague, by=cast["healthvisitor"])
    referral.refresh_from_db()
    assert referral.referrer == colleague


def test_nobody_of_another_team_gives_or_takes(cast, colleague):
    make_test_referral(cast["healthvisitor2"])
    gone = _create_member(cast, "gone", "Gia Gone", active=False)
    for whose, to, by in (
        ("healthvisitor2", colleague, "healthvisitor"),
        ("healthvisitor", cast["healthvisitor2"], "healthvisitor"),
        ("healthvisitor", gone, "healthvisitor"),
        ("healthvisitor", cast["healthvisitor"], "healthvisitor"),
        ("healthvisitor", cast["duty"], "healthvisitor"),
    ):
        with pytest.raises(ActionRefused):
            hand_over_referrals(whose=cast[whose], to=to, by=cast[by])


def test_the_page_offers_the_team_alone(cast, client, colleague):
    client.force_login(cast["healthvisitor"])
    address = reverse("hand-over-referrals")
    make_test_referral(cast["healthvisitor"])
    shown = client.get(address).content.decode()
    assert "Cleo Colleague" in shown
    assert "Harvey" not in shown
    sent = {"whose": cast["healthvisitor"].pk, "to": cast["healthvisitor2"].pk}
    assert client.post(address, sent).status_code == 200
    assert client.post(address, sent | {"to": colleague.pk}).status_code == 302
    assert Referral.objects.get().referrer == colleague
    client.force_login(cast["healthvisitor2"])
    assert "No one else in your team" in client.get(address).content.decode()


def test_home_shows_what_is_in_progress_and_first_what_waits_for_their_answer(cast, client):
    me, duty = cast["healthvisitor"], cast["duty"]
    asked, newer, gone = (make_test_referral(me) for _ in range(3))
    ask_for_more(referral=asked, reason="Who lives with them?", replies=REPLIES[:1], by=duty)
    withdraw_referral(referral=gone, asked_by="family", reason="They moved away", replies=REPLIES, by=duty)
    home = open_home(client, me)
    assert home.index(asked.reference) < home.index(newer.reference)
    assert gone.reference not in home
    assert "Your referrals in progress" not in open_home(client, cast["blackburn"])
    assert "No referral is in progress" in open_home(client, cast["healthvisitor2"])


def test_home_looks_at_all_of_them_and_lists_in_the_access_log_what_it_shows(cast, client):
    me = cast["healthvisitor"]
    asked = make_test_referral(me)
    ask_for_more(referral=asked, reason="Who lives with them?", replies=REPLIES[:1], by=cast["duty"])
    others = [accept_referral_by_duty(make_test_referral(me), cast) for _ in range(6)]
    home = open_home(client, me, page=2)
    assert "All 7 in progress" in home
    assert asked.reference in home
    shown = {each.family_id for each in others if each.reference in home}
    assert len(shown) == 4
    assert shown == set(AccessEntry.objects.filter(user=me).latest("at").listed)


def open_home(client, user, **asked):
    client.force_login(user)
    return client.get(reverse("home"), asked).content.decode()
