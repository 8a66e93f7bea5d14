"""Journey 6: a satellite practitioner logs a contact in two clicks; a session that is lost loses nothing."""

import re

from django.conf import settings

from tests.browser import leave_alone_for
from tests.journeys.keystroke_model import KeystrokeModel

MAX_SECONDS = 45
USUAL_SCREEN = {"width": 1280, "height": 800}  # of a laptop
WHY_TEXT = "A cold; his mother rang."
AUTOSAVE_MS = 10_000  # as in static/pairs.js
HAPPENED_TEXT, BABY_TOLD_TEXT = "We sang together on the mat.", "I turn to you when you sing."


def do_click(effort, act, he, *, page=False):
    """One click, counted; ``page``: another page opens."""
    effort.click()
    if page:
        effort.open_page()
    act()
    he.page.wait_for_load_state()


def open_contact_form(he, effort):
    """From the caseload to a form that can be saved: counted."""
    he.go("/caseload/")
    link = he.page.get_by_role("link", name=re.compile("^Log contact")).first
    do_click(effort, link.click, he, page=True)
    assert he.heading == "Log a contact"


def type_into_box(he, effort, name, text):
    """Into a box, by the model: point, press, type."""
    box = he.page.locator(f'[name="{name}"]')
    do_click(effort, box.click, he)
    effort.type_text(text)
    box.press_sequentially(text)


def test_a_contact_is_logged_from_the_caseload(open_browser_as):
    he, effort = open_browser_as("blackburn"), KeystrokeModel()
    open_contact_form(he, effort)
    assert effort.clicks <= 2
    filled = ("held_on", "held_at", "minutes", "mechanism", "location", "form-0-attendance")
    assert all(he.page.locator(f'[name="{name}"]').first.input_value() for name in filled)
    he.page.set_viewport_size(USUAL_SCREEN)
    sign = he.page.get_by_role("button", name="Sign", exact=True).bounding_box()
    assert sign["y"] + sign["height"] <= USUAL_SCREEN["height"]
    he.check_page("j6-1-form", record=True)
    type_into_box(he, effort, "happened", HAPPENED_TEXT)
    type_into_box(he, effort, "baby_told", BABY_TOLD_TEXT)
    do_click(effort, he.page.get_by_role("button", name="Sign", exact=True).click, he, page=True)
    he.follow("Read the note")
    assert re.search("Signed by", he.text), he.text
    assert BABY_TOLD_TEXT in he.text
    he.check_page("j6-2-saved", record=True)
    print(f"a contact where everybody came: {effort}")
    assert effort.seconds <= MAX_SECONDS, str(effort)


def test_not_brought_asks_who_and_why(open_browser_as):
    he, effort = open_browser_as("blackburn"), KeystrokeModel()
    open_contact_form(he, effort)
    he.page.get_by_role("button", name="Sign", exact=True).wait_for()
    do_click(effort, he.page.locator("label", has_text="Not brought").first.click, he)
    why = he.page.locator(".pairs-person__why input:visible").first
    assert why.evaluate("box => box === document.activeElement"), "the reason is next"
    assert not he.page.locator(".pairs-person__presence:visible").count()
    he.check_page("j6-3-not-brought", record=True)
    effort.type_text(WHY_TEXT)
    why.press_sequentially(WHY_TEXT)
    do_click(effort, he.page.get_by_role("button", name="Sign", exact=True).click, he, page=True)
    he.follow("Read the note")
    assert "Was not brought" in he.text
    assert WHY_TEXT in he.text
    print(f"not brought: {effort}")
    assert effort.seconds <= MAX_SECONDS, str(effort)


def test_messages_and_liaison_are_one_click_away(open_browser_as):
    he, effort = open_browser_as("blackburn"), KeystrokeModel()
    open_contact_form(he, effort)
    he.follow("It was a text or e-mail")
    assert he.heading == "Log a message"
    he.check_page("j6-4-message", record=True)
    he.follow("It was with a colleague")
    assert he.heading == "Log a conversation with a colleague"
    he.check_page("j6-5-liaison", record=True)
    he.box("others-0-name").fill("Nell Nurse")
    he.box("happened").fill("She sees them on Friday.")
    he.press("Sign")
    he.follow("Read the note")
    assert "Nell Nurse" in he.text
    assert "Who came" not in he.text
    he.check_page("j6-6-liaison-saved", record=True)


def test_a_note_is_starred_copied_and_marked(open_browser_as):
    he = open_browser_as("blackburn")
    open_contact_form(he, KeystrokeModel())
    he.box("happened").fill(HAPPENED_TEXT)
    he.press("Sign")
    he.follow("Read the note")
    he.press("Star it for supervision")
    assert "Starred for supervision" in he.text
    he.follow("Copy as plain text")
    he.check_page("j6-7-plain-text", record=True)
    assert HAPPENED_TEXT in he.page.locator("textarea").input_value()
    he.press("Copy")
    said = he.page.locator("[data-copied]")
    said.filter(has_text=re.compile("Copied|selected")).wait_for()
    he.follow("The contact")
    he.follow("This was entered in error")
    he.check_page("j6-8-entered-in-error", record=True)
    he.go("/supervision/")
    he.check_page("j6-9-supervision")


def test_a_supervisor_countersigns_a_trainees_note(open_browser_as):
    she = open_browser_as("trainee")
    she.go("/caseload/?whose=all")
    she.page.get_by_role("link", name=re.compile("^Log contact")).first.click()
    she.page.wait_for_load_state()
    she.box("happened").fill(HAPPENED_TEXT)
    she.press("Sign")
    she.follow("Read the note")
    assert "To be countersigned" in she.text
    lead = open_browser_as("supervisor")
    lead.go("/countersigning/")
    lead.check_page("j6-10-to-countersign")
    lead.page.goto(she.page.url)
    lead.follow("Read and countersign")
    lead.check_page("j6-11-countersign", record=True)
    lead.tick("Countersign")
    lead.press("Save")
    assert "Countersigned" in lead.text


def test_a_session_that_ends_in_mid_note_loses_nothing(open_browser_as, running_service, new_page):
    he = open_browser_as("blackburn")
    he.page.clock.install()
    open_contact_form(he, KeystrokeModel())
    address = he.page.url
    write_and_have_it_saved(he)
    with running_service.connect() as db:
        db.execute("DELETE FROM django_session")
    he.page.get_by_role("button", name="Sign", exact=True).click()
    he.page.wait_for_load_state()
    assert he.page.locator("[name=password]").count(), "signed out"
    he.page.locator("[name=login]").fill("blackburn")
    he.page.locator("[name=password]").fill("demo-pairs-2026")
    he.page.locator("form:has([name=password]) button[type=submit]").click()
    he.page.wait_for_load_state()
    he.page.goto(address)
    he.check_page("j6-12-begun", record=True)
    he.follow("Continue")
    assert he.box("happened").input_value() == HAPPENED_TEXT
    he.press("Sign")
    he.follow("Read the note")
    assert HAPPENED_TEXT in he.text
    he.page.goto(address)
    assert "You started this form" not in he.text
    new_page.problems.clear()


def test_a_session_that_locks_in_mid_note_loses_nothing(open_browser_as, running_service, django_db_blocker):
    he = open_browser_as("blackburn")
    he.page.clock.install()
    open_contact_form(he, KeystrokeModel())
    with django_db_blocker.unblock():
        leave_alone_for(he.page, running_service, settings.SESSION_IDLE_LOCK_SECONDS - 30)
        write_and_have_it_saved(he)  # which a page does by itself, and keeps no session open
        leave_alone_for(he.page, running_service, 31)
    he.press("Sign")
    he.page.locator("[name=password]").fill("demo-pairs-2026")
    he.page.get_by_role("button", name=re.compile("Unlock|Go on")).click()
    he.page.wait_for_load_state()
    assert he.box("happened").input_value() == HAPPENED_TEXT


def write_and_have_it_saved(he):
    """Words in the note, and then the time that its page waits before it saves a draft."""
    he.box("happened").fill(HAPPENED_TEXT)
    he.page.clock.fast_forward(AUTOSAVE_MS)
    he.page.locator(".pairs-autosave", has_text="Draft saved").wait_for(timeout=15_000)
