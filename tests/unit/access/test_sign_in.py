"""Limits on signing in lock nobody else out, and what happens is kept and shown to the owner and to governance."""

import re

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pairs.audit.models import AccountEvent, AccountEventKind
from pairs.demo.cast import PASSWORD
from pairs.jobs.models import OutboxEmail
from pairs.service.models import User

HOSPITAL, STRANGER = "192.0.2.10", "198.51.100.7"
WRONG = "not the password at all"


def sign_in(browser, username="blackburn", password=PASSWORD, address=HOSPITAL):
    """Whether it let them in."""
    posted = {"login": username, "password": password}
    answer = browser.post(reverse("account_login"), posted, REMOTE_ADDR=address)
    return answer.status_code == 302


def fail_often(browser, username="blackburn", address=HOSPITAL, times=12):
    assert not any(sign_in(browser, username, WRONG, address) for _ in range(times))


def list_kinds(**of):
    return list(AccountEvent.objects.filter(**of).order_by("at").values_list("kind", flat=True))


def test_guessing_one_account_from_one_place_is_stopped(cast):
    guesser = Client()
    fail_often(guesser, address=STRANGER)
    assert not sign_in(guesser, address=STRANGER)  # the right one would not tell a guesser either
    assert list_kinds() == [AccountEventKind.FAILED] * 5 + [AccountEventKind.LOCKED_OUT]


@pytest.mark.parametrize("name", ["blackburn", "BLACKBURN", "blackburn@pairs.example"])
def test_however_the_name_is_written(cast, name):
    fail_often(Client(), username=name)
    assert not sign_in(Client())


def test_a_stranger_cannot_lock_out_a_named_clinician(cast):
    fail_often(Client(), address=STRANGER)
    assert sign_in(Client(), address=HOSPITAL)


def test_nor_can_somebody_in_the_same_building_where_she_has_signed_in_before(cast):
    her_browser = Client()
    assert sign_in(her_browser)
    her_browser.post(reverse("account_logout"))
    fail_often(Client())
    assert not sign_in(Client())
    assert sign_in(her_browser)


def test_a_browser_that_others_have_signed_in_from_is_not_hers(cast):
    shared = Client()
    assert sign_in(shared, username="hub")
    shared.post(reverse("account_logout"))
    fail_often(Client())
    assert not sign_in(shared)


@pytest.mark.parametrize("value", ["", "made-up", "made:up:too"])
def test_a_made_up_cookie_is_nobodys_browser(cast, settings, value):
    fail_often(Client())
    browser = Client()
    browser.cookies[settings.KNOWN_BROWSER_COOKIE_NAME] = value
    assert not sign_in(browser)


def test_an_address_is_never_locked_out(cast):
    """A ward behind one address: forty colleagues mistype, and the next one gets in."""
    for number in range(40):
        sign_in(Client(), username=f"colleague-{number}", password=WRONG)
    assert sign_in(Client())


def test_five_slips_and_then_the_right_password_begin_anew(cast):
    for _ in range(3):
        fail_often(Client(), times=4)
        assert sign_in(Client())


# ---------------------------------------------------------------- asking for a link
def ask_for_link(email, address=STRANGER):
    return Client().post(reverse("account_reset_password"), {"email": email}, REMOTE_ADDR=address)


def test_the_reset_page_answers_the_same_to_everybody_and_mails_nobody_unknown(cast):
    known, unknown = ask_for_link("blackburn@pairs.example"), ask_for_link("nobody@elsewhere.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [each.to for each in mail.outbox] == [["blackburn@pairs.example"]]
    pages = {Client().get(each["Location"]).content for each in (known, unknown)}
    assert len({page.replace(b"nonce", b"") for page in pages}) <= 2
    assert all(b"If an account has that address" in page for page in pages)


@pytest.mark.parametrize("kind", ["unknown", "closed", "asked too often"])
def test_who_is_mailed_nothing_costs_the_same_writes_and_leaves_none(cast, kind):
    """So neither the text nor the time of the answer says who has an account."""
    if kind == "closed":
        User.objects.filter(username="hub").update(is_active=False)
    for _ in range(3 if kind == "asked too often" else 0):
        ask_for_link("hub@pairs.example")
    mail.outbox.clear()
    list_writes("blackburn@pairs.example")
    assert len(mail.outbox) == 1
    kept = AccountEvent.objects.count()
    with override_settings(EMAIL_BACKEND="pairs.jobs.outbox.OutboxBackend"):
        known = list_writes("blackburn@pairs.example")
    written = OutboxEmail.objects.count()
    assert list_writes("nobody@elsewhere.example" if kind == "unknown" else "hub@pairs.example") == known
    assert (len(mail.outbox), OutboxEmail.objects.count()) == (1, written)
    assert AccountEvent.objects.count() == kept + 1


def list_writes(email):
    """The tables that asking for a link writes to, in order."""
    with CaptureQueriesContext(connection) as found:
        ask_for_link(email)
    writes = (re.match(r"(?:INSERT INTO|UPDATE|DELETE FROM) \S+", each["sql"].strip()) for each in found)
    return [each[0] for each in writes if each]


def test_asking_again_and_again_is_answered_the_same_and_sends_three(cast):
    answers = {
        (each.status_code, each["Location"])
        for each in (ask_for_link("hub@pairs.example") for _ in range(30))
    }
    assert len(answers) == 1
    assert len(mail.outbox) == 3
    ask_for_link("blackburn@pairs.example")
    assert mail.outbox[-1].to == ["blackburn@pairs.example"]  # from the same address


def test_a_closed_account_is_sent_nothing(cast):
    cast["hub"].is_active = False
    cast["hub"].save()
    ask_for_link("hub@pairs.example")
    assert mail.outbox == []


# ---------------------------------------------------------------- what is kept, and who sees it
def test_a_wrong_password_at_a_locked_screen_is_kept(client, cast):
    client.force_login(cast["hub"])
    session = client.session
    session["locked"] = True
    session.save()
    client.post(reverse("unlock"), {"password": WRONG})
    assert list_kinds(user=cast["hub"]) == [AccountEventKind.UNLOCK_FAILED]


def test_tokens_and_calendars_are_kept(client, cast):
    client.force_login(cast["hub"])
    client.post(reverse("api-tokens"), {"name": "Trust system", "days": "30"})
    client.post(reverse("my-calendar"))
    client.post(reverse("revoke-calendar"))
    client.post(reverse("revoke-token", args=[cast["hub"].api_tokens.get().pk]))
    assert list_kinds(user=cast["hub"]) == [
        "token_issued",
        "calendar_issued",
        "calendar_revoked",
        "token_revoked",
    ]


def test_what_was_typed_is_kept_nowhere(cast):
    sign_in(Client(), username="my secret passphrase", password=WRONG)
    (event,) = AccountEvent.objects.values()
    assert "secret" not in str(event)
    assert (event["user_id"], event["network"]) == (None, "192.0.2.0/24")


def test_the_owner_sees_their_own_and_nobody_elses(client, cast):
    fail_often(Client(), address=STRANGER)
    sign_in(client)
    page = client.get(reverse("account-activity")).content.decode()
    for words in ("Signed in", "Sign-in failed", "Too many attempts", "198.51.100.0/24"):
        assert words in page
    other = Client()
    other.force_login(cast["hub"])
    assert "198.51.100.0/24" not in other.get(reverse("account-activity")).content.decode()


def test_governance_sees_everybodys_and_filters(client, cast):
    fail_often(Client(), address=STRANGER)
    sign_in(Client(), username="hub")
    sign_in(Client(), username="nobody-here", password=WRONG)
    client.force_login(cast["governance"])
    page = client.get(reverse("account-events")).content.decode()
    for words in ("Too many attempts", "No account with that name", "hub"):
        assert words in page
    page = client.get(reverse("account-events"), {"username": "hub"}).content.decode()
    assert "Signed in" in page
    assert "198.51.100.0/24" not in page
    client.force_login(cast["manager"])
    assert client.get(reverse("account-events")).status_code == 403


# ---------------------------------------------------------------- the second factor
def test_adding_and_removing_a_second_factor_is_kept_and_mailed(client, cast, monkeypatch):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    monkeypatch.setattr(transaction, "on_commit", lambda act, **_: act())  # as when the test's were none
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post(reverse("mfa_activate_totp"), {"code": code})
    client.post(reverse("mfa_deactivate_totp"))
    kinds = list_kinds(user=cast["blackburn"])
    assert kinds[0] == AccountEventKind.SIGNED_IN
    assert {AccountEventKind.FACTOR_ADDED, AccountEventKind.FACTOR_REMOVED} <= set(kinds)
    assert {"An authenticator app was added", "An authenticator app was removed"} <= {
        each.subject for each in mail.outbox
    }


def test_a_wrong_code_is_kept_and_locks_nobody_out_of_the_password(cast):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(cast["blackburn"], "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    browser = Client()
    sign_in(browser)
    browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert list_kinds(user=cast["blackburn"]) == [AccountEventKind.CODE_FAILED]
