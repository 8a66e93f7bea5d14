"""Journey 1: a health visitor refers a family in three minutes, on six pages; and goes on with it elsewhere."""

import re
from datetime import timedelta

from django.utils import timezone

from tests.journeys.browser_user import NARROW_VIEWPORT
from tests.journeys.keystroke_model import KeystrokeModel

MAX_PAGES, MAX_SECONDS = 6, 180
NOTICED_TEXT = "Wren looks away when Marla leans in, and both go still. Feeding has become hard for them."
PARENT_TEXT = "I want to enjoy her."


class CountedUser:
    """One person's keys and clicks at a page, counted as they are made."""

    def __init__(self, visitor):
        self.her, self.effort = visitor, KeystrokeModel()

    def follow_link(self, link):
        self.effort.click()
        self.effort.open_page()
        self.her.follow(link)

    def press(self, button):
        self.effort.click()
        self.effort.open_page()
        self.her.press(button)

    def tick(self, label):
        self.effort.click()
        self.her.tick(label)

    def box(self, name, text):
        self.effort.click()
        self.effort.type_text(text)
        self.her.box(name).fill(text)

    def fill_date(self, name, day):
        """Three boxes: the first by mouse, the others by Tab."""
        self.effort.click()
        for part in ("day", "month", "year"):
            text = str(getattr(day, part))
            self.effort.type_text(text + ("" if part == "year" else "\t"))
            self.her.box(f"{name}-{part}").fill(text)

    def select_option(self, name, label):
        self.effort.click()
        self.effort.click()
        self.her.box(name).select_option(label=label)


def test_a_referral_in_three_minutes_on_six_pages(open_browser_as):
    her = open_browser_as("healthvisitor")
    hand = CountedUser(her)
    hand.follow_link("Refer a family")
    for words in ("not a safeguarding referral", "999", "Request a consultation instead"):
        assert words in her.text
    her.check_page("j1-1-permission")
    hand.tick("The parent agrees to this referral")
    hand.press("Save and continue")
    fill_baby_page(hand)
    fill_mother_page(hand)
    fill_noticed_page(hand)
    fill_involved_page(hand)
    check_and_send(hand)
    assert hand.effort.pages - 1 <= MAX_PAGES  # the last one is the receipt
    assert hand.effort.seconds <= MAX_SECONDS
    print(f"Journey 1: {hand.effort}")


def fill_baby_page(hand):
    hand.tick("Born")
    hand.fill_date("infants-0-birth_date", timezone.localdate() - timedelta(days=200))
    hand.box("infants-0-given_name", "Wren")
    hand.box("infants-0-family_name", "Ashworth")
    hand.her.check_page("j1-2-babies")
    hand.press("Save and continue")


def fill_mother_page(hand):
    hand.box("caregivers-0-given_name", "Marla")
    hand.box("caregivers-0-family_name", "Ashworth")
    hand.select_option("caregivers-0-relationship", "Mother")
    hand.box("caregivers-0-phone", "01632 960123")
    hand.effort.click()
    hand.her.page.get_by_text("Safe contact, if they have told you").first.click()
    hand.select_option("caregivers-0-may_text", "Yes")
    hand.her.check_page("j1-3-carers")
    hand.press("Save and continue")


def fill_noticed_page(hand):
    hand.tick("Parent finds it hard to read the baby's cues")
    hand.box("noticed", NOTICED_TEXT)
    hand.box("parent_says", PARENT_TEXT)
    hand.box("hopes", "To feel at ease together.")
    hand.her.check_page("j1-4-noticed")
    hand.press("Save and continue")


def fill_involved_page(hand):
    her = hand.her
    assert her.page.locator("[name=asker_name]").input_value() == "Helen Visitor"
    hand.select_option("place", "Blackburn with Darwen")
    hand.select_option("preferred_place", "At home")
    hand.box("unsafe_times", "After five")
    her.check_page("j1-5-involved")
    hand.press("Save and continue")


def check_and_send(hand):
    her = hand.her
    assert her.heading.endswith("Check your answers")
    for words in ("Wren Ashworth", "Marla Ashworth", PARENT_TEXT, "After five", "Text.", "Helen Visitor"):
        assert words in her.text
    her.check_page("j1-6-check")
    hand.press("Send the referral")
    assert re.search(r"R-\d{4}-\d{5}", her.text)
    assert "The duty clinician will read it by" in her.text
    her.check_page("j1-7-sent")


def test_begun_on_one_device_and_sent_from_another(open_browser_as):
    desk, phone = open_browser_as("healthvisitor"), open_browser_as("healthvisitor")
    desk.follow("Refer a family")
    desk.tick("The parent agrees to this referral")
    desk.press("Save and continue")
    begun = desk.page.url
    phone.page.set_viewport_size(NARROW_VIEWPORT)
    phone.go("/")
    assert "Started but not sent" in phone.text
    phone.check_page("j1-begun-and-not-sent")
    phone.follow("Continue referral of")
    assert phone.page.url == begun
    for device, name in ((desk, "Wren"), (phone, "Robin")):
        device.tick("Not born yet")
        due = timezone.localdate() + timedelta(days=60)
        for part in ("day", "month", "year"):
            device.box(f"infants-0-estimated_due_date-{part}").fill(str(getattr(due, part)))
        device.box("infants-0-given_name").fill(name)
        device.press("Save and continue")
    assert "also changed on another device" in phone.text
    assert "Wren" in phone.text
    assert phone.page.locator("[name=infants-0-given_name]").input_value() == "Robin"
    phone.check_page("j1-both-texts")
    phone.press("Save and continue")
    assert phone.heading.endswith("Carers")


def test_a_call_a_consultation_and_the_list_of_concerns(open_browser_as):
    duty = open_browser_as("duty")
    duty.follow("Take a phone referral")
    duty.check_page("phone-1-who-is-calling")
    duty.box("asker_name").fill("Marla Ashworth")
    duty.box("source_code").select_option(label="Self")
    duty.tick("The parent agrees to this referral")
    duty.press("Save and continue")
    assert duty.heading.endswith("The baby or babies")
    asked = ask_for_a_consultation(open_browser_as("healthvisitor"))
    arrange_consultation(duty, asked)
    supervisor = open_browser_as("supervisor")
    supervisor.go("/relationship-concerns/")
    supervisor.check_page("concerns")
    supervisor.follow("Reword")
    supervisor.check_page("concern-rewording")


def ask_for_a_consultation(her):
    her.follow("Request a consultation")
    her.check_page("consult-1-ask")
    her.write("What would you like to think about?", "They both go still, and I do not know what to say.")
    her.choose("Which district does the family live in?", "Blackburn with Darwen")
    her.tick("No, the family is not named")
    her.press("Send the request")
    her.check_page("consult-2-asked")
    return her.get_id_from_url()


def arrange_consultation(duty, asked):
    duty.go("/consultations/")
    duty.check_page("consult-3-list")
    duty.go(f"/consultations/{asked}/")
    duty.check_page("consult-4-staff")
    duty.follow("Book consultation")
    duty.check_page("consult-5-arrange")
    duty.page.locator("[name=clinician]").select_option(index=1)
    duty.box("on").fill((timezone.localdate() + timedelta(days=2)).isoformat())
    duty.box("at").fill("19:00")  # when nobody of the demo is booked for anything else
    duty.press("Save the time")
    duty.follow("Record the consultation")
    duty.check_page("consult-6-record")
