"""Every page somebody may open: it says whose record it is, is kept by no browser, and lets no foreign script run."""

import re

import pytest

from tests.project.crawler import build_path, list_matrix_addresses, list_page_readers
from tests.project.form_filling import FormParser

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
# A move may be read by the site that the family has left, its record no longer: the page says so, and no name. And
# whoever has to say first why they open a record, or whose it is, has not opened it; nor has who has them asked again.
NOT_OPENED = {"move as hyndburn", "opening-reason as governance", "withdraw-own-record-answer as governance"}
NOT_OPENED |= {"own-record as blackburn", "own-record as trainee"}
# A sealed birth identity is read outside its family's record, which is sealed with it: no page of that has its banner.
NOT_OPENED |= {
    f"{name} as governance" for name in ("new-sealed-reading", "sealed-reading", "read-sealed-record")
}


def test_every_record_page_names_the_person(opened_pages):
    """The person's banner on every one, and on no page that opens none."""
    silent = [
        name
        for name, page in opened_pages.items()
        if page.opened and page.is_page and BANNER not in page.text
    ]
    assert set(silent) - NOT_OPENED == QUESTION_ONLY_PAGES & set(opened_pages)
    assert sum(bool(page.opened) for page in opened_pages.values()) > 15


FAMILY_LINK = re.compile(r'href="/(?:families|episodes|supported)/[0-9a-f-]{36}/"')
ROW = re.compile(r"<tr\b.*?</tr>|<li\b.*?</li>", re.DOTALL)
SECTION = re.compile(r"<section\b.*?</section>", re.DOTALL)
FAMILY_LINE = 'class="pairs-family'


def test_every_row_about_a_family_names_it(opened_pages):
    """On pages that open no record: the row itself, or the card that it stands in, has the family's line."""
    rows = [
        (name, row)
        for name, page in opened_pages.items()
        if page.is_page and not page.opened
        for row in ROW.findall(SECTION.sub(_drop_if_named, page.text))
        if FAMILY_LINK.search(row)
    ]
    assert [(name, row[:300]) for name, row in rows if FAMILY_LINE not in row] == []
    assert {name.partition(" as ")[0] for name, _ in rows} >= {"caseload", "waiting-to-start"}


def _drop_if_named(section):
    return "" if FAMILY_LINE in section.group() else section.group()


def test_no_page_is_cached_by_a_browser(opened_pages):
    kept = {name: page.headers.get("Cache-Control", "") for name, page in opened_pages.items()}
    feed = {name for name in kept if name.startswith("calendar as ")}  # a program asks whether it has changed
    assert {kept[name] for name in feed} <= {"private, no-cache"}
    assert {name: said for name, said in kept.items() if "no-store" not in said and name not in feed} == {}


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


OF_FAMILIES = {"experience", "consultation-feedback"}  # answered by a link that works once


def test_every_form_in_which_one_may_write_at_length_keeps_what_is_written(opened_pages):
    """It has the id that a draft is kept under, and the mark that says whose page it is."""
    writing = {
        name: set(form["fields"])
        for name, page in opened_pages.items()
        if name.partition(" as ")[0] not in OF_FAMILIES
        for form in FormParser(page.text).forms
        if form["method"].lower() == "post" and _has_textarea(form)
    }
    assert len(writing) > 30
    assert sorted(name for name, fields in writing.items() if not {"submission", "author"} <= fields) == []


def _has_textarea(form):
    return any(field["kind"] == "textarea" for field in form["fields"].values())
