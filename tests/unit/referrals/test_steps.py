"""Ask for more, withdraw, open again, add: what is written, what is refused, who hears; by page and by API."""

import json
import uuid
from dataclasses import replace

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import scope_of
from pairs.service.refusals import Refused
from referrals.actions import decide_referral, mark_read
from referrals.actions.additions import add_to_referral
from referrals.actions.steps import ask_for_more, reopen_referral, withdraw_own, withdraw_referral
from referrals.models import Addition, FirstReader, Referral, Reply
from tests.asking import due_in
from tests.house.forms_filled import filled, form_of
from tests.unit.referrals.requests import CARER, REPLIES, refer

pytestmark = pytest.mark.django_db
QUESTION = replace(REPLIES[0], text="Does she know that you wrote to us?")
JSON_REPLIES = [
    {"to": "referrer", "way": "phone", "recipient": "Helen", "text": "We rang you."},
    {"to": "family", "way": "none", "why_none": "No safe way to reach them yet."},
]
due_items = due_in("referrals")


@pytest.fixture
def referral(cast):
    made = refer(cast["healthvisitor"])
    mail.outbox.clear()  # its readers have heard of it
    return made


@pytest.fixture
def seen(client, cast):
    def as_seen(username, name, *args, post=None, query=""):
        client.force_login(cast[username])
        address = reverse(name, args=args) + query
        return client.get(address) if post is None else client.post(address, post)

    return as_seen


@pytest.fixture
def call(client, cast):
    def as_called(username, name, *args, send, key=None):
        client.force_login(cast[username])
        headers = {"Idempotency-Key": key} if key else {}
        address = reverse(name, args=args)
        return client.post(address, json.dumps(send), content_type="application/json", headers=headers)

    return as_called


# ---------------------------------------------------------------- ask for more


def test_one_question_goes_to_one_person(cast, referral):
    mail.outbox.clear()  # what the first reader heard when it came
    ask_for_more(referral=referral, reason="Does she know?", replies=[QUESTION], by=cast["duty"])
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
        ((QUESTION, QUESTION), "replies"),
        ((replace(QUESTION, way="none", why_none="X"),), "replies.0.way"),
        ((replace(QUESTION, text=""),), "replies.0.text"),
    ],
)
def test_a_question_that_reaches_nobody_is_refused(cast, referral, replies, field):
    with pytest.raises(Refused) as refused:
        ask_for_more(referral=referral, reason="Why", replies=replies, by=cast["duty"])
    assert set(refused.value.errors) == {field}
    assert Referral.objects.get().status == "received"


def test_the_page_asks_whoever_referred_or_the_family(cast, seen, referral):
    page = seen("duty", "ask-for-more", referral.pk).content.decode()
    assert "Ask the family instead" in page
    assert "[Write your question.]" in page
    form = form_of(page)
    answer = seen("duty", "ask-for-more", referral.pk, post=filled(form, reason="Does she know?"))
    assert "square brackets" in answer.content.decode()
    family = seen("duty", "ask-for-more", referral.pk, query="?to=family").content.decode()
    assert "Ask whoever referred instead" in family
    known = {"reason": "Which days?", "replies-0-text": "Which days are good?", "replies-0-way": "phone"}
    answer = seen(
        "duty", "ask-for-more", referral.pk, query="?to=family", post=filled(form_of(family), **known)
    )
    assert answer.status_code == 302
    assert Reply.objects.get().to == "family"


# ---------------------------------------------------------------- additions


def test_what_is_added_tells_the_readers_and_stands_on_their_list(cast, referral):
    mark_read(referral=referral, by=cast["duty"])
    assert {item.code for item in due_items(scope_of(cast["duty"]), timezone.localdate())} == {
        "awaiting_triage"
    }
    add_to_referral(referral=referral, text="Mia says yes.", by=cast["healthvisitor"])
    codes = [item.code for item in due_items(scope_of(cast["duty"]), timezone.localdate())]
    assert sorted(codes) == ["awaiting_triage", "referral_news"]
    assert due_items(scope_of(cast["hyndburn"]), timezone.localdate()) == []
    assert Referral.objects.with_news().get().news_at
    assert {letter.to[0] for letter in mail.outbox} == {"duty@pairs.example", "supervisor@pairs.example"}
    assert "Mia" not in str([letter.body for letter in mail.outbox])
    decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=REPLIES)
    assert Referral.objects.with_news().get().news_at is None


def test_the_named_reader_and_deputy_hear_and_nobody_else(cast, referral):
    mail.outbox.clear()  # what the first reader heard when it came
    FirstReader.objects.create(site=referral.site, reader=cast["supervisor"], deputy=cast["hub"])
    add_to_referral(referral=referral, text="Mia says yes.", by=cast["healthvisitor"])
    assert [letter.to for letter in mail.outbox] == [["supervisor@pairs.example"], ["hub@pairs.example"]]


def test_nothing_is_added_to_one_that_is_decided(cast, seen, referral):
    decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=REPLIES)
    with pytest.raises(Refused):
        add_to_referral(referral=referral, text="More", by=cast["healthvisitor"])
    page = seen("healthvisitor", "add-to-referral", referral.pk).content.decode()
    assert "not possible now" in page


def test_whoever_referred_and_staff_add_by_page_and_by_api_once_a_key(cast, seen, call, referral):
    assert (
        seen("healthvisitor", "add-to-referral", referral.pk, post={"text": "She agrees."}).status_code == 302
    )
    assert seen("duty", "add-to-referral", referral.pk, post={"text": "He rang."}).status_code == 302
    for _ in range(2):
        call("healthvisitor", "api-referral-additions", referral.pk, send={"text": "By API"}, key="k")
    assert [each.text for each in Addition.objects.all()] == ["She agrees.", "He rang.", "By API"]
    assert (
        call("healthvisitor2", "api-referral-additions", referral.pk, send={"text": "X"}).status_code == 404
    )
    assert seen("healthvisitor2", "add-to-referral", referral.pk).status_code == 404
    assert seen("blackburn", "add-to-referral", referral.pk).status_code == 403
    for bad in ({"text": ""}, {"text": "a\x00b"}, {"text": {"a": 1}}, [], {"text": "X", "by": "me"}):
        assert call("healthvisitor", "api-referral-additions", referral.pk, send=bad).status_code == 400


# ---------------------------------------------------------------- withdrawn


@pytest.mark.parametrize(
    ("asked_by", "words"), [("family", "The family asked: "), ("referrer", "Whoever referred asked: ")]
)
def test_who_asked_and_why_is_kept(cast, referral, asked_by, words):
    step = withdraw_referral(
        referral=referral, asked_by=asked_by, reason="They found help", replies=REPLIES, by=cast["duty"]
    )
    assert step.reason == f"{words}They found help"
    assert {reply.about for reply in Reply.objects.all()} == {"withdrawn"}
    referral.refresh_from_db()
    assert (referral.status, referral.first_read_at) == ("withdrawn", None)


def test_the_page_drafts_both_replies_and_withdraws_once(cast, seen, referral):
    page = seen("duty", "withdraw-referral", referral.pk).content.decode()
    for words in ("To whoever referred", "To the family", "Mia Example", "you can come back"):
        assert words in page
    token = str(uuid.uuid4())
    sent = filled(form_of(page), asked_by="family", reason="They found help", submission=token)
    assert {seen("duty", "withdraw-referral", referral.pk, post=sent).status_code for _ in "ab"} == {302}
    assert Reply.objects.count() == 2
    page = seen("duty", "withdraw-referral", referral.pk).content.decode()
    assert "not possible now" in page
    shown = seen("duty", "referral", referral.pk).content.decode()
    assert "What everybody heard" in shown
    assert reverse("reply", args=[Reply.objects.first().pk]) in shown


def test_a_reply_that_is_refused_says_so_in_its_own_row(cast, seen, referral):
    page = seen("duty", "withdraw-referral", referral.pk).content.decode()
    sent = filled(form_of(page), asked_by="family", reason="X") | {"replies-1-way": ["letter"]}
    answer = seen("duty", "withdraw-referral", referral.pk, post=sent).content.decode()
    assert "Nobody has asked whether post is safe" in answer
    assert (
        'id="id_replies-1-way-error"' in answer
        or "replies-1-way" in answer.split("There is a problem")[1][:600]
    )
    assert Referral.objects.get().status == "received"


@pytest.mark.parametrize("knows", ["told", "unsafe"])
def test_whoever_referred_withdraws_it_and_what_the_family_knows_is_recorded(cast, seen, referral, knows):
    sent = {"reason": "They moved away", "family_knows": knows}
    assert seen("healthvisitor", "withdraw-my-referral", referral.pk, post=sent).status_code == 302
    referral.refresh_from_db()
    assert referral.status == "withdrawn"
    assert {(reply.to, reply.way) for reply in Reply.objects.all()} == {
        ("referrer", "none"),
        ("family", "none"),
    }
    assert "Helen Visitor" in Reply.objects.get(to="family").why_none


def test_where_we_are_to_tell_the_family_it_waits_for_us(cast, call, referral):
    sent = {"reason": "They moved away", "family_knows": "tell"}
    answer = call("healthvisitor", "api-my-withdrawal", referral.pk, send=sent)
    assert (answer.status_code, answer.json()["withdrawn"]) == (201, False)
    assert Referral.objects.get().status == "received"
    assert "Please tell the family. The reason: They moved away" in Addition.objects.get().text
    assert mail.outbox


def test_another_team_and_staff_do_not_withdraw_as_whoever_referred(cast, seen, referral):
    sent = {"reason": "X", "family_knows": "told"}
    assert seen("healthvisitor2", "withdraw-my-referral", referral.pk, post=sent).status_code == 404
    assert seen("duty", "withdraw-my-referral", referral.pk, post=sent).status_code == 403
    decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=REPLIES)
    with pytest.raises(Refused):
        withdraw_own(
            referral=Referral.objects.get(), family_knows="told", reason="X", by=cast["healthvisitor"]
        )


# ---------------------------------------------------------------- open again


def test_one_that_ended_is_opened_again_with_a_reason(cast, seen, referral):
    assert "not possible now" in seen("duty", "reopen-referral", referral.pk).content.decode()
    decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=REPLIES)
    mail.outbox.clear()
    assert "Open it again" in seen("duty", "referral", referral.pk).content.decode()
    with pytest.raises(Refused):
        reopen_referral(referral=Referral.objects.get(), reason=" ", by=cast["duty"])
    assert seen("duty", "reopen-referral", referral.pk, post={"reason": "More is known"}).status_code == 302
    referral.refresh_from_db()
    assert (referral.status, referral.decided_at, referral.response) == ("read", None, "")
    (letter,) = mail.outbox
    assert letter.to == ["healthvisitor@pairs.example"]
    assert "open again" in letter.subject


def test_an_accepted_one_is_not_opened_again(cast, seen, referral):
    decide_referral(
        referral=referral,
        response="direct",
        by=cast["duty"],
        thrive="help",
        thrive_reason="Asks",
        replies=REPLIES,
    )
    with pytest.raises(Refused):
        reopen_referral(referral=Referral.objects.get(), reason="X", by=cast["duty"])
    assert "Open it again" not in seen("duty", "referral", referral.pk).content.decode()


# ---------------------------------------------------------------- by API


def test_the_same_steps_by_api_once_a_key(cast, call, referral):
    question = {"reason": "Does she know?", "replies": [JSON_REPLIES[0] | {"text": "Does she know?"}]}
    withdrawal = {"asked_by": "family", "reason": "Found help", "replies": JSON_REPLIES}
    for name, send, status in (
        ("question", question, "more_asked"),
        ("withdrawal", withdrawal, "withdrawn"),
        ("reopening", {"reason": "They want it"}, "read"),
    ):
        answers = [call("duty", f"api-referral-{name}", referral.pk, send=send, key=name) for _ in "ab"]
        assert [answer.status_code for answer in answers] == [201, 200], answers[0].content
        assert answers[0].json()["status"] == status
        assert call("healthvisitor", f"api-referral-{name}", referral.pk, send=send).status_code == 403
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
def test_a_withdrawal_is_refused_by_field(call, referral, change, field):
    send = {"asked_by": "family", "reason": "Found help", "replies": JSON_REPLIES} | change
    answer = call("duty", "api-referral-withdrawal", referral.pk, send=send)
    assert answer.status_code == 400
    assert field in answer.json()["errors"], answer.json()
    assert Referral.objects.get().status == "received"


def test_a_second_carer_can_be_written_to_as_well(cast):
    dan = CARER | {"given_name": "Dan", "main_carer": False, "pregnant": False, "may_post": True}
    referral = refer(cast["healthvisitor"], caregivers=[CARER, dan])
    to_dan = replace(
        REPLIES[1], recipient="Dan Example", way="letter", text="Dear Dan", address_lines="1 Example Street",
        carer=referral.caregivers.get(given_name="Dan").pk,
    )  # fmt: skip
    withdraw_referral(
        referral=referral, asked_by="family", reason="X", replies=[*REPLIES, to_dan], by=cast["duty"]
    )
    assert Reply.objects.filter(to="family").count() == 2
