"""Who is signed in, in the tests of endings."""

import pytest


@pytest.fixture
def me(cast, client):
    """Whoever works with the family."""
    client.force_login(cast["blackburn"])
    return cast["blackburn"]
