"""A draft that is open on two devices: neither text is lost, and one's own autosave is no stranger."""

import re
import uuid

import pytest
from django.urls import reverse

from pairs.submissions.models import Submission
from tests.unit.referrals.factories import BABIES, CARERS, NOTICED

pytestmark = pytest.mark.django_db
HIDDEN_INPUTS = re.compile(r'name="(window|seen)" value="(\w*)"')


@pytest.fixture
def health_visitor_client(client, cast):
    client.force_login(cast["healthvisitor"])
    return client


@pytest.fixture
def draft_token(health_visitor_client):
    """A draft with one page kept."""
    token = uuid.uuid4()
    health_visitor_client.post(reverse("refer-page", args=[token, "noticed"]), NOTICED)
    return token


def get_window_state(client, token, slug="noticed"):
    """The hidden fields of a browser window that shows the page now."""
    page = client.get(reverse("refer-page", args=[token, slug])).content.decode()
    return dict(HIDDEN_INPUTS.findall(page))


def save_page(client, token, values, slug="noticed"):
    return client.post(reverse("refer-page", args=[token, slug]), values)


def get_saved_page(token, slug="noticed"):
    return Submission.objects.get(pk=token).data[slug]


def test_the_second_device_sees_both_texts_and_overwrites_nothing(health_visitor_client, draft_token):
    phone, desk = (
        get_window_state(health_visitor_client, draft_token),
        get_window_state(health_visitor_client, draft_token),
    )
    assert phone["window"] != desk["window"]
    assert (
        save_page(
            health_visitor_client, draft_token, NOTICED | phone | {"hopes": "From the phone"}
        ).status_code
        == 302
    )
    answer = save_page(health_visitor_client, draft_token, NOTICED | desk | {"hopes": "From the desk"})
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("This page was also changed on another device", "From the phone", "From the desk"):
        assert words in page
    assert get_saved_page(draft_token)["hopes"] == ["From the phone"]
    brought_together = dict(HIDDEN_INPUTS.findall(page))
    assert (
        save_page(
            health_visitor_client, draft_token, NOTICED | brought_together | {"hopes": "Both"}
        ).status_code
        == 302
    )
    assert get_saved_page(draft_token)["hopes"] == ["Both"]


def test_pages_of_people_say_whose_answer_differs(health_visitor_client, draft_token):
    save_page(health_visitor_client, draft_token, CARERS, "carers")
    phone, desk = (
        get_window_state(health_visitor_client, draft_token, "carers"),
        get_window_state(health_visitor_client, draft_token, "carers"),
    )
    save_page(
        health_visitor_client, draft_token, CARERS | phone | {"caregivers-1-given_name": "Daniel"}, "carers"
    )
    page = save_page(
        health_visitor_client, draft_token, CARERS | desk | {"caregivers-1-relationship": "partner"}, "carers"
    ).content.decode()
    for words in ("Number 2: Given name", "Daniel", "Number 2: Relationship to the baby", "Father"):
        assert words in page


def test_a_date_says_which_part_differs(health_visitor_client, draft_token):
    save_page(health_visitor_client, draft_token, BABIES, "babies")
    phone, desk = (
        get_window_state(health_visitor_client, draft_token, "babies"),
        get_window_state(health_visitor_client, draft_token, "babies"),
    )
    save_page(
        health_visitor_client,
        draft_token,
        BABIES | phone | {"infants-0-estimated_due_date-day": "3"},
        "babies",
    )
    page = save_page(
        health_visitor_client, draft_token, BABIES | desk | {"infants-0-given_name": "Ada"}, "babies"
    ).content.decode()
    assert "Number 1: Due date (day)" in page


def test_ones_own_autosave_is_no_conflict(health_visitor_client, draft_token):
    window = get_window_state(health_visitor_client, draft_token)
    values = NOTICED | window | {"hopes": "Half a sent"}
    answer = health_visitor_client.post(
        reverse("autosave", args=[draft_token]), values | {"kind": "refer", "page": "noticed"}
    )
    assert answer.status_code == 200
    assert (
        save_page(
            health_visitor_client, draft_token, values | {"hopes": "Half a sentence, and the rest"}
        ).status_code
        == 302
    )
    assert get_saved_page(draft_token)["hopes"] == ["Half a sentence, and the rest"]


def test_autosave_does_not_write_over_another_device(health_visitor_client, draft_token):
    phone, desk = (
        get_window_state(health_visitor_client, draft_token),
        get_window_state(health_visitor_client, draft_token),
    )
    save_page(health_visitor_client, draft_token, NOTICED | phone | {"hopes": "From the phone"})
    stale = NOTICED | desk | {"hopes": "From the desk", "kind": "refer", "page": "noticed"}
    answer = health_visitor_client.post(reverse("autosave", args=[draft_token]), stale)
    assert (answer.status_code, answer.json()) == (409, {"saved": False})
    assert get_saved_page(draft_token)["hopes"] == ["From the phone"]


def test_the_same_text_from_two_devices_is_no_conflict(health_visitor_client, draft_token):
    phone, desk = (
        get_window_state(health_visitor_client, draft_token),
        get_window_state(health_visitor_client, draft_token),
    )
    assert (
        save_page(health_visitor_client, draft_token, NOTICED | phone | {"hopes": "The same"}).status_code
        == 302
    )
    assert (
        save_page(health_visitor_client, draft_token, NOTICED | desk | {"hopes": "The same"}).status_code
        == 302
    )


def test_invalid_marks_do_no_harm(health_visitor_client, draft_token):
    for marks in ({"window": "x" * 9000, "seen": ""}, {"window": "", "seen": "%zz"}, {"seen": ["a", "b"]}):
        assert save_page(
            health_visitor_client, draft_token, NOTICED | {"hopes": "Words"} | marks
        ).status_code in (200, 302)
