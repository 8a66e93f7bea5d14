"""Who comes to the browser in a journey."""

import pytest

from tests.journeys.browser_user import BrowserUser, make_browser_user


@pytest.fixture
def open_browser_as(new_page, running_service, take_screenshot):
    """`come("duty")`: somebody of the cast at the browser."""
    return lambda username: make_browser_user(new_page, running_service.base_url, take_screenshot, username)


@pytest.fixture
def open_browser_anonymously(new_page, running_service, take_screenshot):
    """Somebody without an account: `open_browser_anonymously(narrow=True, java_script_enabled=False)`."""

    def open_anonymously(**options):
        return BrowserUser(new_page(**options), running_service.base_url, take_screenshot)

    return open_anonymously
