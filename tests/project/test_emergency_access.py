"""A record that was opened in an emergency: at every address it can be read at most, and nothing is written."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pairs.families.actions import grant_family_access
from tests.project import expected_access
from tests.project.crawler import build_path, list_matrix_addresses, send_and_roll_back
from tests.project.test_access_matrix import classify_response

pytestmark = pytest.mark.prove
REFUSED = (expected_access.FORBIDDEN, expected_access.NOT_FOUND)
READER, WHERE = "hyndburn", "blackburn"


@pytest.fixture(scope="module")
def opened(sample_and_clients):
    """The homes, and the client of somebody of another site who has opened Blackburn's family in an emergency."""
    homes, clients = sample_and_clients
    reader = homes["hyndburn"].worker
    assert reader.username == READER
    grant_family_access(
        family=homes[WHERE].family,
        user=reader,
        purpose="emergency",
        reason="Carer in danger tonight",
        by=reader,
        expires_at=timezone.now() + timedelta(hours=1),
    )
    return homes, clients[READER]


def list_family_addresses():
    return [each for each in list_matrix_addresses() if each.policy and each.ids]


def list_writing_methods(address):
    declared = set(address.policy.permissions) | ({"PATCH", "PUT", "DELETE"} if address.is_api else set())
    return sorted({"POST", *declared} - {"", "GET", "HEAD", "OPTIONS"})


def get_outcome_without_it(address, method):
    return expected_access.get_expected_outcome(READER, address, method, WHERE)


def test_nothing_is_written_at_any_address(opened):
    homes, client = opened
    wrong, tried = [], 0
    for address in list_family_addresses():
        for method in list_writing_methods(address):
            wanted = get_outcome_without_it(address, method)
            if wanted == expected_access.OPEN:  # their own site's, or everybody's: no part of this record
                continue
            answer = send_and_roll_back(client, method, build_path(address, homes, WHERE))
            tried += 1
            if answer.written or (answer.status_code != 405 and classify_response(answer) not in REFUSED):
                wrong.append(f"{method} {address}: {answer.status_code}, wrote {sorted(answer.written)}")
    assert wrong == []
    assert tried > 300


def test_the_record_can_be_read_and_reading_writes_nothing(opened):
    homes, client = opened
    read, wrote = 0, []
    for address in list_family_addresses():
        if get_outcome_without_it(address, "GET") == expected_access.NOT_FOUND:
            answer = send_and_roll_back(client, "GET", build_path(address, homes, WHERE))
            read += answer.status_code == 200
            if answer.written:
                wrote.append(f"{address}: {sorted(answer.written)}")
    assert wrote == []
    assert read > 40
