"""Every page somebody may open: it says whose record it is, is kept by no browser, and lets no foreign script run."""

import pytest
from django.db import transaction

from pairs.audit.models import AccessEntry
from tests.house import oracle
from tests.house.oracle import OPEN
from tests.house.test_access_matrix import matrix_addresses, path_of, some_of, there  # noqa: F401
from tests.house.test_forms_posted import WHO

pytestmark = pytest.mark.prove
BANNER = 'class="pairs-banner"'
WHO_OPENS = [*WHO, "peer"]


def pages():
    """Addresses of pages, with the people who may open each."""
    return [
        (address, who)
        for address in matrix_addresses()
        if address.policy and not address.is_api and address.policy.kind != "public"
        for who in some_of(_may_open(address), address)
    ]


def _may_open(address):
    where = "blackburn" if address.ids else None
    return [who for who in WHO_OPENS if oracle.expected(who, address, "GET", where) == OPEN]


def opened(client, path):
    """(response, ids of the families that the access log says were opened)."""
    with transaction.atomic():
        before = set(AccessEntry.objects.values_list("pk", flat=True))
        response = client.get(path)
        entries = AccessEntry.objects.exclude(pk__in=before)
        families = [family for entry in entries for family in entry.opened]
        transaction.set_rollback(True)
    return response, families


@pytest.fixture(scope="module")
def shown(there, django_db_blocker):  # noqa: F811
    homes, clients = there
    found = {}
    with django_db_blocker.unblock():
        for address, who in pages():
            path = path_of(address, homes, "blackburn" if address.ids else None)
            found[f"{address} as {who}"] = opened(clients[who], path)
    return {name: each for name, each in found.items() if each[0].status_code == 200}


def is_page(answer):
    """A file to download is paper: what it says and to whom is its own room's to judge."""
    return answer["Content-Type"].startswith("text/html")


# The hub reads the question alone, in words without a name, before the record is open to it.
QUESTION_ALONE = {f"{name} as hub" for name in ("ask", "take-ask", "decline-ask", "answer-ask")}


def test_a_page_that_opens_a_record_says_whose_it_is(shown):
    """The person's banner on every one, and on no page that opens none."""
    silent = [
        name
        for name, (page, families) in shown.items()
        if families and is_page(page) and BANNER not in page.content.decode()
    ]
    assert set(silent) == QUESTION_ALONE & set(shown)
    assert sum(bool(families) for _, families in shown.values()) > 15


def test_no_page_is_kept_by_a_browser(shown):
    kept = {name: page.headers.get("Cache-Control", "") for name, (page, _) in shown.items()}
    assert {name: said for name, said in kept.items() if "no-store" not in said} == {}


def test_no_page_lets_foreign_or_inline_script_run(shown):
    for name, (page, _) in shown.items():
        rules = dict(part.strip().partition(" ")[::2] for part in page["Content-Security-Policy"].split(";"))
        assert rules["default-src"] == "'none'", name
        assert rules["frame-ancestors"] == "'none'", name
        assert "unsafe" not in page["Content-Security-Policy"], name
        assert rules["style-src"] == "'self'", name


def test_every_page_has_one_heading_and_its_words_in_the_title(shown):
    odd = {}
    for name, (page, _) in shown.items():
        text = page.content.decode()
        if page["Content-Type"].startswith("text/html") and text.count("<h1") != 1:
            odd[name] = text.count("<h1")
    assert odd == {}
