"""Single sign-on: linked by its owner, known by subject, accepted with the assurance asked for, off by default."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import single_sign_on
from script.local.demo import PASSWORD
from tests.configured_service import ASSURANCE
from tests.faults.http_user import HttpUser

LOGIN, CONNECTIONS = "/account/oidc/staff/login/", "/account/3rdparty/"
HIGH, LOW = ASSURANCE, "urn:example:password"


@pytest.fixture
def base_url(configured_service):
    return configured_service.base_url


def come_from_elsewhere(visitor, identity_provider, subject, *, acr=HIGH, process=""):
    """The answer to who comes back from the identity_provider."""
    there = visitor.post(LOGIN + (f"?process={process}" if process else ""))
    assert there.status == 302
    return visitor.get(identity_provider.sign_in(there.location, subject=subject, acr=acr))


@pytest.fixture(scope="session")
def linked(configured_service, identity_provider):
    """The subject that the supervisor has linked to their account."""
    visitor = HttpUser(configured_service.base_url, None)
    assert visitor.sign_in("supervisor").status == 302
    visitor.post("/account/reauthenticate/", password=PASSWORD)
    answer = come_from_elsewhere(visitor, identity_provider, "subject-1", process="connect")
    assert answer.location == CONNECTIONS
    assert "Linked on" in visitor.get(CONNECTIONS).text
    return "subject-1"


def test_a_linked_identity_opens_its_account_without_a_second_factor_of_ours(
    base_url, identity_provider, linked
):
    with_password = HttpUser(base_url, None)
    with_password.sign_in("supervisor")
    assert with_password.get("/").location == "/account/2fa/"
    visitor = HttpUser(base_url, None)
    assert come_from_elsewhere(visitor, identity_provider, linked).status == 302
    assert visitor.get("/").status == 200
    assert "Single sign-on linked" in visitor.get("/account/activity/").text


def test_an_identity_that_nobody_linked_opens_nothing_whatever_its_email(base_url, identity_provider):
    visitor = HttpUser(base_url, None)
    answer = come_from_elsewhere(visitor, identity_provider, "subject-2")
    assert "This identity is not linked to an account" in answer.text
    assert visitor.get("/").status == 302


@pytest.mark.parametrize("acr", [LOW, None, ""])
def test_without_the_assurance_asked_for_a_linked_identity_opens_nothing(
    base_url, identity_provider, linked, acr
):
    visitor = HttpUser(base_url, None)
    answer = come_from_elsewhere(visitor, identity_provider, linked, acr=acr)
    assert answer.status == 403
    assert "not enough here" in answer.text
    assert visitor.get("/").status == 302


def test_linking_asks_for_the_password_once_more(base_url, identity_provider):
    visitor = HttpUser(base_url, None)
    visitor.sign_in("duty")
    answer = come_from_elsewhere(visitor, identity_provider, "subject-3", process="connect")
    assert answer.location.startswith("/account/reauthenticate/")
    assert "Linked on" not in visitor.get(CONNECTIONS).text


def test_an_identity_is_one_persons(base_url, identity_provider, linked):
    visitor = HttpUser(base_url, None)
    visitor.sign_in("manager")
    visitor.post("/account/reauthenticate/", password=PASSWORD)
    come_from_elsewhere(visitor, identity_provider, linked, process="connect")
    page = visitor.get(CONNECTIONS).text
    assert "That identity is linked to another account" in page
    assert "Linked on" not in page


def test_a_code_works_once(base_url, identity_provider, linked):
    visitor = HttpUser(base_url, None)
    back = identity_provider.sign_in(visitor.post(LOGIN).location, subject=linked, acr=HIGH)
    assert visitor.get(back).status == 302
    assert "Signing in elsewhere did not work" in HttpUser(base_url, None).get(back).text


def test_the_sign_in_page_names_it_and_a_form_may_lead_there(base_url, identity_provider):
    answer = HttpUser(base_url, None).get("/account/login/")
    assert "Sign in with Example Care Identity" in answer.text
    directives = answer.headers["Content-Security-Policy"].split("; ")  # in any order
    assert f"form-action 'self' {identity_provider.url}" in directives


def test_it_is_off_and_nowhere_until_it_has_an_address(client, db):
    assert client.post(LOGIN).status_code == 404
    assert client.get(f"{LOGIN}callback/").status_code == 404
    assert "oidc" not in client.get("/account/login/").text


def test_half_a_setting_is_refused(monkeypatch):
    monkeypatch.setattr(single_sign_on, "SINGLE_SIGN_ON_URL", "https://identity.example")
    with pytest.raises(ImproperlyConfigured, match="SINGLE_SIGN_ON_ASSURANCE"):
        single_sign_on.build_providers()
