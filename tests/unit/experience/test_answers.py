"""Answering by a link: once, without an account, and on a page that tells nobody anything."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from outcomes.experience.models import ExperienceAnswer, ExperienceLink
from pairs.submissions.models import Submission
from tests.unit.experience.conftest import LINK_PATH

pytestmark = pytest.mark.django_db
THANKS_PATH = "/how-it-was/thank-you/"
ANSWER_DATA = {
    "overall": "1",
    "time_and_place": "2",
    "knew_where": "5",
    "trust": "0",
    "words": "Thank you all",
}


def test_an_answer_is_stored_with_its_site_and_month_alone(client, working_link, site):
    done = client.post(LINK_PATH, ANSWER_DATA)
    assert done["Location"] == THANKS_PATH
    kept = ExperienceAnswer.objects.values().get()
    kept.pop("id")
    assert kept == {
        "site_id": site.pk,
        "month": timezone.localdate().replace(day=1),
        "way": "link",
        "overall": 1,
        "time_and_place": 2,
        "knew_where": 5,
        "trust": 0,
        "words": "Thank you all",
    }
    assert not ExperienceLink.objects.exists()


def test_it_works_once(client, working_link):
    client.post(LINK_PATH, ANSWER_DATA)
    assert client.post(LINK_PATH, ANSWER_DATA).status_code == client.get(LINK_PATH).status_code == 404
    assert ExperienceAnswer.objects.count() == 1


def test_a_scanner_that_follows_the_link_uses_nothing_up(client, working_link):
    assert client.get(LINK_PATH).status_code == client.head(LINK_PATH).status_code == 200
    assert ExperienceLink.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_unknown_used_and_over_are_the_same_page(client, working_link, method):
    client.post(LINK_PATH, ANSWER_DATA)
    used = getattr(client, method)(LINK_PATH, ANSWER_DATA)
    unknown = getattr(client, method)("/how-it-was/nobodys/", ANSWER_DATA)
    working_link.save(force_insert=True)
    ExperienceLink.objects.update(last_day=timezone.localdate() - timedelta(days=1))
    over = getattr(client, method)(LINK_PATH, ANSWER_DATA)
    assert {each.status_code for each in (used, unknown, over)} == {404}
    assert used.content == unknown.content == over.content
    assert ExperienceAnswer.objects.count() == 1


def test_it_is_good_to_the_end_of_its_last_day(client, working_link):
    ExperienceLink.objects.update(last_day=timezone.localdate())
    assert client.post(LINK_PATH, ANSWER_DATA).status_code == 302


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"trust": "0"}, True),
        ({"words": "Ta"}, True),
        ({}, False),
        ({"words": "  "}, False),
        ({"trust": "6"}, False),
        ({"trust": "x"}, False),
        ({"trust": "1", "words": "x" * 2001}, False),
    ],
)
def test_everything_may_be_left_out_but_not_all_of_it(client, working_link, said, kept):
    answer = client.post(LINK_PATH, said)
    assert answer.status_code == (302 if kept else 200)
    assert ExperienceAnswer.objects.count() == kept
    assert ExperienceLink.objects.exists() is not kept
    if not kept:
        assert "There is a problem" in answer.content.decode()


def test_a_form_error_loses_no_text(client, working_link):
    page = client.post(LINK_PATH, {"trust": "9", "overall": "2", "words": "My own words"}).content.decode()
    assert "My own words" in page
    assert 'name="overall" type="radio" value="2" checked' in page


def test_the_page_says_before_the_box_that_nobody_reads_it_now(client, working_link):
    page = client.get(LINK_PATH).content.decode()
    assert page.index("No one reads the next box") < page.index('id="help-now"') < page.index('name="words"')
    assert "116 123" in page


def test_the_page_reveals_nothing_and_leaves_nothing(client, episode, working_link):
    page = client.get(LINK_PATH)
    text = page.content.decode()
    people = [*episode.family.caregivers.all(), *episode.family.infants.all()]
    for word in [*(each.given_name for each in people), episode.site.name, "csrf", "Parent-Infant"]:
        assert word not in text
    assert "<title>A few questions" in " ".join(text.split())
    assert len(page.cookies) == 0
    assert "no-store" in page["Cache-Control"]
    assert settings.QUICK_EXIT_URL in text


def test_no_page_of_the_link_sends_a_referrer(client, working_link):
    for answer in (client.get(LINK_PATH), client.post(LINK_PATH, ANSWER_DATA), client.get(LINK_PATH)):
        assert answer["Referrer-Policy"] == "no-referrer"


def test_staff_who_open_a_link_learn_nothing_of_it(sign_in_as, working_link):
    """Who made a link could try it later: signed in they see one page, whatever became of it."""
    client = sign_in_as("blackburn")
    working, answered = client.get(LINK_PATH), client.post(LINK_PATH, ANSWER_DATA)
    assert not ExperienceAnswer.objects.exists()
    ExperienceLink.objects.all().delete()
    over = client.get(LINK_PATH)
    assert {each.status_code for each in (working, answered, over)} == {200}
    assert len({remove_tokens(each) for each in (working, answered, over)}) == 1


def test_a_locked_session_does_not_save_what_was_posted(sign_in_as, working_link):
    """Else the answer would stand among a colleague's drafts, with the link's address."""
    client = sign_in_as("blackburn")
    session = client.session
    session["locked"] = True
    session.save()
    assert client.post(LINK_PATH, ANSWER_DATA).status_code == 200
    assert not Submission.objects.exists()
    assert not ExperienceAnswer.objects.exists()


def remove_tokens(answer):
    return [line for line in answer.content.decode().splitlines() if "csrf" not in line].__repr__()


def test_thank_you_is_the_same_for_everybody(client):
    page = client.get(THANKS_PATH)
    assert page.status_code == 200
    assert len(page.cookies) == 0
