"""No page asks more queries, or sends more bytes of SQL, than its budget in script/local/budgets.py allows.

The short form of script/bench, which measures CPU beside a baseline page as well: that depends on how busy the machine
is, and a test must not.
"""

import sys

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from interventions.diary.models import Appointment
from interventions.diary.rules import AppointmentStatus
from reporting.dashboards.due_refresh import refresh_due_items
from script.local.bench_client import SignedInClients, count_sql, send
from script.local.bench_requests import PAGES
from script.local.budgets import REQUEST_BUDGETS
from tests import databases
from tests.running_service import use_database

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="libpq's trace and /proc are Linux's")
BUDGETED = [page for page in PAGES if page.name in REQUEST_BUDGETS]


# ---------------------------------------------------------------- what is measured
def move_visit_to_today(username):
    """So that this home page has a visit on every day of the week."""
    visit = Appointment.objects.filter(
        practitioner__username=username, status=AppointmentStatus.PLANNED
    ).first()
    moved = Appointment.objects.filter(pk=visit.pk).update(starts_at=timezone.now())
    assert moved == 1


@pytest.fixture(scope="module")
def seeded_as_application(django_db_setup, django_db_blocker):
    """The demo's sixty families in a database of this module's own, asked with the application's rights."""
    with django_db_blocker.unblock(), databases.use_clone(databases.get_seeded_template()) as name:
        connections.close_all()
        with use_database(name):
            move_visit_to_today("blackburn")
            refresh_due_items(timezone.localdate())
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {settings.APPLICATION_ROLE}")
            yield
            connections.close_all()


@pytest.fixture(scope="module")
def page_actions(seeded_as_application):
    """{page: what asks for it once}."""
    visitors = SignedInClients(BUDGETED)
    return {page.name: visitors.get_action(page) for page in BUDGETED}


@pytest.fixture(scope="module")
def counted_sql(page_actions):
    """{page: the SQL of one request}."""
    return {name: count_sql(action, warm_up=2) for name, action in page_actions.items()}


def find_over_budget(what, values):
    """{page: (value, its limit)} of those above it. ``what``: a field of RequestBudget."""
    limits = {name: getattr(REQUEST_BUDGETS[name], what) for name in values}
    return {name: (value, limits[name]) for name, value in values.items() if value > limits[name]}


# ---------------------------------------------------------------- the budgets hold
def test_no_page_asks_more_queries_than_its_budget(counted_sql):
    assert find_over_budget("queries", {name: sql.queries for name, sql in counted_sql.items()}) == {}


def test_no_page_sends_more_sql_than_its_budget(counted_sql):
    assert find_over_budget("sql_bytes", {name: sql.sent_bytes for name, sql in counted_sql.items()}) == {}


def test_every_budget_is_of_a_page_that_is_asked():
    assert {page.name for page in BUDGETED} == set(REQUEST_BUDGETS)


# ---------------------------------------------------------------- the measure itself
def test_a_page_that_asks_more_than_it_did_is_noticed(page_actions):
    """The same request with a hundred more queries, some of them past Django's cursors."""

    def run_heavier_request():
        page_actions["caseload"]()
        for number in range(50):
            with connection.cursor() as cursor:
                cursor.execute("SELECT %s", [number])
            connection.connection.execute("SELECT %s::int", [number], prepare=True)

    as_it_is = count_sql(page_actions["caseload"], warm_up=1).queries
    assert count_sql(run_heavier_request, warm_up=1).queries == as_it_is + 100


def test_a_refused_request_is_no_measurement(page_actions, seeded_as_application):
    client = Client(headers={"host": "localhost"})
    with pytest.raises(SystemExit, match="refused: 404"):
        send(client, "/no-such-address/", {})
