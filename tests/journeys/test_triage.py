"""Journey 4: duty triages: the board, who is held already, the decision and the replies, on one screen each."""

import itertools
import re

import pytest

from tests.journeys.browser_user import SEND_REFERRAL_SCRIPT
from tests.journeys.keystroke_model import KeystrokeModel

MAX_PAGES, MAX_SECONDS = 4, 60
# A family that duty may see, with one carer who can be rung.
HELD_FAMILY_SQL = """
    SELECT family.id, infant.given_name, infant.family_name, infant.birth_date,
           carer.given_name, carer.family_name, carer.phone
    FROM families_family family
    JOIN service_site site ON site.id = family.site_id AND site.code = 'blackburn-with-darwen'
    JOIN families_infant infant ON infant.family_id = family.id AND infant.lost_on IS NULL AND infant.plurality = 1
    JOIN families_dyad dyad ON dyad.infant_id = infant.id AND dyad.main_carer AND dyad.until IS NULL
    JOIN families_caregiver carer ON carer.id = dyad.caregiver_id AND carer.phone <> '' AND carer.given_name <> ''
    WHERE NOT family.restricted AND infant.birth_date > '2023-01-01' AND infant.given_name <> ''
    ORDER BY infant.birth_date DESC, infant.id LIMIT 1
"""


@pytest.fixture
def refer_existing_family(open_browser_as, running_service):
    """A referral of somebody who is held, by a health visitor who does not know it: its id, reference and carer.

    ``restricted``: their family is made a restricted one before, as the owner of the database alone can.
    """

    def send_referral(*, restricted):
        with running_service.connect() as db:
            held, *baby, given, family, phone = db.execute(HELD_FAMILY_SQL).fetchone()
            db.execute("UPDATE families_family SET restricted = %s WHERE id = %s", [restricted, held])
        infant = dict(zip(("given_name", "family_name"), baby, strict=False)) | {"birth_date": str(baby[2])}
        carer = {"given_name": given, "family_name": family, "phone": phone, "relationship": "mother"}
        referral = {
            "permission": "parent_agrees",
            "noticed": "They turn away from each other at bath time.",
            "place": "blackburn-with-darwen",
            "infants": [infant | {"born": "born"}],
            "caregivers": [carer | {"main_carer": True, "may_call": "yes"}],
        }
        her = open_browser_as("healthvisitor")
        her.go("/refer/")
        status, said = her.page.evaluate(SEND_REFERRAL_SCRIPT, referral)
        assert status == 201, said
        return said["id"], said["reference"], f"{given} {family}"

    return send_referral


def test_triage_with_likely_matches_and_replies(open_browser_as, refer_existing_family):
    referral, reference, carer = refer_existing_family(restricted=False)
    him = open_browser_as("duty")
    him.go("/")
    him.check_page("j4-1-home")
    effort = decide_referral(him, reference, carer)
    print(f"Journey 4: {effort}")
    assert effort.pages <= MAX_PAGES
    assert effort.seconds <= MAX_SECONDS
    him.go(f"/referrals/{referral}/")
    assert "Accepted" in him.text
    him.check_page("j4-6-referral")
    open_first_readers(open_browser_as("supervisor"))


def decide_referral(him, reference, carer):
    """From home to the family that it joined."""
    effort = KeystrokeModel()

    def click(act, *, page=False):
        effort.click()
        if page:
            effort.open_page()
        act()
        him.page.wait_for_load_state()

    if him.open_menu():  # on a phone
        effort.click()
    click(lambda: him.page.get_by_role("link", name="Triage").first.click(), page=True)
    him.check_page("j4-2-board")
    assert "To read" in him.text or "Overdue to be read" in him.text
    click(lambda: him.find(reference).click(), page=True)
    assert f"The same as {carer}" in him.text
    him.check_page("j4-3-decide")
    effort.think()
    for choice in him.page.get_by_label(re.compile("^The same as")).all()[:2]:
        click(choice.check)
    effort.think()
    click(lambda: him.page.get_by_label("Direct work", exact=True).check())
    click(lambda: him.page.get_by_label("Thrive grouping").select_option("help"))
    why = "Bath time is hard."
    effort.type_text(why)
    him.page.get_by_label("Why this grouping?").fill(why)
    click(lambda: him.page.get_by_role("button", name="Continue to the replies").click(), page=True)
    him.check_page("j4-4-drafted")
    drafts = [each.input_value() for each in him.page.locator("textarea").all()]
    assert any("We would like to work with" in each for each in drafts)
    click(
        lambda: him.page.get_by_role("button", name="Save the decision and send the replies").click(),
        page=True,
    )
    assert "/families/" in him.page.url, him.text
    him.check_page("j4-5-family", record=True)
    return effort


def open_first_readers(she):
    she.go("/first-readers/")
    she.check_page("j4-7-first-readers")


def test_a_hidden_match_is_for_the_hub_to_check(open_browser_as, refer_existing_family):
    referral, reference, _ = refer_existing_family(restricted=True)
    him = open_browser_as("duty")
    him.go(f"/referrals/{referral}/decision/")
    assert "Possible match: the hub will check." in him.text
    assert "The same as" not in him.text
    him.check_page("j4-8-possible-match")
    she = open_browser_as("governance")
    she.go("/")
    she.follow("Possible matches")
    she.check_page("j4-9-match-checks")
    she.find(re.compile(reference)).click()
    she.page.wait_for_load_state()
    she.check_page("j4-10-why")
    she.write("Why do you need to open this family’s record?", "A possible match to check")
    she.press("Open the record")
    she.check_page("j4-10-match-check")
    she.tick("No, someone else")
    she.press("Send the answer")
    assert "without names" in she.page.locator("body").inner_text()
    him.go(f"/referrals/{referral}/new-baby/")
    him.check_page("j4-11-name-a-baby")
    him.go(f"/referrals/{referral}/new-carer/")
    him.check_page("j4-12-name-a-carer")


def test_without_scripts_the_answer_shows_what_it_needs(
    open_browser_as, refer_existing_family, running_service, browser
):
    referral, _, carer = refer_existing_family(restricted=False)
    signed_in = open_browser_as("duty").page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=signed_in)
    page = context.new_page()
    page.goto(f"{running_service.base_url}/referrals/{referral}/decision/")
    assert page.get_by_label(re.compile(f"The same as {carer}")).first.is_visible()
    needed = {
        "Direct work": ("Thrive grouping", "Why this grouping?"),
        "Not for us now": ("Reason (shown to the family)",),
    }
    for answer, labels in needed.items():
        page.get_by_label(answer, exact=True).check()
        for label in itertools.chain(*needed.values()):
            assert page.get_by_label(label).first.is_visible() == (label in labels), (answer, label)
    page.get_by_role("button", name="Continue to the replies").click()
    assert page.get_by_label("Not for us now", exact=True).is_checked()
    for words in ("Choose at least one signposting entry", "Enter the reason"):
        assert page.get_by_text(words).first.is_visible()
    context.close()
