"""Journeys 5 and 12 by the keystroke-level model: a birth, and who looked at a family. Journey 11: test_the_path.py."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.journeys.keystroke_model import CountedSteps

UNBORN_SQL = """
    SELECT infant.id FROM families_infant infant
    JOIN families_family family ON family.id = infant.family_id
    JOIN service_site site ON site.id = family.site_id AND site.code = 'blackburn-with-darwen'
    WHERE NOT family.restricted AND infant.birth_date IS NULL AND infant.lost_on IS NULL AND infant.plurality = 1
    ORDER BY infant.estimated_due_date, infant.id LIMIT 1
"""


@pytest.fixture
def unborn_infant(running_service):
    """The id of one who is expected."""
    with running_service.connect() as db:
        return db.execute(UNBORN_SQL).fetchone()[0]


def fill_date(steps, name, day):
    """Three boxes: the first by mouse, the others by Tab."""
    steps.effort.click()
    for part in ("day", "month", "year"):
        text = str(getattr(day, part))
        steps.effort.type_text(text + ("" if part == "year" else "\t"))
        steps.person.box(f"{name}-{part}").fill(text)


def test_a_birth_is_registered(open_browser_as, unborn_infant):
    she = open_browser_as("duty")
    she.go(f"/infants/{unborn_infant}/")
    steps = CountedSteps(she)
    steps.press(lambda: she.page.get_by_role("link", name="Register the birth").first.click())
    fill_date(steps, "birth_date", timezone.localdate() - timedelta(days=1))
    steps.type_into(she.box("babies-0-given_name"), "Linnet")
    steps.press(lambda: she.page.get_by_role("button", name="Register the birth", exact=True).click())
    if "Check it, then tick" in she.text:  # a birth far from the due date is asked about once
        for box in she.page.locator('main [type="checkbox"]:visible').all():
            steps.effort.click()
            box.check()
        steps.press(lambda: she.page.get_by_role("button", name="Register the birth", exact=True).click())
    assert "/families/" in she.page.url, she.text
    assert "Linnet" in she.page.locator(".pairs-banner").inner_text()
    steps.check("Journey 5, a birth")


def test_who_looked_at_a_family(open_browser_as, running_service):
    reader = open_browser_as("blackburn")
    reader.go("/caseload/")
    link = reader.page.locator("main .pairs-family__name").first
    reader.page.goto(reader.base_url + link.get_attribute("href"))
    family = reader.get_id_from_url()
    reference = re.search(r"PI-\d{4}-\d{5}", reader.page.locator(".pairs-banner").inner_text()).group()
    she = open_browser_as("governance")
    steps = CountedSteps(she)
    steps.press(lambda: she.page.get_by_role("link", name="Access log").first.click())
    steps.type_into(she.page.get_by_label("Family", exact=True).first, reference)
    steps.press(lambda: she.page.get_by_role("button", name="Show", exact=True).click())
    assert f"family={family}" in she.page.url
    assert "Bilal Blackburn" in she.text
    steps.check("Journey 12, who looked")
