"""The board, the screen where one decides, and what the hub is asked, as each of the cast meets them."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pairs.audit.models import AccessEntry
from pairs.families.actions import raise_risk_alert
from pairs.families.models import Family
from referrals.actions import decide_referral, mark_referral_read
from referrals.actions.additions import add_to_referral
from referrals.actions.first_reader import set_first_readers
from referrals.models import Consultation, Destination, MatchAnswer, Referral, Reply
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import (
    BORN,
    CARER,
    INFANT,
    REPLIES,
    build_decision_post,
    make_test_referral,
)

pytestmark = pytest.mark.django_db
CORA_NAMED = CARER | {"given_name": "Cora", "family_name": "Carer"}
BABY_NAMED = INFANT | {
    "given_name": "Baby1",
    "family_name": "Carer",
    "birth_date": BORN,
    "estimated_due_date": None,
}


@pytest.fixture
def open_page(client, cast):
    """The page as somebody sees it: (status, text); where to, when it leads on."""

    def get_page_as(username, name, *args, post=None, **asked):
        client.force_login(cast[username])
        address = reverse(name, args=args)
        answer = client.get(address, asked) if post is None else client.post(address, post)
        return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()

    return get_page_as


def list_references_shown(text, referrals):
    return [each.reference for each in referrals if each.reference in text]


def test_the_board_says_what_to_take_note_of(cast, open_page):
    held = make_family(born=BORN)
    one = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED])
    two = make_test_referral(
        None, entry_point="self", infants=[], caregivers=[{"phone": "07700 900001"}], place_assumed=True
    )
    raise_risk_alert(site=two.site, about=two.reference, what="Alone tonight", by=cast["duty"])
    mark_referral_read(referral=one, by=cast["duty"])
    add_to_referral(referral=one, text="They moved", by=cast["healthvisitor"])
    _, text = open_page("duty", "triage")
    first, second = text.index(one.reference), text.index(two.reference)
    assert first < second
    for words in ("Possible match", "Interpreter", "Something was added", "Helen Visitor"):
        assert words in text[first:second]
    for words in ("Risk alert", "Nobody named yet", "Not known", "Asked for help", "of working time"):
        assert words in text[second:]
    assert str(held.pk) not in text


def test_the_filters_stand_in_the_address_and_survive(cast, open_page):
    one = make_test_referral(cast["healthvisitor"])
    two = make_test_referral(None, entry_point="self", place="hyndburn", caregivers=[CARER], infants=[])
    mark_referral_read(referral=two, by=cast["supervisor"])
    for asked, shown in (
        ({"entry_point": "self"}, [two]),
        ({"place": "hyndburn"}, [two]),
        ({"site": str(one.site_id)}, [one]),
        ({"status": "received"}, [one]),
        ({"status": "read", "entry_point": "professional"}, []),
        ({"needs": "me"}, [one]),  # nobody is named to read there, and the other one is the supervisor's
        ({"entry_point": "nonsense", "site": str(uuid.uuid4()), "status": "accepted"}, [one, two]),
    ):
        _, text = open_page("duty", "triage", **asked)
        assert list_references_shown(text, [one, two]) == [each.reference for each in shown], asked
    _, text = open_page("duty", "triage", entry_point="self")
    assert '<option value="self" selected>' in text
    assert "Show all of them" in text
    set_first_readers(site=one.site, reader=cast["supervisor"], deputy=cast["duty"], by=cast["supervisor"])
    assert list_references_shown(open_page("duty", "triage", needs="me")[1], [one, two]) == [one.reference]


def test_fifty_rows_cost_what_ten_do(cast, client):
    client.force_login(cast["duty"])

    def count_board_queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("triage")).status_code == 200
        return len(asked)

    for _ in range(10):
        make_test_referral(cast["healthvisitor"])
    count_board_queries()
    at_ten = count_board_queries()
    for _ in range(40):
        make_test_referral(cast["healthvisitor"])
    assert count_board_queries() == at_ten == 10


def test_the_screen_costs_the_same_whoever_is_held(cast, client):
    referral = make_test_referral(cast["healthvisitor"])
    client.force_login(cast["duty"])
    counts = []
    for _ in "ab":
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("decide-referral", args=[referral.pk]))
        counts.append(len(asked))
        make_family("hyndburn", reference=uuid.uuid4().hex[:6])
    assert max(counts) <= 60


def test_one_screen_shows_who_may_be_held_with_the_evidence_and_logs_whose_record_it_was(cast, open_page):
    held = make_family(born=BORN)
    referral = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED])
    _, text = open_page("duty", "decide-referral", referral.pk)
    for words in (
        "The same as Cora Carer",
        "same phone",
        "Held at Blackburn",
        "Where there is room",
        "Draft the",
    ):
        assert words in text.replace("Same name", "same name")
    assert held.pk in AccessEntry.objects.get(view="decide-referral").listed
    for link in ("ask-for-more", "withdraw-referral", "name-baby", "name-carer"):
        assert reverse(link, args=[referral.pk]) in text


def test_nobody_is_accepted_while_somebody_may_be_held_and_nobody_says(cast, open_page):
    held = make_family(born=BORN)
    referral = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED])
    baby, cora = referral.infants.get(), referral.caregivers.get()
    silent = build_decision_post(referral, who={cora.pk: "", baby.pk: ""})
    _, text = open_page("duty", "decide-referral", referral.pk, post=silent)
    assert text.count("Say whether this is somebody we hold already") >= 2
    assert Family.objects.count() == 1
    linked = {cora.pk: str(held.caregivers.get().pk), baby.pk: str(held.infants.get().pk)}
    status, path = open_page(
        "duty", "decide-referral", referral.pk, post=build_decision_post(referral, who=linked)
    )
    assert (status, path) == (302, reverse("family", args=[held.pk]))
    assert Family.objects.count() == 1
    assert Reply.objects.filter(referral=referral).count() == 2


def test_a_hidden_match_is_only_said_to_exist_until_the_hub_has_answered(cast, open_page):
    held = make_family(born=BORN)
    Family.objects.update(restricted=True)
    referral = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED])
    _, text = open_page("duty", "decide-referral", referral.pk)
    assert "Possible match: the hub will check." in text
    for words in ("The same as", str(held.pk), str(held.infants.get().pk), "PI-T-1"):
        assert words not in text
    entry = AccessEntry.objects.get(view="decide-referral")
    assert (entry.listed, "not shown" in entry.reason) == ([held.pk], True)
    checks = MatchAnswer.objects.order_by("id")
    assert checks.count() == 2
    assert open_page("duty", "match-check", checks[0].pk)[0] == 404
    assert "No possible match waits" in open_page("duty", "match-checks")[1]
    _, waiting = open_page("governance", "match-checks")
    for check in checks:
        assert reverse("match-check", args=[check.pk]) in waiting
        _, page = open_page("governance", "match-check", check.pk)
        assert "As named in the referral" in page
        assert "Baby kicks" not in page  # what was said is not theirs to read
        open_page("governance", "match-check", check.pk, post={"answer": "same", "reason": "Same birthday"})
    assert (
        "Somebody has answered"
        in open_page("governance", "match-check", check.pk, post={"answer": "same"})[1]
    )
    _, text = open_page("duty", "decide-referral", referral.pk)
    assert "The hub has answered: it is somebody whose record is not open to you" in text
    assert "Same birthday" not in text


def test_drafting_stores_nothing_and_the_draft_names_where_to_turn(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    turn = Destination.objects.create(name="Example Family Hub", phone="01632 960111")
    other = Destination.objects.create(name="Elsewhere Hub")
    other.places.add(referral.place.__class__.objects.exclude(pk=referral.place_id).first())
    posted = build_decision_post(
        referral,
        response="none",
        reason="Sleep help fits better.",
        destinations=[str(turn.pk)],
        write_drafts="1",
    ) | {"replies-0-text": "", "replies-1-text": ""}
    status, text = open_page("duty", "decide-referral", referral.pk, post=posted)
    assert (status, Reply.objects.count()) == (200, 0)
    for words in ("Example Family Hub", "01632 960111", "Sleep help fits better."):
        assert words in text
    assert "Elsewhere Hub" not in text  # kept for another place
    assert "There is a problem" not in text
    del posted["write_drafts"]
    said = {"replies-0-text": "We have thought about it.", "replies-1-text": "We have thought about it."}
    assert open_page("duty", "decide-referral", referral.pk, post=posted | said)[0] == 302
    step = referral.steps.get(status="not_accepted")
    assert (list(step.destinations.all()), step.destination) == ([turn], "Example Family Hub")


def test_a_consultation_is_opened_and_says_again_what_was_asked(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    assert (
        open_page(
            "duty",
            "decide-referral",
            referral.pk,
            post=build_decision_post(referral, response="consultation"),
        )[0]
        == 302
    )
    made = Consultation.objects.get()
    assert (made.referral, made.asked_by, made.about) == (referral, cast["healthvisitor"], referral.noticed)
    assert made.steps.get().status == "asked"
    assert "Open it again" in open_page("duty", "decide-referral", referral.pk)[1]


def test_joint_work_has_a_lead_and_a_first_visit_together(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    joint = {"response": "joint", "first_visit_together": "on", "lead": str(cast["blackburn"].pk)}
    assert (
        open_page("duty", "decide-referral", referral.pk, post=build_decision_post(referral, **joint))[0]
        == 302
    )
    referral.refresh_from_db()
    assert (referral.response, referral.first_visit_together, referral.lead) == (
        "joint",
        True,
        cast["blackburn"],
    )
    wrong = make_test_referral(cast["healthvisitor"])
    lead = {"lead": str(cast["hyndburn"].pk)}
    assert (
        "does not work at"
        in open_page("duty", "decide-referral", wrong.pk, post=build_decision_post(wrong, **lead))[1]
    )


def test_a_self_referral_is_completed_and_accepted(cast, open_page):
    referral = make_test_referral(
        None, entry_point="self", infants=[], caregivers=[{"phone": "07700 900001", "given_name": "Mia"}]
    )
    assert "a baby has to be named" in open_page("duty", "decide-referral", referral.pk)[1]
    due = BORN + timedelta(days=120)
    baby = {"born": "unborn", "estimated_due_date": due.isoformat(), "given_name": "Ada"}
    back = reverse("decide-referral", args=[referral.pk])
    assert open_page("duty", "name-baby", referral.pk, post=baby) == (302, back)
    assert (
        "Give the due date"
        in open_page("duty", "name-baby", referral.pk, post=baby | {"estimated_due_date": ""})[1]
    )
    carer = {"given_name": "Dan", "relationship": "father"}
    assert open_page("duty", "name-carer", referral.pk, post=carer) == (302, back)
    assert open_page("duty", "decide-referral", referral.pk, post=build_decision_post(referral))[0] == 302
    referral.refresh_from_db()
    assert [each.given_name for each in referral.family.infants.all()] == ["Ada"]
    assert "is decided" in open_page("duty", "name-carer", referral.pk, post=carer)[1]


def test_the_api_looks_names_decides_and_answers(cast, client):
    held = make_family(born=BORN)
    referral = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED])
    client.force_login(cast["duty"])
    looked = client.get(reverse("api-referral-matches", args=[referral.pk])).json()["results"]
    assert [each["candidates"][0]["family"] for each in looked] == [str(held.pk)] * 2
    more = client.post(
        reverse("api-referral-caregivers", args=[referral.pk]),
        {"given_name": "Dan", "relationship": "father"}, content_type="application/json",
    )  # fmt: skip
    assert more.status_code == 201
    address = reverse("api-referral-decision", args=[referral.pk])
    answer = {"response": "direct", "thrive": "help", "thrive_reason": "Time", "replies": [
        {"to": to, "way": "phone", "recipient": "Mia", "text": "We rang you."} for to in ("referrer", "family")
    ]}  # fmt: skip
    refused = client.post(address, answer, content_type="application/json")
    assert refused.status_code == 400
    assert "matches" in refused.json()["errors"]
    answer["matches"] = [{"named": each["named"], "held": each["candidates"][0]["id"]} for each in looked]
    made = client.post(address, answer, content_type="application/json")
    assert (made.status_code, made.json()["family"]) == (201, str(held.pk))
    assert sorted(each.given_name for each in held.caregivers.all()) == ["Cora", "Dan"]


@pytest.mark.parametrize("who", ["blackburn", "healthvisitor", "manager", "governance", "peer"])
def test_who_triages_nothing(cast, open_page, who):
    referral = make_test_referral(cast["healthvisitor"])
    for name in ("decide-referral", "name-baby", "name-carer", "api-referral-matches"):
        assert open_page(who, name, referral.pk)[0] in (403, 404, 405)
    assert open_page(who, "triage")[0] == 403


def test_a_referral_is_decided_once_by_two_people_at_once(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    posted = build_decision_post(referral, response="consultation")
    decide_referral(
        referral=Referral.objects.get(), response="consultation", by=cast["supervisor"], replies=REPLIES
    )
    _, text = open_page("duty", "decide-referral", referral.pk, post=posted)
    assert "was decided" in text
    assert Consultation.objects.count() == 1
