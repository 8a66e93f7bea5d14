"""Whatever is sent, nothing breaks and nothing is half saved: every API address and every form, every field.

A new address is tried from the day it has a policy: its fields are read from its schema, or from its page.
"""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.urls import reverse

from tests.project import expected_access, hostile_input
from tests.project.api_payloads import build_payloads
from tests.project.crawler import (
    FORM_SENDERS,
    LONG_RUN,
    PARTS,
    WriteRecorder,
    build_path,
    compute_turn,
    list_allowed_people,
    take_part,
)
from tests.project.form_filling import fill_form
from tests.project.form_sending import DRAFT_TABLES
from tests.project.test_api_ids import get_write_method, is_writable
from tests.project.test_form_ids import KNOWN_VALUES, page_forms  # noqa: F401
from tests.project.url_addresses import list_url_addresses

pytestmark = pytest.mark.prove
# Which of the hostile values are sent in the suite. None of these steps divides the number of values, so that the
# next field has another one and every value comes round: a field of the API has one of them,
VALUES_STEP_OF_API_FIELD = len(hostile_input.HOSTILE_VALUES) - 1
# a field of a form one now and then,
VALUES_STEP_OF_FORM_FIELD = 47
# and an address three of the bodies: they are refused by the parser, which all addresses share.
BODIES_STEP = 5


SHOWN_IN_PLACE = {"api-tokens"}  # what was made is shown once, on the page itself
TO_THE_API, TO_A_FORM = "a hostile call of the API", "a hostile form"


def list_writable_addresses():
    return [each for each in list_url_addresses() if each.is_api and each.name and is_writable(each)]


def find_problem(client, path, body, look_at=(), method="post", **options):
    """'' or what is wrong with the answer, or with these pages once it was accepted; undone."""
    watch, after = WriteRecorder(), []
    with transaction.atomic(), connection.execute_wrapper(watch):
        try:
            answer = getattr(client, method)(path, body, **options)
            if answer.status_code < 400 and watch.tables - DRAFT_TABLES:
                after = [f"{page} broke" for page in look_at if client.get(page).status_code >= 500]
        except Exception as error:
            return f"broke: {type(error).__name__}: {error!s:.200}"
        finally:
            transaction.set_rollback(True)
    if after:
        return f"was accepted, and then {after}"
    if answer.status_code >= 500:
        return f"answered {answer.status_code}"
    written = watch.tables - DRAFT_TABLES
    if written and is_refusal(answer, options):
        return f"answered {answer.status_code} and wrote to {sorted(written)}"
    return ""


def is_refusal(answer, options):
    """A page that comes back after it was posted says what is wrong with it."""
    return answer.status_code >= 400 or (answer.status_code == 200 and "content_type" not in options)


FAR_DATES = ("0001-01-01", "9999-12-31")
PAGES_TO_READ = (
    "family", "family-people", "family-plan", "family-measures", "family-history", "chronology", "safeguarding",
    "village", "sharing",
)  # fmt: skip


def list_pages_to_read(homes, value):
    """What to look at after a day of year 1 was believed: every sum of days there is would be tried there."""
    if value not in FAR_DATES:
        return ()
    family = homes["blackburn"].family.pk
    known = {each.name for each in list_url_addresses()}
    pages = [reverse(name, args=[family]) for name in PAGES_TO_READ if name in known]
    return (*pages, *(reverse(name) for name in ("worklist", "caseload", "duplicates", "home")))


def choose_a_few(every, turn, step):
    """All of them in the long proof; in the suite each ``step``th, beginning with another at another address."""
    every = list(every)
    return every if LONG_RUN else every[turn % step :: step]


def get_allowed_client(address, where, clients):
    return clients[list_allowed_people(address, get_write_method(address).upper(), where, FORM_SENDERS)[0]]


@pytest.mark.parametrize("address", list_writable_addresses(), ids=str)
def test_no_api_address_breaks(sample_and_clients, django_db_blocker, cells, address):
    """Every address of the API, a hostile value in every field, and hostile bodies: no 5xx, no refusal that writes"""
    homes, clients = sample_and_clients
    where = (
        expected_access.FORM_FILLED_AT.get(address.name.removeprefix("api-"), "blackburn")
        if address.ids
        else None
    )
    client, path = get_allowed_client(address, where, clients), build_path(address, homes, where)
    how = {"content_type": "application/json", "method": get_write_method(address)}
    fields, sound = (
        hostile_input.get_request_fields(address),
        build_payloads(homes["blackburn"]).get(address.name, {}),
    )
    with django_db_blocker.unblock():
        for body in choose_a_few(hostile_input.HOSTILE_BODIES, compute_turn(address), BODIES_STEP):
            problem = find_problem(client, path, body, **how)
            cells.add(TO_THE_API, [f"{body[:40]}: {problem}"] if problem else [])
        for what, value, payload in choose_a_few(
            hostile_input.build_hostile_payloads(fields, sound),
            compute_turn(address),
            VALUES_STEP_OF_API_FIELD,
        ):
            body = json.dumps(payload, cls=DjangoJSONEncoder)
            problem = find_problem(client, path, body, list_pages_to_read(homes, value), **how)
            cells.add(TO_THE_API, [f"{what}: {problem}"] if problem else [])
    cells.assert_none_wrong()


def test_the_fields_of_every_api_address_are_known():
    """Its schema says its fields, else none of them would be tried. Those without one take nothing."""
    takes_nothing = {
        "api-appointment-restoring",
        "api-cancel-absence", "api-cancel-supervision", "api-close-agenda-item", "api-decision-done",
        "api-decision-undone", "api-undo-hand-over", "api-facilitator-ending", "api-keepsake-pdf", "api-letter-pdf",
        "api-merge-looked-through", "api-password-link", "api-close-account", "api-open-account",
        "api-named-access-ending",
        "api-plan-paper-pdf", "api-training-certificate-pdf", "api-reply-pdf", "api-take-official-file",
        "api-sign-report",
    }  # fmt: skip
    assert {
        each.name for each in list_writable_addresses() if not hostile_input.get_request_fields(each)
    } == takes_nothing


@pytest.mark.parametrize("part", PARTS)
def test_no_form_breaks(page_forms, django_db_blocker, cells, part):  # noqa: F811
    """Every form with a hostile value in each of its fields: no 5xx, no refusal that writes"""
    with django_db_blocker.unblock():
        for name, (client, path, form) in take_part(page_forms.items(), part):
            sound = fill_form(form, **KNOWN_VALUES.get(name, {}))
            every = [(field, text) for field in form["fields"] for text in hostile_input.HOSTILE_TEXTS]
            for field, text in choose_a_few(every, compute_turn(name), VALUES_STEP_OF_FORM_FIELD):
                problem = find_problem(client, path, sound | {field: [text]})
                problem = "" if name in SHOWN_IN_PLACE and problem.startswith("answered 200") else problem
                cells.add(TO_A_FORM, [f"{name}.{field}={text!r:.40}: {problem}"] if problem else [])
    cells.assert_none_wrong()


def build_date_fields(form, far):
    """{field: [value]} of every date box of the form, filled in with that day."""
    parts = dict(zip(("year", "month", "day"), far.split("-"), strict=True))
    days = {}
    for field, control in form["fields"].items():
        if control["kind"] == "date":
            days[field] = [far]
        elif field.rpartition("-")[2] in parts:
            days[field] = [parts[field.rpartition("-")[2]]]
    return days


def test_dates_long_ago_or_far_ahead_break_no_page(page_forms, sample_and_clients, django_db_blocker):  # noqa: F811
    """Every date box at once, and then every page that reckons with days."""
    (homes, _), wrong = sample_and_clients, []
    with django_db_blocker.unblock():
        for number, (name, (client, path, form)) in enumerate(page_forms.items()):
            for far in FAR_DATES if LONG_RUN else FAR_DATES[number % 2 :: 2]:
                days = build_date_fields(form, far)
                pages = list_pages_to_read(homes, far)
                after = pages if LONG_RUN else pages[number // 2 % 2 :: 2]
                problem = days and find_problem(
                    client, path, fill_form(form, **KNOWN_VALUES.get(name, {})) | days, after
                )
                wrong += [f"{name} {far}: {problem}"] if problem else []
    assert wrong == []
