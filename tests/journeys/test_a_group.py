"""Journey 7, a Circle of Security session, in a real browser: planned, the roster once, the register on one screen."""

from datetime import timedelta

from django.utils import timezone

from tests.journeys.keystroke_model import KeystrokeModel

LINE_TEXT, NOTE_TEXT = (
    "They stayed close and watched the others.",
    "The group talked about being tired, and laughed.",
)
ABSENCE_REASON = "A cold at home; rang to say so."
CONTACT_COUNT_SQL = """
    SELECT count(*), count(DISTINCT episode.family_id) FROM groups_groupline line
    JOIN episodes_carecontact contact ON contact.id = line.care_contact_id AND contact.signed_at IS NOT NULL
    JOIN episodes_episode episode ON episode.id = contact.episode_id WHERE line.session_id = %s
"""
MIXED_FAMILIES_SQL = """
    SELECT count(*) FROM groups_groupline line
    JOIN episodes_carecontact contact ON contact.id = line.care_contact_id
    JOIN episodes_participant participant ON participant.care_contact_id = contact.id
    LEFT JOIN groups_groupplaceperson guest ON guest.place_id = line.place_id
      AND (guest.infant_id = participant.infant_id OR guest.caregiver_id = participant.caregiver_id)
    WHERE line.session_id = %s AND guest.id IS NULL
"""


def test_a_group_from_its_plan_to_its_register(open_browser_as, running_service):
    he = open_browser_as("blackburn")
    plan_group(he)
    effort = KeystrokeModel()
    add_families(he, effort)
    session = save_register(he, effort)
    print(effort)
    assert effort.seconds < 180
    with running_service.connect() as db:
        assert db.execute(CONTACT_COUNT_SQL, [session]).fetchone() == (3, 3)
        assert db.execute(MIXED_FAMILIES_SQL, [session]).fetchone() == (0,)
    check_family_records(he)
    check_hidden_from_other_site(open_browser_as, he.page.url)


def plan_group(he):
    he.go("/groups/")
    he.check_page("01-groups")
    he.follow("Plan a group")
    he.check_page("02-new-group")
    he.box("name").fill("Circle, the journey")
    he.box("held_on").fill((timezone.localdate() - timedelta(days=2)).isoformat())
    he.press("Plan the group")
    assert "Circle, the journey" in he.heading
    he.check_page("03-group-empty")


def add_families(he, effort):
    """The roster, once: three families ticked."""
    he.follow("Add families")
    effort.click()
    effort.open_page()
    boxes = he.page.locator('[name="episodes"]')
    for number in range(3):
        boxes.nth(number).check()
        effort.think()
        effort.click()
    he.box("joined_on").fill((timezone.localdate() - timedelta(days=2)).isoformat())
    effort.type_text("19112026")
    he.check_page("04-add-families")
    he.press("Add them")
    effort.click()
    effort.open_page()
    if "Nothing is saved yet" in he.text:
        he.press("Add them")
    assert "3 of 8 taken" in he.text
    he.check_page("05-group")


def save_register(he, effort):
    """Everybody came; one family did not; a line, a note, saved."""
    he.follow("Register")
    effort.click()
    effort.open_page()
    session = he.get_id_from_url()
    last = he.page.locator("fieldset").last
    for select in last.locator("select").all():
        values = select.locator("option").evaluate_all("all => all.map(each => each.value)")
        select.select_option("not_brought" if "not_brought" in values else "did_not_attend")
        effort.click()
        effort.click()
    last.locator("textarea").fill(ABSENCE_REASON)
    effort.click()
    effort.type_text(ABSENCE_REASON)
    he.page.locator("fieldset").first.locator("textarea").fill(LINE_TEXT)
    effort.click()
    effort.type_text(LINE_TEXT)
    he.box("note").fill(NOTE_TEXT)
    effort.click()
    effort.type_text(NOTE_TEXT)
    he.check_page("06-register")
    he.press("Save the register")
    effort.click()
    effort.open_page()
    assert "Register saved" in he.page.locator("main").inner_text()
    he.check_page("07-registered")
    return session


def check_family_records(he):
    """Each family's record shows the session with its own people; the group note stands in none of them."""
    register = he.page.url
    he.follow("Contact")
    he.check_page("08-contact", record=True)
    assert LINE_TEXT in he.text
    assert NOTE_TEXT not in he.text
    he.page.goto(register)
    he.follow("Print register")
    he.check_page("09-paper")
    he.page.goto(register)
    he.follow("Group")
    he.check_page("10-group-after")
    assert NOTE_TEXT in he.text


def check_hidden_from_other_site(come, group):
    path = group.split("//", 1)[1].partition("/")[2]
    she = come("hyndburn")
    assert she.go(f"/{path}") == 404
