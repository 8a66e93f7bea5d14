"""A record that is sealed is there for nobody but information governance: every address about one, as everybody."""

import pytest
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from pairs.access.records import SEALED, Record
from pairs.database.append_only import is_append_only
from tests.project import expected_access
from tests.project.crawler import (
    LONG_RUN,
    build_path,
    choose_some_people,
    list_matrix_addresses,
    send_and_roll_back,
)
from tests.project.expected_access import OPEN
from tests.project.test_access_matrix import list_methods
from tests.project.test_models import list_our_models

pytestmark = [pytest.mark.prove, pytest.mark.usefixtures("silence_logging")]
WHERE = "blackburn"
# Governance reads what was sealed on these pages, and on no other.
GOVERNANCE_PAGES = {"sealed-contact", "sealed-recording"} | {
    "new-sealed-reading",
    "sealed-reading",
    "read-sealed-record",
}


@pytest.fixture(scope="module")
def sealed_home(sample_and_clients, django_db_blocker):
    """(homes, clients), with the family of one of them sealed, and every record of it and of nobody yet."""
    homes, clients = sample_and_clients
    with django_db_blocker.unblock(), transaction.atomic():
        for model in list_sealable_models():
            of_family = Q(**{model.family_path: homes[WHERE].family.pk})
            rows = model._base_manager.filter(of_family | Q(pk__in=list_own_ids(homes, model)))
            rows.update(**{SEALED: timezone.now()})
        yield homes, clients
        transaction.set_rollback(True)


def list_own_ids(homes, model):
    """A referral that waits has no family yet."""
    return [each.pk for each in homes[WHERE].objects.values() if type(each) is model]


def list_sealable_models():
    return [
        each
        for each in list_our_models()
        if issubclass(each, Record) and each.family_path and not is_append_only(each)
    ]


def list_addresses_of_sealed(homes):
    """Those with the id of a record of the family that is sealed."""
    return [
        each
        for each in list_matrix_addresses()
        if each.ids and type(homes[WHERE].objects.get(expected_access.get_object_name(each))) in sealable()
    ]


def sealable():
    return set(list_sealable_models())


def list_people_to_ask(address, method):
    """Everybody to whom it was open before it was sealed; in the suite one, and governance where it is one of them."""
    open_before = [
        each
        for each in expected_access.EVERYBODY
        if expected_access.get_expected_outcome(each, address, method, WHERE) == OPEN
    ]
    chosen = choose_some_people(open_before, address)
    return open_before if LONG_RUN else {*chosen[:1], *(set(open_before) & {"governance"})}


def test_a_sealed_record_is_there_for_nobody(sealed_home, cells):
    """A sealed record by every address and method, as everybody to whom it was open: not found, and nothing written"""
    homes, clients = sealed_home
    for address in list_addresses_of_sealed(homes):
        path = build_path(address, homes, WHERE)
        for method in list_methods(address):
            for username in list_people_to_ask(address, method):
                at = f"{method} {address} as {username}"
                cells.add("a sealed record", find_problems(clients[username], address, method, path, at))
    cells.assert_none_wrong()


def find_problems(client, address, method, path, at):
    answer = send_and_roll_back(client, method, path)
    if address.name in GOVERNANCE_PAGES:
        return
    if answer.status_code not in (404, 405):
        yield f"{at}: {answer.status_code} answered"
    if answer.written:
        yield f"{at}: wrote to {sorted(answer.written)}"


def test_it_asks_of_every_kind_of_record(sealed_home):
    homes, _ = sealed_home
    assert len(list_addresses_of_sealed(homes)) > 100
