"""Who comes to the browser in a journey."""

import pytest

from tests.journeys.visitor import Visitor, visitor


@pytest.fixture
def come(new_page, service, screenshot):
    """`come("duty")`: somebody of the cast at the browser."""
    return lambda username: visitor(new_page, service.base_url, screenshot, username)


@pytest.fixture
def stranger(new_page, service, screenshot):
    """Somebody without an account: `stranger(narrow=True, java_script_enabled=False)`."""

    def come(**options):
        return Visitor(new_page(**options), service.base_url, screenshot)

    return come
