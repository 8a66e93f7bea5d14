"""Information governance without a reason: no address of a family that clinicians read shows anything of it."""

from django.test import Client

from pairs.access.opening_reasons import is_shared_with_clinicians
from pairs.audit.models import AccessEntry
from tests.project.crawler import build_path, keep_session_fresh, list_matrix_addresses, send_and_roll_back


def test_no_shared_page_or_address_opens_without_a_reason(sample_and_clients, cast):
    homes, _ = sample_and_clients
    home, client = homes["blackburn"], Client()
    client.force_login(cast["governance"])
    keep_session_fresh(client)
    shared = [each for each in list_matrix_addresses() if each.ids and is_shared_with_clinicians(each.policy)]
    assert len(shared) > 15
    opened = {}
    for address in shared:
        answer = send_and_roll_back(client, "GET", build_path(address, homes, "blackburn"))
        if answer.opened or (answer.status_code == 200 and f"Mum{home.name}" in answer.text):
            opened[address.name] = answer.status_code
    assert opened == {}
    assert not AccessEntry.objects.exclude(opened=[]).exists()
