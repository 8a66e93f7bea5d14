"""No page costs more than its budget: queries and bytes of SQL as counted, CPU beside a baseline page in this process.

The short form of script/bench. Limits are in script/local/budgets.py; nothing here is a time, and CPU has room for a
busy machine.
"""

import sys

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.utils import timezone

from reporting.desk.due_refresh import refresh_due_items
from script.local.bench_client import Visitors, backends, count_sql, send
from script.local.bench_cpu import measure_cpu
from script.local.bench_requests import BASELINE_MIDDLEWARE, BASELINES, NEW_ROW, PAGES
from script.local.budgets import EXCEEDED, LIMITS, REQUESTS, limit_in_suite
from tests import databases
from tests.live import using_database

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="libpq's trace and /proc are Linux's")
NOISE = 2  # how much dearer than its budget a page may seem on a busy machine
SLACK = 2  # how far above what is counted an exception may stand: the demo's families are other ones each day
ROUNDS = 5  # of a page; its baseline is asked several times in each
BASELINE_REQUESTS = 4
BUDGETED = [page for page in PAGES if page.name in REQUESTS]
GRANT = "GRANT ALL ON baseline_row, baseline_entry, baseline_row_id_seq, baseline_entry_id_seq TO {role}"


# ---------------------------------------------------------------- the baseline, in this process
def use_baseline_addresses(get_response):
    """Middleware: this request's addresses are the baseline's."""

    def middleware(request):
        request.urlconf = "script.local.baseline_pages"
        return get_response(request)

    return middleware


class BaselineHandler(ClientHandler):
    """Answers with the baseline's middleware and pages, whatever the settings have."""

    def load_middleware(self, is_async=False):
        with override_settings(MIDDLEWARE=[f"{__name__}.use_baseline_addresses", *BASELINE_MIDDLEWARE]):
            super().load_middleware(is_async)


def baseline_client():
    client = Client(headers={"host": "localhost"})
    client.handler = BaselineHandler(enforce_csrf_checks=False)
    client.force_login(get_user_model().objects.get(username="blackburn"))
    return client


def baseline_action(client, name):
    """What asks for a baseline once, and sees that it answered as it should."""

    def ask():
        path = BASELINES[name]
        if name == "API create":
            response = client.post(path, NEW_ROW, content_type="application/json")
        else:
            response = client.get(path)
        assert response.status_code == (201 if name == "API create" else 200), response.content

    return ask


# ---------------------------------------------------------------- what is measured
@pytest.fixture(scope="module")
def as_application_on_seeded_data(django_db_setup, django_db_blocker):
    """The demo's sixty families in a database of this module's own, asked with the application's rights."""
    from script.local.baseline_pages import make_rows

    with django_db_blocker.unblock(), databases.clone_of(databases.seeded_template()) as name:
        connections.close_all()
        with using_database(name):
            make_rows()
            refresh_due_items(timezone.localdate())
            with connection.cursor() as cursor:
                cursor.execute(GRANT.format(role=settings.APPLICATION_ROLE))
                cursor.execute(f"SET ROLE {settings.APPLICATION_ROLE}")
            yield
            connections.close_all()


@pytest.fixture(scope="module")
def actions(as_application_on_seeded_data):
    """{page: what asks for it once}."""
    visitors = Visitors(BUDGETED)
    return {page.name: visitors.action_for(page) for page in BUDGETED}


@pytest.fixture(scope="module")
def counted(actions):
    """{page: the SQL of one request}."""
    return {name: count_sql(action, warm_up=2) for name, action in actions.items()}


@pytest.fixture(scope="module")
def ratios(actions, counted):
    """{page: CPU of a request, as a multiple of its baseline's}; asked for in turns, after `counted` warmed up."""
    client = baseline_client()
    baselines = {name: baseline_action(client, name) for name in BASELINES}
    for action in baselines.values():
        count_sql(action, warm_up=2)
    refresh_due_items(timezone.localdate())  # the contacts of `counted`: the worker does so within a minute
    return {
        name: ratio_to(action, baselines[REQUESTS[name].baseline], backends())
        for name, action in actions.items()
    }


def ratio_to(action, baseline, pids):
    """The least of several turns of both: whatever else the machine does only adds to a turn."""

    def several():
        for _ in range(BASELINE_REQUESTS):
            baseline()

    turns = [(measure_cpu(action, pids), measure_cpu(several, pids)) for _ in range(ROUNDS)]
    page, baselines = (min(column) for column in zip(*turns, strict=True))
    return page * BASELINE_REQUESTS / baselines


def over(what, values):
    """{page: (value, its limit)} of those above it."""
    limits = {name: limit_in_suite(name, what) for name in values}
    return {name: (value, limits[name]) for name, value in values.items() if value > limits[name]}


# ---------------------------------------------------------------- the budgets hold
def test_no_page_asks_more_queries_than_its_budget(counted):
    assert over("queries", {name: sql.queries for name, sql in counted.items()}) == {}


def test_no_page_sends_more_sql_than_its_budget(counted):
    assert over("sql_bytes", {name: sql.sent_bytes for name, sql in counted.items()}) == {}


def test_no_page_takes_more_cpu_than_its_budget_and_room_for_noise(ratios):
    assert over("ratio", {name: ratio / NOISE for name, ratio in ratios.items()}) == {}


def test_a_page_within_its_budget_is_no_exception(counted, ratios):
    """Take it out of EXCEEDED, so that it stays within."""
    values = {
        "queries": {name: sql.queries for name, sql in counted.items()},
        "sql_bytes": {name: sql.sent_bytes for name, sql in counted.items()},
        "ratio": {name: ratio * NOISE for name, ratio in ratios.items()},
    }
    left_over = [
        (name, what)
        for name, exception in EXCEEDED.items()
        for what in LIMITS
        if getattr(exception, what) is not None and values[what][name] <= getattr(REQUESTS[name], what)
    ]
    assert left_over == []


def test_an_exception_is_no_wider_than_it_needs_to_be(counted):
    """Whoever halves what a page costs takes its exception down with it."""
    wide = [
        (name, what)
        for name, exception in EXCEEDED.items()
        for what, value in (("queries", counted[name].queries), ("sql_bytes", counted[name].sent_bytes))
        if (getattr(exception, what) or 0) > SLACK * value
    ]
    assert wide == []


def test_every_budget_is_of_a_page_that_is_asked():
    assert {page.name for page in BUDGETED} == set(REQUESTS)
    assert set(EXCEEDED) <= set(REQUESTS)


# ---------------------------------------------------------------- the measure itself
def test_a_page_that_asks_more_than_it_did_is_noticed(actions):
    """The same request with a hundred more queries, some of them past Django's cursors."""

    def heavier():
        actions["caseload"]()
        for number in range(50):
            with connection.cursor() as cursor:
                cursor.execute("SELECT %s", [number])
            connection.connection.execute("SELECT %s::int", [number], prepare=True)

    as_it_is = count_sql(actions["caseload"], warm_up=1).queries
    assert count_sql(heavier, warm_up=1).queries == as_it_is + 100


def test_what_is_refused_is_no_measurement(actions, as_application_on_seeded_data):
    client = Client(headers={"host": "localhost"})
    with pytest.raises(SystemExit, match="refused: 404"):
        send(client, "/no-such-address/", {})
