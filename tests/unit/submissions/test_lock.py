"""A session that was left alone locks and loses nothing; what was typed comes back byte for byte, to its author."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from pairs.access.models import ApiToken
from pairs.families.models import RiskAlert
from pairs.submissions.models import Submission
from tests.cast import PASSWORD

NOTE_TEXT = "He cried & she <held> him: “shh”.\r\n\r\n  Ünïcode 👶 — and a tab\tthen the end.  "


@pytest.fixture
def alert_form_path(family):
    return reverse("new-alert", args=[family.pk])


@pytest.fixture
def signed_in_client(client, cast):
    client.force_login(cast["blackburn"])
    return client


def make_idle(client, seconds=16 * 60):
    session = client.session
    session["last_seen"] = int(time.time()) - seconds
    session.save()


def post_unlock(client, password=PASSWORD):
    return client.post(reverse("unlock"), {"password": password})


def test_fifteen_idle_minutes_lock_the_session(signed_in_client, alert_form_path):
    signed_in_client.get(alert_form_path)
    make_idle(signed_in_client)
    assert signed_in_client.get(alert_form_path)["Location"] == reverse("unlock")
    assert signed_in_client.session["locked"]


def test_fourteen_idle_minutes_do_not_lock_the_session(signed_in_client, alert_form_path):
    make_idle(signed_in_client, 14 * 60)
    assert signed_in_client.get(alert_form_path).status_code == 200


def test_a_locked_session_shows_no_page_to_anybody(signed_in_client, alert_form_path, family):
    make_idle(signed_in_client)
    for path in (alert_form_path, reverse("home"), reverse("family", args=[family.pk]), reverse("worklist")):
        assert signed_in_client.get(path)["Location"] == reverse("unlock")
    assert b"Baby1" not in signed_in_client.get(reverse("unlock")).content


def test_the_locked_api_answers_401(signed_in_client):
    make_idle(signed_in_client)
    answer = signed_in_client.get(reverse("api-families"))
    assert (answer.status_code, answer.json()) == (
        401,
        {"detail": "The session is locked: unlock it in the browser."},
    )


def test_unlocking_needs_the_password_of_this_account(signed_in_client, alert_form_path):
    make_idle(signed_in_client)
    signed_in_client.get(alert_form_path)
    assert (
        b"Incorrect password for this account"
        in post_unlock(signed_in_client, "another-long-password").content
    )
    assert signed_in_client.session["locked"]


def test_unlocking_goes_back_to_where_it_was(signed_in_client, alert_form_path):
    make_idle(signed_in_client)
    signed_in_client.get(alert_form_path + "?a=b")
    assert post_unlock(signed_in_client)["Location"] == alert_form_path + "?a=b"
    assert signed_in_client.get(alert_form_path).status_code == 200


def test_a_post_to_a_locked_session_is_saved_and_restored_byte_for_byte(signed_in_client, alert_form_path):
    make_idle(signed_in_client)
    assert signed_in_client.post(alert_form_path, {"what": NOTE_TEXT})["Location"] == reverse("unlock")
    assert RiskAlert.objects.count() == 0
    kept = Submission.objects.get()
    assert kept.data == {"": {"what": [NOTE_TEXT]}}
    back = post_unlock(signed_in_client)["Location"]
    assert back == f"{alert_form_path}?draft={kept.pk}"
    shown = signed_in_client.get(back).content.decode()
    assert read_textarea(shown, "what") == NOTE_TEXT.replace("\r\n", "\n")


def test_what_came_back_is_saved_once(signed_in_client, alert_form_path):
    make_idle(signed_in_client)
    signed_in_client.post(alert_form_path, {"what": "A worry"})
    back = post_unlock(signed_in_client)["Location"]
    token = parse_qs(urlsplit(back).query)["draft"][0]
    for _ in range(3):
        assert (
            signed_in_client.post(alert_form_path, {"what": "A worry", "submission": token}).status_code
            == 302
        )
    assert RiskAlert.objects.count() == 1
    assert Submission.objects.get().data == {}


def test_the_password_is_never_stored(signed_in_client, alert_form_path):
    make_idle(signed_in_client)
    signed_in_client.post(
        alert_form_path, {"what": "A worry", "password": PASSWORD, "csrfmiddlewaretoken": "x"}
    )
    assert set(Submission.objects.get().data[""]) == {"what"}


def test_somebody_else_sees_nothing_of_a_draft(signed_in_client, alert_form_path, cast, client):
    make_idle(signed_in_client)
    signed_in_client.post(alert_form_path, {"what": "A secret worry"})
    kept = Submission.objects.get()
    client.force_login(cast["supervisor"])
    assert b"A secret worry" not in client.get(f"{alert_form_path}?draft={kept.pk}").content
    assert client.post(alert_form_path, {"what": "Mine", "submission": kept.pk}).status_code == 404
    assert client.post(reverse("autosave", args=[kept.pk]), {"what": "Mine"}).status_code == 404
    kept.refresh_from_db()
    assert kept.data == {"": {"what": ["A secret worry"]}}


def test_a_form_that_was_saved_already_can_be_sent_to_a_locked_session(signed_in_client, alert_form_path):
    """Back, then Save once more, after lunch: nothing is lost, nothing breaks and nothing is doubled."""
    token = "6a6f7ee8-4f4b-4d4d-9d6a-4b8f7d2f9a11"
    signed_in_client.post(alert_form_path, {"what": "A worry", "submission": token})
    make_idle(signed_in_client)
    assert signed_in_client.post(alert_form_path, {"what": "A worry", "submission": token}).status_code == 302
    assert post_unlock(signed_in_client)["Location"] == Submission.objects.get().result_path
    assert RiskAlert.objects.count() == 1


def test_an_autosaved_draft_comes_back(signed_in_client, alert_form_path):
    token = "6a6f7ee8-4f4b-4d4d-9d6a-4b8f7d2f9a12"
    saved = signed_in_client.post(
        reverse("autosave", args=[token]),
        {"what": NOTE_TEXT, "kind": "new-alert", "page": "", "path": alert_form_path},
    )
    assert saved.json() == {"saved": True}
    assert read_textarea(
        signed_in_client.get(f"{alert_form_path}?draft={token}").content.decode(), "what"
    ) == NOTE_TEXT.replace("\r\n", "\n")


def test_autosaving_works_while_locked_and_does_not_unlock(signed_in_client, alert_form_path):
    make_idle(signed_in_client)
    signed_in_client.get(alert_form_path)
    token = "6a6f7ee8-4f4b-4d4d-9d6a-4b8f7d2f9a13"
    assert signed_in_client.post(reverse("autosave", args=[token]), {"what": "On"}).status_code == 200
    assert signed_in_client.session["locked"]


def test_polling_never_counts_as_activity(signed_in_client):
    make_idle(signed_in_client, 14 * 60)
    before = signed_in_client.session["last_seen"]
    for _ in range(3):
        signed_in_client.post(
            reverse("autosave", args=["6a6f7ee8-4f4b-4d4d-9d6a-4b8f7d2f9a14"]), {"what": "On"}
        )
    assert signed_in_client.session["last_seen"] == before


def test_last_activity_is_written_at_most_once_a_minute(
    signed_in_client, alert_form_path, django_assert_num_queries
):
    signed_in_client.get(alert_form_path)
    first = signed_in_client.session["last_seen"]
    make_idle(signed_in_client, 30)
    halfway = signed_in_client.session["last_seen"]
    signed_in_client.get(alert_form_path)
    assert signed_in_client.session["last_seen"] == halfway
    make_idle(signed_in_client, 61)
    signed_in_client.get(alert_form_path)
    assert signed_in_client.session["last_seen"] >= first


def test_twelve_hours_end_a_session_however_busy(signed_in_client, alert_form_path, settings):
    signed_in_client.get(alert_form_path)
    session = signed_in_client.session
    session["since"] = int(time.time()) - settings.SESSION_COOKIE_AGE - 1
    session.save()
    assert signed_in_client.get(alert_form_path)["Location"].startswith(reverse("account_login"))
    assert Session.objects.count() == 0 or not signed_in_client.session.get("_auth_user_id")


def test_unlocking_never_leads_out_of_the_service(signed_in_client):
    make_idle(signed_in_client)
    session = signed_in_client.session
    session["locked"], session["unlock_to"] = True, "https://elsewhere.example/"
    session.save()
    assert post_unlock(signed_in_client)["Location"] == "/"


def test_a_token_is_not_locked_by_an_idle_session(client, cast):
    from datetime import timedelta

    from django.utils import timezone

    _, text = ApiToken.issue(
        user=cast["blackburn"], name="system", expires_at=timezone.now() + timedelta(days=1)
    )
    assert client.get(reverse("api-families"), headers={"authorization": f"Bearer {text}"}).status_code == 200


def read_textarea(page, name):
    """The text that a browser would show, as HTML's parser reads it (one leading newline belongs to the tag)."""
    from html import unescape

    inside = page.split(f'name="{name}"', 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
    return unescape(inside.removeprefix("\n")).replace("\r\n", "\n")
