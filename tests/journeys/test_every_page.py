"""Every page that links lead to, as each role, in light and in dark: what a person would not see is looked for."""

import os
import re
from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.browser import NARROW_VIEWPORT, WIDE_VIEWPORT

LONG_RUN = os.environ.get("PAIRS_LONG")  # script/prove pages: every role, every kind of page, both schemes
ROLES = ("blackburn", "duty", "supervisor", "healthvisitor", "peer", "manager", "governance", "administrator")
SHORT_RUN = (("blackburn", 8), ("duty", 4), ("healthvisitor", 3))  # who, and how many pages
# A page of these is a file, or ends the session.
NOT_A_PAGE = re.compile(
    r"/(?:static|api|__)/|\.(?:pdf|csv|ics|txt|yaml|json)$|/logout/|[?&]format=|/pdf/|/csv"
)
# Kept in the page itself, before any of its own scripts runs: what its policy refused.
RECORD_VIOLATIONS_SCRIPT = """window.refused = [];
document.addEventListener("securitypolicyviolation", event => {
  if (!String(event.sourceFile).endsWith("axe.min.js")) {
    window.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
  }
});"""
LIST_LINKS_SCRIPT = "() => [...document.querySelectorAll('a[href]')].map(each => each.href)"


def get_kind(path):
    """The name of the address: pages of one kind are looked at once a role."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def list_kinds_to_visit(she, seen):
    """[(kind, path)] of the links of the open page that lead to a kind of page not seen yet."""
    links = [urlsplit(each) for each in she.page.evaluate(LIST_LINKS_SCRIPT)]
    here = [each for each in links if she.base_url.endswith(each.netloc) and each.netloc]
    paths = [each.path for each in here if not NOT_A_PAGE.search(f"{each.path}?{each.query}")]
    return [(kind, path) for path in paths if (kind := get_kind(path)) and kind not in seen]


def find_problems(she, scheme):
    """Wide and at 320 px, in this scheme of colours."""
    she.page.emulate_media(color_scheme=scheme)
    problems = [f"refused by its policy: {each}" for each in she.page.evaluate("() => window.refused")]
    problems += she.find_accessibility_problems()
    she.page.set_viewport_size(NARROW_VIEWPORT)
    problems += [f"wider than 320 px: {each}" for each in she.find_wide_elements()]
    she.page.set_viewport_size(WIDE_VIEWPORT)
    problems += [f"printed over what is beside it: {each}" for each in she.find_overflowing_on_paper()]
    return [f"{scheme}: {each}" for each in problems]


def find_heading_problems(she):
    count, title = she.page.locator("h1").count(), she.page.title()
    return [*([] if count == 1 else [f"{count} headings"]), *([] if title.strip() else ["no title"])]


def crawl(she, limit):
    """{kind: what is wrong with a page of it}, of at most ``limit`` kinds that links lead to from the home page."""
    she.page.add_init_script(RECORD_VIOLATIONS_SCRIPT)
    found, ahead, seen = {}, deque([("home", "/", "")]), {"home"}
    while ahead and len(found) < limit:
        kind, path, linked_from = ahead.popleft()
        if (status := she.go(path)) >= 400:
            found[kind] = [f"{path}: a link on {linked_from} leads nowhere ({status})"]
            continue
        schemes = ("light", "dark") if LONG_RUN else (("light", "dark")[len(found) % 2],)
        problems = [
            *find_heading_problems(she),
            *(each for scheme in schemes for each in find_problems(she, scheme)),
        ]
        found[kind] = [f"{path}: {each}" for each in problems]
        for next_kind, next_path in list_kinds_to_visit(she, seen):
            if next_kind not in seen:
                seen.add(next_kind)
                ahead.append((next_kind, next_path, path))
    return found


@pytest.mark.prove
@pytest.mark.parametrize(("role", "limit"), [(role, 400) for role in ROLES] if LONG_RUN else SHORT_RUN)
def test_every_page_that_links_lead_to(open_browser_as, role, limit):
    found = crawl(open_browser_as(role), limit)
    print(f"{role}: {len(found)} kinds of pages, {sum(map(bool, found.values()))} with a fault")
    assert [each for problems in found.values() for each in problems] == []
    assert len(found) >= min(limit, 3)


def test_a_refused_form_puts_the_focus_on_what_is_wrong(open_browser_as):
    """Its summary has the focus, and each line of it leads to the field that it means."""
    her = open_browser_as("healthvisitor")
    her.go("/ask-for-a-consultation/")
    her.page.locator("main form button[type=submit]").first.click()
    her.page.wait_for_load_state()
    summary = her.page.locator(".nhsuk-error-summary")
    assert summary.count() == 1
    assert her.page.evaluate("() => document.activeElement.closest('.nhsuk-error-summary') !== null")
    summary.get_by_role("link").first.click()
    assert her.page.evaluate("() => ['INPUT', 'TEXTAREA', 'SELECT'].includes(document.activeElement.tagName)")
