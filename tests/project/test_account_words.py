"""Every page, message and e-mail about one's account is in our own words: none of allauth's English is left."""

import gettext
import html
import re
from pathlib import Path

import allauth
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from pairs.access.policy import POLICIES_BY_URL_NAME
from pairs.demo.cast import PASSWORD

ALLAUTH = Path(allauth.__file__).parent
OURS = Path(__file__).resolve().parent.parent.parent / "templates" / "_django"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# Of what is switched off, and of addresses that no policy opens (pairs/access/policy.py).
SWITCHED_OFF = re.compile(
    r"account/(?:email(?:_change|_confirm)?\.html|signup|phone|confirm_|verif|request_login_code|password_set\.html"
    r"|base_confirm_code|snippets/(?:warn_no_email|already_logged_in)|email/(?:account_already|email_|login_code|password_reset_code|unknown_account)"
    r"|messages/(?:cannot_delete|email_|login_code|phone_|primary_email|unverified))"
    r"|mfa/(?:trust|webauthn/signup_form)"
)


# What anybody would say in these words, and we do too.
SHARED = {"email address", "Sign in with a passkey", "Forgot your password?", "Recovery codes"}


def list_allauth_phrases():
    """Whatever allauth says in more than one word, as its translators have it."""
    with (ALLAUTH / "locale" / "de" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog
    texts = {each[0] if isinstance(each, tuple) else each for each in known} - SHARED
    return {each for each in texts if " " in each and len(each) >= 12 and not re.search(r"[%{\n]", each)}


def list_allauth_templates_with_words():
    for folder in ("account", "mfa"):
        for path in sorted((ALLAUTH / "templates" / folder).rglob("*.*")):
            name = path.relative_to(ALLAUTH / "templates").as_posix()
            if re.search(r"\{% *(?:block)?trans", path.read_text()) and not SWITCHED_OFF.match(name):
                yield name


@pytest.mark.parametrize("name", list(list_allauth_templates_with_words()))
def test_each_template_of_allauth_that_says_something_has_one_of_ours(name):
    ours = OURS / name
    assert ours.exists()
    assert not re.search(r"\{% *(?:block)?trans", ours.read_text())


def find_allauth_words(text):
    """Which of allauth's phrases stand in a page or an e-mail."""
    plain = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split()).replace("’", "'")
    return sorted(each for each in list_allauth_phrases() if each in plain)


@pytest.fixture
def person(cast):
    """Blackburn, signed in a moment ago, with an app, codes and a key."""
    client = Client()
    client.post(reverse("account_login"), {"login": "blackburn", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def add_factors(user):
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    credential = {"clientExtensionResults": {"credProps": {"rk": True}}}
    data = {"name": "My phone", "credential": credential}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def test_no_page_of_ones_account_says_it_in_allauths_words(cast, person):
    names = [
        *(
            "mfa_index",
            "mfa_activate_totp",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "account_change_password",
        ),
        *("account_reauthenticate", "account_logout"),
    ]
    pages = {name: person.get(reverse(name)) for name in names}
    pages["a wrong code of an app"] = person.post(reverse("mfa_activate_totp"), {"code": "1"})
    pages["a wrong old password"] = person.post(
        reverse("account_change_password"), {"oldpassword": "x", "password1": "y", "password2": "z"}
    )
    pages["a wrong password again"] = person.post(reverse("account_reauthenticate"), {"password": "x"})
    key = add_factors(cast["blackburn"])
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
                 "mfa_list_webauthn", "mfa_reauthenticate"):  # fmt: skip
        pages[f"{name} with factors"] = person.get(reverse(name))
    pages["a wrong code again"] = person.post(reverse("mfa_reauthenticate"), {"code": "1"})
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        pages[name] = person.get(reverse(name, args=[key.pk]))
    assert {name: page.status_code for name, page in pages.items() if page.status_code != 200} == {}
    assert {
        name: found for name, page in pages.items() if (found := find_allauth_words(page.content.decode()))
    } == {}


def test_no_page_on_the_way_in_does(cast):
    TOTP.activate(cast["blackburn"], SECRET)
    guest, half_way = Client(), Client()
    pages = {name: guest.get(reverse(name)) for name in ("account_login", "account_reset_password",
             "account_reset_password_done", "account_inactive", "account_reset_password_from_key_done")}  # fmt: skip
    pages["no password"] = guest.post(reverse("account_login"), {"login": "blackburn"})
    pages["wrong password"] = guest.post(reverse("account_login"), {"login": "blackburn", "password": "x"})
    pages["no address"] = guest.post(reverse("account_reset_password"), {"email": "x"})
    pages["an old link"] = guest.get(reverse("account_reset_password_from_key", args=["x", "y"]), follow=True)
    pages["code"] = half_way.post(
        reverse("account_login"), {"login": "blackburn", "password": PASSWORD}, follow=True
    )
    pages["wrong code"] = half_way.post(reverse("mfa_authenticate"), {"code": "1"})
    assert "Enter your code" in pages["code"].content.decode()
    assert {
        name: found for name, page in pages.items() if (found := find_allauth_words(page.content.decode()))
    } == {}


def test_no_email_does(cast, person, monkeypatch):
    monkeypatch.setattr(transaction, "on_commit", lambda act, **_: act())  # as when the test's were none
    add_factors(cast["blackburn"])
    mail.outbox.clear()
    person.post(reverse("mfa_generate_recovery_codes"))
    person.post(reverse("mfa_deactivate_totp"))
    Client().post(reverse("account_reset_password"), {"email": cast["blackburn"].email})
    assert len(mail.outbox) >= 3
    assert {
        each.subject: found for each in mail.outbox if (found := find_allauth_words(each.subject + each.body))
    } == {}


def test_the_test_knows_allauths_words_and_its_addresses():
    assert find_allauth_words("<p>Are you sure you want to remove this security key?</p>")
    assert "mfa_trust" not in POLICIES_BY_URL_NAME


def test_a_passkey_of_one_of_many_colleagues_behind_one_address_is_asked_for(cast):
    """No limit is one of a network address."""
    answers = {Client().get(reverse("mfa_login_webauthn")).status_code for _ in range(25)}
    assert 429 not in answers
