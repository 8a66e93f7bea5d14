"""What opens an account ends for good when the account is closed, and with the password when its owner asks."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from interventions.diary.models import CalendarToken
from pairs.access.account_actions import end_account_keys, set_account_open
from pairs.access.models import ApiToken
from pairs.audit.models import AccountEvent, AccountEventKind
from pairs.demo.cast import PASSWORD

NEW_PASSWORD = "violet-kettle-marching-otters"


@pytest.fixture
def blackburn(cast):
    return cast["blackburn"]


@pytest.fixture
def keys(blackburn):
    """Everything that opens the account without its password: (a session, a token, a feed, a link)."""
    session = Client()
    session.force_login(blackburn)
    _, token = ApiToken.issue(
        user=blackburn, name="Trust system", expires_at=timezone.now() + timedelta(days=30)
    )
    _, feed = CalendarToken.issue(user=blackburn)
    SocialAccount.objects.create(user=blackburn, provider="staff", uid="subject-1")
    Client().post(reverse("account_reset_password"), {"email": blackburn.email})
    link = re.search(r"/\w+/password/reset/key/\S+", mail.outbox[-1].body).group()
    return session, token, feed, link


def list_working_keys(keys):
    session, token, feed, link = keys
    anybody = Client()
    return [
        session.get(reverse("home")).status_code == 200,
        anybody.get(reverse("api-families"), headers={"authorization": f"Bearer {token}"}).status_code == 200,
        anybody.get(reverse("calendar", args=[feed])).status_code == 200,
        "password1" in anybody.get(link, follow=True).content.decode(),
    ]


def test_all_of_them_work_while_the_account_is_open(keys):
    assert list_working_keys(keys) == [True, True, True, True]


@pytest.mark.parametrize("opened_again", [False, True])
def test_closing_ends_them_for_good_also_when_it_is_opened_again(cast, blackburn, keys, opened_again):
    administrator = Client()
    administrator.force_login(cast["administrator"])
    administrator.post(reverse("close-account", args=[blackburn.pk]))
    if opened_again:
        administrator.post(reverse("open-account", args=[blackburn.pk]))
    assert list_working_keys(keys) == [False, False, False, False]
    assert not ApiToken.objects.filter(revoked_at=None).exists()
    assert not CalendarToken.objects.filter(revoked_at=None).exists()
    assert not SocialAccount.objects.exists()


def test_an_account_that_was_opened_again_signs_in_anew(client, cast, blackburn):
    set_account_open(user=blackburn, is_open=False, by=cast["administrator"])
    set_account_open(user=blackburn, is_open=True, by=cast["administrator"])
    client.post(reverse("account_login"), {"login": "blackburn", "password": PASSWORD})
    assert client.get(reverse("home")).status_code == 200


def change_password(client, **more):
    posted = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD} | more
    return client.post(reverse("account_change_password"), posted)


@pytest.mark.parametrize(("asked", "left"), [({}, 1), ({"end_keys": "on"}, 0)])
def test_a_changed_password_ends_other_sessions_and_offers_to_end_tokens_and_calendar(
    client, blackburn, keys, asked, left
):
    client.force_login(blackburn)
    mail.outbox.clear()
    assert change_password(client, **asked).status_code == 302
    assert client.get(reverse("home")).status_code == 200  # whoever changed it goes on
    session, _, _, link = keys
    assert session.get(reverse("home")).status_code == 302
    assert "password1" not in Client().get(link, follow=True).content.decode()
    assert ApiToken.objects.filter(revoked_at=None).count() == left
    assert CalendarToken.objects.filter(revoked_at=None).count() == left
    assert [(each.to, each.subject) for each in mail.outbox] == [
        ([blackburn.email], "Your password was changed")
    ]


def test_a_password_chosen_through_a_link_offers_the_same_and_tells_the_owner(blackburn, keys):
    browser = Client()
    form = browser.get(keys[3], follow=True)
    mail.outbox.clear()
    answer = browser.post(
        form.redirect_chain[-1][0],
        {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "end_keys": "on"},
    )
    assert answer.status_code == 302
    assert list_working_keys(keys) == [False, False, False, False]
    assert [each.subject for each in mail.outbox] == ["Your password was changed"]


def test_the_page_offers_it(client, blackburn):
    client.force_login(blackburn)
    page = client.get(reverse("account_change_password")).content.decode()
    assert "Revoke my API tokens and calendar address as well" in page


def test_closing_and_opening_are_kept_with_who_did_it_and_once(cast, blackburn):
    for is_open in (False, False, True):
        set_account_open(user=blackburn, is_open=is_open, by=cast["administrator"])
    kept = AccountEvent.objects.order_by("at").values_list("kind", "user__username", "by__username")
    assert list(kept) == [
        (AccountEventKind.CLOSED, "blackburn", "administrator"),
        (AccountEventKind.OPENED, "blackburn", "administrator"),
    ]


def close_and_open(user, by):
    for is_open in (False, True):
        set_account_open(user=user, is_open=is_open, by=by)


def change_its_password(user, by):
    user.set_password(NEW_PASSWORD)
    user.save()


@pytest.mark.parametrize(
    "act", [close_and_open, change_its_password, lambda user, by: end_account_keys(user=user), None]
)
def test_a_sign_in_that_was_half_done_before_the_keys_ended_opens_nothing(cast, blackburn, monkeypatch, act):
    """The password was right, and the page asks for the code."""
    TOTP.activate(blackburn, "JBSWY3DPEHPK3PXP")
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.TOTP.validate_code", lambda self, code: True)
    half = Client()
    half.post(reverse("account_login"), {"login": "blackburn", "password": PASSWORD})
    if act:
        act(blackburn, cast["administrator"])
    half.post(reverse("mfa_authenticate"), {"code": "123456"})
    assert (half.get(reverse("home")).status_code == 200) == (act is None)


def test_a_new_password_half_chosen_by_a_link_is_refused_once_the_account_was_closed(cast, blackburn, keys):
    """The key is in the session by then, and no longer in the address."""
    browser = Client()
    page = browser.get(keys[3], follow=True)
    assert "password1" in page.content.decode()
    for is_open in (False, True):
        set_account_open(user=blackburn, is_open=is_open, by=cast["administrator"])
    browser.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    blackburn.refresh_from_db()
    assert not blackburn.check_password(NEW_PASSWORD)
