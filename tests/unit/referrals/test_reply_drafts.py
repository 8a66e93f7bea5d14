"""The words to begin a reply from, and the ways that are safe: tables, no database."""

from dataclasses import replace
from uuid import uuid4

import pytest

from referrals.rules.choices import ReferralResponse
from referrals.rules.replies import (
    ContactDetails,
    ReplyDraft,
    build_own_withdrawal_replies,
    choose_reply_way,
    find_replies_errors,
    find_safety_errors,
    find_way_error,
    list_owed_roles,
)
from referrals.rules.reply_drafts import (
    REASON_PLACEHOLDER,
    DraftContext,
    SignpostedService,
    draft_reply,
    is_unfinished,
)

HUB_DESTINATION = SignpostedService(
    "Example Family Hub", "A warm place to meet", "01632 960555", "Drop in on Mondays"
)
REPLY_CONTEXT = DraftContext(
    "R-2026-00001",
    "Mia Example",
    "Blackburn with Darwen",
    child="Wren",
    shared=True,
    turns=(HUB_DESTINATION,),
)
EVERY_ANSWER = [*ReferralResponse.values, "question", "withdrawn"]
MIA_CONTACT = ContactDetails(
    uuid4(), "Mia", "01632 960001", "mia@home.example", "1 Example Street\nBB1 7AA", True, True, True
)


@pytest.mark.parametrize("to", ["family", "referrer"])
@pytest.mark.parametrize("answer", EVERY_ANSWER)
@pytest.mark.parametrize("own_help", [True, False])
@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("agreed", [True, False])
def test_each_answer_has_a_draft_for_everybody(to, answer, own_help, asked, agreed):
    told = replace(REPLY_CONTEXT, own_help=own_help, asked_themselves=asked, agreed=agreed)
    text = draft_reply(answer, to, told)
    assert text.startswith("Dear Mia Example,")
    assert "R-2026-00001" in text
    assert "  " not in text
    assert is_unfinished(text) is (answer in ("none", "question"))
    for cold in ("eligib", "criteria", "threshold", "refus", "reject", "fail", "non-", "did not engage"):
        assert cold not in text.lower()


def test_not_for_us_now_says_why_and_where_to_turn_with_the_number():
    text = draft_reply("none", "family", replace(REPLY_CONTEXT, reason="Your midwife can help sooner."))
    for words in (
        "Your midwife can help sooner.",
        "Example Family Hub: A warm place to meet. Phone 01632 960555.",
    ):
        assert words in text
    assert not is_unfinished(text)
    assert "come back to us at any time" in text


@pytest.mark.parametrize("answer", ReferralResponse.values)
def test_until_the_family_agrees_the_referrer_learns_only_that_it_is_decided(answer):
    texts = {
        draft_reply(each, "referrer", replace(REPLY_CONTEXT, shared=False))
        for each in ReferralResponse.values
    }
    assert len(texts) == 1
    assert "accepted" not in texts.pop()
    assert "Wren" not in draft_reply(answer, "referrer", REPLY_CONTEXT)


def test_whoever_asked_themselves_is_thanked_for_it():
    assert "Thank you for asking us" in draft_reply(
        "direct", "family", replace(REPLY_CONTEXT, asked_themselves=True)
    )
    joint = draft_reply("joint", "family", replace(REPLY_CONTEXT, asked_themselves=True))
    assert "someone who already supports you" in joint
    assert "referred" not in joint


@pytest.mark.parametrize(
    ("entry_point", "has_referrer", "family_asked", "owed"),
    [
        ("professional", True, False, ("referrer", "family")),
        ("professional", True, True, ("referrer", "family")),  # suggested and typed by one of ours
        ("email", True, False, ("referrer", "family")),
        ("phone", False, False, ("referrer", "family")),
        ("phone", False, True, ("family",)),
        ("self", False, True, ("family",)),
        ("self", True, False, ("referrer", "family")),  # somebody filled it in for them
    ],
)
def test_who_is_owed_a_reply(entry_point, has_referrer, family_asked, owed):
    assert (
        list_owed_roles(entry_point=entry_point, has_referrer=has_referrer, family_asked=family_asked) == owed
    )


@pytest.mark.parametrize(
    ("changes", "way"),
    [
        ({}, "letter"),
        ({"may_post": False}, "email"),
        ({"may_post": None}, "email"),
        ({"address_withheld": True}, "email"),
        ({"address_lines": ""}, "email"),
        ({"may_post": False, "may_email": None}, "phone"),
        ({"may_post": False, "may_email": False, "may_call": None}, "phone"),
        ({"may_post": False, "may_email": False, "may_call": False}, "none"),
        ({"may_post": False, "email": "", "phone": ""}, "none"),
    ],
)
def test_the_usual_way_is_a_safe_one(changes, way):
    assert choose_reply_way(replace(MIA_CONTACT, **changes)) == way


@pytest.mark.parametrize(
    ("way", "changes", "words"),
    [
        ("letter", {"may_post": False}, "asked us not to send post"),
        ("letter", {"may_post": None}, "Whether post is safe is not recorded"),
        ("letter", {"address_withheld": True}, "must not be on an envelope"),
        ("letter", {"no_fixed_abode": True}, "no fixed abode"),
        ("email", {"may_email": False}, "asked us not to e-mail them"),
        ("email", {"may_email": None}, "Whether e-mail is safe is not recorded"),
        ("phone", {"may_call": False}, "asked us not to call"),
        ("phone", {"may_call": None}, ""),
        ("in_person", {"may_call": False}, ""),
    ],
)
def test_a_way_that_is_not_safe_is_refused_with_what_to_do(way, changes, words):
    said = find_way_error(way, replace(MIA_CONTACT, **changes))
    assert words in said
    assert bool(said) is bool(words)


def test_a_letter_says_which_of_them_it_is_to():
    letter = ReplyDraft(
        to="family", recipient="Mia", way="letter", text="Hello", address_lines="1 Example Street"
    )
    assert set(find_safety_errors(letter, [MIA_CONTACT])) == {"carer"}
    assert find_safety_errors(replace(letter, carer=MIA_CONTACT.carer), [MIA_CONTACT]) == {}
    assert find_safety_errors(replace(letter, to="referrer"), [MIA_CONTACT]) == {}
    assert find_safety_errors(letter, []) == {}  # nobody is named: nothing is known against it


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": f"Dear Mia, {REASON_PLACEHOLDER}"}, "text"),
        ({"recipient": " "}, "recipient"),
        ({"way": "letter"}, "address_lines"),
        ({"way": "email"}, "email"),
        ({"way": "none"}, "why_none"),
    ],
)
def test_a_reply_that_cannot_be_sent_says_why_beside_the_field(changes, field):
    whole = ReplyDraft(to="family", recipient="Mia", way="phone", text="Hello")
    assert find_replies_errors([whole], ["family"]) == {}
    assert set(find_replies_errors([replace(whole, **changes)], ["family"])) == {f"replies.0.{field}"}


def test_everybody_owed_a_reply_gets_one():
    assert set(find_replies_errors([], ["referrer", "family"])) == {"replies"}


@pytest.mark.parametrize(("knows", "words"), [("told", "has told them"), ("unsafe", "not safe")])
def test_a_withdrawal_by_whoever_referred_records_what_the_family_knows(knows, words):
    one, other = build_own_withdrawal_replies(name="Helen", family_knows=knows, owed=("referrer", "family"))
    assert "themselves" in one.why_none
    assert words in other.why_none
    assert find_replies_errors([one, other], ("referrer", "family")) == {}
