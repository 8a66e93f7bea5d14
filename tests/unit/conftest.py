"""Who is signed in and whose record it is, in most tests. What more there is, each folder's ``factories.py`` makes."""

import pytest


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
