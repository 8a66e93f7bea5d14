"""A draft that is open on two devices: neither text is lost, and one's own autosave is no stranger."""

import re
import uuid

import pytest
from django.urls import reverse

from pairs.submissions.models import Submission
from tests.unit.referrals.requests import BABIES, CARERS, NOTICED

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'name="(window|seen)" value="(\w*)"')


@pytest.fixture
def her(client, cast):
    client.force_login(cast["healthvisitor"])
    return client


@pytest.fixture
def token(her):
    """A draft with one page kept."""
    token = uuid.uuid4()
    her.post(reverse("refer-page", args=[token, "noticed"]), NOTICED)
    return token


def opened(client, token, slug="noticed"):
    """What a window holds that shows the page now."""
    page = client.get(reverse("refer-page", args=[token, slug])).content.decode()
    return dict(HIDDEN.findall(page))


def save(client, token, values, slug="noticed"):
    return client.post(reverse("refer-page", args=[token, slug]), values)


def kept(token, slug="noticed"):
    return Submission.objects.get(pk=token).data[slug]


def test_the_second_device_sees_both_texts_and_overwrites_nothing(her, token):
    phone, desk = opened(her, token), opened(her, token)
    assert phone["window"] != desk["window"]
    assert save(her, token, NOTICED | phone | {"hopes": "From the phone"}).status_code == 302
    answer = save(her, token, NOTICED | desk | {"hopes": "From the desk"})
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("changed on another device too", "From the phone", "From the desk"):
        assert words in page
    assert kept(token)["hopes"] == ["From the phone"]
    brought_together = dict(HIDDEN.findall(page))
    assert save(her, token, NOTICED | brought_together | {"hopes": "Both"}).status_code == 302
    assert kept(token)["hopes"] == ["Both"]


def test_pages_of_people_say_whose_answer_differs(her, token):
    save(her, token, CARERS, "carers")
    phone, desk = opened(her, token, "carers"), opened(her, token, "carers")
    save(her, token, CARERS | phone | {"caregivers-1-given_name": "Daniel"}, "carers")
    page = save(
        her, token, CARERS | desk | {"caregivers-1-relationship": "partner"}, "carers"
    ).content.decode()
    for words in ("Number 2: Given name", "Daniel", "Number 2: Relationship to the baby", "Father"):
        assert words in page


def test_a_date_says_which_part_differs(her, token):
    save(her, token, BABIES, "babies")
    phone, desk = opened(her, token, "babies"), opened(her, token, "babies")
    save(her, token, BABIES | phone | {"infants-0-estimated_due_date-day": "3"}, "babies")
    page = save(her, token, BABIES | desk | {"infants-0-given_name": "Ada"}, "babies").content.decode()
    assert "Number 1: Due date (day)" in page


def test_ones_own_autosave_is_no_stranger(her, token):
    window = opened(her, token)
    values = NOTICED | window | {"hopes": "Half a sent"}
    answer = her.post(reverse("autosave", args=[token]), values | {"kind": "refer", "page": "noticed"})
    assert answer.status_code == 200
    assert save(her, token, values | {"hopes": "Half a sentence, and the rest"}).status_code == 302
    assert kept(token)["hopes"] == ["Half a sentence, and the rest"]


def test_autosave_does_not_write_over_another_device(her, token):
    phone, desk = opened(her, token), opened(her, token)
    save(her, token, NOTICED | phone | {"hopes": "From the phone"})
    stale = NOTICED | desk | {"hopes": "From the desk", "kind": "refer", "page": "noticed"}
    answer = her.post(reverse("autosave", args=[token]), stale)
    assert (answer.status_code, answer.json()) == (409, {"saved": False})
    assert kept(token)["hopes"] == ["From the phone"]


def test_the_same_text_from_two_devices_is_no_conflict(her, token):
    phone, desk = opened(her, token), opened(her, token)
    assert save(her, token, NOTICED | phone | {"hopes": "The same"}).status_code == 302
    assert save(her, token, NOTICED | desk | {"hopes": "The same"}).status_code == 302


def test_marks_that_make_no_sense_harm_nothing(her, token):
    for marks in ({"window": "x" * 9000, "seen": ""}, {"window": "", "seen": "%zz"}, {"seen": ["a", "b"]}):
        assert save(her, token, NOTICED | {"hopes": "Words"} | marks).status_code in (200, 302)
