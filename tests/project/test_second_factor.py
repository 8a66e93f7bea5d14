"""Outside the demo nobody without a second factor gets anywhere: every address and method, pages and API."""

import pytest
from django.urls import reverse

from pairs.access.policy import PERMISSION, SIGNED_IN
from tests.cast import CAST
from tests.project.crawler import (
    LONG_RUN,
    build_path,
    choose_some_people,
    send_and_roll_back,
)
from tests.project.test_access_matrix import list_methods
from tests.project.url_addresses import list_url_addresses

pytestmark = [pytest.mark.prove, pytest.mark.usefixtures("silence_logging")]
# Where somebody who has signed in with a password alone may go: to set one up, to link single sign-on in its place
# (which asks for the password once more), to unlock their screen, to change the password, and to leave. Whatever else
# is opened without one is found below.
WITHOUT_SECOND_FACTOR = {
    "unlock",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "socialaccount_connections",
}


@pytest.fixture
def second_factor_required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def list_addresses_to_ask():
    """Those that are for people who have signed in."""
    return [
        each for each in list_url_addresses() if each.policy and each.policy.kind in (SIGNED_IN, PERMISSION)
    ]


def is_refused(address, answer):
    """Stopped by the second factor, or before it by the policy."""
    if answer.status_code == 302 and not address.is_api:
        return answer.headers["Location"] == reverse("mfa_index")
    return answer.status_code == 403


def list_tries():
    for address in list_addresses_to_ask():
        for method in list_methods(address):
            for username in choose_some_people([*CAST], address)[: None if LONG_RUN else 1]:
                yield address, method, username


def test_nobody_gets_past_setting_one_up(sample_and_clients, second_factor_required, cells):
    """Every address and method as everybody with a password alone: refused, and nothing written"""
    homes, clients = sample_and_clients
    for address, method, username in list_tries():
        if address.name in WITHOUT_SECOND_FACTOR:
            continue
        path = build_path(address, homes, "blackburn" if address.ids else None)
        answer = send_and_roll_back(clients[username], method, path)
        wrong = not is_refused(address, answer) or answer.written
        at = f"{method} {address} as {username}: {answer.status_code} answered, wrote to {sorted(answer.written)}"
        cells.add("a password without a second factor", [at] if wrong else [])
    cells.assert_none_wrong()


def test_what_is_open_without_one_shows_no_record(sample_and_clients, second_factor_required):
    """The list above names no address with a record's id, no address of the API, and none that is not there."""
    open_without = {each.name: each for each in list_addresses_to_ask() if each.name in WITHOUT_SECOND_FACTOR}
    assert set(open_without) == WITHOUT_SECOND_FACTOR
    assert [name for name, each in open_without.items() if each.is_api or (each.ours and each.ids)] == []


def test_with_one_the_pages_open(sample_and_clients, second_factor_required):
    """Else the test above would hold for a service that is shut to everybody."""
    from allauth.mfa.models import Authenticator

    homes, clients = sample_and_clients
    path = reverse("caseload")
    assert clients["blackburn"].get(path).status_code == 302
    Authenticator.objects.create(user=homes["blackburn"].worker, type=Authenticator.Type.TOTP, data={})
    assert clients["blackburn"].get(path).status_code == 200
