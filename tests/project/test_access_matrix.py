"""Every address and method: each kind of outcome once, and everybody for the policy; in the long proof, all places."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from pairs.access.middleware import PolicyMiddleware
from pairs.access.scope import load_scope
from tests.project import expected_access
from tests.project.crawler import (
    LONG_RUN,
    build_path,
    choose_some_people,
    compute_turn,
    list_matrix_addresses,
    list_page_readers,
)
from tests.project.expected_access import FORBIDDEN, FORBIDDEN_THERE, LOGIN, NOT_FOUND, OPEN
from tests.project.factories import sample_families

pytestmark = [pytest.mark.prove, pytest.mark.usefixtures("silence_logging")]
METHODS = ("GET", "POST")
CHANGE_METHODS = {"PUT", "PATCH"}
SAMPLE_NAMES = [*sample_families.SAMPLE_FAMILIES]
PLACES_TO_ASK = [*SAMPLE_NAMES, "nowhere"]
STOPPED_BY_POLICY = (LOGIN, FORBIDDEN)  # by the policy, before any row is looked up
# Answers "made" to an id nobody has taken: the author's browser chooses it. Another's is still 404.
CREATES_ITS_OWN_ID = {"autosave", "refer-page", "phone-in-page"}
# A probe asks as it likes; they answer before any middleware, read nothing of anybody and write nothing.
HEALTH_PROBES = {"healthz", "readyz"}
ANSWERED_STATUSES = {200, 201, 204, 302, 400, 405, 409}


def classify_response(response):
    if response.status_code == 401 or (
        response.status_code == 302 and response.headers["Location"].startswith("/account/login/")
    ):
        return LOGIN
    return {403: FORBIDDEN, 404: NOT_FOUND}.get(
        response.status_code, OPEN if response.status_code in ANSWERED_STATUSES else str(response.status_code)
    )


def is_as_expected(answer, wanted, nowhere):
    if answer.status_code == 405:  # the same for everybody whom the policy lets in, and for no row at all
        return wanted not in STOPPED_BY_POLICY and nowhere().status_code == 405
    return classify_response(answer) == {FORBIDDEN_THERE: FORBIDDEN}.get(wanted, wanted)


def get_visible_response(answer):
    """All that a caller could tell two answers apart by."""
    return answer.status_code, answer.content, sorted(answer.headers), answer.headers.get("Content-Type")


def list_methods(address):
    """GET and POST, and whatever else the address says it takes."""
    declared = set(address.policy.permissions) if address.policy else set()
    return (*METHODS, *(CHANGE_METHODS & declared))


# ---------------------------------------------------------------- whom the policy stops: everybody, by every method
def test_the_policy_refuses_exactly_whom_it_should(sample_and_clients, crawler, cells):
    """Asked of the middleware itself, before any view; that the middleware is asked, the requests below show."""
    visitors = {username: _get_user_and_scope(username) for username in expected_access.EVERYBODY}
    for address in list_matrix_addresses():
        for method in list_methods(address):
            for username, visitor in visitors.items():
                wanted = _get_policy_outcome(username, address, method)
                decided = _ask_middleware(address, method, *visitor)
                problem = f"{method} {address} as {username}: {wanted} expected, {decided}"
                cells.add("policy, asked of the middleware", [problem] if decided != wanted else [])
    cells.assert_none_wrong()


def _get_user_and_scope(username):
    """(who it is once the sign-in has been looked at, what they may)."""
    user = get_user_model().objects.filter(username=username, is_active=True).first() or AnonymousUser()
    return user, load_scope(user)


def _get_policy_outcome(username, address, method):
    wanted = expected_access.get_expected_outcome(
        username, address, method, SAMPLE_NAMES[0] if address.ids else None
    )
    return wanted if wanted in STOPPED_BY_POLICY else OPEN


def _ask_middleware(address, method, user, scope):
    request = RequestFactory().generic(method, "/api/" if address.is_api else "/")
    request.user, request.scope, request.api_token = user, scope, None
    request.resolver_match = SimpleNamespace(url_name=address.name)
    try:
        response = PolicyMiddleware(None).process_view(request, address.view, (), {})
    except PermissionDenied:
        return FORBIDDEN
    return OPEN if response is None else classify_response(response)


# ---------------------------------------------------------------- what is answered
@pytest.mark.parametrize("address", list_matrix_addresses(), ids=str)
def test_who_may(sample_and_clients, crawler, cells, address):
    """Every address and method as everybody, of every kind of record: answered by the rules, and no refusal writes"""
    for method in list_methods(address):
        for username, where in _list_tries(address, method):
            problems = _find_problems(address, method, username, where, (crawler, sample_and_clients[0]))
            cells.add(_describe_kind(username, where), problems)
    cells.assert_none_wrong()


def _describe_kind(username, where):
    """Whose record it is, as the table tells it."""
    if where in (None, "nowhere"):
        return "no record in the address" if where is None else "a record that does not exist"
    site, _, _, restricted = sample_families.SAMPLE_FAMILIES[where]
    if restricted or where == "moving":
        return "a restricted record" if restricted else "a record offered to another site"
    roles = expected_access.CAST[username][2] if username in expected_access.CAST else []
    return "a record of one's own site" if site in [each for _, each in roles] else "a record of another site"


def _list_tries(address, method):
    """(username, where) of everybody everywhere in the long proof; in the suite one for each kind of outcome.

    Who and where goes by turns. Whom the policy stops, no place changes anything for.
    """
    outcomes = {}
    for username in expected_access.EVERYBODY:
        for where in PLACES_TO_ASK if address.ids else [None]:
            outcome = expected_access.get_expected_outcome(username, address, method, where)
            if outcome not in STOPPED_BY_POLICY or where in (SAMPLE_NAMES[0], None):
                outcomes.setdefault(outcome, []).append((username, where))
    return [
        each
        for outcome, alike in outcomes.items()
        for each in (alike if LONG_RUN else [_choose_by_turn(alike, address, method, outcome)])
    ]


def _choose_by_turn(alike, address, method, outcome):
    """One of those who are answered alike. A page that is open is looked at as another check opens it."""
    where = SAMPLE_NAMES[0] if address.ids else None
    shared = (
        [(who, where) for who in list_page_readers(address, where)[-1:]]
        if (method, outcome) == ("GET", OPEN)
        else []
    )
    alike = (
        [each for each in shared if each in alike]
        or [each for each in alike if each[1] != "nowhere"]
        or alike
    )
    return alike[compute_turn(address, method + outcome) % len(alike)]


def _find_problems(address, method, username, where, small_world):
    crawl, homes = small_world

    def ask_for_unknown_row():
        return crawl.request_once(username, method, build_path(address, homes, "nowhere"))

    answer = crawl.request_once(username, method, build_path(address, homes, where))
    wanted = expected_access.get_expected_outcome(username, address, method, where)
    at = f"{method} {address} as {username} at {where}"
    if address.name in CREATES_ITS_OWN_ID and where == "nowhere" and method == "POST" and wanted == NOT_FOUND:
        return
    if not is_as_expected(answer, wanted, ask_for_unknown_row):
        yield f"{at}: {wanted} expected, {answer.status_code} answered"
    if classify_response(answer) in (LOGIN, FORBIDDEN, NOT_FOUND) and answer.written:
        yield f"{at}: refused, and wrote to {sorted(answer.written)}"
    if (
        wanted == NOT_FOUND
        and address.name not in CREATES_ITS_OWN_ID
        and get_visible_response(answer) != get_visible_response(ask_for_unknown_row())
    ):
        yield f"{at}: differs from the answer for what does not exist"
    if method == "GET" and answer.written:
        yield f"{at}: a GET wrote to {sorted(answer.written)}"


# ---------------------------------------------------------------- what nobody may
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_nothing_is_put_patched_or_deleted(sample_and_clients, crawler, cells, method):
    """But where an address says so, none knows these: 405, or the answer of who may; and nothing is written."""
    people = ("anonymous", "blackburn", "supervisor", "administrator")
    for address in list_matrix_addresses():
        if not _is_tried_with(address, method):
            continue
        for username in choose_some_people(people, address)[: None if LONG_RUN else 1]:
            small_world = crawler, sample_and_clients[0]
            cells.add(
                "a method that the address does not take",
                _find_unknown_method_problems(address, method, username, small_world),
            )
    cells.assert_none_wrong()


NEVER_ALLOWED_METHODS = ("PUT", "PATCH", "DELETE")


def _is_tried_with(address, method):
    """By each of those it does not say that it takes in the long proof; by one of them in the suite."""
    never = [
        each
        for each in NEVER_ALLOWED_METHODS
        if address.policy is None or each not in address.policy.permissions
    ]
    return method in never and (LONG_RUN or never[compute_turn(address, "never") % len(never)] == method)


def _find_unknown_method_problems(address, method, username, small_world):
    crawl, homes = small_world
    answer = crawl.request_once(
        username, method, build_path(address, homes, "blackburn" if address.ids else None)
    )
    refused = answer.status_code in (401, 403, 404, 405) or classify_response(answer) == LOGIN
    if not refused and address.name not in HEALTH_PROBES:
        yield f"{method} {address} as {username}: {answer.status_code} answered"
    if answer.written:
        yield f"{method} {address} as {username}: wrote to {sorted(answer.written)}"


def test_the_matrix_tries_something(sample_and_clients):
    """Somebody is let in to each address, and every address with an id refuses somebody."""
    for address in list_matrix_addresses():
        if address.policy is None:
            continue
        wanted = {
            expected_access.get_expected_outcome(username, address, method, where)
            for method in METHODS
            for username in expected_access.EVERYBODY
            for where in (PLACES_TO_ASK if address.ids else [None])
        }
        assert OPEN in wanted, address
        assert not address.ids or NOT_FOUND in wanted, address


def test_an_unknown_api_address_answers_like_a_missing_row(sample_and_clients, crawler):
    family = sample_and_clients[0]["hyndburn"].family
    wrong = crawler.get("blackburn", "/api/v1/no-such-thing/")
    missing = crawler.get("blackburn", f"/api/v1/families/{sample_families.UNKNOWN_ID}/")
    others = crawler.get("blackburn", f"/api/v1/families/{family.pk}/")
    assert wrong.content == missing.content == others.content == b'{"detail":"Not found."}'
    assert {each.status_code for each in (wrong, missing, others)} == {404}
