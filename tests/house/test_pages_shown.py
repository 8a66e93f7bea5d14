"""Every page somebody may open: it says whose record it is, is kept by no browser, and lets no foreign script run."""

import pytest

from tests.house.crawl import matrix_addresses, path_of, readers_of

pytestmark = pytest.mark.prove
BANNER = 'class="pairs-banner"'


def pages():
    """Addresses of pages that are not public, with the people who open each."""
    return [
        (address, who)
        for address in matrix_addresses()
        if address.policy and not address.is_api and address.policy.kind != "public"
        for who in readers_of(address, _where(address))
    ]


def _where(address):
    return "blackburn" if address.ids else None


@pytest.fixture(scope="module")
def shown(there, crawl):
    homes, _ = there
    found = {
        f"{address} as {who}": crawl.get(who, path_of(address, homes, _where(address)))
        for address, who in pages()
    }
    return {name: page for name, page in found.items() if page.status_code == 200}


# The hub reads the question alone, in words without a name, before the record is open to it.
QUESTION_ALONE = {f"{name} as hub" for name in ("ask", "take-ask", "decline-ask", "answer-ask")}


def test_a_page_that_opens_a_record_says_whose_it_is(shown):
    """The person's banner on every one, and on no page that opens none."""
    silent = [
        name for name, page in shown.items() if page.opened and page.is_page and BANNER not in page.text
    ]
    assert set(silent) == QUESTION_ALONE & set(shown)
    assert sum(bool(page.opened) for page in shown.values()) > 15


def test_no_page_is_kept_by_a_browser(shown):
    kept = {name: page.headers.get("Cache-Control", "") for name, page in shown.items()}
    assert {name: said for name, said in kept.items() if "no-store" not in said} == {}


def test_no_page_lets_foreign_or_inline_script_run(shown):
    for name, page in shown.items():
        rules = dict(
            part.strip().partition(" ")[::2] for part in page.headers["Content-Security-Policy"].split(";")
        )
        assert rules["default-src"] == "'none'", name
        assert rules["frame-ancestors"] == "'none'", name
        assert "unsafe" not in page.headers["Content-Security-Policy"], name
        assert rules["style-src"] == "'self'", name


def test_every_page_has_one_heading_and_its_words_in_the_title(shown):
    headings = {name: page.text.count("<h1") for name, page in shown.items() if page.is_page}
    assert {name: count for name, count in headings.items() if count != 1} == {}
