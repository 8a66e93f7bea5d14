"""Whenever a name is shown on a page, in a list or in an API response, the access log records it.

Every address there is, pages and API; the sample families' names show whose record it was.
"""

import pytest

from tests.project.crawler import (
    LONG_RUN,
    build_path,
    choose_some_people,
    list_allowed_people,
    list_matrix_addresses,
    list_page_readers,
)

READERS = ("governance", "blackburn")
pytestmark = pytest.mark.prove
SAMPLE_NAMES = ("blackburn", "restricted")
FAMILY_WORDS = ("Cora{}", "Baby{}", "Elder{}", "Missed{}", "Sibling {}", "Helper {}", "{} Street", "Note {}")


def list_readable_addresses():
    """(address, who, where) for every GET that is answered."""
    for address in list_matrix_addresses():
        for where in SAMPLE_NAMES if address.ids else (None,):
            for who in _choose_readers(address, where) if address.policy else ():
                yield address, who, where


def _choose_readers(address, where):
    """In the suite one of the two by turns, whoever opens the page for the other checks before one who does not."""
    may = list_allowed_people(address, "GET", where, READERS)
    opens = [each for each in list_page_readers(address, where) if each in may]
    return may if LONG_RUN else [*opens, *choose_some_people(may, address)][:1]


def find_named_families(text, homes):
    """Names of the homes of which something stands in the text."""
    return {
        name
        for name in homes
        for word in FAMILY_WORDS
        if word.format(name) in text  # no home's name is part of another's
    }


@pytest.fixture(scope="module")
def crawled_pages(sample_and_clients, crawler):
    homes, _ = sample_and_clients
    return {
        f"{address} as {who} at {where}": crawler.get(who, build_path(address, homes, where))
        for address, who, where in list_readable_addresses()
    }


def test_whoever_is_named_on_a_page_is_in_the_access_log(crawled_pages, sample_and_clients):
    homes, _ = sample_and_clients
    named = {
        what: find_named_families(page.text, homes)
        for what, page in crawled_pages.items()
        if page.status_code == 200
    }
    silent = [
        f"{what}: {name} was shown and not logged"
        for what, names in named.items()
        for name in names
        if homes[name].family.pk not in {*crawled_pages[what].opened, *crawled_pages[what].listed}
    ]
    assert silent == []
    assert sum(map(bool, named.values())) > 100
