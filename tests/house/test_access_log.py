"""Whoever's name stands on a page, in a list or in an answer of the API: the access log says that it was seen.

Every address there is, pages and API; a name of the made-up world tells whose family was shown.
"""

import pytest

from tests.house.crawl import LONG, let_in, matrix_addresses, path_of, readers_of, some_of

WHO = ("governance", "blackburn")
pytestmark = pytest.mark.prove
WHERE = ("blackburn", "restricted")
FAMILY_WORDS = ("Cora{}", "Baby{}", "Elder{}", "Missed{}", "Sibling {}", "Helper {}", "{} Street", "Note {}")


def readable():
    """(address, who, where) for every GET that is answered."""
    for address in matrix_addresses():
        for where in WHERE if address.ids else (None,):
            for who in _readers(address, where) if address.policy else ():
                yield address, who, where


def _readers(address, where):
    """In the suite one of the two by turns, whoever opens the page for the other checks before one who does not."""
    may = let_in(address, "GET", where, WHO)
    opens = [each for each in readers_of(address, where) if each in may]
    return may if LONG else [*opens, *some_of(may, address)][:1]


def shown_in(text, homes):
    """Names of the homes of which something stands in the text."""
    return {
        name
        for name in homes
        for word in FAMILY_WORDS
        if word.format(name) in text  # no home's name is part of another's
    }


@pytest.fixture(scope="module")
def answers(there, crawl):
    homes, _ = there
    return {
        f"{address} as {who} at {where}": crawl.get(who, path_of(address, homes, where))
        for address, who, where in readable()
    }


def test_whose_name_is_shown_stands_in_the_access_log(answers, there):
    homes, _ = there
    named = {what: shown_in(page.text, homes) for what, page in answers.items() if page.status_code == 200}
    silent = [
        f"{what}: {name} was shown and not logged"
        for what, names in named.items()
        for name in names
        if homes[name].family.pk not in {*answers[what].opened, *answers[what].listed}
    ]
    assert silent == []
    assert sum(map(bool, named.values())) > 100
