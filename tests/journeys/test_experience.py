"""A carer is asked for feedback, and says so once on a small phone; nobody learns that it was them."""

import re
from datetime import date

import pytest

EPISODE_SQL = """SELECT e.id FROM episodes_episode e JOIN families_family f ON f.id = e.family_id
  JOIN service_site s ON s.id = e.site_id
  WHERE s.code = 'blackburn-with-darwen' AND e.ended_on IS NULL AND NOT f.restricted
  AND NOT EXISTS (SELECT FROM families_infant i WHERE i.family_id = f.id AND i.lost_on IS NOT NULL)
  AND NOT EXISTS (SELECT FROM experience_experienceinvitation a WHERE a.episode_id = e.id) ORDER BY e.id LIMIT 1"""
INSERT_LINK_SQL = """INSERT INTO experience_experiencelink (token_hash, site_id, last_day)
  SELECT encode(sha256('another'), 'hex'), id, '2999-01-01' FROM service_site LIMIT 1"""
KEPT_SQL = "SELECT overall, time_and_place, knew_where, trust, month FROM experience_experienceanswer WHERE words = %s"
ANSWER_TEXT = "Somebody came back every week"


@pytest.fixture
def made_link(open_browser_as, running_service):
    """(the practitioner at the page of the link, its path)."""
    with running_service.connect() as db:
        (episode,) = db.execute(EPISODE_SQL).fetchone()
    them = open_browser_as("blackburn")
    them.go(f"/episodes/{episode}/")
    them.follow("Ask a carer for feedback, by a link for their own phone")
    them.check_page("01-ask", record=True)
    them.page.locator("[name=caregiver]").first.check()
    them.press("Create link")
    assert them.heading == "Link created"
    them.check_page("02-made", record=True)
    message = them.page.get_by_label("Text of the message").input_value()
    return them, re.search(r"/how-it-was/[\w-]+/", message).group()


def list_answers(service, words):
    with service.connect() as db:
        return db.execute(KEPT_SQL, [words]).fetchall()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_carer_answers_once(made_link, open_browser_anonymously, running_service, scripts):
    (them, link), words = made_link, f"{ANSWER_TEXT} {scripts}"
    she = open_browser_anonymously(narrow=True, java_script_enabled=scripts)
    assert she.go(link) == 200
    names = set(re.findall(r"\w+", them.page.locator(".pairs-banner").inner_text()))
    assert not {name for name in names if name.istitle() and len(name) > 4} & set(
        re.findall(r"\w+", she.text)
    )
    if scripts:
        she.check_page("03-questions")
        she.page.set_viewport_size({"width": 320, "height": 640})
    send_answers(she, words)
    assert she.page.url.endswith("/how-it-was/thank-you/")
    if scripts:
        she.check_page("04-thanks")
    assert list_answers(running_service, words) == [(1, 2, None, 0, date.today().replace(day=1))]
    assert she.page.context.cookies() == []
    assert she.go(link) == 404
    if scripts:
        she.check_page("05-over")
    assert she.go("/how-it-was/nobodys/") == 404


def send_answers(she, words):
    for name, value in (("overall", 1), ("time_and_place", 2), ("trust", 0)):
        radio = she.page.locator(f'[name="{name}"][value="{value}"]')
        box = radio.bounding_box()
        assert min(box["width"], box["height"]) >= 44, "too small for a thumb"
        radio.check()
    she.write("Anything you want us to know", words)
    she.press("Send")


def test_an_expired_link_looks_like_any_other(made_link, open_browser_anonymously, running_service):
    them, link = made_link
    with running_service.connect() as db:
        db.execute("UPDATE experience_experiencelink SET last_day = '2020-01-01'")
    she = open_browser_anonymously(narrow=True)
    assert she.go(link) == 404
    assert she.heading == "This link no longer works"
    check_hidden_from_staff(them, link)


def check_hidden_from_staff(them, link):
    """Signed in, the practitioner gets one page behind every link."""
    assert them.go(link) == 200
    assert them.heading == "This page is for a parent or carer"


def test_two_quick_clicks_are_one_answer(open_browser_anonymously, running_service):
    she, words = open_browser_anonymously(), "Twice in a hurry"
    with running_service.connect() as db:
        db.execute(INSERT_LINK_SQL)
    she.go("/how-it-was/another/")
    she.write("Anything you want us to know", words)
    she.page.get_by_role("button", name="Send", exact=True).dblclick()
    she.page.wait_for_url("**/thank-you/")
    assert len(list_answers(running_service, words)) == 1


def test_the_manager_reads_and_types_a_paper(open_browser_as, running_service):
    them = open_browser_as("manager")
    them.go("/")
    them.follow("Family feedback")
    them.check_page("06-results")
    them.page.get_by_text("How the answers are counted").click()
    assert "not a published instrument" in them.text
    them.follow("Enter an answer from paper")
    them.page.locator('[name="trust"][value="1"]').check()
    them.write("Anything you want us to know", "From a paper")
    them.check_page("07-paper")
    them.press("Save this answer")
    assert "Answer saved" in them.page.locator("body").inner_text()
    assert len(list_answers(running_service, "From a paper")) == 1
    them.go("/experience/paper/")
    them.check_page("08-sheet")
