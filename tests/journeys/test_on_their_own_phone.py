"""Journey 8, the parent's link: made by a practitioner, answered once on a small phone, and it tells of nobody."""

import re

import pytest

from tests.journeys.effort import Effort
from tests.journeys.families import Families
from tests.journeys.test_a_measure import do, link
from tests.journeys.visitor import visitor

NAMES = """
SELECT given_name, family_name, NULL FROM families_infant WHERE family_id = %(family)s UNION
SELECT given_name, family_name, NULL FROM families_caregiver WHERE family_id = %(family)s UNION
SELECT first_name, last_name, display_name FROM service_user WHERE username IN ('blackburn', 'duty') UNION
SELECT name, code, NULL FROM service_site UNION
SELECT reference, NULL, NULL FROM families_infant WHERE family_id = %(family)s
"""
OVER = "UPDATE outcomes_measurelink SET expires_at = now() - interval '1 second' WHERE episode_id = %s"
ANSWERED = """SELECT way, scores->>'interest_curiosity' FROM outcomes_assessment
    WHERE episode_id = %s AND entered_in_error_at IS NULL"""
SENT_ONCE = "Your answers are sent"
WORKS_NO_MORE = "This link does not work any more"


@pytest.fixture
def family(service):
    return Families(service).one(days=150)


@pytest.fixture
def names(service, family):
    """Every word that would tell of somebody: the family, the staff, the sites, a reference, the measure."""
    with service.connect() as db:
        rows = db.execute(NAMES, {"family": family.id}).fetchall()
    return {name for row in rows for name in row if name} | {"PRFQ", "Reflective", str(family.id)}


def made_link(she, family, effort=None):
    """The address, as the practitioner is shown it, once."""
    effort = effort or Effort()
    she.go(f"/episodes/{family.episode}/")
    do(effort, link(she, "Record a measure").click, she, page=True)
    here = she.page.locator(f'a[href*="measure-link"][href*="measure=prfq&"][href*="dyad={family.dyad}"]')
    do(effort, here.first.click, she, page=True)
    do(effort, she.page.get_by_role("button", name="Make the link").click, she, page=True)
    return she.page.get_by_label("The link", exact=True).input_value()


def tells_of_nobody(page, answer, names):
    """Neither the page, nor its title, nor its address, nor what goes with it names anybody, or lets it be kept."""
    told = " ".join([page.content(), page.title(), page.url, *map(str, answer.headers.items())])
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", told)] == []
    assert "no-store" in answer.headers["cache-control"]
    assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer")
    assert "last-modified" not in answer.headers


def test_a_parent_answers_once_on_their_own_phone(come, family, names, new_page, service, screenshot):
    she, effort = come("blackburn"), Effort()
    address = made_link(she, family, effort)
    print(f"a link for a parent's phone: {effort}")
    assert she.page.locator(".pairs-code svg").count() == 1
    she.press("Copy the link")
    she.page.locator("[data-copied]").filter(has_text=re.compile("Copied|selected")).wait_for()
    she.look("j8-20-link", record=True)
    she.go(f"/episodes/{family.episode}/measure-link/?measure=prfq&dyad={family.dyad}")
    assert address not in she.page.content()
    she.look("j8-21-link-not-again", record=True)
    parent = visitor(lambda name: new_page(narrow=True), service.base_url, screenshot, None)
    tells_of_nobody(parent.page, parent.page.goto(address), names)
    parent.look("j8-22-questions")
    by_thumb(parent)
    assert SENT_ONCE in parent.text
    tells_of_nobody(parent.page, parent.page.reload(), names)
    parent.look("j8-23-thanks")
    parent.page.go_back()
    for again in (address, address):
        answer = parent.page.goto(again)
        assert answer.status == 404
        assert WORKS_NO_MORE in parent.text
        tells_of_nobody(parent.page, answer, names)
    parent.look("j8-24-over")
    with service.connect() as db:
        assert db.execute(ANSWERED, [family.episode]).fetchall() == [("link", "5.0")]
    is_read(she)


def by_thumb(parent):
    """Each row's fifth number, tapped: a parent has no keys. Counted as taps."""
    effort = Effort()
    for number in range(1, 19):
        value = "3" if number in (11, 18) else "5"
        do(effort, parent.page.locator(f'[name="q{number}"][value="{value}"]').check, parent)
    do(effort, parent.page.get_by_role("button", name="Send my answers").click, parent, page=True)
    print(f"a parent on a phone: {effort}")


def is_read(she):
    """The practitioner is told, reads it, and says so."""
    she.go("/due/")
    link(she, re.compile("^Read the answers to PRFQ")).click()
    she.page.wait_for_load_state()
    assert "The parent answered this on their own phone." in she.text
    she.look("j8-25-answered", record=True)
    she.press("I have read it")
    assert "Marked as read." in she.text


def test_a_link_that_is_over_or_never_was_shows_the_same_page(come, family, names, new_page, service):
    address = made_link(come("blackburn"), family)
    phone = new_page(narrow=True)
    assert phone.goto(address).status == 200
    with service.connect() as db:
        db.execute(OVER, [family.episode])
    seen = []
    for each in (address, re.sub(r"[^/]+/$", "nobodys-at-all/", address)):
        answer = phone.goto(each)
        assert answer.status == 404
        tells_of_nobody(phone, answer, names)
        seen.append(phone.locator("main").inner_text())
    assert seen[0] == seen[1]
    assert WORKS_NO_MORE in seen[0]


def test_it_works_without_scripts(come, family, names, new_page, service):
    address = made_link(come("blackburn"), family)
    phone = new_page(narrow=True, java_script_enabled=False)
    tells_of_nobody(phone, phone.goto(address), names)
    phone.get_by_role("button", name="Send my answers").click()
    assert "at least one answer" in phone.locator("main").inner_text()
    for number in range(1, 19):
        phone.locator(f'[name="q{number}"][value="5"]').check()
    phone.get_by_role("button", name="Send my answers").click()
    assert SENT_ONCE in phone.locator("main").inner_text()
    assert phone.goto(address).status == 404


def test_a_practitioner_calls_it_back(come, family, new_page):
    she = come("blackburn")
    address = made_link(she, family)
    she.go(f"/episodes/{family.episode}/measures/")
    she.look("j8-26-waiting", record=True)
    she.page.get_by_role("button", name=re.compile("^Call it back")).first.click()
    she.page.wait_for_load_state()
    assert "The link no longer works." in she.text
    assert new_page(narrow=True).goto(address).status == 404
