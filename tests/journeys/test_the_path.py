"""The whole path in a real browser, as each role: from a health visitor's referral to the month's PDF."""

import io
import re
from datetime import timedelta

import pypdf
from django.utils import timezone

from tests.journeys.keystroke_model import CountedSteps

BABY_NAME, MOTHER_NAME, FATHER_NAME = "Wren Ashworth", "Marla Ashworth", "Tomas Ashworth"
REPORT_TIMEOUT_MS = 60_000


def get_day(ago):
    return timezone.localdate() - timedelta(days=ago)


def backdate_referral(service, reference, days):
    """Move a referral back in time, as the owner of the database alone can: nobody may rewrite it."""
    with service.connect() as db:
        db.execute("ALTER TABLE referrals_referral DISABLE TRIGGER USER")
        db.execute(
            "UPDATE referrals_referral SET received_at = received_at - %s, decided_at = decided_at - %s "
            "WHERE reference = %s",
            [timedelta(days=days), timedelta(days=days), reference],
        )
        db.execute("ALTER TABLE referrals_referral ENABLE TRIGGER USER")


def test_from_referral_to_report(open_browser_as, running_service, new_page):
    referral_path, reference = refer_family(open_browser_as("healthvisitor"))
    family_path = accept_referral(open_browser_as("duty"), reference)
    backdate_referral(running_service, reference, 60)
    episode_path = work_through_episode(open_browser_as("blackburn"), family_path)
    check_access_of_others(open_browser_as, family_path, episode_path, referral_path, new_page)
    download_report(open_browser_as("manager"))
    check_access_log(open_browser_as("governance"), family_path)


def refer_family(her):
    """A baby and two carers, in relationship language, with the parent's permission."""
    her.check_page("01-home")
    her.follow("Refer a family")
    her.check_page("02-refer-permission")
    her.tick("The parent agrees to this referral")
    her.press("Save and continue")
    fill_baby_page(her)
    fill_carers_page(her)
    her.write(
        "What have you noticed between the baby and carers?",
        "Wren looks away when Marla leans in; both go still.",
    )
    her.write("What does the parent say?", "I want to enjoy her.")
    her.write("What do they hope for?", "To feel at ease together.")
    her.check_page("05-refer-noticed")
    her.press("Save and continue")
    her.choose("Which district does the baby live in?", "Blackburn with Darwen")
    her.check_page("05-refer-involved")
    her.press("Save and continue")
    assert her.heading.endswith("Check your answers")
    for words in (BABY_NAME, MOTHER_NAME, FATHER_NAME, "I want to enjoy her."):
        assert words in her.text
    her.check_page("06-refer-check")
    her.press("Send the referral")
    reference = re.search(r"R-\d{4}-\d{5}", her.text).group()
    her.check_page("07-refer-sent")
    her.follow("See my referrals")
    her.check_page("08-my-referrals")
    her.find(reference).click()
    her.check_page("09-my-referral")
    return f"/referrals/{her.get_id_from_url()}/", reference


def fill_baby_page(her):
    her.box("infants-0-given_name").fill("Wren")
    her.box("infants-0-family_name").fill("Ashworth")
    her.tick("Born")
    born = get_day(200)
    for part, text in (("day", born.day), ("month", born.month), ("year", born.year)):
        her.box(f"infants-0-birth_date-{part}").fill(str(text))
    her.check_page("03-refer-babies")
    her.press("Save and continue")


def fill_carers_page(her):
    her.press("Add another carer")
    for number, (name, relationship) in enumerate([("Marla", "Mother"), ("Tomas", "Father")]):
        her.box(f"caregivers-{number}-given_name").fill(name)
        her.box(f"caregivers-{number}-family_name").fill("Ashworth")
        her.box(f"caregivers-{number}-relationship").select_option(label=relationship)
        her.box(f"caregivers-{number}-lives_with").select_option(label="Yes")
    her.box("caregivers-0-main_carer").check()
    her.box("caregivers-0-phone").fill("01632 960123")
    her.check_page("04-refer-carers")
    her.press("Save and continue")


def accept_referral(him, reference):
    """Duty sees it with its clock and accepts it; nobody types a name again."""
    him.check_page("10-home")
    him.follow("Triage")
    him.check_page("11-triage")
    him.find(reference).click()
    assert "Wren" in him.text
    him.check_page("12-decide")
    him.tick("Direct work")
    him.choose("Thrive grouping", "Getting Help")
    him.write("Why this grouping?", "The relationship needs attentive help; all are safe.")
    him.press("Continue to the replies")
    him.check_page("12-drafted")
    him.press("Save the decision and send the replies")
    assert "/families/" in him.page.url
    for words in (BABY_NAME, MOTHER_NAME, FATHER_NAME, "mother", "father"):
        assert words in him.page.locator("body").inner_text()
    him.check_page("13-family", record=True)
    return f"/families/{him.get_id_from_url()}/"


def work_through_episode(she, family_path):
    """The episode: Video Interaction Guidance, three contacts, a measure twice, a goal rated, a good ending."""
    she.check_page("20-home")
    she.follow("Caseload")
    she.check_page("21-caseload")
    she.follow("Waiting to start")
    row = she.page.locator("tr", has_text=BABY_NAME)
    she.follow("Open the episode", within=row)
    open_episode(she)
    episode_path = f"/episodes/{she.get_id_from_url()}/"
    for number, (ago, brought) in enumerate([(50, True), (30, False), (10, True)]):
        she.go(episode_path)
        log_contact(she, get_day(ago), brought, number)
    for ago, answer, when in ((48, 3, "Start"), (5, 5, "End")):
        she.go(episode_path)
        record_measure(she, get_day(ago), answer, when)
    she.go(episode_path)
    set_and_rate_a_goal(she, episode_path)
    she.go(episode_path)
    she.check_page("30-episode", record=True)
    end_episode(she, episode_path)
    return episode_path


def open_episode(she):
    she.check_page("22-open-episode", record=True)
    she.tick("Video Interaction Guidance")
    she.box("opened_on").fill(get_day(55).isoformat())
    she.press("Open the episode")
    assert "/episodes/" in she.page.url
    assert "Video Interaction Guidance" in she.text
    assert "Bilal Blackburn" in she.text


def log_contact(she, on, brought, number):
    she.follow("Log a contact")
    she.box("held_on").fill(on.isoformat())
    if number == 0:
        she.check_page("23-new-contact", record=True)
    if not brought:
        row = she.page.get_by_role("group", name=BABY_NAME, exact=True)
        row.get_by_text("Not brought", exact=True).click()
        row.get_by_label("Why not?").fill("Wren had a cold; Marla rang to say so.")
    she.box("happened").fill("We watched two clips of feeding.")
    she.box("baby_told").fill("Look how I find you when you wait for me.")
    she.press("Sign")
    she.follow("Read the note")
    assert re.search("Signed by", she.text), she.text
    assert ("Was not brought" in she.text) is not brought
    if not brought:
        she.check_page("24-contact-not-brought", record=True)


def record_measure(she, on, answer, when):
    she.follow("Record a measure")
    if when == "Start":
        she.check_page("25-choose-a-measure", record=True)
    she.follow("Parental Reflective Functioning Questionnaire")
    assert "Parental Reflective Functioning Questionnaire" in she.heading
    if when == "Start":
        she.check_page("25a-measure", record=True)
    she.page.get_by_label(re.compile(f"{BABY_NAME} and {MOTHER_NAME}")).check()
    she.tick(when)
    she.box("completed_on").fill(on.isoformat())
    for number in range(1, 19):
        she.page.locator(f'[name="q{number}"][value="{answer}"]').check()
    she.press("Save PRFQ")
    assert "/assessments/" in she.page.url
    if when == "End":
        assert "the first time" in she.text
        she.check_page("26-measure-beside-the-first", record=True)


def set_and_rate_a_goal(she, episode_path):
    she.follow("Set a goal")
    she.write("What does the family hope for?", "To enjoy bath time")
    she.check_page("27-goal", record=True)
    she.press("Set the goal")
    for score, when in ((3, "Start"), (7, "End")):
        she.go(episode_path)
        she.follow("Rate this goal")
        she.page.locator(f'[name="score"][value="{score}"]').check()
        she.tick(when)
        if when == "Start":
            she.check_page("28-rating", record=True)
        she.press("Save rating")
    assert "3 to 7" in she.text


def end_episode(she, episode_path):
    she.follow("Prepare the ending")
    she.choose("Why it ends", "Work completed")
    she.tick("Planned")
    she.tick("With the family")
    she.write("What has changed", "Bath time is a game now, and Wren looks for Marla.")
    she.write("Who will support the family next", "Health visitor and family hub")
    she.check_page("31-end-episode", record=True)
    she.press("End the episode")
    assert "Health visitor and family hub" in she.text
    she.check_page("32-ended-episode", record=True)
    she.go(f"{episode_path}outcomes/")
    assert "Paired" in she.text


def check_access_of_others(come, family_path, episode_path, referral_path, new_page):
    """The supervisor sees the same; another site and another health visitor find nothing."""
    she = come("supervisor")
    assert she.go(family_path) == 200
    assert BABY_NAME in she.page.locator("body").inner_text()
    she.check_page("40-family-to-the-supervisor", record=True)
    assert she.go(episode_path) == 200
    elsewhere = come("hyndburn")
    for path in (family_path, episode_path, referral_path):
        assert elsewhere.go(path) == 404
        assert "Ashworth" not in elsewhere.page.content()
    other = come("healthvisitor2")
    assert other.go(referral_path) == 404
    assert "Ashworth" not in other.page.content()
    assert other.go(family_path) in (403, 404)


def download_report(she):
    """Last month's report: asked for once, watched, downloaded; a PDF of real tables. Its steps are counted."""
    steps = CountedSteps(she)
    steps.press(lambda: she.follow("Reports"))
    she.check_page("50-reports")
    steps.press(lambda: she.press("Request report"))
    assert "/reports/" in she.page.url
    she.check_page("51-progress")
    ready = she.page.get_by_role("button", name="Open the report")
    ready.wait_for(timeout=REPORT_TIMEOUT_MS)
    steps.press(ready.click)
    button = she.page.get_by_role("button", name="Download PDF")
    button.wait_for()
    she.check_page("52-report")
    steps.effort.click()
    steps.check("Journey 11, the month's report")
    with she.page.expect_download() as download:
        button.click()
    pdf = download.value.path().read_bytes()
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    for words in ("Referred", "Accepted", "By place", "Most deprived fifth"):
        assert words.lower() in text.lower(), words
    again = she.page.url
    she.go("/reports/")
    she.press("Request report")
    assert she.page.url == again


def check_access_log(she, family_path):
    """Information governance finds who opened the family, the refused ones too."""
    she.follow("Access log")
    she.check_page("60-who-looked")
    for name in ("Bilal Blackburn", "Sunita Supervisor", "Dermot Duty"):
        she.write("Family", BABY_NAME)
        she.write("Colleague", name)
        she.page.locator("main form button[type=submit]").first.click()
        she.page.wait_for_load_state()
        assert f"{name} (" in she.text, name
    assert family_path.split("/")[2] in she.page.url
    assert "Ashworth" not in she.page.url
