"""Every address and method: each kind of outcome once, and everybody for the policy; in the long proof, all places."""

import logging
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from pairs.access.middleware import Policies
from pairs.access.scope import scope_of
from tests.house import oracle, world
from tests.house.crawl import LONG, matrix_addresses, path_of, readers_of, some_of, turn_of
from tests.house.oracle import FORBIDDEN, FORBIDDEN_THERE, LOGIN, NOT_FOUND, OPEN

pytestmark = pytest.mark.prove
METHODS = ("GET", "POST")
CHANGES = {"PUT", "PATCH"}
HOMES = [*world.HOMES]
WHERE = [*HOMES, "nowhere"]
STOPPED = (LOGIN, FORBIDDEN)  # by the policy, before any row is looked up
# Answers "made" to an id nobody has taken: the author's browser chooses it. Another's is still 404.
MAKES_ITS_ID = {"autosave", "refer-page", "phone-in-page"}
# A probe asks as it likes; they answer before any middleware, read nothing of anybody and write nothing.
PROBES = {"healthz", "readyz"}
ANSWERED = {200, 201, 204, 302, 400, 405, 409}


@pytest.fixture(scope="module", autouse=True)
def without_a_log():
    """A traceback is written of each refusal, and here are tens of thousands."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def kind_of(response):
    if response.status_code == 401 or (
        response.status_code == 302 and response.headers["Location"].startswith("/account/login/")
    ):
        return LOGIN
    return {403: FORBIDDEN, 404: NOT_FOUND}.get(
        response.status_code, OPEN if response.status_code in ANSWERED else str(response.status_code)
    )


def fits(answer, wanted, nowhere):
    if answer.status_code == 405:  # the same for everybody whom the policy lets in, and for no row at all
        return wanted not in STOPPED and nowhere().status_code == 405
    return kind_of(answer) == {FORBIDDEN_THERE: FORBIDDEN}.get(wanted, wanted)


def face(answer):
    """All that a caller could tell two answers apart by."""
    return answer.status_code, answer.content, sorted(answer.headers), answer.headers.get("Content-Type")


def methods_of(address):
    """GET and POST, and whatever else the address says it takes."""
    declared = set(address.policy.permissions) if address.policy else set()
    return (*METHODS, *(CHANGES & declared))


# ---------------------------------------------------------------- whom the policy stops: everybody, by every method
def test_the_policy_stops_exactly_whom_it_should(there, crawl):
    """Asked of the middleware itself, before any view; that the middleware is asked, the requests below show."""
    visitors = {username: _visitor(username) for username in oracle.EVERYBODY}
    wrong = [
        f"{method} {address} as {username}: {wanted} expected, {decided}"
        for address in matrix_addresses()
        for method in methods_of(address)
        for username, visitor in visitors.items()
        if (wanted := _stopped(username, address, method)) != (decided := _decided(address, method, *visitor))
    ]
    assert wrong == []


def _visitor(username):
    """(who it is once the sign-in has been looked at, what they may)."""
    user = get_user_model().objects.filter(username=username, is_active=True).first() or AnonymousUser()
    return user, scope_of(user)


def _stopped(username, address, method):
    wanted = oracle.expected(username, address, method, HOMES[0] if address.ids else None)
    return wanted if wanted in STOPPED else OPEN


def _decided(address, method, user, scope):
    request = RequestFactory().generic(method, "/api/" if address.is_api else "/")
    request.user, request.scope, request.api_token = user, scope, None
    request.resolver_match = SimpleNamespace(url_name=address.name)
    try:
        response = Policies(None).process_view(request, address.view, (), {})
    except PermissionDenied:
        return FORBIDDEN
    return OPEN if response is None else kind_of(response)


# ---------------------------------------------------------------- what is answered
@pytest.mark.parametrize("address", matrix_addresses(), ids=str)
def test_who_may(there, crawl, address):
    problems = [
        problem
        for method in methods_of(address)
        for username, where in _tries(address, method)
        for problem in _tried(address, method, username, where, (crawl, there[0]))
    ]
    assert problems == []


def _tries(address, method):
    """(username, where) of everybody everywhere in the long proof; in the suite one for each kind of outcome.

    Who and where goes by turns. Whom the policy stops, no place changes anything for.
    """
    outcomes = {}
    for username in oracle.EVERYBODY:
        for where in WHERE if address.ids else [None]:
            outcome = oracle.expected(username, address, method, where)
            if outcome not in STOPPED or where in (HOMES[0], None):
                outcomes.setdefault(outcome, []).append((username, where))
    return [
        each
        for outcome, alike in outcomes.items()
        for each in (alike if LONG else [_by_turns(alike, address, method, outcome)])
    ]


def _by_turns(alike, address, method, outcome):
    """One of those who are answered alike. A page that is open is looked at as another check opens it."""
    where = HOMES[0] if address.ids else None
    shared = (
        [(who, where) for who in readers_of(address, where)[-1:]]
        if (method, outcome) == ("GET", OPEN)
        else []
    )
    alike = (
        [each for each in shared if each in alike]
        or [each for each in alike if each[1] != "nowhere"]
        or alike
    )
    return alike[turn_of(address, method + outcome) % len(alike)]


def _tried(address, method, username, where, small_world):
    crawl, homes = small_world

    def nowhere():
        return crawl.ask(username, method, path_of(address, homes, "nowhere"))

    answer = crawl.ask(username, method, path_of(address, homes, where))
    wanted = oracle.expected(username, address, method, where)
    at = f"{method} {address} as {username} at {where}"
    if address.name in MAKES_ITS_ID and where == "nowhere" and method == "POST" and wanted == NOT_FOUND:
        return
    if not fits(answer, wanted, nowhere):
        yield f"{at}: {wanted} expected, {answer.status_code} answered"
    if kind_of(answer) in (LOGIN, FORBIDDEN, NOT_FOUND) and answer.written:
        yield f"{at}: refused, and wrote to {sorted(answer.written)}"
    if wanted == NOT_FOUND and address.name not in MAKES_ITS_ID and face(answer) != face(nowhere()):
        yield f"{at}: differs from the answer for what does not exist"
    if method == "GET" and answer.written:
        yield f"{at}: a GET wrote to {sorted(answer.written)}"


# ---------------------------------------------------------------- what nobody may
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_nothing_is_put_patched_or_deleted(there, crawl, method):
    """But where an address says so, none knows these: 405, or the answer of who may; and nothing is written."""
    problems = [
        problem
        for address in matrix_addresses()
        if _is_tried_by(address, method)
        for username in some_of(("anonymous", "blackburn", "supervisor", "administrator"), address)[
            : None if LONG else 1
        ]
        for problem in _not_known(address, method, username, (crawl, there[0]))
    ]
    assert problems == []


NEVER = ("PUT", "PATCH", "DELETE")


def _is_tried_by(address, method):
    """By each of those it does not say that it takes in the long proof; by one of them in the suite."""
    never = [each for each in NEVER if address.policy is None or each not in address.policy.permissions]
    return method in never and (LONG or never[turn_of(address, "never") % len(never)] == method)


def _not_known(address, method, username, small_world):
    crawl, homes = small_world
    answer = crawl.ask(username, method, path_of(address, homes, "blackburn" if address.ids else None))
    refused = answer.status_code in (401, 403, 404, 405) or kind_of(answer) == LOGIN
    if not refused and address.name not in PROBES:
        yield f"{method} {address} as {username}: {answer.status_code} answered"
    if answer.written:
        yield f"{method} {address} as {username}: wrote to {sorted(answer.written)}"


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


def test_an_api_address_that_is_none_answers_as_a_row_that_is_none(there, crawl):
    family = there[0]["hyndburn"].family
    wrong = crawl.get("blackburn", "/api/v1/no-such-thing/")
    missing = crawl.get("blackburn", f"/api/v1/families/{world.NOBODYS}/")
    others = crawl.get("blackburn", f"/api/v1/families/{family.pk}/")
    assert wrong.content == missing.content == others.content == b'{"detail":"Not found."}'
    assert {each.status_code for each in (wrong, missing, others)} == {404}
