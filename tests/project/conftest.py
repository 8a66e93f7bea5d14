"""The sample families, created once a run, in their own database and in a transaction that is rolled back."""

import contextlib
import logging
from copy import copy

import pytest
from django.contrib.auth import get_user_model
from django.db import connections, transaction
from django.test import Client, override_settings

from pairs.audit.models import AccessEntry
from pairs.service.actions import assign_role
from pairs.service.models import Site
from tests import databases
from tests.cast import make_cast
from tests.project.cells import CellCount
from tests.project.crawler import Crawler, keep_session_fresh
from tests.project.factories import sample_families


@contextlib.contextmanager
def use_connection(connection):
    """Meanwhile this is the process's connection."""
    before, connections["default"] = connections["default"], connection
    try:
        yield
    finally:
        connections["default"] = before


@pytest.fixture(scope="session", autouse=True)
def audit_key(tmp_path_factory):
    """The key that signs history, as a service has one."""
    path = tmp_path_factory.mktemp("keys") / "audit.key"
    path.write_text("0123456789abcdef" * 4)
    with override_settings(AUDIT_KEY_FILE=str(path)):
        yield


@pytest.fixture(scope="session")
def sample_database(django_db_setup, django_db_blocker):
    """(the connection that sees it, {where: Home}, the crawl of its addresses)."""
    source = databases.get_prepared_template()
    with django_db_blocker.unblock(), databases.use_clone(source, "test") as name:
        connection = connections["default"].copy()
        connection.settings_dict["NAME"] = name
        with use_connection(connection):
            transaction.atomic().__enter__()  # closing the connection undoes all
            cast = make_cast()
            homes, clients = sample_families.build_sample_families(cast), _build_clients(cast)
            assert not AccessEntry.objects.exists()  # the crawl reads there what each request left
        yield connection, homes, Crawler(clients)
        connection.close()


def _build_clients(cast):
    """{username: a signed-in client}, and two who are not let in."""
    gone = get_user_model().objects.create(username="gone", display_name="Gone")
    assign_role(user=gone, role="supervisor", site=Site.objects.get(code="blackburn-with-darwen"))
    clients = {"anonymous": Client(), **sign_in_all({**cast, "deactivated": gone})}
    gone.is_active = False
    gone.save()
    return clients


def sign_in_all(users):
    """{username: a client that each of these is signed in with}."""
    clients = {}
    for username, user in users.items():
        # Only governance is asked for a reason: tests/unit/access/test_opening_reasons.py
        clients[username] = Client(headers={"Access-Reason": "Subject access request"})
        clients[username].force_login(user)
        keep_session_fresh(clients[username])
    return clients


@pytest.fixture(scope="module")
def sample_and_clients(sample_database, django_db_blocker):
    """(homes, a signed-in client for each of the cast); what a module does to them is undone.

    Cookies too: the message that a form was saved, which names the family, would be on each page the next module asks.
    """
    connection, homes, crawl = sample_database
    cookies = {username: copy(client.cookies) for username, client in crawl.clients.items()}
    with django_db_blocker.unblock(), use_connection(connection), transaction.atomic():
        yield homes, crawl.clients
        transaction.set_rollback(True)
    for username, client in crawl.clients.items():
        client.cookies = cookies[username]


@pytest.fixture(scope="module")
def crawler(sample_and_clients, sample_database):
    """What each address shows to each person, asked once for all the checks that only look."""
    return sample_database[2]


@pytest.fixture(scope="module")
def silence_logging():
    """A traceback is written of each refusal, and where all are asked there are tens of thousands."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def cells(record_property):
    """What a test asks of a matrix, counted for the table of script/prove."""
    return CellCount(record_property)
