"""Births, twins and a loss in a real browser: what the admin registers, wide and at 320 pixels."""

from datetime import timedelta

import pytest
from django.utils import timezone

FAMILY_SQL = """
    SELECT family.id, infant.id FROM families_family family
    JOIN families_infant infant ON infant.family_id = family.id
    JOIN service_site site ON site.id = family.site_id AND site.code = 'blackburn-with-darwen'
    WHERE NOT family.restricted AND infant.birth_date IS NOT NULL AND infant.lost_on IS NULL
    ORDER BY infant.birth_date DESC, infant.id LIMIT 1
"""


@pytest.fixture
def existing_family(running_service):
    """(family id, id of its born baby) of a family that duty may register people in."""
    with running_service.connect() as db:
        return db.execute(FAMILY_SQL).fetchone()


def fill_date(she, name, day):
    for part in ("day", "month", "year"):
        she.box(f"{name}-{part}").fill(str(getattr(day, part)))


def choose_radio(she, name, value):
    she.clicks += 1
    she.page.locator(f'[name="{name}"][value="{value}"]').check()


def test_births_twins_and_a_loss(open_browser_as, existing_family):
    family_id, elder_id = existing_family
    she = open_browser_as("duty")
    record_twin_pregnancy(she, family_id)
    register_twin_births(she)
    correct_details(she)
    record_and_undo_loss(she, elder_id)
    record_adoption(open_browser_as("governance"), elder_id)
    assert she.go(f"/infants/{elder_id}/") == 404


def record_twin_pregnancy(she, family_id):
    """A pregnancy in a family we hold: two unborn records, carried together."""
    assert she.go(f"/families/{family_id}/new-pregnancy/") == 200
    she.check_page("01-new-pregnancy", record=True)
    fill_date(she, "estimated_due_date", timezone.localdate() + timedelta(days=9))
    she.box("plurality").fill("2")
    she.press("Record the pregnancy")
    assert "Born of the same pregnancy" in she.text
    she.check_page("02-unborn", record=True)


def register_twin_births(she):
    """One is born, the other stillborn, and one more than was known comes after midnight."""
    she.follow("Register the birth")
    assert she.page.locator("[name$='-outcome'][value=born]").count() == 2
    she.check_page("03-birth", record=True)
    born = timezone.localdate() - timedelta(days=2)
    fill_date(she, "birth_date", born)
    she.box("babies-0-given_name").fill("Ada")
    she.box("babies-0-nhs_number").fill("320 000 0007")
    choose_radio(she, "babies-1-outcome", "stillbirth")
    she.box("babies-1-given_name").fill("Bo")
    she.page.get_by_role("button", name="Add a baby who was not expected").click()
    she.box("babies-2-given_name").fill("Cy")
    fill_date(she, "babies-2-birth_date", born + timedelta(days=1))
    she.press("Register the birth")
    assert "Check it, then tick" in she.text
    she.check_page("04-birth-asked-again", record=True)
    she.box("babies-0-nhs_number_is_right").check()
    she.press("Register the birth")
    assert "/families/" in she.page.url
    banner = she.page.locator(".pairs-banner").inner_text()
    for words in ("Ada", "Bo", "Cy", "Stillborn"):
        assert words in banner
    assert "Register the birth" not in she.text
    she.check_page("05-family", record=True)


def correct_details(she):
    """A detail was wrong: the page shows what stood before."""
    infants = she.page.url.replace("/families/", "/api/v1/families/")
    ada = next(
        each["id"] for each in she.page.request.get(infants).json()["infants"] if each["given_name"] == "Ada"
    )
    she.go(f"/infants/{ada}/details/")
    she.check_page("06-details", record=True)
    she.write("Given name", "Adah")
    she.press("Save the details")
    assert "Before" in she.text
    she.check_page("07-infant", record=True)


def record_and_undo_loss(she, elder_id):
    """A death after birth is asked first; taking it back needs the reason."""
    she.go(f"/infants/{elder_id}/loss/")
    assert "child death review" in she.text
    she.check_page("08-loss", record=True)
    choose_radio(she, "loss", "death")
    fill_date(she, "lost_on", timezone.localdate())
    she.press("Record the loss")
    assert "Messages and prompts about this baby have stopped" in she.text
    she.check_page("09-after-a-loss", record=True)
    she.follow("The loss was recorded in error")
    she.check_page("10-loss-in-error", record=True)
    she.write("How was this recorded in error?", "It was another family's baby.")
    she.press("Undo the loss")
    assert "Nothing has been sent to anyone" in she.text
    she.check_page("11-taken-back", record=True)


def record_adoption(she, elder_id):
    """Information governance records an adoption, and finds it listed."""
    assert she.go(f"/infants/{elder_id}/adoption/") == 200
    she.check_page("12-adoption", record=True)
    fill_date(she, "adopted_on", timezone.localdate())
    she.write("New given name", "Robin")
    she.write("New family name", "Fairweather")
    she.choose("Which site will the new record belong to?", "Hyndburn")
    she.press("Record the adoption")
    assert she.heading == "Adoptions"
    assert "Hyndburn" in she.text
    she.check_page("13-adoptions")
