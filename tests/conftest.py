"""Fixtures every test may ask for: the database, the application's role, a running service, a browser."""

import gc
import os

import pytest
from hypothesis import settings as hypothesis_settings

from tests import databases
from tests.browser import *  # noqa: F403
from tests.configured_service import *  # noqa: F403
from tests.running_service import *  # noqa: F403
from tests.running_service import use_database, use_own_clone
from tests.shared_imports import *  # noqa: F403
from tests.xdist_groups import *  # noqa: F403

# A time limit on each example would make a busy machine fail a sound property.
hypothesis_settings.register_profile("ordinary", max_examples=50, deadline=None)
hypothesis_settings.register_profile("long", max_examples=5000, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ordinary"))


def pytest_collection_finish():
    """What is loaded by now stays until the end: the collector need not walk through it again and again."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_sessionfinish():
    databases.drop_left_clones()


@pytest.fixture(scope="session", autouse=True)
def disable_static_finders():
    """Each test client would read the whole folder of them; the running service serves its own."""
    from django.conf import settings

    settings.WHITENOISE_USE_FINDERS = False


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords(django_test_environment):
    """Hashing is made to be slow, and the suite hashes hundreds of times."""
    from tests.cheap_passwords import use_cheap_passwords

    use_cheap_passwords()


@pytest.fixture(scope="session", autouse=True)
def browser_forms(django_test_environment):
    """What a page's form holds reaches the service in the way that a browser sends it."""
    from tests.browser_forms import send_forms_as_browsers_do

    send_forms_as_browsers_do()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """pytest-django's own would migrate once a process; ours clones what `prepare_database` made once."""
    from django.db import connection

    with (
        django_db_blocker.unblock(),
        databases.use_clone(databases.make_template_with_cast(), "test") as name,
    ):
        with use_database(name):
            yield
        connection.close()


@pytest.fixture
def cast(db):
    """The standing cast, by username."""
    from tests.cast import find_cast

    return find_cast()


@pytest.fixture
def as_application_role(db):
    """Inside this test's transaction the rights are the application's, no longer the owner's."""
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.APPLICATION_ROLE}")
        yield connection
        cursor.execute("RESET ROLE")


@pytest.fixture
def cloned_database(django_db_setup, django_db_blocker, request):
    """For tests that commit, from several connections: a seeded database of their own, never flushed.

    `@pytest.mark.parametrize("cloned_database", ["prepared"], indirect=True)` gives one with nobody in it.
    """
    kind = getattr(request, "param", "seeded")
    source = databases.get_prepared_template() if kind == "prepared" else databases.get_seeded_template()
    with django_db_blocker.unblock(), use_own_clone(source) as name:
        yield name
