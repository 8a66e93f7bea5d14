"""One form sent twenty times at once makes what it makes when it is sent once: every page with a form, every address.

What several connections have saved cannot be undone. So one after the other is sent in a copy of the sample families;
those that cannot be sent any more, for what others have done there, are sent in the next copy. Twenty of each in
script/prove once; in the suite four of every twentieth.
"""

import contextlib
import re
import uuid
from copy import copy

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from pairs.submissions.form_page import FormPage
from tests import databases
from tests.at_once import run_at_once
from tests.cast import make_cast
from tests.project import expected_access
from tests.project.conftest import sign_in_all
from tests.project.crawler import (
    FORM_SENDERS,
    LONG_RUN,
    PARTS,
    WRITABLE_TABLES,
    build_path,
    list_allowed_people,
    take_part,
)
from tests.project.factories import sample_families
from tests.project.form_filling import UUID, fill_form
from tests.project.form_sending import send_past_warning
from tests.project.test_acts_twice import ELSEWHERE, get_view_class
from tests.project.test_api_ids import list_payload_cases
from tests.project.test_form_ids import KNOWN_VALUES, list_addresses_with_forms
from tests.project.test_two_editors import open_form, post_at_once
from tests.running_service import use_database

pytestmark = pytest.mark.prove
AT_ONCE = 20 if LONG_RUN else 4
STEP_IN_SUITE = 20
RECEIPT_SIGNATURE = re.compile(r"(receipt=[^:]+):[\w:-]+")  # with the second at which it was signed
# Pages whose form the samples do not offer, beside the acts among them (tests/project/test_acts_twice.py).
NOT_SENT = {
    *ELSEWHERE, "consultation-follow-up", "hand-over-referrals", "keepsake-version", "keepsakes", "official-files",
    "own-record",
}  # fmt: skip


@pytest.fixture(scope="module")
def sample_source(django_db_setup, django_db_blocker):
    """(name of a database with the sample families, homes, clients): to be copied."""
    source = databases.get_prepared_template()
    with django_db_blocker.unblock(), databases.use_clone(source) as name:
        with use_database(name):
            cast = make_cast()
            homes, clients = sample_families.build_sample_families(cast), sign_in_all(cast)
        yield name, homes, clients


@contextlib.contextmanager
def use_copy(name):
    """Meanwhile this process asks a copy of that database."""
    with databases.use_clone(name) as copied, use_database(copied):
        yield
        connections.close_all()


def count_rows():
    """{table: rows} of all that a refused request may not write to."""
    with connection.cursor() as cursor:
        tables = sorted({*connection.introspection.table_names(cursor)} - WRITABLE_TABLES)
        cursor.execute(" UNION ALL ".join(f"SELECT '{each}', count(*) FROM \"{each}\"" for each in tables))
        return dict(cursor.fetchall())


def list_new_rows(before):
    """{table: how many more} than before."""
    now = count_rows()
    return {table: rows - before[table] for table, rows in now.items() if rows != before[table]}


def copy_client(client):
    """The same person at another tab."""
    other = Client(headers={"Access-Reason": "Subject access request"})
    other.cookies = copy(client.cookies)
    return other


def send_and_undo(send, before):
    """(status and where it leads, the rows it made); undone."""
    with transaction.atomic():
        answer = send()
        made = list_new_rows(before)
        transaction.set_rollback(True)
    return get_outcome(answer), made


def get_outcome(answer):
    """What whoever sent it can tell; None where the service broke."""
    return answer and (answer.status_code, answer.headers.get("Location", ""))


def choose_in_suite(every):
    return [*every][:: 1 if LONG_RUN else STEP_IN_SUITE]


def send_all(name, cases, send):
    """({case: its problems}, cases that cannot be sent even in a fresh copy). ``send``: None for one that cannot."""
    sent, left = {}, [*cases]
    while left:
        with use_copy(name):
            found = {case: send(case) for case in left}
        sent |= {case: problems for case, problems in found.items() if problems is not None}
        left, before = [case for case in left if case not in sent], left
        if left == before:
            break
    return sent, left


def find_more_or_less(at, made_once, made):
    if made != made_once:
        yield f"{at}: {made_once} made by one alone, {made} by {AT_ONCE} at once"


def find_led_elsewhere(at, once, many):
    """Not all are led to one page, and that the kind of page that one alone was led to."""
    if len(set(many)) != 1 or leave_out_ids(many[0]) != leave_out_ids(once):
        yield f"{at}: {once} answered to one alone, {sorted(set(map(str, many)))} to {AT_ONCE} at once"


# ---------------------------------------------------------------- pages
def send_page_at_once(address, homes, clients):
    """Problems of one page's form; None where the samples do not offer it, or it cannot be saved."""
    where = expected_access.FORM_FILLED_AT.get(address.name, "blackburn") if address.ids else None
    path = build_path(address, homes, where)
    client = clients[list_allowed_people(address, "POST", where, FORM_SENDERS)[0]]
    form = open_form(copy_client(client), path)
    if form is None or "submission" not in form["fields"]:
        return None
    values, before = fill_form(form, **KNOWN_VALUES.get(address.name, {})), count_rows()
    once, made_once = send_and_undo(lambda: send_past_warning(copy_client(client), path, values), before)
    if once[0] != 302:
        return None
    many = post_at_once([(copy_client(client), path, values) for _ in range(AT_ONCE)])
    return [
        *find_more_or_less(address.name, made_once, list_new_rows(before)),
        *find_led_elsewhere(address.name, once, [*map(get_outcome, many)]),
    ]


def leave_out_ids(answer):
    """An answer as text, without what differs between two copies of a record."""
    return RECEIPT_SIGNATURE.sub(r"\1", UUID.sub("id", str(answer)))


def list_form_pages():
    """Every page that is a form."""
    pages = [(each, get_view_class(each)) for each in list_addresses_with_forms()]
    return [address for address, view in pages if view and issubclass(view, FormPage)]


@pytest.mark.parametrize("part", PARTS)
def test_a_form_sent_twenty_times_at_once(sample_source, cells, part):
    """Every page with a form, sent twenty times at once with one token: what it makes when it is sent once"""
    name, homes, clients = sample_source
    pages = take_part(choose_in_suite(list_form_pages()), part)
    sent, left = send_all(name, pages, lambda each: send_page_at_once(each, homes, clients))
    for problems in sent.values():
        cells.add("a form sent twenty times at once", problems)
    assert sorted({each.name for each in left} - NOT_SENT) == []
    cells.assert_none_wrong()


# ---------------------------------------------------------------- the API
def call_at_once(path, payload, client):
    """Problems of one address of the API, called with one Idempotency-Key; None where it cannot be called."""
    before, key = count_rows(), str(uuid.uuid4())

    def call():
        tab, headers = copy_client(client), {"Idempotency-Key": key}
        return tab.post(path, payload, content_type="application/json", headers=headers)

    once, made_once = send_and_undo(call, before)
    if once[0] != 201:
        return None
    answers = run_at_once([call] * AT_ONCE)
    problems = list(find_more_or_less(path, made_once, list_new_rows(before)))
    statuses = sorted(each.status_code if each else 0 for each in answers)
    if statuses != [200] * (AT_ONCE - 1) + [201]:
        problems.append(f"{path}: {statuses} answered to {AT_ONCE} at once")
    if len({each.content for each in answers if each}) != 1:
        problems.append(f"{path}: not all were shown the same record")
    return problems


@pytest.mark.parametrize("part", PARTS)
def test_a_call_of_the_api_sent_twenty_times_at_once(sample_source, cells, part):
    """Every address of the API that makes a record, twenty times at once with one key: one record, shown to all"""
    name, homes, clients = sample_source
    with use_copy(name):
        calls = {
            path: payload for (method, path), payload, _ in list_payload_cases(homes) if method == "post"
        }
    chosen = take_part(choose_in_suite(calls), part)
    sent, left = send_all(name, chosen, lambda path: call_at_once(path, calls[path], clients["blackburn"]))
    for problems in sent.values():
        cells.add("a call of the API sent twenty times at once", problems)
    assert left == []
    cells.assert_none_wrong()
