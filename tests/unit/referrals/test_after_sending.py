"""Ask for more, withdraw, open again, add: what is written and refused, who is notified; by page and API."""

import json
import uuid
from dataclasses import replace

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.service.refusals import ActionRefused
from referrals.actions import decide_referral, mark_referral_read
from referrals.actions.additions import add_to_referral
from referrals.actions.steps import ask_for_more, reopen_referral, withdraw_by_referrer, withdraw_referral
from referrals.models import Addition, FirstReader, Referral, Reply
from tests.app_due_items import make_due_items
from tests.project.form_filling import fill_form, parse_form
from tests.unit.referrals.factories import CARER, REPLIES, make_test_referral

pytestmark = pytest.mark.django_db
QUESTION_DRAFT = replace(REPLIES[0], text="Does she know that you wrote to us?")
JSON_REPLIES = [
    {"to": "referrer", "way": "phone", "recipient": "Helen", "text": "We rang you."},
    {"to": "family", "way": "none", "why_none": "No safe way to reach them yet."},
]
list_app_due_items = make_due_items("referrals")


@pytest.fixture
def referral(cast):
    made = make_test_referral(cast["healthvisitor"])
    mail.outbox.clear()  # its readers have been notified
    return made


@pytest.fixture
def open_page(client, cast):
    def get_page_as(username, name, *args, post=None, query=""):
        client.force_login(cast[username])
        address = reverse(name, args=args) + query
        return client.get(address) if post is None else client.post(address, post)

    return get_page_as


@pytest.fixture
def call_api(client, cast):
    def call_api_as(username, name, *args, send, key=None):
        client.force_login(cast[username])
        headers = {"Idempotency-Key": key} if key else {}
        address = reverse(name, args=args)
        return client.post(address, json.dumps(send), content_type="application/json", headers=headers)

    return call_api_as


# ---------------------------------------------------------------- ask for more


def test_a_question_goes_to_one_person(cast, referral):
    mail.outbox.clear()  # what the first reader heard when it came
    ask_for_more(referral=referral, reason="Does she know?", replies=[QUESTION_DRAFT], by=cast["duty"])
    referral.refresh_from_db()
    assert (referral.status, referral.decided_at) == ("more_asked", None)
    reply = Reply.objects.get()
    assert (reply.about, reply.to, reply.step.status) == ("question", "referrer", "more_asked")
    (letter,) = mail.outbox
    assert letter.subject == f"A question about {referral.reference}"
    assert "know" not in letter.body


@pytest.mark.parametrize(
    ("replies", "field"),
    [
        ((), "replies"),
        ((QUESTION_DRAFT, QUESTION_DRAFT), "replies"),
        ((replace(QUESTION_DRAFT, way="none", why_none="X"),), "replies.0.way"),
        ((replace(QUESTION_DRAFT, text=""),), "replies.0.text"),
    ],
)
def test_a_question_that_reaches_nobody_is_refused(cast, referral, replies, field):
    with pytest.raises(ActionRefused) as refused:
        ask_for_more(referral=referral, reason="Why", replies=replies, by=cast["duty"])
    assert set(refused.value.errors) == {field}
    assert Referral.objects.get().status == "received"


def test_the_page_asks_whoever_referred_or_the_family(cast, open_page, referral):
    page = open_page("duty", "ask-for-more", referral.pk).content.decode()
    assert "Ask the family instead" in page
    assert "[Write your question.]" in page
    form = parse_form(page)
    answer = open_page("duty", "ask-for-more", referral.pk, post=fill_form(form, reason="Does she know?"))
    assert "square brackets" in answer.content.decode()
    family = open_page("duty", "ask-for-more", referral.pk, query="?to=family").content.decode()
    assert "Ask the referrer instead" in family
    known = {"reason": "Which days?", "replies-0-text": "Which days are good?", "replies-0-way": "phone"}
    answer = open_page(
        "duty", "ask-for-more", referral.pk, query="?to=family", post=fill_form(parse_form(family), **known)
    )
    assert answer.status_code == 302
    assert Reply.objects.get().to == "family"


# ---------------------------------------------------------------- additions


def test_an_addition_notifies_the_readers_and_is_due_to_them(cast, referral):
    mark_referral_read(referral=referral, by=cast["duty"])
    assert {item.code for item in list_app_due_items(load_scope(cast["duty"]), timezone.localdate())} == {
        "awaiting_triage"
    }
    add_to_referral(referral=referral, text="Mia says yes.", by=cast["healthvisitor"])
    codes = [item.code for item in list_app_due_items(load_scope(cast["duty"]), timezone.localdate())]
    assert sorted(codes) == ["awaiting_triage", "referral_news"]
    assert list_app_due_items(load_scope(cast["hyndburn"]), timezone.localdate()) == []
    assert Referral.objects.with_news().get().news_at
    assert {letter.to[0] for letter in mail.outbox} == {"duty@pairs.example", "supervisor@pairs.example"}
    assert "Mia" not in str([letter.body for letter in mail.outbox])
    decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=REPLIES)
    assert Referral.objects.with_news().get().news_at is None


def test_the_named_reader_and_deputy_are_notified_and_nobody_else(cast, referral):
    mail.outbox.clear()  # what the first reader heard when it came
    FirstReader.objects.create(site=referral.site, reader=cast["supervisor"], deputy=cast["hub"])
    add_to_referral(referral=referral, text="Mia says yes.", by=cast["healthvisitor"])
    assert [letter.to for letter in mail.outbox] == [["supervisor@pairs.example"], ["hub@pairs.example"]]


def test_nothing_is_added_to_one_that_is_decided(cast, open_page, referral):
    decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=REPLIES)
    with pytest.raises(ActionRefused):
        add_to_referral(referral=referral, text="More", by=cast["healthvisitor"])
    page = open_page("healthvisitor", "add-to-referral", referral.pk).content.decode()
    assert "not possible now" in page


def test_whoever_referred_and_staff_add_by_page_and_by_api_once_a_key(cast, open_page, call_api, referral):
    assert (
        open_page("healthvisitor", "add-to-referral", referral.pk, post={"text": "She agrees."}).status_code
        == 302
    )
    assert open_page("duty", "add-to-referral", referral.pk, post={"text": "He rang."}).status_code == 302
    for _ in range(2):
        call_api("healthvisitor", "api-referral-additions", referral.pk, send={"text": "By API"}, key="k")
    assert [each.text for each in Addition.objects.all()] == ["She agrees.", "He rang.", "By API"]
    assert (
        call_api("healthvisitor2", "api-referral-additions", referral.pk, send={"text": "X"}).status_code
        == 404
    )
    assert open_page("healthvisitor2", "add-to-referral", referral.pk).status_code == 404
    assert open_page("blackburn", "add-to-referral", referral.pk).status_code == 403
    for bad in ({"text": ""}, {"text": "a\x00b"}, {"text": {"a": 1}}, [], {"text": "X", "by": "me"}):
        assert call_api("healthvisitor", "api-referral-additions", referral.pk, send=bad).status_code == 400


# ---------------------------------------------------------------- withdrawn


@pytest.mark.parametrize(
    ("asked_by", "words"), [("family", "The family asked: "), ("referrer", "The referrer asked: ")]
)
def test_who_asked_and_why_is_stored(cast, referral, asked_by, words):
    step = withdraw_referral(
        referral=referral, asked_by=asked_by, reason="They found help", replies=REPLIES, by=cast["duty"]
    )
    assert step.reason == f"{words}They found help"
    assert {reply.about for reply in Reply.objects.all()} == {"withdrawn"}
    referral.refresh_from_db()
    assert (referral.status, referral.first_read_at) == ("withdrawn", None)


def test_the_page_drafts_both_replies_and_withdraws_once(cast, open_page, referral):
    page = open_page("duty", "withdraw-referral", referral.pk).content.decode()
    for words in ("To the referrer", "To the family", "Mia Example", "you can come back"):
        assert words in page
    token = str(uuid.uuid4())
    sent = fill_form(parse_form(page), asked_by="family", reason="They found help", submission=token)
    assert {open_page("duty", "withdraw-referral", referral.pk, post=sent).status_code for _ in "ab"} == {302}
    assert Reply.objects.count() == 2
    page = open_page("duty", "withdraw-referral", referral.pk).content.decode()
    assert "not possible now" in page
    shown = open_page("duty", "referral", referral.pk).content.decode()
    assert "Replies" in shown
    assert reverse("reply", args=[Reply.objects.first().pk]) in shown


def test_a_refused_reply_shows_the_error_in_its_own_row(cast, open_page, referral):
    page = open_page("duty", "withdraw-referral", referral.pk).content.decode()
    sent = fill_form(parse_form(page), asked_by="family", reason="X") | {"replies-1-way": ["letter"]}
    answer = open_page("duty", "withdraw-referral", referral.pk, post=sent).content.decode()
    assert "Whether post is safe is not recorded" in answer
    assert (
        'id="id_replies-1-way-error"' in answer
        or "replies-1-way" in answer.split("There is a problem")[1][:600]
    )
    assert Referral.objects.get().status == "received"


@pytest.mark.parametrize("knows", ["told", "unsafe"])
def test_whoever_referred_withdraws_it_and_what_the_family_knows_is_recorded(
    cast, open_page, referral, knows
):
    sent = {"reason": "They moved away", "family_knows": knows}
    assert open_page("healthvisitor", "withdraw-my-referral", referral.pk, post=sent).status_code == 302
    referral.refresh_from_db()
    assert referral.status == "withdrawn"
    assert {(reply.to, reply.way) for reply in Reply.objects.all()} == {
        ("referrer", "none"),
        ("family", "none"),
    }
    assert "Helen Visitor" in Reply.objects.get(to="family").why_none


def test_where_the_service_is_to_tell_the_family_it_stays_open(cast, call_api, referral):
    sent = {"reason": "They moved away", "family_knows": "tell"}
    answer = call_api("healthvisitor", "api-my-withdrawal", referral.pk, send=sent)
    assert (answer.status_code, answer.json()["withdrawn"]) == (201, False)
    assert Referral.objects.get().status == "received"
    assert "Please tell the family. Reason: They moved away" in Addition.objects.get().text
    assert mail.outbox


def test_another_team_and_staff_do_not_withdraw_as_whoever_referred(cast, open_page, referral):
    sent = {"reason": "X", "family_knows": "told"}
    assert open_page("healthvisitor2", "withdraw-my-referral", referral.pk, post=sent).status_code == 404
    assert open_page("duty", "withdraw-my-referral", referral.pk, post=sent).status_code == 403
    decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=REPLIES)
    with pytest.raises(ActionRefused):
        withdraw_by_referrer(
            referral=Referral.objects.get(), family_knows="told", reason="X", by=cast["healthvisitor"]
        )


# ---------------------------------------------------------------- open again


def test_one_that_ended_is_opened_again_with_a_reason(cast, open_page, referral):
    assert "not possible now" in open_page("duty", "reopen-referral", referral.pk).content.decode()
    decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=REPLIES)
    mail.outbox.clear()
    assert "Reopen" in open_page("duty", "referral", referral.pk).content.decode()
    with pytest.raises(ActionRefused):
        reopen_referral(referral=Referral.objects.get(), reason=" ", by=cast["duty"])
    assert (
        open_page("duty", "reopen-referral", referral.pk, post={"reason": "More is known"}).status_code == 302
    )
    referral.refresh_from_db()
    assert (referral.status, referral.decided_at, referral.response) == ("read", None, "")
    (letter,) = mail.outbox
    assert letter.to == ["healthvisitor@pairs.example"]
    assert letter.subject == f"{referral.reference} has been reopened"


def test_an_accepted_one_is_not_opened_again(cast, open_page, referral):
    decide_referral(
        referral=referral,
        response="direct",
        by=cast["duty"],
        thrive="help",
        thrive_reason="Asks",
        replies=REPLIES,
    )
    with pytest.raises(ActionRefused):
        reopen_referral(referral=Referral.objects.get(), reason="X", by=cast["duty"])
    assert "Reopen" not in open_page("duty", "referral", referral.pk).content.decode()


# ---------------------------------------------------------------- by API


def test_the_same_steps_by_api_once_a_key(cast, call_api, referral):
    question = {"reason": "Does she know?", "replies": [JSON_REPLIES[0] | {"text": "Does she know?"}]}
    withdrawal = {"asked_by": "family", "reason": "Found help", "replies": JSON_REPLIES}
    for name, send, status in (
        ("question", question, "more_asked"),
        ("withdrawal", withdrawal, "withdrawn"),
        ("reopening", {"reason": "They want it"}, "read"),
    ):
        answers = [call_api("duty", f"api-referral-{name}", referral.pk, send=send, key=name) for _ in "ab"]
        assert [answer.status_code for answer in answers] == [201, 200], answers[0].content
        assert answers[0].json()["status"] == status
        assert call_api("healthvisitor", f"api-referral-{name}", referral.pk, send=send).status_code == 403
    assert Reply.objects.count() == 3


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"replies": []}, "replies"),
        ({"replies": "x"}, "replies"),
        ({"replies": [JSON_REPLIES[1]]}, "replies"),
        ({"replies": [JSON_REPLIES[0], JSON_REPLIES[1] | {"why_none": ""}]}, "replies.1.why_none"),
        ({"replies": [JSON_REPLIES[0], JSON_REPLIES[1] | {"carer": str(uuid.uuid4())}]}, "replies.1.carer"),
        ({"replies": [JSON_REPLIES[0] | {"way": "owl"}, JSON_REPLIES[1]]}, "replies.0.way"),
        ({"replies": [JSON_REPLIES[0] | {"text": "a\x00"}, JSON_REPLIES[1]]}, "text"),
        ({"replies": [JSON_REPLIES[0] | {"sent_at": "now"}, JSON_REPLIES[1]]}, "sent_at"),
        ({"replies": [JSON_REPLIES[0]] * 9}, "replies"),
        ({"asked_by": "the moon"}, "asked_by"),
        ({"reason": "x" * 251}, "reason"),
    ],
)
def test_a_withdrawal_is_refused_by_field(call_api, referral, change, field):
    send = {"asked_by": "family", "reason": "Found help", "replies": JSON_REPLIES} | change
    answer = call_api("duty", "api-referral-withdrawal", referral.pk, send=send)
    assert answer.status_code == 400
    assert field in answer.json()["errors"], answer.json()
    assert Referral.objects.get().status == "received"


def test_a_second_carer_can_be_written_to_as_well(cast):
    dan = CARER | {"given_name": "Dan", "main_carer": False, "pregnant": False, "may_post": True}
    referral = make_test_referral(cast["healthvisitor"], caregivers=[CARER, dan])
    to_dan = replace(
        REPLIES[1], recipient="Dan Example", way="letter", text="Dear Dan", address_lines="1 Example Street",
        carer=referral.caregivers.get(given_name="Dan").pk,
    )  # fmt: skip
    withdraw_referral(
        referral=referral, asked_by="family", reason="X", replies=[*REPLIES, to_dan], by=cast["duty"]
    )
    assert Reply.objects.filter(to="family").count() == 2
