"""Journey 8, the parent's link: made by a practitioner, answered once on a small phone, and it tells of nobody."""

import re

import pytest

from tests.journeys.browser_user import make_browser_user
from tests.journeys.demo_families import DemoFamilies
from tests.journeys.keystroke_model import KeystrokeModel
from tests.journeys.test_a_measure import do_click, find_link

NAMES_SQL = """
SELECT given_name, family_name, NULL FROM families_infant WHERE family_id = %(family)s UNION
SELECT given_name, family_name, NULL FROM families_caregiver WHERE family_id = %(family)s UNION
SELECT first_name, last_name, display_name FROM service_user WHERE username IN ('blackburn', 'duty') UNION
SELECT name, code, NULL FROM service_site UNION
SELECT reference, NULL, NULL FROM families_infant WHERE family_id = %(family)s
"""
EXPIRE_LINK_SQL = (
    "UPDATE outcomes_measurelink SET expires_at = now() - interval '1 second' WHERE episode_id = %s"
)
ANSWERS_SQL = """SELECT way, scores->>'interest_curiosity' FROM outcomes_assessment
    WHERE episode_id = %s AND entered_in_error_at IS NULL"""
SENT_HEADING = "We have received your answers"
EXPIRED_HEADING = "This link no longer works"


@pytest.fixture
def family(running_service):
    return DemoFamilies(running_service).take_family(days=150)


@pytest.fixture
def names(running_service, family):
    """Every word that would tell of somebody: the family, the staff, the sites, a reference, the measure."""
    with running_service.connect() as db:
        rows = db.execute(NAMES_SQL, {"family": family.id}).fetchall()
    return {name for row in rows for name in row if name} | {"PRFQ", "Reflective", str(family.id)}


def make_link(she, family, effort=None):
    """The address, as the practitioner is shown it, once."""
    effort = effort or KeystrokeModel()
    she.go(f"/episodes/{family.episode}/")
    do_click(effort, find_link(she, "Record a measure").click, she, page=True)
    here = she.page.locator(f'a[href*="measure-link"][href*="measure=prfq&"][href*="dyad={family.dyad}"]')
    do_click(effort, here.first.click, she, page=True)
    do_click(effort, she.page.get_by_role("button", name="Create link").click, she, page=True)
    return she.page.get_by_label("The link", exact=True).input_value()


def check_names_nobody(page, answer, names):
    """Neither the page, nor its title, nor its address, nor what goes with it names anybody, or lets it be kept."""
    told = " ".join([page.content(), page.title(), page.url, *map(str, answer.headers.items())])
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", told)] == []
    assert "no-store" in answer.headers["cache-control"]
    assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer")
    assert "last-modified" not in answer.headers


def test_a_parent_answers_once_on_their_own_phone(
    open_browser_as, family, names, new_page, running_service, take_screenshot
):
    she, effort = open_browser_as("blackburn"), KeystrokeModel()
    address = make_link(she, family, effort)
    print(f"a link for a parent's phone: {effort}")
    assert she.page.locator(".pairs-code svg").count() == 1
    she.press("Copy the link")
    she.page.locator("[data-copied]").filter(has_text=re.compile("Copied|selected")).wait_for()
    she.check_page("j8-20-link", record=True)
    she.go(f"/episodes/{family.episode}/measure-link/?measure=prfq&dyad={family.dyad}")
    assert address not in she.page.content()
    she.check_page("j8-21-link-not-again", record=True)
    parent = make_browser_user(
        lambda name: new_page(narrow=True), running_service.base_url, take_screenshot, None
    )
    check_names_nobody(parent.page, parent.page.goto(address), names)
    parent.check_page("j8-22-questions")
    answer_by_tapping(parent)
    assert SENT_HEADING in parent.text
    check_names_nobody(parent.page, parent.page.reload(), names)
    parent.check_page("j8-23-thanks")
    parent.page.go_back()
    for again in (address, address):
        answer = parent.page.goto(again)
        assert answer.status == 404
        assert EXPIRED_HEADING in parent.text
        check_names_nobody(parent.page, answer, names)
    parent.check_page("j8-24-over")
    with running_service.connect() as db:
        assert db.execute(ANSWERS_SQL, [family.episode]).fetchall() == [("link", "5.0")]
    mark_as_read(she)


def answer_by_tapping(parent):
    """Each row's fifth number, tapped: a parent has no keys. Counted as taps."""
    effort = KeystrokeModel()
    for number in range(1, 19):
        value = "3" if number in (11, 18) else "5"
        do_click(effort, parent.page.locator(f'[name="q{number}"][value="{value}"]').check, parent)
    do_click(effort, parent.page.get_by_role("button", name="Send my answers").click, parent, page=True)
    print(f"a parent on a phone: {effort}")


def mark_as_read(she):
    """It is due to the practitioner, who reads it and marks it as read."""
    she.go("/due/")
    find_link(she, re.compile("Read the answers to PRFQ")).click()
    she.page.wait_for_load_state()
    assert "The parent answered this on their own phone." in she.text
    she.check_page("j8-25-answered", record=True)
    she.press("I have read it")
    assert "Marked as read." in she.text


def test_an_expired_and_an_unknown_link_show_the_same_page(
    open_browser_as, family, names, new_page, running_service
):
    address = make_link(open_browser_as("blackburn"), family)
    phone = new_page(narrow=True)
    assert phone.goto(address).status == 200
    with running_service.connect() as db:
        db.execute(EXPIRE_LINK_SQL, [family.episode])
    seen = []
    for each in (address, re.sub(r"[^/]+/$", "nobodys-at-all/", address)):
        answer = phone.goto(each)
        assert answer.status == 404
        check_names_nobody(phone, answer, names)
        seen.append(phone.locator("main").inner_text())
    assert seen[0] == seen[1]
    assert EXPIRED_HEADING in seen[0]


def test_it_works_without_scripts(open_browser_as, family, names, new_page, running_service):
    address = make_link(open_browser_as("blackburn"), family)
    phone = new_page(narrow=True, java_script_enabled=False)
    check_names_nobody(phone, phone.goto(address), names)
    phone.get_by_role("button", name="Send my answers").click()
    assert "at least one answer" in phone.locator("main").inner_text()
    for number in range(1, 19):
        phone.locator(f'[name="q{number}"][value="5"]').check()
    phone.get_by_role("button", name="Send my answers").click()
    assert SENT_HEADING in phone.locator("main").inner_text()
    assert phone.goto(address).status == 404


def test_a_practitioner_cancels_the_link(open_browser_as, family, new_page):
    she = open_browser_as("blackburn")
    address = make_link(she, family)
    she.go(f"/episodes/{family.episode}/measures/")
    she.check_page("j8-26-waiting", record=True)
    she.page.get_by_role("button", name=re.compile("^Call it back")).first.click()
    she.page.wait_for_load_state()
    assert "Link withdrawn." in she.text
    assert new_page(narrow=True).goto(address).status == 404
