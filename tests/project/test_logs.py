"""A service's log is JSON: it names the request and whose it was, and nothing that anybody typed."""

import json
import logging
import os
import subprocess
import sys

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from structlog.contextvars import clear_contextvars

from config.logs import build_formatter
from tests.project.import_layers import ROOT

NAME = "Jamila Okonkwo"


@pytest.fixture(autouse=True)
def _nothing_bound():
    yield
    clear_contextvars()


@pytest.fixture
def lines():
    """Everything that is logged, as a service would write it."""
    found = []
    handler = logging.Handler()
    handler.emit = lambda record: found.append(json.loads(build_formatter().format(record)))
    logging.getLogger().addHandler(handler)
    yield found
    logging.getLogger().removeHandler(handler)


def test_a_line_says_when_where_and_what(lines):
    logging.getLogger("pairs.jobs").warning("Job %s was lost", 7)
    (line,) = lines
    assert {key: line[key] for key in ("level", "logger", "event")} == {
        "level": "warning",
        "logger": "pairs.jobs",
        "event": "Job 7 was lost",
    }
    assert line["timestamp"].endswith("Z")


def raise_with_a_name():
    try:
        int(NAME)
    except ValueError as error:
        raise RuntimeError(f"No visit for {NAME}") from error


def test_an_exception_is_told_by_its_type_and_place_and_not_by_what_was_typed(lines):
    try:
        raise_with_a_name()
    except RuntimeError as error:
        logging.getLogger("x").exception("Not sent: %s", error)
    (line,) = lines
    assert [each["type"] for each in line["exception"]] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert line["exception"][0]["at"][-1].endswith(" raise_with_a_name")
    assert line["event"] == "Not sent: RuntimeError"
    assert NAME not in json.dumps(line)


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_is_not_quoted(lines):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE told (name text CONSTRAINT never CHECK (name = ''))")
            cursor.execute("INSERT INTO told VALUES (%s)", [NAME])
    except IntegrityError as error:
        quoted = str(error)
        logging.getLogger("x").exception("Refused")
    assert NAME in quoted
    assert {each.get("constraint") for each in lines[-1]["exception"]} == {None, "never"}
    assert NAME not in json.dumps(lines)


def test_a_task_that_failed_is_named_without_its_exceptions_words(lines):
    said = {
        "name": "jobs.send",
        "id": "1",
        "description": "raised unexpected",
        "exc": f"ValueError({NAME!r})",
    }
    logging.getLogger("celery.app.trace").error("Task %(name)s[%(id)s] %(description)s: %(exc)s", said)
    assert lines[0]["event"] == "Task jobs.send[1] raised unexpected: …"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/how-it-was/Zk3_x-9Qw7Lr2mVbN8tYcA0pSd/", "/how-it-was/…/"),
        ("/calendar/Zk3_x-9Qw7Lr2mVbN8tYcA0pSd.ics", "/calendar/….ics"),
        (
            "/families/0b8a7f0e-5d55-4a4e-9a39-0f1f3a8c1d2e/",
            "/families/0b8a7f0e-5d55-4a4e-9a39-0f1f3a8c1d2e/",
        ),
    ],
)
def test_the_secret_of_a_link_is_left_out_and_an_id_stays(lines, path, told):
    logging.getLogger("django.request").warning("Not Found: %s", path)
    assert lines[0]["event"] == f"Not Found: {told}"


@pytest.mark.django_db
def test_a_request_has_an_id_and_its_person(lines, settings, cast):
    settings.MIDDLEWARE = [
        settings.MIDDLEWARE[0],
        "pairs.access.log_context.LogContext",
        *settings.MIDDLEWARE[1:],
    ]
    client = Client()
    client.force_login(cast["hub"])
    answer = client.get("/families/0b8a7f0e-5d55-4a4e-9a39-0f1f3a8c1d2e/")
    asked = [line for line in lines if line["logger"] == "django.request"]
    assert [(line["request_id"], line["user_id"]) for line in asked] == [
        (answer.headers["X-Request-ID"], str(cast["hub"].pk))
    ]
    nobody = Client().get("/families/")
    assert lines[-1]["request_id"] == nobody.headers["X-Request-ID"]
    assert "user_id" not in lines[-1]


# A service, a demo: what each has loaded after its settings.
LOADED = "import django, sys; django.setup(); print('structlog' in sys.modules)"
SERVICE = {"SECRET_KEY": "k3Jx" * 15, "ALLOWED_HOSTS": "pairs.example"}


@pytest.mark.parametrize(("env", "loaded"), [(SERVICE, "True"), ({"PAIRS_DEMO": "1"}, "False")])
def test_a_service_logs_json_and_a_demo_does_not_load_what_it_takes(env, loaded):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    named = kept | env | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, env=named, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == loaded, done.stderr
