"""Journey 2: “what happened to my referral?”: one page says it; and what goes to and fro until it is decided."""

import io
import re

import pypdf
import pytest

from tests.journeys.browser_user import SEND_REFERRAL_SCRIPT
from tests.journeys.keystroke_model import KeystrokeModel

MAX_PAGES, MAX_SECONDS = 2, 15
QUESTION_TEXT = "Does Marla know that you wrote to us?"
ANSWER_TEXT = "Yes. She asked me to."
REFERRAL = {
    "permission": "parent_agrees",
    "noticed": "Wren looks away when Marla leans in; both go still.",
    "place": "blackburn-with-darwen",
    "infants": [{"born": "born", "birth_date": "2026-06-01", "given_name": "Wren", "family_name": "Ashworth"}],
    "caregivers": [
        {
            "given_name": "Marla", "family_name": "Ashworth", "relationship": "mother", "main_carer": True,
            "address_lines": "1 Example Street", "postcode": "BB1 7AA", "may_post": "yes", "phone": "01632 960123",
        }
    ],
}  # fmt: skip


@pytest.fixture
def sent_referral(open_browser_as):
    """(the health visitor at the browser, her referral's id and reference)."""
    her = open_browser_as("healthvisitor")
    her.go("/refer/")
    status, said = her.page.evaluate(SEND_REFERRAL_SCRIPT, REFERRAL)
    assert status == 201, said
    return her, said["id"], said["reference"]


def test_what_happened_to_my_referral(open_browser_as, sent_referral):
    her, referral, reference = sent_referral
    duty, supervisor = open_browser_as("duty"), open_browser_as("supervisor")
    her.go("/")
    check_status_in_two_pages(her, reference)
    assert "The duty clinician will read it by" in her.text
    her.check_page("j2-1-received")
    ask_for_more(duty, referral)
    answer_question(her, referral)
    read_and_withdraw(duty, referral, reference)
    check_withdrawal_shown(her, reference)
    open_again(supervisor, referral)
    check_directory(supervisor)


def check_status_in_two_pages(her, reference):
    """From home to the answer: two pages."""
    effort = KeystrokeModel()
    for link in ("My referrals", reference):
        effort.click()
        effort.open_page()
        if link == reference:
            her.check_page("j2-0-my-referrals")
        her.find(link).click()
        her.page.wait_for_load_state()
    effort.think()
    for words in ("Received", "Status", "What happens next"):
        assert words in her.text
    assert effort.pages <= MAX_PAGES
    assert effort.seconds <= MAX_SECONDS
    print(f"Journey 2: {effort}")


def ask_for_more(him, referral):
    him.go(f"/referrals/{referral}/question/")
    him.check_page("j2-2-ask-for-more")
    him.write("What do you need to know, in a line?", "Whether she knows")
    him.press("Send the question")
    assert "square brackets" in him.text
    him.check_page("j2-3-unfinished")
    him.box("replies-0-text").fill(QUESTION_TEXT)
    him.press("Send the question")
    assert "Question saved" in him.page.locator("body").inner_text()


def answer_question(her, referral):
    her.go(f"/referrals/{referral}/")
    assert QUESTION_TEXT in her.text
    her.check_page("j2-4-a-question")
    her.follow("Answer")
    her.check_page("j2-5-add")
    her.write("Your answer", ANSWER_TEXT)
    her.press("Send the answer")
    assert ANSWER_TEXT in her.text
    her.follow("Withdraw the referral")
    her.check_page("j2-6-withdraw-mine")
    her.press("Withdraw it")
    assert "Choose whether the family knows" in her.text
    her.go("/my-referrals/hand-over/")
    her.check_page("j2-7-hand-over")


def read_and_withdraw(him, referral, reference):
    """Duty reads the answer, withdraws it as the family asked, by letter; and the letter is a PDF."""
    him.go("/due/?show=all")
    assert "Read new information" in him.text
    him.go(f"/referrals/{referral}/")
    assert ANSWER_TEXT in him.text
    him.go(f"/referrals/{referral}/withdraw/")
    him.check_page("j2-8-withdraw")
    him.tick("The family")
    him.write("Why?", "They have found help")
    assert him.box("replies-1-way").input_value() == "letter"
    him.press("Withdraw the referral")
    him.check_page("j2-9-referral")
    him.follow(re.compile("The withdrawal to the family"))
    him.page.get_by_role("link", name="Download the PDF").wait_for(timeout=60_000)
    him.check_page("j2-10-reply")
    with him.page.expect_download() as download:
        him.page.get_by_role("link", name="Download the PDF").click()
    words = " ".join(
        pypdf.PdfReader(io.BytesIO(download.value.path().read_bytes())).pages[0].extract_text().split()
    )
    for said in ("Marla Ashworth", "1 Example Street", reference):
        assert said in words
    him.follow("Print it")
    him.check_page("j2-11-print")


def check_withdrawal_shown(her, reference):
    her.go("/my-referrals/")
    her.find(reference).click()
    assert "Withdrawn" in her.text
    assert "It has been withdrawn" in her.text
    for words in ("found help", "you can come back"):  # what was said to the family is theirs
        assert words not in her.text
    her.check_page("j2-12-withdrawn")


def open_again(she, referral):
    she.go(f"/referrals/{referral}/")
    she.follow("Reopen")
    she.check_page("j2-13-open-again")
    she.write("Why is it being reopened?", "They would like to come after all")
    she.press("Reopen")
    assert "Read" in she.text


def check_directory(she):
    she.go("/destinations/")
    she.check_page("j2-14-destinations")
    she.choose("District", "Hyndburn")
    she.page.wait_for_url("**place=hyndburn**")  # what is chosen applies at once
    assert "Example Family Hub, Hyndburn" in she.text
    assert "Example Family Hub, Blackburn" not in she.text
    she.follow("Example Family Hub, Hyndburn")
    she.check_page("j2-15-destination")
    she.follow("Retire")
    she.check_page("j2-16-retire")
