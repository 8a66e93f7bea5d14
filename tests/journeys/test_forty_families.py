"""Journeys 9 and 10 for forty families: a caseload is reviewed by keyboard; a leaver's work goes to others and back.

Counted by the keystroke-level model. The service is a copy of its own, since the families would be in every list.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from pairs.service.actions import assign_role
from pairs.service.models import Site, User
from tests.browser import sign_in
from tests.journeys.browser_user import BrowserUser
from tests.journeys.keystroke_model import KeystrokeModel
from tests.running_service import use_database
from tests.unit.diary.factories import make_visit
from tests.unit.episodes.factories import make_episode

FAMILIES = 40
# Our own targets: what reading a row and deciding about it may cost beside the thinking, and how few pages it takes.
MAX_REVIEW_SECONDS, MAX_HAND_OVER_SECONDS, MAX_HAND_OVER_PAGES = 30, 2, 4
DECISION, ACTION = "Discuss at the next visit.", "Call the nursery"
ROWS_SQL = """
    SELECT count(*), count(*) FILTER (WHERE decision.action <> ''), count(*) FILTER (WHERE decision.do_by IS NOT NULL)
    FROM supervision_casedecision decision
    JOIN service_user reviewer ON reviewer.id = decision.reviewed_by_id AND reviewer.username = 'supervisor'
    JOIN service_user owner ON owner.id = decision.owner_id AND owner.username = 'anwen'
"""
LED_SQL = """
    SELECT count(*) FROM episodes_episode episode JOIN service_user lead ON lead.id = episode.lead_id
    WHERE lead.username = 'anwen' AND episode.ended_on IS NULL
"""


@pytest.fixture(scope="module")
def service(start_service, django_db_setup, django_db_blocker):
    """With one more practitioner, who leads forty families and has a visit booked with each."""
    with start_service(names=("web",)) as running:
        with django_db_blocker.unblock(), use_database(running.database):
            anwen = User.objects.create(
                username="anwen", display_name="Anwen Ash", email="anwen@pairs.example"
            )
            assign_role(user=anwen, role="practitioner", site=Site.objects.get(code="blackburn-with-darwen"))
            for number in range(FAMILIES):
                episode = make_episode(anwen, reference=f"J{number}", days_ago=30 + number)
                make_visit(episode, anwen, days=3 + number // 9, hour=8 + number % 9)
        yield running


@pytest.fixture
def supervisor(service, browser, take_screenshot):
    context = browser.new_context(base_url=service.base_url, locale="en-GB")
    context.set_default_timeout(60_000)
    page = context.new_page()
    sign_in(page, service.base_url, "supervisor")
    yield BrowserUser(page, service.base_url, take_screenshot)
    context.close()


def ask(service, sql):
    with service.connect() as db:
        return db.execute(sql).fetchone()


class Keyboard:
    """What somebody types, pressed and counted at once."""

    def __init__(self, page, effort):
        self.page, self.effort = page, effort

    def type(self, text):
        self.effort.type_text(text)
        self.page.keyboard.insert_text(text)

    def press(self, key, times=1):
        for _ in range(times):
            self.effort.typed += 1
            self.page.keyboard.press(key)

    def save(self):
        """Enter on a button: the page comes back."""
        self.effort.typed += 1
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def focused(self):
        return self.page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")

    def go_to(self, start):
        """By Tab to the control of that name, or the button whose words begin so."""
        for _ in range(8):
            if self.focused().startswith(start):
                return
            self.press("Tab")
        raise AssertionError(f"{start} is not a few Tabs away: {self.focused()}")


def test_a_caseload_of_forty_is_reviewed_by_keyboard(service, supervisor):
    """Of ten families one needs an action with its date, two a decision, and seven are as they were."""
    she, effort = supervisor, KeystrokeModel()
    with service.connect() as db:
        anwen = db.execute("SELECT id FROM service_user WHERE username = 'anwen'").fetchone()[0]
    she.go(f"/colleagues/{anwen}/review/")
    effort.open_page()
    page, keys = she.page, Keyboard(she.page, effort)
    assert page.locator(".pairs-agenda").count() == FAMILIES
    page.locator(".pairs-agenda textarea").first.click()
    effort.click()
    soon = timezone.localdate() + timedelta(days=7)
    for number in range(FAMILIES):
        effort.think()  # about the family: its reasons are read
        assert keys.focused() == "decision", number
        if number % 10 == 0:
            keys.go_to("action")
            keys.type(ACTION)
            keys.press("Tab")
            effort.type_text(f"{soon:%d%m%Y}")
            page.locator("*:focus").fill(soon.isoformat())  # which digits come first is the machine's locale
            keys.go_to("Save")
        elif number % 10 in (1, 2):
            keys.type(DECISION)
            keys.go_to("Save")
        else:
            keys.go_to("no_change")
        keys.save()
        effort.open_page()
    assert ask(service, ROWS_SQL) == (FAMILIES, FAMILIES // 10, FAMILIES // 10)
    print(f"Journey 9, {FAMILIES} families: {effort}; {effort.seconds / FAMILIES:.1f} s a family")
    assert effort.seconds / FAMILIES <= MAX_REVIEW_SECONDS
    she.check_page("caseload-review-forty")
    page.emulate_media(media="print")
    assert page.locator(".pairs-agenda__fields").first.is_hidden()
    assert page.locator(".pairs-agenda").first.is_visible()


def test_a_leaver_with_forty_families_hands_over_and_it_is_undone(service, supervisor):
    she, effort = supervisor, KeystrokeModel()
    assert ask(service, LED_SQL) == (FAMILIES,)

    def press(act):
        effort.click()
        effort.open_page()
        with she.page.expect_navigation():
            act.click()

    she.go("/hand-overs/")
    effort.open_page()
    press(she.page.get_by_role("row").filter(has_text="Anwen Ash").get_by_role("link"))
    assert she.page.locator("select[name$=-to]").count() >= FAMILIES
    she.check_page("hand-over-forty")
    effort.click()
    effort.type_text("Leaves on Friday")
    she.page.locator("[name=why]").fill("Leaves on Friday")
    effort.think()  # the proposals are looked through
    press(she.page.get_by_role("button", name="Hand over", exact=True))
    again = she.page.get_by_role("button", name="Hand over anyway")
    if again.count():  # a colleague is booked already at the time of a visit
        press(again)
    assert ask(service, LED_SQL) == (0,), she.text
    assert "Handed over:" in she.page.locator("body").inner_text()
    print(f"Journey 10, {FAMILIES} families: {effort}; {effort.seconds / FAMILIES:.1f} s a family")
    assert effort.pages <= MAX_HAND_OVER_PAGES + 1
    assert effort.seconds / FAMILIES <= MAX_HAND_OVER_SECONDS
    press(she.page.get_by_role("link", name="Undo this hand-over"))
    press(she.page.get_by_role("button", name="Undo the hand-over"))
    assert ask(service, LED_SQL) == (FAMILIES,)
