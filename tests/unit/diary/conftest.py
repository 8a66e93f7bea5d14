"""Who stands in the tests of the diary."""

import pytest


@pytest.fixture
def me(cast, client):
    client.force_login(cast["blackburn"])
    return cast["blackburn"]
