"""Whatever is sent, nothing breaks and nothing is half saved: every API address and every form, every field.

A new address is tried from the day it has a policy: its fields are read from its schema, or from its page.
"""

import json
import os

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from tests.house import hostile, oracle
from tests.house.addresses import every_address
from tests.house.forms_filled import filled
from tests.house.oracle import OPEN
from tests.house.test_access_matrix import Watch, path_of, there  # noqa: F401
from tests.house.test_api_posted import payloads
from tests.house.test_forms_posted import DRAFTS, KNOWN, WHO, forms  # noqa: F401

LONG = os.environ.get("PAIRS_LONG")
FEW = 7  # of the hostile values a field, in the suite: each field gets others


def writing():
    return [each for each in every_address() if each.is_api and each.name and _writes(each)]


def _writes(address):
    return "post" in getattr(address.view, "cls", type("", (), {})).__dict__


def tried(client, path, body, **options):
    """'' or what is wrong with the answer; undone."""
    watch = Watch()
    with transaction.atomic(), connection.execute_wrapper(watch):
        try:
            answer = client.post(path, body, **options)
        except Exception as error:
            return f"broke: {type(error).__name__}: {error!s:.200}"
        finally:
            transaction.set_rollback(True)
    if answer.status_code >= 500:
        return f"answered {answer.status_code}"
    written = watch.tables - DRAFTS
    if written and answer.status_code >= 400:
        return f"answered {answer.status_code} and wrote to {sorted(written)}"
    return ""


def a_few(every, number):
    """All of them in the long proof; in the suite some of each field's, not the same of the next field."""
    every = list(every)
    return every if LONG else every[number % 5 :: max(1, len(hostile.VALUES) // FEW)]


def who_may(address, where, clients):
    name = next(one for one in WHO if oracle.expected(one, address, "POST", where) == OPEN)
    return clients[name]


@pytest.mark.parametrize("address", writing(), ids=str)
def test_no_api_address_breaks(there, django_db_blocker, address):  # noqa: F811
    homes, clients = there
    where = oracle.TRIED_AT.get(address.name.removeprefix("api-"), "blackburn") if address.ids else None
    client, path = who_may(address, where, clients), path_of(address, homes, where)
    fields, sound = hostile.fields_of(address), payloads(homes["blackburn"]).get(address.name, {})
    wrong = []
    with django_db_blocker.unblock():
        for body in hostile.BODIES:
            problem = tried(client, path, body, content_type="application/json")
            wrong += [f"{body[:40]}: {problem}"] if problem else []
        for what, payload in a_few(hostile.hostile_payloads(fields, sound), len(address.name)):
            body = json.dumps(payload, cls=DjangoJSONEncoder)
            problem = tried(client, path, body, content_type="application/json")
            wrong += [f"{what}: {problem}"] if problem else []
    assert wrong == []


def test_what_an_api_address_takes_is_known():
    """Its schema says its fields, else none of them would be tried. Those without one take nothing."""
    takes_nothing = {
        "api-another-baby", "api-letter-sending", "api-letter-pdf",
    }  # fmt: skip
    assert {each.name for each in writing() if not hostile.fields_of(each)} == takes_nothing


def test_no_form_breaks(forms, django_db_blocker):  # noqa: F811
    wrong = []
    with django_db_blocker.unblock():
        for name, (client, path, form) in forms.items():
            sound = filled(form, **KNOWN.get(name, {}))
            every = [(field, text) for field in form["fields"] for text in hostile.TEXTS]
            for field, text in a_few(every, len(name)):
                problem = tried(client, path, sound | {field: [text]})
                wrong += [f"{name}.{field}={text!r:.40}: {problem}"] if problem else []
    assert wrong == []
