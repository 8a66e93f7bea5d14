"""The demo's staff are in the tests' database already: what is laid for families finds them there."""

import pytest

from pairs.demo import seeding
from tests.cast import find_cast


@pytest.fixture(autouse=True)
def with_the_cast_that_is_there(monkeypatch):
    monkeypatch.setattr(seeding, "make_cast", find_cast)
