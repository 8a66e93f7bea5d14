"""Nobody types a password in these tests, so none needs a slow hash."""

import pytest

from tests.cast import make_cast


@pytest.fixture
def cast(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return make_cast()


@pytest.fixture
def me(cast, client):
    """Whoever works with the family."""
    client.force_login(cast["blackburn"])
    return cast["blackburn"]
