"""Every address × method × person × object: what is refused is refused alike, and writes nothing."""

import logging
import os
import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client

from pairs.service.actions import give_role
from pairs.service.models import Site
from tests.cast import make_cast
from tests.house import oracle, world
from tests.house.addresses import every_address
from tests.house.oracle import FORBIDDEN, FORBIDDEN_THERE, LOGIN, NOT_FOUND, OPEN
from tests.house.world_diary import FEED
from tests.house.world_work import ANSWER_LINK

pytestmark = pytest.mark.prove
LONG = os.environ.get("PAIRS_LONG")
METHODS = ("GET", "POST")
CHANGES = {"PUT", "PATCH"}
HOMES = [*world.HOMES]
WHERE = [*HOMES, "nowhere"]
# Who looked, who is here, and how often a door without a cookie was knocked at.
MAY_BE_WRITTEN = {"audit_accessentry", "django_session", "cache_entries", "access_tally"}
WRITES = re.compile(r'(?<!FOR )\b(?:INSERT INTO|UPDATE(?! SET\b)|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
OTHER_PARAMETERS = {
    "code": "nhs_number_trace",
    "slug": "permission",
    "link": world.LINK,
    "answer_link": ANSWER_LINK,
    "feed": FEED,
    "way_id": "emdr",
    "measure_id": "prfq",
}
# Answers "made" to an id nobody has taken: the author's browser chooses it. Another's is still 404.
MAKES_ITS_ID = {"autosave", "refer-page", "phone-in-page"}
# A probe asks as it likes; they answer before any middleware, read nothing of anybody and write nothing.
PROBES = {"healthz", "readyz"}
ANSWERED = {200, 201, 204, 302, 400, 405, 409}


def matrix_addresses():
    """All but the last: what the API does not have is not there for anybody."""
    return [each for each in every_address() if (each.ours and each.name) or each.policy is None]


@pytest.fixture(scope="module")
def there(django_db_setup, django_db_blocker):
    """Cast, homes and a signed-in client for each, in a transaction of this module's own."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        homes = world.build(cast)
        yield homes, _clients(cast)
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def without_a_log():
    """A traceback is written of each refusal, and here are tens of thousands."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _clients(cast):
    clients = {"anonymous": Client()}
    gone = get_user_model().objects.create(username="gone", display_name="Gone")
    give_role(user=gone, role="supervisor", site=Site.objects.get(code="blackburn-with-darwen"))
    for username, user in {**cast, "deactivated": gone}.items():
        clients[username] = Client()
        clients[username].force_login(user)
    gone.is_active = False
    gone.save()
    return clients


def path_of(address, homes, where):
    route = "/" + address.route
    for name, _ in address.parameters:
        route = re.sub(rf"<\w+:{name}>", str(_value(address, name, homes, where)), route)
    return re.sub(r"\(\?P<\w+>[^)]*\)", "x", route).replace("<provider_id>", "x").replace("^", "").rstrip("$")


def _value(address, name, homes, where):
    if name in OTHER_PARAMETERS:
        return OTHER_PARAMETERS[name]
    if where in (None, "nowhere"):
        return world.NOBODYS
    known = oracle.object_of(address)
    assert known in homes[where].objects, f"{address}: say in world.py how to make one {name}"
    return homes[where].objects[known].pk


class Watch:
    """Names of the tables that a request wrote to."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        self.tables |= set(WRITES.findall(str(sql))) - MAY_BE_WRITTEN
        return execute(sql, params, many, context)


def ask(client, method, path):
    """(response, tables written to), undone afterwards unless it was refused."""
    watch = Watch()
    with transaction.atomic(), connection.execute_wrapper(watch):
        options = {"content_type": "application/json"} if path.startswith("/api/") else {}
        data = {} if method in METHODS or options else ""
        response = getattr(client, method.lower())(path, data, **({} if method == "GET" else options))
        transaction.set_rollback(True)
    return response, watch.tables


def kind_of(response):
    if response.status_code == 401 or (
        response.status_code == 302 and response.headers["Location"].startswith("/account/login/")
    ):
        return LOGIN
    return {403: FORBIDDEN, 404: NOT_FOUND}.get(
        response.status_code, OPEN if response.status_code in ANSWERED else str(response.status_code)
    )


def fits(response, wanted, nowhere):
    if response.status_code == 405:  # the same for everybody whom the policy lets in, and for no row at all
        return wanted != FORBIDDEN and wanted != LOGIN and nowhere.status_code == 405
    return kind_of(response) == {FORBIDDEN_THERE: FORBIDDEN}.get(wanted, wanted)


def face(response):
    """All that a caller could tell two answers apart by."""
    return response.status_code, response.content, sorted(response.headers.keys()), response["Content-Type"]


@pytest.mark.parametrize("address", matrix_addresses(), ids=str)
def test_who_may(there, django_db_blocker, address):
    homes, clients = there
    with django_db_blocker.unblock():
        problems = [
            problem
            for method in methods_of(address)
            for username in _asked_as(address)
            for problem in _tried(address, method, username, clients[username], homes)
        ]
    assert problems == []


# Of two who stand alike in all the world's rights, one by turns in the suite; both in the long proof.
ALIKE = (("anonymous", "deactivated"), ("healthvisitor", "healthvisitor2"), ("blackburn", "trainee"))


def _asked_as(address):
    """Everybody in the long proof; in the suite of those who stand alike one, and of the rest every second by turns."""
    if LONG:
        return oracle.EVERYBODY
    turn = len(address.name or "")
    left_out = {two[turn % 2] for two in ALIKE}
    return [each for each in oracle.EVERYBODY if each not in left_out][turn // 2 % 2 :: 2]


def methods_of(address):
    """GET and POST, and whatever else the address says it takes."""
    declared = set(address.policy.permissions) if address.policy else set()
    return (*METHODS, *(CHANGES & declared))


def _places(address, method, username):
    """Everywhere in the long proof, for whom the policy lets in; in the suite at every third place, which another
    person or method takes up where this one ends. Whom it stops before any lookup is tried at one place."""
    if not address.ids:
        return []
    stopped = oracle.expected(username, address, method, "blackburn") in (LOGIN, FORBIDDEN)
    if stopped or LONG:
        return HOMES[:1] if stopped else HOMES
    turn = len(address.name or "") + oracle.EVERYBODY.index(username) + (method == "GET")
    return HOMES[turn % 3 :: 3]


def _tried(address, method, username, client, homes):
    asked = ask(client, method, path_of(address, homes, "nowhere"))
    nowhere, places = asked[0], _places(address, method, username)
    if nowhere.status_code == 405:  # whoever asks, and of whatever
        places = places[:1]
    for where in ["nowhere" if address.ids else None, *places]:
        here = where not in ("nowhere", None)
        answer, written = ask(client, method, path_of(address, homes, where)) if here else asked
        wanted = oracle.expected(username, address, method, where)
        at = f"{method} {address} as {username} at {where}"
        if address.name in MAKES_ITS_ID and where == "nowhere" and method == "POST" and wanted == NOT_FOUND:
            continue
        if not fits(answer, wanted, nowhere):
            yield f"{at}: {wanted} expected, {answer.status_code} answered"
        if kind_of(answer) in (LOGIN, FORBIDDEN, NOT_FOUND) and written:
            yield f"{at}: refused, and wrote to {sorted(written)}"
        if wanted == NOT_FOUND and address.name not in MAKES_ITS_ID and face(answer) != face(nowhere):
            yield f"{at}: differs from the answer for what does not exist"
        if method == "GET" and written:
            yield f"{at}: a GET wrote to {sorted(written)}"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_nothing_is_put_patched_or_deleted(there, django_db_blocker, method):
    """But where an address says so, none knows these: 405, or the answer of who may; and nothing is written."""
    homes, clients = there
    with django_db_blocker.unblock():
        problems = [
            problem
            for address in matrix_addresses()
            if address.policy is None or method not in address.policy.permissions
            for username in some_of(("anonymous", "blackburn", "supervisor", "administrator"), address)
            for problem in _not_known(address, method, username, clients[username], homes)
        ]
    assert problems == []


def some_of(people, address):
    """Everybody in the long proof; in the suite two, beginning with another at another address."""
    turn = len(address.name or "") % (len(people) or 1)
    return people if LONG else [*people[turn:], *people][: min(2, len(people))]


def _not_known(address, method, username, client, homes):
    answer, written = ask(client, method, path_of(address, homes, "blackburn" if address.ids else None))
    refused = answer.status_code in (401, 403, 404, 405) or kind_of(answer) == LOGIN
    if not refused and address.name not in PROBES:
        yield f"{method} {address} as {username}: {answer.status_code} answered"
    if written:
        yield f"{method} {address} as {username}: wrote to {sorted(written)}"


def test_the_matrix_tries_something(there):
    """Somebody is let in to each address, and every address with an id refuses somebody."""
    for address in matrix_addresses():
        if address.policy is None:
            continue
        wanted = {
            oracle.expected(username, address, method, where)
            for method in METHODS
            for username in oracle.EVERYBODY
            for where in (WHERE if address.ids else [None])
        }
        assert OPEN in wanted, address
        assert not address.ids or NOT_FOUND in wanted, address


def test_an_api_address_that_is_none_answers_as_a_row_that_is_none(there, django_db_blocker):
    homes, clients = there
    client = clients["blackburn"]
    with django_db_blocker.unblock():
        wrong = ask(client, "GET", "/api/v1/no-such-thing/")[0]
        missing = ask(client, "GET", f"/api/v1/families/{world.NOBODYS}/")[0]
        others = ask(client, "GET", f"/api/v1/families/{homes['hyndburn'].family.pk}/")[0]
    assert wrong.content == missing.content == others.content == b'{"detail":"Not found."}'
    assert {each.status_code for each in (wrong, missing, others)} == {404}
