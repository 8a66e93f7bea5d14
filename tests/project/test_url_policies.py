"""Every address says who may call it; what says nothing is refused; the public ones are pinned."""

import pytest

from pairs.access.policy import FEED_TOKEN, ONE_TIME_LINK, PERMISSION, POLICIES_BY_URL_NAME, PUBLIC, SIGNED_IN
from tests.project.url_addresses import list_url_addresses

PUBLIC_ADDRESSES = {
    "accessibility",
    "gallery",
    "healthz",
    "readyz",
    "ask-for-help",
    "asked-for-help",
    "experience-thanks",
    "refer-by-email",
    "refer-by-email-sent",
    "measure-link-thanks",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "^api/",  # whatever the API does not have: one plain 404
}
# What allauth brings and PaIRS does not use: nobody may, until it stands in POLICIES_BY_URL_NAME.
CLOSED_ADDRESSES = {
    "account_confirm_email": "account/confirm-email/x/",
    "account_confirm_login_code": "account/login/code/confirm/",
    "account_email": "account/email/",
    "account_email_verification_sent": "account/confirm-email/",
    "account_set_password": "account/password/set/",
    "account_signup": "account/signup/",
    "socialaccount_signup": "account/3rdparty/signup/",
}


def test_every_address_of_ours_declares_a_policy():
    assert [str(each) for each in list_url_addresses() if each.ours and each.policy is None] == []


def test_every_policy_is_of_a_known_kind():
    kinds = {each.policy.kind for each in list_url_addresses() if each.policy}
    assert kinds <= {PUBLIC, SIGNED_IN, PERMISSION, ONE_TIME_LINK, FEED_TOKEN}


def test_the_public_addresses_are_exactly_these():
    public = {str(each) for each in list_url_addresses() if each.policy and each.policy.kind == PUBLIC}
    assert public == PUBLIC_ADDRESSES


def test_addresses_without_a_policy_are_third_party_and_exactly_these():
    assert {str(each) for each in list_url_addresses() if each.policy is None} == set(CLOSED_ADDRESSES)


def test_no_third_party_entry_is_out_of_date():
    when_set = {"openid_connect_login", "openid_connect_callback"}  # tests/unit/access/test_single_sign_on.py
    assert set(POLICIES_BY_URL_NAME) - list_address_names() == when_set


def test_an_address_name_means_one_address():
    ours = [str(each) for each in list_url_addresses() if each.ours]
    assert sorted(ours) == sorted(set(ours))


def test_no_address_has_two_ids():
    assert [str(each) for each in list_url_addresses() if each.ours and len(each.ids) > 1] == []


def test_no_address_takes_free_text():
    """A name never stands in an address: it would stay in logs and in the browser's history."""
    texts = {"StringConverter", "PathConverter"}
    found = [
        str(each)
        for each in list_url_addresses()
        if each.ours and {kind for _, kind in each.parameters} & texts
    ]
    assert found == []


@pytest.mark.parametrize("path", sorted(CLOSED_ADDRESSES.values()))
def test_a_closed_address_refuses_everybody(client, db, path):
    assert client.get(f"/{path}").status_code == 403


def list_address_names():
    return {str(each) for each in list_url_addresses()}


def test_an_api_address_that_changes_a_row_says_so_in_its_policy():
    """Else the matrix would never ask it by that method."""
    silent = []
    for address in list_url_addresses():
        if not (address.is_api and address.ours and hasattr(address.view, "cls")):
            continue
        taken = {name.upper() for name in address.view.cls.http_method_names} & {"PUT", "PATCH", "DELETE"}
        if taken - set(address.policy.permissions):
            silent.append(address.name)
    assert silent == []
