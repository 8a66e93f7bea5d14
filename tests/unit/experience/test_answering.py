"""Answering by a link: once, without an account, and on a page that tells nobody anything."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from outcomes.experience.models import ExperienceAnswer, ExperienceLink
from pairs.submissions.models import Submission
from tests.unit.experience.conftest import LINK

pytestmark = pytest.mark.django_db
THANKS = "/how-it-was/thank-you/"
SAID = {"overall": "1", "time_and_place": "2", "knew_where": "5", "trust": "0", "words": "Thank you all"}


def test_an_answer_is_kept_with_its_site_and_month_alone(client, link, site):
    done = client.post(LINK, SAID)
    assert done["Location"] == THANKS
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


def test_it_works_once(client, link):
    client.post(LINK, SAID)
    assert client.post(LINK, SAID).status_code == client.get(LINK).status_code == 404
    assert ExperienceAnswer.objects.count() == 1


def test_a_scanner_that_follows_the_link_uses_nothing_up(client, link):
    assert client.get(LINK).status_code == client.head(LINK).status_code == 200
    assert ExperienceLink.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_unknown_used_and_over_are_the_same_page(client, link, method):
    client.post(LINK, SAID)
    used = getattr(client, method)(LINK, SAID)
    unknown = getattr(client, method)("/how-it-was/nobodys/", SAID)
    link.save(force_insert=True)
    ExperienceLink.objects.update(last_day=timezone.localdate() - timedelta(days=1))
    over = getattr(client, method)(LINK, SAID)
    assert {each.status_code for each in (used, unknown, over)} == {404}
    assert used.content == unknown.content == over.content
    assert ExperienceAnswer.objects.count() == 1


def test_it_is_good_to_the_end_of_its_last_day(client, link):
    ExperienceLink.objects.update(last_day=timezone.localdate())
    assert client.post(LINK, SAID).status_code == 302


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
def test_everything_may_be_left_out_but_not_all_of_it(client, link, said, kept):
    answer = client.post(LINK, said)
    assert answer.status_code == (302 if kept else 200)
    assert ExperienceAnswer.objects.count() == kept
    assert ExperienceLink.objects.exists() is not kept
    if not kept:
        assert "There is a problem" in answer.content.decode()


def test_a_fault_keeps_every_word(client, link):
    page = client.post(LINK, {"trust": "9", "overall": "2", "words": "My own words"}).content.decode()
    assert "My own words" in page
    assert 'name="overall" type="radio" value="2" checked' in page


def test_the_page_says_before_the_box_that_nobody_reads_it_now(client, link):
    page = client.get(LINK).content.decode()
    assert page.index("Nobody reads the next box") < page.index('id="help-now"') < page.index('name="words"')
    assert "116 123" in page


def test_the_page_reveals_nothing_and_leaves_nothing(client, episode, link):
    page = client.get(LINK)
    text = page.content.decode()
    people = [*episode.family.caregivers.all(), *episode.family.infants.all()]
    for word in [*(each.given_name for each in people), episode.site.name, "csrf", "Parent-Infant"]:
        assert word not in text
    assert "<title>A few questions" in " ".join(text.split())
    assert len(page.cookies) == 0
    assert "no-store" in page["Cache-Control"]
    assert settings.QUICK_EXIT_URL in text


def test_no_page_of_the_link_tells_its_address_on(client, link):
    for answer in (client.get(LINK), client.post(LINK, SAID), client.get(LINK)):
        assert answer["Referrer-Policy"] == "no-referrer"


def test_staff_who_open_a_link_learn_nothing_of_it(signed_in, link):
    """Who made a link could try it later: signed in they see one page, whatever became of it."""
    client = signed_in("blackburn")
    working, answered = client.get(LINK), client.post(LINK, SAID)
    assert not ExperienceAnswer.objects.exists()
    ExperienceLink.objects.all().delete()
    over = client.get(LINK)
    assert {each.status_code for each in (working, answered, over)} == {200}
    assert len({without_nonces(each) for each in (working, answered, over)}) == 1


def test_nor_does_a_locked_session_keep_what_was_posted(signed_in, link):
    """Else the answer would stand among a colleague's drafts, with the link's address."""
    client = signed_in("blackburn")
    session = client.session
    session["locked"] = True
    session.save()
    assert client.post(LINK, SAID).status_code == 200
    assert not Submission.objects.exists()
    assert not ExperienceAnswer.objects.exists()


def without_nonces(answer):
    return [line for line in answer.content.decode().splitlines() if "csrf" not in line].__repr__()


def test_thank_you_is_the_same_for_everybody(client):
    page = client.get(THANKS)
    assert page.status_code == 200
    assert len(page.cookies) == 0
