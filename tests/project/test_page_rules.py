"""Every page somebody may open: it says whose record it is, is kept by no browser, and lets no foreign script run."""

import pytest

from tests.project.crawler import build_path, list_matrix_addresses, list_page_readers

pytestmark = pytest.mark.prove
BANNER = 'class="pairs-banner"'


def list_pages_and_readers():
    """Addresses of pages that are not public, with the people who open each."""
    return [
        (address, who)
        for address in list_matrix_addresses()
        if address.policy and not address.is_api and address.policy.kind != "public"
        for who in list_page_readers(address, _get_sample_name(address))
    ]


def _get_sample_name(address):
    return "blackburn" if address.ids else None


@pytest.fixture(scope="module")
def opened_pages(sample_and_clients, crawler):
    homes, _ = sample_and_clients
    found = {
        f"{address} as {who}": crawler.get(who, build_path(address, homes, _get_sample_name(address)))
        for address, who in list_pages_and_readers()
    }
    return {name: page for name, page in found.items() if page.status_code == 200}


# The hub reads the question alone, in words without a name, before the record is open to it.
QUESTION_ONLY_PAGES = {f"{name} as hub" for name in ("ask", "take-ask", "decline-ask", "answer-ask")}


def test_every_record_page_names_the_person(opened_pages):
    """The person's banner on every one, and on no page that opens none."""
    silent = [
        name
        for name, page in opened_pages.items()
        if page.opened and page.is_page and BANNER not in page.text
    ]
    assert set(silent) == QUESTION_ONLY_PAGES & set(opened_pages)
    assert sum(bool(page.opened) for page in opened_pages.values()) > 15


def test_no_page_is_cached_by_a_browser(opened_pages):
    kept = {name: page.headers.get("Cache-Control", "") for name, page in opened_pages.items()}
    assert {name: said for name, said in kept.items() if "no-store" not in said} == {}


def test_no_page_lets_foreign_or_inline_script_run(opened_pages):
    for name, page in opened_pages.items():
        rules = dict(
            part.strip().partition(" ")[::2] for part in page.headers["Content-Security-Policy"].split(";")
        )
        assert rules["default-src"] == "'none'", name
        assert rules["frame-ancestors"] == "'none'", name
        assert "unsafe" not in page.headers["Content-Security-Policy"], name
        assert rules["style-src"] == "'self'", name


def test_every_page_has_one_heading_and_its_words_in_the_title(opened_pages):
    headings = {name: page.text.count("<h1") for name, page in opened_pages.items() if page.is_page}
    assert {name: count for name, count in headings.items() if count != 1} == {}
