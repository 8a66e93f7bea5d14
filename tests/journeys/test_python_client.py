"""A client that was generated from the published description works against the running service."""

import importlib
import subprocess
import sys
import urllib.request

import pytest

from tests.api_tokens import issue_token
from tests.unit.referrals.factories import REFERRAL_JSON

# Without a formatter, which only its readers need; a PDF is bytes.
CONFIG = """
post_hooks: []
package_name_override: pairs_client
content_type_overrides: {application/pdf: application/octet-stream}
"""


@pytest.fixture(scope="module")
def client_package(running_service, tmp_path_factory):
    """The generated package, importable while the module runs."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "config.yml").write_text(CONFIG)
    (folder / "openapi.json").write_bytes(read_description(running_service))
    generate_client(folder)
    sys.path.insert(0, str(folder))
    yield importlib.import_module("pairs_client")
    sys.path.remove(str(folder))


def read_description(service) -> bytes:
    asked = urllib.request.Request(
        f"{service.base_url}/api/v1/schema/",
        headers={"Authorization": f"Bearer {issue_token(service, 'hub')}"},
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return answer.read()


def generate_client(folder):
    """A warning of the generator is a failure: it leaves out what it does not understand."""
    command = [
        sys.executable,
        "-m",
        "openapi_python_client",
        "generate",
        "--fail-on-warning",
        "--meta",
        "none",
    ]
    files = {"--path": "openapi.json", "--config": "config.yml", "--output-path": "pairs_client"}
    command += [str(part) for name, file in files.items() for part in (name, folder / file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def make_client(package, service, username):
    return package.AuthenticatedClient(base_url=service.base_url, token=issue_token(service, username))


def ask(package, operation):
    """The module of an operation, such as "families.families_list"."""
    return importlib.import_module(f"{package.__name__}.api.{operation}")


def test_it_lists_families_page_by_page(client_package, running_service):
    client = make_client(client_package, running_service, "hub")
    families_list = ask(client_package, "families.families_list")
    first = families_list.sync(client=client)
    assert first.count > len(first.results) == 50 or first.count == len(first.results) > 0
    one = ask(client_package, "families.families_retrieve").sync(first.results[0].id, client=client)
    assert one.id == first.results[0].id
    beyond = families_list.sync_detailed(client=client, page=first.count)
    assert (beyond.status_code, beyond.parsed.detail) == (404, "Invalid page.")


def test_it_refers_a_family_once(client_package, running_service):
    client = make_client(client_package, running_service, "healthvisitor")
    models = importlib.import_module("pairs_client.models")
    referral = models.ReferralListInput.from_dict(REFERRAL_JSON)
    create = ask(client_package, "referrals.referrals_create")
    sent = create.sync_detailed(client=client, body=referral, idempotency_key="referral-1")
    assert sent.status_code == 201, sent.content
    again = create.sync_detailed(client=client, body=referral, idempotency_key="referral-1")
    assert (again.status_code, again.parsed.id) == (200, sent.parsed.id)
    mine = ask(client_package, "referrals.referrals_list").sync(client=client)
    assert sent.parsed.reference in {each.reference for each in mine.results}
