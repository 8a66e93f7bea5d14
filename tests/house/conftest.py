"""The small world, built once a run: in a database of its own, in a transaction that never ends well."""

import contextlib

import pytest
from django.contrib.auth import get_user_model
from django.db import connections, transaction
from django.test import Client

from pairs.audit.models import AccessEntry
from pairs.service.actions import give_role
from pairs.service.models import Site
from tests import databases
from tests.cast import make_cast
from tests.house import world
from tests.house.crawl import Crawl


@contextlib.contextmanager
def swapped_in(connection):
    """Meanwhile this is the process's connection."""
    before, connections["default"] = connections["default"], connection
    try:
        yield
    finally:
        connections["default"] = before


@pytest.fixture(scope="session")
def small_world(django_db_setup, django_db_blocker):
    """(the connection that sees it, {where: Home}, the crawl of its addresses)."""
    source = databases.prepared_template()
    with django_db_blocker.unblock(), databases.clone_of(source, "test") as name:
        connection = connections["default"].copy()
        connection.settings_dict["NAME"] = name
        with swapped_in(connection):
            transaction.atomic().__enter__()  # closing the connection undoes all
            cast = make_cast()
            homes, clients = world.build(cast), _clients(cast)
            assert not AccessEntry.objects.exists()  # the crawl reads there what each request left
        yield connection, homes, Crawl(clients)
        connection.close()


def _clients(cast):
    """{username: a signed-in client}, and two who are not let in."""
    clients = {"anonymous": Client()}
    gone = get_user_model().objects.create(username="gone", display_name="Gone")
    give_role(user=gone, role="supervisor", site=Site.objects.get(code="blackburn-with-darwen"))
    for username, user in {**cast, "deactivated": gone}.items():
        clients[username] = Client()
        clients[username].force_login(user)
    gone.is_active = False
    gone.save()
    return clients


@pytest.fixture(scope="module")
def there(small_world, django_db_blocker):
    """(homes, a signed-in client for each of the cast); what a module does to them is undone."""
    connection, homes, crawl = small_world
    with django_db_blocker.unblock(), swapped_in(connection), transaction.atomic():
        yield homes, crawl.clients
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def crawl(there, small_world):
    """What each address shows to each person, asked once for all the checks that only look."""
    return small_world[2]
