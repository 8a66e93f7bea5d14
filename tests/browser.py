"""A real browser for the tests: wide and narrow pages that fail on any error a person would not see."""

import os
import re
import shutil
from pathlib import Path

import pytest

from script.local.demo import PASSWORD
from script.local.install import BROWSERS
from script.local.state_folder import ROOT
from tests.running_service import connect_to

__all__ = [
    "browser_context_args",
    "browser_type_launch_args",
    "narrow_page",
    "new_page",
    "require_browser",
    "take_screenshot",
    "wide_page",
]

WIDE_VIEWPORT, NARROW_VIEWPORT = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
PAPER_VIEWPORT = {"width": 718, "height": 1000}  # A4 at 96 dots an inch, less its margins
# With PAIRS_NARROW=1 everyone walks their journey on a small phone, with the same clicks and keys.
USUAL_VIEWPORT = NARROW_VIEWPORT if os.environ.get("PAIRS_NARROW") else WIDE_VIEWPORT
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # A page lives for a second or two: compiling axe for speed, anew on each, took a fifth of what looking at it took.
    "--js-flags=--no-opt --no-maglev",
    # The browser stays on this machine, like the tests.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def find_browser_program() -> str | None:
    names = [os.environ.get("CHROMIUM"), *BROWSERS]
    return next(filter(None, map(shutil.which, filter(None, names))), None)


@pytest.fixture(scope="session")
def require_browser():
    """Skips with a reason where there is no Chromium; under CI that is a failure."""
    if find_browser_program():
        return
    if os.environ.get("PAIRS_NO_SKIPPED_BROWSER"):
        pytest.fail("no browser on this machine, and this run must not skip its tests")
    pytest.skip("no browser on this machine")


@pytest.fixture(scope="session")
def browser_type_launch_args(require_browser):
    return {"executable_path": find_browser_program(), "args": CHROMIUM_FLAGS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args(running_service):
    return {
        "base_url": running_service.base_url,
        "viewport": USUAL_VIEWPORT,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
    }


class PageProblems(list):
    """What the pages complained of. A test that provokes one removes it: `new_page.problems.clear()`."""

    def listen(self, page):
        visited = set()
        page.on(
            "request", lambda request: visited.add(request.url) if request.is_navigation_request() else None
        )
        page.on("pageerror", lambda error: self.append(f"script error on {page.url}: {error}"))
        page.on(
            "dialog",
            lambda dialog: (self.append(f"dialog on {page.url}: {dialog.message}"), dialog.dismiss()),
        )
        page.on("console", lambda message: self.record_console_message(message, visited))

    def record_console_message(self, message, visited):
        """A 404 for the address itself is a page like any other; anything else said in red is a fault."""
        if message.location.get("url", "").endswith("axe.min.js"):
            return  # caused by axe itself: it tries an inline style, and the page's policy refuses it
        if message.type in ("error", "warning") and not is_navigation_response(message, visited):
            self.append(f"{message.type} on {message.location.get('url')}: {message.text}")


def is_navigation_response(message, visited) -> bool:
    return message.text.startswith("Failed to load resource") and message.location.get("url") in visited


@pytest.fixture
def new_page(browser, browser_context_args, running_service, django_db_blocker):
    """`new_page("duty", narrow=True)`: a page in a session of its own, signed in if a name is given."""
    contexts, problems = [], PageProblems()

    def make(username=None, *, narrow=False, **options):
        size = {"viewport": NARROW_VIEWPORT, "has_touch": True} if narrow else {}
        context = browser.new_context(**browser_context_args | size | options)
        context.set_default_timeout(30_000)  # a busy machine is slow to answer first
        contexts.append(context)
        page = context.new_page()
        problems.listen(page)
        if username:
            with django_db_blocker.unblock():
                context.add_cookies([make_session_cookie(running_service, username)])
            page.goto(running_service.base_url)
        return page

    make.problems = problems
    yield make
    for context in contexts:
        context.close()
    assert problems == [], "\n".join(problems)


@pytest.fixture
def wide_page(new_page):
    """A wide page, nobody signed in."""
    return new_page()


@pytest.fixture
def narrow_page(new_page):
    """A page 320 pixels wide."""
    return new_page(narrow=True)


def make_session_cookie(service, username) -> dict:
    """What the browser of somebody who has signed in sends: the page of signing in has tests of its own."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    client, its = Client(), service.build_environment()
    with connect_to(service.database):
        client.force_login(get_user_model().objects.get(username=username))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": its["SESSION_COOKIE_NAME"], "value": value, "url": service.base_url}


def leave_alone_for(page, service, seconds) -> None:
    """As if nothing had been asked in the page's session for that long."""
    from pairs.access.sessions import SessionStore

    name = service.build_environment()["SESSION_COOKIE_NAME"]
    key = next(each["value"] for each in page.context.cookies() if each["name"] == name)
    with connect_to(service.database):
        session = SessionStore(key)
        session["last_seen"] -= seconds
        session.save()


def sign_in(page, base_url, username, password=PASSWORD):
    """Through the sign-in page, as a person does."""
    from django.urls import reverse

    sign_in_path = reverse("account_login")
    page.goto(base_url + sign_in_path)
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(lambda url: sign_in_path not in url)


@pytest.fixture
def take_screenshot(request):
    """`take_screenshot(page, "triage")` → test-results/<test>-triage.png, the whole page.

    Where PAIRS_PICTURES is set, and of a page that is ``needed`` to see what is wrong with it: a picture of a whole
    page takes the browser longer than the page.
    """

    def take(page, name, *, needed=False) -> Path | None:
        if not (needed or os.environ.get("PAIRS_PICTURES")):
            return None
        test = re.sub(r"\W+", "-", request.node.name).strip("-")
        path = ROOT / "test-results" / f"{test}-{name}.png"
        path.parent.mkdir(exist_ok=True)
        page.screenshot(path=path, full_page=True)
        return path

    return take
