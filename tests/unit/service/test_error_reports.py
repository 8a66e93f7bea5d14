"""Reports of errors: kinds of exceptions and lines of code, and nothing that anybody typed; off by default."""

import json
import os
import subprocess
import sys

import pytest

from tests import databases
from tests.project.import_layers import ROOT

SECRET_WORDS = "Jamila Okonkwo"
# A request that fails with a person's name in its address, its header, a local variable and the exception itself.
PROGRAM = f"""
import json, sys
import django
django.setup()
import sentry_sdk
from django.test import Client
from django.urls import path
from config import urls
from pairs.access import policy
from pairs.service.error_reports import start_error_reports

class Kept(sentry_sdk.transport.Transport):
    def capture_envelope(self, envelope):
        sent.append(envelope.serialize().decode())

sent = []
start_error_reports("https://key@errors.example/1", transport=Kept)

@policy.public
def fail(request, words):
    name = "{SECRET_WORDS}"
    try:
        int(name)
    except ValueError as error:
        raise LookupError(f"nobody is called {{name}}") from error

urls.urlpatterns.insert(0, path("fails/<str:words>/", fail, name="fails"))
client = Client(raise_request_exception=False, headers={{"host": "localhost", "x-name": "{SECRET_WORDS}"}})
client.post("/fails/{SECRET_WORDS}/?q={SECRET_WORDS}", {{"note": "{SECRET_WORDS}"}})
sentry_sdk.capture_message("{SECRET_WORDS} was here")
sentry_sdk.flush()
print(json.dumps(sent))
"""


@pytest.fixture(scope="module")
def sent(django_db_setup, django_db_blocker):
    """What would have left this machine for one failed request."""
    from django.db import connection

    url = databases.get_application_url(connection.settings_dict["NAME"])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "LOG_FORMAT": "json"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_report_says_what_failed_and_where(sent):
    (text,) = sent
    report = json.loads(text.splitlines()[-1])
    kinds = [each["type"] for each in report["exception"]["values"]]
    assert kinds == ["ValueError", "LookupError"]
    assert report["exception"]["values"][1]["stacktrace"]["frames"][-1]["function"] == "fail"
    assert report["transaction"] == "/fails/{words}/"
    assert len(report["tags"]["request_id"]) == 32


def test_nothing_that_was_typed_leaves(sent):
    assert "Jamila" not in "".join(sent)
    assert "Okonkwo" not in "".join(sent)


def test_the_library_is_not_even_loaded_without_an_address():
    done = subprocess.run(
        [sys.executable, "-c", "import django, sys; django.setup(); print('sentry_sdk' in sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False"]
