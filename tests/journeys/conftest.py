"""Who comes to the browser in a journey."""

import pytest

from tests.journeys.visitor import visitor


@pytest.fixture
def come(new_page, service, screenshot):
    """`come("duty")`: somebody of the cast at the browser."""
    return lambda username: visitor(new_page, service.base_url, screenshot, username)
