"""Whoever's name stands on a page, in a list or in an answer of the API: the access log says that it was seen.

Every address there is, pages and API; a name of the made-up world tells whose family was shown.
"""

import pytest
from django.db import transaction

from pairs.audit.models import AccessEntry
from tests.house import oracle
from tests.house.oracle import OPEN
from tests.house.test_access_matrix import LONG, matrix_addresses, path_of, some_of, there  # noqa: F401

WHO = ("governance", "blackburn")
pytestmark = pytest.mark.prove
WHERE = ("blackburn", "restricted")
FAMILY_WORDS = ("Cora{}", "Baby{}", "Elder{}", "Missed{}", "Sibling {}", "Helper {}", "{} Street", "Note {}")


def readable():
    """(address, who, where) for every GET that is answered."""
    for address in matrix_addresses():
        for where in WHERE if address.ids else (None,):
            may = [who for who in WHO if address.policy and _is_let_in(who, address, where)]
            for who in some_of(may, address)[: None if LONG else 1]:
                yield address, who, where


def _is_let_in(who, address, where):
    return oracle.expected(who, address, "GET", where) == OPEN


def seen(client, path):
    """(text of the answer, families that the log says were seen); undone."""
    with transaction.atomic():
        before = set(AccessEntry.objects.values_list("pk", flat=True))
        answer = client.get(path)
        entries = AccessEntry.objects.exclude(pk__in=before)
        families = {str(family) for entry in entries for family in (*entry.opened, *entry.listed)}
        text = answer.content.decode(errors="replace") if answer.status_code == 200 else ""
        transaction.set_rollback(True)
    return text, families


def shown_in(text, homes):
    """Names of the homes of which something stands in the text."""
    return {
        name
        for name in homes
        for word in FAMILY_WORDS
        if word.format(name) in text  # no home's name is part of another's
    }


@pytest.fixture(scope="module")
def answers(there, django_db_blocker):  # noqa: F811
    homes, clients = there
    with django_db_blocker.unblock():
        return [
            (f"{address} as {who} at {where}", *seen(clients[who], path_of(address, homes, where)))
            for address, who, where in readable()
        ]


def test_whose_name_is_shown_stands_in_the_access_log(answers, there):  # noqa: F811
    homes, _ = there
    silent = [
        f"{what}: {name} was shown and not logged"
        for what, text, families in answers
        for name in shown_in(text, homes)
        if str(homes[name].family.pk) not in families
    ]
    assert silent == []
    assert sum(bool(shown_in(text, homes)) for _, text, _ in answers) > 100
