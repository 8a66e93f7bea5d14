"""Whatever is sent, nothing breaks and nothing is half saved: every API address and every form, every field.

A new address is tried from the day it has a policy: its fields are read from its schema, or from its page.
"""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.urls import reverse

from tests.house import hostile, oracle
from tests.house.addresses import every_address
from tests.house.crawl import LONG, SENDERS, Watch, let_in, path_of, turn_of
from tests.house.forms_filled import filled
from tests.house.payloads import payloads
from tests.house.test_api_posted import method_of, writes
from tests.house.test_forms_posted import DRAFTS, KNOWN, forms  # noqa: F401

pytestmark = pytest.mark.prove
# Which of the hostile values are sent in the suite. None of these steps divides the number of values, so that the
# next field has another one and every value comes round: a field of the API has one of them,
OF_A_FIELD = len(hostile.VALUES) - 1
# a field of a form one now and then,
EACH_ON_SOME_FORM = 47
# and an address three of the bodies: they are refused by the parser, which all addresses share.
OF_AN_ADDRESS = 5


def writing():
    return [each for each in every_address() if each.is_api and each.name and writes(each)]


def tried(client, path, body, look_at=(), method="post", **options):
    """'' or what is wrong with the answer, or with these pages once it was accepted; undone."""
    watch, after = Watch(), []
    with transaction.atomic(), connection.execute_wrapper(watch):
        try:
            answer = getattr(client, method)(path, body, **options)
            if answer.status_code < 400 and watch.tables - DRAFTS:
                after = [f"{page} broke" for page in look_at if client.get(page).status_code >= 500]
        except Exception as error:
            return f"broke: {type(error).__name__}: {error!s:.200}"
        finally:
            transaction.set_rollback(True)
    if after:
        return f"was accepted, and then {after}"
    if answer.status_code >= 500:
        return f"answered {answer.status_code}"
    written = watch.tables - DRAFTS
    if written and answer.status_code >= 400:
        return f"answered {answer.status_code} and wrote to {sorted(written)}"
    return ""


FAR = ("0001-01-01", "9999-12-31")
READ = ("family", "family-history", "chronology", "safeguarding", "village", "sharing")


def pages_of(homes, value):
    """What to look at after a day of year 1 was believed: every sum of days there is would be tried there."""
    if value not in FAR:
        return ()
    family = homes["blackburn"].family.pk
    known = {each.name for each in every_address()}
    pages = [reverse(name, args=[family]) for name in READ if name in known]
    return (*pages, *(reverse(name) for name in ("worklist", "caseload", "duplicates", "home")))


def a_few(every, turn, step):
    """All of them in the long proof; in the suite each ``step``th, beginning with another at another address."""
    every = list(every)
    return every if LONG else every[turn % step :: step]


def who_may(address, where, clients):
    return clients[let_in(address, method_of(address).upper(), where, SENDERS)[0]]


@pytest.mark.parametrize("address", writing(), ids=str)
def test_no_api_address_breaks(there, django_db_blocker, address):
    homes, clients = there
    where = oracle.TRIED_AT.get(address.name.removeprefix("api-"), "blackburn") if address.ids else None
    client, path = who_may(address, where, clients), path_of(address, homes, where)
    how = {"content_type": "application/json", "method": method_of(address)}
    fields, sound = hostile.fields_of(address), payloads(homes["blackburn"]).get(address.name, {})
    wrong = []
    with django_db_blocker.unblock():
        for body in a_few(hostile.BODIES, turn_of(address), OF_AN_ADDRESS):
            problem = tried(client, path, body, **how)
            wrong += [f"{body[:40]}: {problem}"] if problem else []
        for what, value, payload in a_few(
            hostile.hostile_payloads(fields, sound), turn_of(address), OF_A_FIELD
        ):
            body = json.dumps(payload, cls=DjangoJSONEncoder)
            problem = tried(client, path, body, pages_of(homes, value), **how)
            wrong += [f"{what}: {problem}"] if problem else []
    assert wrong == []


def test_what_an_api_address_takes_is_known():
    """Its schema says its fields, else none of them would be tried. Those without one take nothing."""
    takes_nothing = {
        "api-another-baby", "api-appointment-restoring", "api-facilitator-ending", "api-keepsake-pdf", "api-letter-pdf",
    }  # fmt: skip
    assert {each.name for each in writing() if not hostile.fields_of(each)} == takes_nothing


def test_no_form_breaks(forms, django_db_blocker):  # noqa: F811
    wrong = []
    with django_db_blocker.unblock():
        for name, (client, path, form) in forms.items():
            sound = filled(form, **KNOWN.get(name, {}))
            every = [(field, text) for field in form["fields"] for text in hostile.TEXTS]
            for field, text in a_few(every, turn_of(name), EACH_ON_SOME_FORM):
                problem = tried(client, path, sound | {field: [text]})
                wrong += [f"{name}.{field}={text!r:.40}: {problem}"] if problem else []
    assert wrong == []


def days_of(form, far):
    """{field: [value]} of every date box of the form, filled in with that day."""
    parts = dict(zip(("year", "month", "day"), far.split("-"), strict=True))
    days = {}
    for field, control in form["fields"].items():
        if control["kind"] == "date":
            days[field] = [far]
        elif field.rpartition("-")[2] in parts:
            days[field] = [parts[field.rpartition("-")[2]]]
    return days


def test_a_day_of_long_ago_or_far_ahead_spoils_no_page(forms, there, django_db_blocker):  # noqa: F811
    """Every date box at once, and then every page that reckons with days."""
    (homes, _), wrong = there, []
    with django_db_blocker.unblock():
        for number, (name, (client, path, form)) in enumerate(forms.items()):
            for far in FAR if LONG else FAR[number % 2 :: 2]:
                days = days_of(form, far)
                pages = pages_of(homes, far)
                after = pages if LONG else pages[number // 2 % 2 :: 2]
                problem = days and tried(client, path, filled(form, **KNOWN.get(name, {})) | days, after)
                wrong += [f"{name} {far}: {problem}"] if problem else []
    assert wrong == []
