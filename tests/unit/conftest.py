"""Who is signed in and whose record it is, in most tests. What more there is, each folder's ``factories.py`` makes."""

import pytest
from django.db import transaction


@pytest.fixture
def me(cast, client):
    """The practitioner who works with the family, signed in."""
    client.force_login(cast["blackburn"])
    return cast["blackburn"]


@pytest.fixture
def sign_in_as(cast, client):
    """Signs another of the cast in: the client, from then on theirs."""

    def sign_in(username):
        client.force_login(cast[username], backend="pairs.access.backends.StaffBackend")
        return client

    return sign_in


@pytest.fixture
def family(cast):
    """A family with a baby and a carer, without any work yet."""
    from tests.unit.families.factories import make_family

    return make_family()


@pytest.fixture
def episode(me):
    """Open work of ``me`` with such a family."""
    from tests.unit.episodes.factories import make_episode

    return make_episode(me)


@pytest.fixture
def key_file(tmp_path, settings):
    """The file with the key that history is signed with."""
    path = tmp_path / "audit.key"
    path.write_text("0123456789abcdef" * 4)
    settings.AUDIT_KEY_FILE = str(path)
    return path


@pytest.fixture(scope="module")
def module_transaction(django_db_setup, django_db_blocker):
    """What fixtures of a module make in it is there for each of its tests, and gone after the last.

    What a test changes is undone as ever. A fixture that asks for this makes rows that all of its module's tests begin
    with, and hands on their ids: an object that one test has changed would be changed for the next.
    """
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer._from_testcase = True  # as Django's own of each test: what has to be the outermost may be in it
        outer.__enter__()
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
