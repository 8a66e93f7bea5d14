"""Journey 3, a parent asks for help, and a professional without an account refers, in a real browser."""

import re
import time

import pytest

from tests.journeys.keystroke_model import KeystrokeModel

ASK_PATH = "/ask-for-help/"
BOX_LABEL = "What’s going on?"
PARENT_TEXT = "He cries whatever I do, and I can't feel close to him. I don't know who to ask."
REFERRAL_COUNT_SQL = "SELECT count(*) FROM referrals_referral WHERE entry_point = 'self' AND parent_says = %s"


def count_referrals(service, words):
    with service.connect() as db:
        return db.execute(REFERRAL_COUNT_SQL, [words]).fetchone()[0]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "320"])
def test_a_parent_asks_for_help(open_browser_anonymously, running_service, narrow):
    """One page, one receipt; the person's time is counted by the keystroke-level model."""
    she, effort = open_browser_anonymously(narrow=narrow), KeystrokeModel()
    words = f"{PARENT_TEXT} {narrow}"
    she.go(ASK_PATH)
    effort.open_page()
    she.check_page("01-ask")
    assert she.page.context.cookies() == []
    effort.click()
    she.write(BOX_LABEL, words)
    effort.type_text(words)
    effort.click()
    she.write("Phone number", "01632 960001")
    effort.type_text("01632 960001")
    she.page.locator('[name="safe_ways"][value="text"]').check()
    effort.click()
    effort.think()
    assert count_referrals(running_service, words) == 0
    she.press("Send")
    effort.click()
    effort.open_page()
    assert "R-20" in she.text
    assert "four working hours" in she.text
    she.check_page("02-sent")
    assert count_referrals(running_service, words) == 1
    assert she.page.context.cookies() == []
    assert effort.pages == 2
    assert effort.seconds < 120, effort
    print(f"\nAsking for help: {effort}")


def test_an_error_loses_no_text_and_links_to_the_field(open_browser_anonymously):
    she = open_browser_anonymously()
    she.go(ASK_PATH)
    she.write(BOX_LABEL, PARENT_TEXT)
    she.page.locator("summary", has_text="What is hard").click()
    she.page.get_by_label("I can't tell what my baby needs").check()
    she.press("Send")
    she.check_page("fault")
    assert she.page.get_by_label(BOX_LABEL).input_value() == PARENT_TEXT
    assert she.page.get_by_label("I can't tell what my baby needs").is_visible()
    she.page.get_by_role("link", name="Give us one way to contact you").click()
    assert she.page.evaluate("document.activeElement.name") == "phone"


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "320"])
def test_it_works_without_scripts(open_browser_anonymously, running_service, narrow):
    """Every part opens, is filled in and sent by plain HTML."""
    she = open_browser_anonymously(narrow=narrow, java_script_enabled=False)
    words = f"Without scripts {narrow}"
    she.go(ASK_PATH)
    she.write(BOX_LABEL, words)
    she.write("E-mail address", "mia@example.org")
    for part in she.page.locator("summary").all():
        part.click()
    she.page.get_by_label("What is your name?").fill("Mia Example")
    she.page.get_by_label("Who is at home?").fill("Just us")
    she.press("Send")
    assert "R-20" in she.text
    assert count_referrals(running_service, words) == 1


def test_by_keyboard_alone(open_browser_anonymously, running_service):
    she = open_browser_anonymously()
    she.go(ASK_PATH)
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
    assert count_referrals(running_service, words) == 1


def test_two_quick_clicks_are_one_request_for_help(open_browser_anonymously, running_service):
    she = open_browser_anonymously()
    she.go(ASK_PATH)
    she.write(BOX_LABEL, "Twice in a hurry")
    she.write("Phone number", "01632 960003")
    she.page.get_by_role("button", name="Send", exact=True).dblclick()
    she.page.wait_for_url("**/sent/**")
    she.page.go_back()
    assert count_referrals(running_service, "Twice in a hurry") == 1


def test_leaving_quickly_leaves_nothing_behind(open_browser_anonymously, running_service):
    she = open_browser_anonymously()
    she.page.route(
        "https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather", content_type="text/plain")
    )
    she.go(ASK_PATH)
    she.write(BOX_LABEL, "Nobody may see this")
    for _ in range(3):
        she.page.keyboard.press("Escape")
    she.page.wait_for_url("https://www.bbc.co.uk/weather")
    she.page.go_back()
    assert ASK_PATH not in she.page.url or she.page.get_by_label(BOX_LABEL).input_value() == ""
    assert count_referrals(running_service, "Nobody may see this") == 0
    she.go(ASK_PATH)
    she.page.get_by_role("link", name="Leave this page quickly").click()
    she.page.wait_for_url("https://www.bbc.co.uk/weather")


def test_help_now_is_one_key_or_click_away_from_the_end_of_the_page(open_browser_anonymously):
    she = open_browser_anonymously(narrow=True)
    she.go(ASK_PATH)
    she.page.get_by_role("button", name="Send", exact=True).scroll_into_view_if_needed()
    assert she.page.get_by_role("link", name="Leave this page quickly").is_visible()
    she.page.get_by_role("link", name="Help now").click()
    box = she.page.locator("#help-now").bounding_box()
    assert 0 <= box["y"] < 640


def wait_for_emailed_link(service, to):
    """From the e-mail itself: the worker sends it into a folder."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for file in service.state.emails.glob("*.log"):
            if f"To: {to}" in (text := file.read_text()) and (
                link := re.search(r"/refer/link/[\w-]+/", text)
            ):
                return link.group()
        time.sleep(0.1)
    raise AssertionError(f"no e-mail to {to} came:\n{service.log('worker')[-2000:]}")


def test_a_professional_without_an_account_begins(open_browser_anonymously, running_service):
    """From the sign-in page to the first page of the referral, and on from another device."""
    she = open_browser_anonymously()
    she.go("/account/login/")
    she.follow("Refer a family")
    she.check_page("01-by-email")
    she.write("Your work e-mail address", "gita@surgery.example")
    she.press("Send me a link")
    she.check_page("02-look-into-your-inbox")
    link = wait_for_emailed_link(running_service, "gita@surgery.example")
    she.go(link)
    she.check_page("03-the-link")
    she.press("Begin")
    assert she.page.url == f"{running_service.base_url}{link}permission/"
    she.check_page("04-first-page")
    she.page.locator('[name="permission"][value="parent_agrees"]').check()
    she.press("Save and continue")
    phone = open_browser_anonymously(narrow=True, java_script_enabled=False)
    phone.go(link)
    phone.press("Continue your referral")
    assert phone.page.url == f"{running_service.base_url}{link}babies/"
    assert phone.go("/refer/link/nobodys/") == 404
