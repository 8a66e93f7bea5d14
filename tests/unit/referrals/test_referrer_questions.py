"""What whoever referred is asked and asks for: a question to answer, a withdrawal once the family has been told."""

import json
from dataclasses import replace

import pytest
from django.urls import reverse

from pairs.service.actions import assign_role
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused
from referrals.actions import decide_referral, mark_referral_read
from referrals.actions.additions import add_to_referral
from referrals.actions.steps import ask_for_more, reopen_referral, withdraw_by_referrer
from referrals.models import Addition, Referral
from referrals.rules.choices import PLEASE_TELL_FAMILY
from referrals.rules.reply_drafts import DraftContext, draft_reply, get_question
from tests.project.form_filling import fill_form, parse_form
from tests.unit.referrals.factories import REPLIES, make_test_referral

pytestmark = pytest.mark.django_db
WORDS = "Does she know that you wrote to us?\r\n\r\nAnd who is at home?"
LETTER = f"Dear Helen,\r\n\r\nThank you.\r\n\r\nBefore we decide, we would like to ask you something.\r\n\r\n{WORDS}"
TO_REFERRER = replace(REPLIES[0], text=LETTER)
TO_FAMILY = replace(REPLIES[1], text="Which days are good for you?")
LAWFUL = {"permission": "lawful_basis", "permission_reason": "Court"}


@pytest.fixture
def referral(cast):
    return make_test_referral(cast["healthvisitor"])


@pytest.fixture
def open_page(client, cast):
    def get_page_as(user, name, *args, post=None):
        client.force_login(cast.get(user, user) if isinstance(user, str) else user)
        address = reverse(name, args=args)
        answer = client.get(address) if post is None else client.post(address, post, follow=True)
        return answer.content.decode()

    return get_page_as


@pytest.fixture
def colleague(cast):
    user = User.objects.create(username="colleague", display_name="Cleo", team=cast["healthvisitor"].team)
    assign_role(user=user, role="referrer", site=Site.objects.hub())
    return user


def ask(referral, cast, reply=TO_REFERRER):
    ask_for_more(referral=referral, reason="For our record alone", replies=[reply], by=cast["duty"])


def ask_to_withdraw(referral, cast, knows="tell"):
    withdraw_by_referrer(
        referral=referral, family_knows=knows, reason="They moved away", by=cast["healthvisitor"]
    )


def find_button(page, reference):
    """The act that the row of this referral offers."""
    return page.split(reference)[-1].split("pairs-triage__act")[1].split("</a>")[0]


def test_the_words_of_a_question_are_what_the_draft_left_to_write():
    draft = draft_reply("question", "referrer", DraftContext("R-1", "Helen", "Blackburn"))
    assert get_question(draft.replace("[Write your question.]", WORDS)) == WORDS
    assert get_question("Who is at home?\n") == "Who is at home?"


@pytest.mark.parametrize("permission", [{}, LAWFUL])
@pytest.mark.parametrize("place", ["home", "my-referrals"])
def test_the_row_shows_the_question_and_offers_to_answer(cast, open_page, permission, place):
    referral = make_test_referral(cast["healthvisitor"], **permission)
    ask(referral, cast)
    page = open_page("healthvisitor", place)
    for words in ("More information requested", "Does she know that you wrote to us?", "who is at home?"):
        assert words in page
    assert "For our record alone" not in page
    assert "Thank you." not in page
    button = find_button(page, referral.reference)
    assert reverse("add-to-referral", args=[referral.pk]) in button
    assert "Answer" in button


def test_the_page_answers_first_and_its_form_repeats_the_question(cast, open_page, referral):
    ask(referral, cast)
    page = open_page("healthvisitor", "referral", referral.pk)
    primary = page.split('class="pairs-head__primary"')[1].split("</div>")[0]
    assert reverse("add-to-referral", args=[referral.pk]) in primary
    assert ">Answer<" in primary
    assert "Request a consultation" in page.split('class="pairs-head__primary"')[0]
    form = open_page("healthvisitor", "add-to-referral", referral.pk)
    for words in ("Answer our question about", "And who is at home?", "Your answer", "Send the answer"):
        assert words in form
    assert "Enter your answer" in open_page(
        "healthvisitor", "add-to-referral", referral.pk, post={"text": ""}
    )
    done = open_page("healthvisitor", "add-to-referral", referral.pk, post={"text": "Her mother."})
    assert "Answer sent." in done
    for shown in (done, open_page("healthvisitor", "my-referrals"), open_page("healthvisitor", "home")):
        assert "Answered" in shown
        assert "are reading it" in shown
        assert "when we have the answer" not in shown
    assert "Request a consultation" in done.split('class="pairs-head__primary"')[1].split("</div>")[0]
    assert "What would you like to add?" in open_page("healthvisitor", "add-to-referral", referral.pk)


def test_triage_sees_an_answer_as_before(cast, open_page, referral):
    ask(referral, cast)
    add_to_referral(referral=referral, text="Her mother.", by=cast["healthvisitor"])
    board = open_page("duty", "triage")
    for words in ("Waiting for referrer", "New information"):
        assert words in board
    assert "Withdrawal requested" not in board


def test_what_staff_type_is_not_taken_for_the_answer(cast, open_page, referral):
    ask(referral, cast)
    add_to_referral(referral=referral, text="A neighbour rang.", by=cast["duty"])
    assert "Our question" in open_page("healthvisitor", "my-referrals")


def test_a_colleague_reads_no_question_and_sees_that_it_is_answered(cast, open_page, referral, colleague):
    ask(referral, cast)
    for page in ("my-referrals", "home"):
        shown = open_page(colleague, page)
        assert "More information requested" in shown
        assert "Does she know" not in shown
        assert "Request consultation" in find_button(shown, referral.reference)
    assert "Does she know" not in open_page(colleague, "add-to-referral", referral.pk)
    assert "Does she know" not in open_page("duty", "add-to-referral", referral.pk)
    add_to_referral(referral=referral, text="Her mother.", by=cast["healthvisitor"])
    assert "Answered" in open_page(colleague, "my-referrals")


@pytest.mark.parametrize("permission", [{}, LAWFUL])
def test_what_the_family_was_asked_is_no_question_to_whoever_referred(cast, open_page, permission):
    referral = make_test_referral(cast["healthvisitor"], **permission)
    ask(referral, cast)
    mark_referral_read(referral=Referral.objects.get(), by=cast["duty"])
    assert "Our question" not in open_page("healthvisitor", "my-referrals")
    ask(Referral.objects.get(), cast, TO_FAMILY)
    shown = open_page("healthvisitor", "my-referrals")
    for words in ("Our question", "Does she know", "Which days"):
        assert words not in shown
    assert "Request consultation" in find_button(shown, referral.reference)


def test_the_api_says_the_question_to_whoever_was_asked_alone(cast, client, referral, colleague):
    ask(referral, cast)
    for user, question in ((cast["healthvisitor"], WORDS), (colleague, "")):
        client.force_login(user)
        told = client.get(reverse("api-referral", args=[referral.pk])).json()
        assert (told["stage"], told["question"]) == ("more_asked", question)
    client.force_login(cast["duty"])
    assert "question" not in client.get(reverse("api-referral", args=[referral.pk])).json()


# ---------------------------------------------------------------- a withdrawal that the family hears of first


@pytest.mark.parametrize("permission", [{}, LAWFUL])
def test_a_withdrawal_that_was_asked_for_is_the_status_and_is_not_offered_again(
    cast, open_page, permission, colleague
):
    referral = make_test_referral(cast["healthvisitor"], **permission)
    address = reverse("withdraw-my-referral", args=[referral.pk])
    assert address in open_page("healthvisitor", "referral", referral.pk)
    sent = {"reason": "They moved away", "family_knows": "tell"}
    done = open_page("healthvisitor", "withdraw-my-referral", referral.pk, post=sent)
    for page in (done, open_page("healthvisitor", "home"), open_page(colleague, "my-referrals")):
        assert "Withdrawal requested" in page
        assert "We will tell the family first, then close the referral." in page
        assert address not in page
    assert "already asked to withdraw" in open_page("healthvisitor", "withdraw-my-referral", referral.pk)
    assert reverse("add-to-referral", args=[referral.pk]) in done


@pytest.mark.parametrize("knows", ["tell", "told"])
def test_it_is_asked_for_once_by_the_api_too(cast, client, referral, knows):
    client.force_login(cast["healthvisitor"])
    address = reverse("api-my-withdrawal", args=[referral.pk])

    def send(knows):
        sent = {"reason": "They moved away", "family_knows": knows}
        return client.post(address, json.dumps(sent), content_type="application/json")

    assert send("tell").status_code == 201
    refused = send(knows)
    assert refused.status_code == 400
    assert "already asked" in refused.content.decode()
    assert Addition.objects.count() == 1


def test_triage_sees_on_board_and_decision_that_it_is_to_be_withdrawn(cast, open_page, referral):
    assert "Withdrawal requested" not in open_page("duty", "triage")
    ask_to_withdraw(referral, cast)
    board = open_page("duty", "triage")
    assert ("Withdrawal requested" in board, "New information" in board) == (True, False)
    assert "Withdrawal requested" in open_page("duty", "triage-csv")
    add_to_referral(referral=referral, text="In March.", by=cast["healthvisitor"])
    board = open_page("duty", "triage")
    assert ("Withdrawal requested" in board, "New information" in board) == (True, True)
    for page in ("decide-referral", "referral"):
        shown = open_page("duty", page, referral.pk)
        assert "asks us to tell the family first" in shown
        assert shown.count(reverse("withdraw-referral", args=[referral.pk])) >= 1
    mark_referral_read(referral=referral, by=cast["duty"])
    for page, asked in (("triage", ()), ("decide-referral", (referral.pk,))):
        assert "Withdrawal requested" in open_page("duty", page, *asked)


def test_recording_the_withdrawal_begins_with_who_asked_and_why(cast, open_page, referral):
    fields = parse_form(open_page("duty", "withdraw-referral", referral.pk))["fields"]
    assert (fields["asked_by"]["value"], fields["reason"]["value"]) == ([], [])
    ask_to_withdraw(referral, cast)
    form = parse_form(open_page("duty", "withdraw-referral", referral.pk))
    fields = form["fields"]
    assert (fields["asked_by"]["value"], fields["reason"]["value"]) == (["referrer"], ["They moved away"])
    open_page("duty", "withdraw-referral", referral.pk, post=fill_form(form))
    assert Referral.objects.get().status == "withdrawn"
    shown = open_page("healthvisitor", "my-referrals")
    assert ("Withdrawn" in shown, "Withdrawal requested" in shown) == (True, False)


def test_once_decided_and_reopened_the_old_request_is_over(cast, open_page, referral):
    ask_to_withdraw(referral, cast)
    decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=REPLIES)
    assert "Withdrawal requested" not in open_page("healthvisitor", "my-referrals")
    assert "asks us to tell the family" not in open_page("duty", "decide-referral", referral.pk)
    reopen_referral(referral=Referral.objects.get(), reason="They stay", by=cast["duty"])
    assert "Withdrawal requested" not in open_page("healthvisitor", "referral", referral.pk)
    assert "Withdrawal requested" not in open_page("duty", "triage")
    ask_to_withdraw(Referral.objects.get(), cast)
    with pytest.raises(ActionRefused):
        ask_to_withdraw(Referral.objects.get(), cast)


@pytest.mark.parametrize("who", ["duty", "healthvisitor"])
def test_the_same_words_typed_as_information_ask_for_nothing(cast, open_page, referral, who):
    add_to_referral(referral=referral, text=f"{PLEASE_TELL_FAMILY} so they said", by=cast[who])
    assert "Withdrawal requested" not in open_page("duty", "triage")
    assert "Withdrawal requested" not in open_page("healthvisitor", "referral", referral.pk)


# ---------------------------------------------------------------- what was told already


def test_what_they_were_told_is_not_denied_until_the_family_agrees(cast, open_page, colleague):
    referral = make_test_referral(cast["healthvisitor"], **LAWFUL)
    decide_referral(
        referral=referral, response="direct", by=cast["duty"], thrive="help", thrive_reason="Time",
        replies=REPLIES, lead=cast["blackburn"],
    )  # fmt: skip
    mine = open_page("healthvisitor", "referral", referral.pk)
    assert "we cannot say more than we have told you" in mine
    theirs = open_page(colleague, "referral", referral.pk)
    assert "we cannot say more;" in theirs
    for page in (mine, theirs):
        assert "Accepted" not in page
