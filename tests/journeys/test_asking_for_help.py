"""Journey 3, a parent asks for help, and a professional without an account refers, in a real browser."""

import re

import pytest

from tests.journeys.effort import Effort

ASK = "/ask-for-help/"
BOX = "What’s going on?"
WORDS = "He cries whatever I do, and I can't feel close to him. I don't know who to ask."
LAST_MAIL = "SELECT body FROM jobs_outboxemail WHERE subject LIKE '%link to refer%' ORDER BY created_at DESC"
KEPT = "SELECT count(*) FROM referrals_referral WHERE door = 'self' AND parent_says = %s"


def kept(service, words):
    with service.connect() as db:
        return db.execute(KEPT, [words]).fetchone()[0]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "320"])
def test_a_parent_asks_for_help(stranger, service, narrow):
    """One page, one receipt; the person's time is counted by the keystroke-level model."""
    she, effort = stranger(narrow=narrow), Effort()
    words = f"{WORDS} {narrow}"
    she.go(ASK)
    effort.page()
    she.look("01-ask")
    assert she.page.context.cookies() == []
    effort.click()
    she.write(BOX, words)
    effort.keys(words)
    effort.click()
    she.write("Phone number", "01632 960001")
    effort.keys("01632 960001")
    she.page.locator('[name="safe_ways"][value="text"]').check()
    effort.click()
    effort.think()
    assert kept(service, words) == 0
    she.press("Send")
    effort.click()
    effort.page()
    assert "R-20" in she.text
    assert "four working hours" in she.text
    she.look("02-sent")
    assert kept(service, words) == 1
    assert she.page.context.cookies() == []
    assert effort.pages == 2
    assert effort.seconds < 120, effort
    print(f"\nAsking for help: {effort}")


def test_a_fault_keeps_every_word_and_its_link_goes_to_the_field(stranger):
    she = stranger()
    she.go(ASK)
    she.write(BOX, WORDS)
    she.page.locator("summary", has_text="What is hard").click()
    she.page.get_by_label("I can't tell what my baby needs").check()
    she.press("Send")
    she.look("fault")
    assert she.page.get_by_label(BOX).input_value() == WORDS
    assert she.page.get_by_label("I can't tell what my baby needs").is_visible()
    she.page.get_by_role("link", name="Give us one way to answer").click()
    assert she.page.evaluate("document.activeElement.name") == "phone"


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "320"])
def test_it_works_without_scripts(stranger, service, narrow):
    """Every part opens, is filled in and sent by plain HTML."""
    she = stranger(narrow=narrow, java_script_enabled=False)
    words = f"Without scripts {narrow}"
    she.go(ASK)
    she.write(BOX, words)
    she.write("E-mail address", "mia@example.org")
    for part in she.page.locator("summary").all():
        part.click()
    she.page.get_by_label("What is your name?").fill("Mia Example")
    she.page.get_by_label("Who is at home?").fill("Just us")
    she.press("Send")
    assert "R-20" in she.text
    assert kept(service, words) == 1


def test_by_keyboard_alone(stranger, service):
    she = stranger()
    she.go(ASK)
    keys, words = she.page.keyboard, "By keyboard alone"
    for _ in range(40):
        keys.press("Tab")
        name = she.page.evaluate("document.activeElement.name")
        if name == "parent_says":
            keys.type(words)
        elif name == "phone":
            keys.type("01632 960002")
            break
    keys.press("Enter")
    she.page.wait_for_url("**/sent/**")
    assert "R-20" in she.text
    assert kept(service, words) == 1


def test_two_quick_clicks_are_one_request_for_help(stranger, service):
    she = stranger()
    she.go(ASK)
    she.write(BOX, "Twice in a hurry")
    she.write("Phone number", "01632 960003")
    she.page.get_by_role("button", name="Send", exact=True).dblclick()
    she.page.wait_for_url("**/sent/**")
    she.page.go_back()
    assert kept(service, "Twice in a hurry") == 1


def test_leaving_quickly_leaves_nothing_behind(stranger, service):
    she = stranger()
    she.page.route(
        "https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather", content_type="text/plain")
    )
    she.go(ASK)
    she.write(BOX, "Nobody may see this")
    for _ in range(3):
        she.page.keyboard.press("Escape")
    she.page.wait_for_url("https://www.bbc.co.uk/weather")
    she.page.go_back()
    assert ASK not in she.page.url or she.page.get_by_label(BOX).input_value() == ""
    assert kept(service, "Nobody may see this") == 0
    she.go(ASK)
    she.page.get_by_role("link", name="Leave this page quickly").click()
    she.page.wait_for_url("https://www.bbc.co.uk/weather")


def test_help_now_is_one_key_or_click_away_from_the_end_of_the_page(stranger):
    she = stranger(narrow=True)
    she.go(ASK)
    she.page.get_by_role("button", name="Send", exact=True).scroll_into_view_if_needed()
    assert she.page.get_by_role("link", name="Leave this page quickly").is_visible()
    she.page.get_by_role("link", name="Help now").click()
    box = she.page.locator("#help-now").bounding_box()
    assert 0 <= box["y"] < 640


def link_sent(service):
    with service.connect() as db:
        (body,) = db.execute(LAST_MAIL).fetchone()
    return re.search(r"/refer/link/[\w-]+/", body).group()


def test_a_professional_without_an_account_begins(stranger, service):
    """From the sign-in page to the first page of the referral, and on from another device."""
    she = stranger()
    she.go("/account/login/")
    she.follow("Refer a family")
    she.look("01-by-email")
    she.write("Your work e-mail address", "gita@surgery.example")
    she.press("Send me a link")
    she.look("02-look-into-your-inbox")
    link = link_sent(service)
    she.go(link)
    she.look("03-the-link")
    she.press("Begin")
    assert she.page.url == f"{service.base_url}{link}permission/"
    she.look("04-first-page")
    she.page.locator('[name="permission"][value="parent_agrees"]').check()
    she.press("Save and continue")
    phone = stranger(narrow=True, java_script_enabled=False)
    phone.go(link)
    phone.press("Go on with your referral")
    assert phone.page.url == f"{service.base_url}{link}babies/"
    assert phone.go("/refer/link/nobodys/") == 404
