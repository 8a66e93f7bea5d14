"""Everybody's own account: who they are, where they are signed in, and what else opens the account."""

import pytest
from django.test import Client
from django.urls import reverse

from pairs.access.devices import UNKNOWN_DEVICE, describe_device
from pairs.access.open_sessions import list_open_sessions
from pairs.audit.models import AccountEvent, AccountEventKind
from pairs.demo.cast import PASSWORD
from tests.cast import CAST

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (PHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/25.0 Chrome/121.0 Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("Mozilla/5.0 (Macintosh)", "Mac"),
        ("curl", UNKNOWN_DEVICE),
        ("", UNKNOWN_DEVICE),
    ],
)
def test_a_device_is_said_in_words(agent, words):
    assert describe_device(agent) == words


def sign_in(agent, username="blackburn"):
    browser = Client(headers={"user-agent": agent})
    browser.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    return browser


@pytest.mark.parametrize("username", sorted(CAST))
def test_everybody_has_the_page_with_their_role_and_sites(client, cast, username):
    client.force_login(cast[username])
    page = client.get(reverse("my-account"))
    text = page.content.decode()
    assert page.status_code == 200
    for group in cast[username].groups.all():
        assert group.roleatsite.get_role_display() in text
        assert str(group.roleatsite.site) in text
    assert reverse("my-account") in client.get(reverse("home")).content.decode()


def test_it_lists_where_one_is_signed_in_and_signs_out_there_alone(cast):
    work, phone, other = sign_in(FIREFOX), sign_in(PHONE), sign_in(PHONE, "hub")
    text = work.get(reverse("my-account")).content.decode()
    assert ("Firefox on Windows" in text, "Safari on iPhone" in text) == (True, True)
    this, there = list_open_sessions(user=cast["blackburn"], current_key=work.session.session_key)
    assert (this.is_this, there.device) == (True, "Safari on iPhone")
    work.post(reverse("end-session"), {"mark": there.mark})
    assert [browser.get(reverse("home")).status_code for browser in (work, phone, other)] == [200, 302, 200]
    assert (
        AccountEvent.objects.filter(user=cast["blackburn"], kind=AccountEventKind.SESSION_ENDED).count() == 1
    )


@pytest.mark.parametrize("whose", ["this", "another person's", "none"])
def test_no_other_session_is_ended(cast, whose):
    work, other = sign_in(FIREFOX), sign_in(PHONE, "hub")
    key = work.session.session_key
    marks = {
        "this": list_open_sessions(user=cast["blackburn"], current_key=key)[0].mark,
        "another person's": list_open_sessions(user=cast["hub"])[0].mark,
        "none": "",
    }
    work.post(reverse("end-session"), {"mark": marks[whose]})
    assert [browser.get(reverse("home")).status_code for browser in (work, other)] == [200, 200]


def test_a_session_that_a_new_password_has_ended_is_not_listed(cast):
    work, _ = sign_in(FIREFOX), sign_in(PHONE)
    new = "violet-kettle-marching-otters"
    work.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    cast["blackburn"].refresh_from_db()
    assert [each.device for each in list_open_sessions(user=cast["blackburn"])] == ["Firefox on Windows"]


def test_signing_out_everywhere_keeps_this_browser(cast):
    work, phone = sign_in(FIREFOX), sign_in(PHONE)
    work.post(reverse("end-own-keys"))
    assert [browser.get(reverse("home")).status_code for browser in (work, phone)] == [200, 302]


def test_the_api_says_who_a_program_acts_as(client, cast):
    client.force_login(cast["supervisor"])
    answer = client.get(reverse("api-my-account")).json()
    held = {(each["role"], each["site"]) for each in answer["roles"]}
    assert answer["username"] == "supervisor"
    assert held == {
        (group.roleatsite.role, group.roleatsite.site.code) for group in cast["supervisor"].groups.all()
    }
