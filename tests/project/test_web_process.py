"""The web process loads what its pages use: it draws no PDF and opens no queue. The relay is lighter still."""

import json
import os
import platform
import subprocess
import sys

import pytest
from django.db import connection

from tests import databases
from tests.project.import_layers import ROOT

# What the web has loaded when it forks, and once a page has been served; printed as JSON.
WEB_PROGRAM = """
import io, json, socket, sys
asked = []
connect = socket.socket.connect
socket.socket.connect = lambda self, address: (asked.append(str(address)), connect(self, address))[1]
import config.wsgi
from django.urls import reverse
from pairs.web import preload
preload.prepare_to_fork()
before, said = sorted(sys.modules), []
page = {
    "REQUEST_METHOD": "GET", "PATH_INFO": reverse("account_login"), "HTTP_HOST": "localhost",
    "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http",
    "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
}
b"".join(config.wsgi.application(page, lambda status, headers: said.append(status)))
print(json.dumps({"before": before, "modules": sorted(sys.modules), "asked": asked, "status": said}))
"""
# Nothing of these is used by a page or by the API; each was loaded once, and cost megabytes in every process.
NEVER_LOADED = {
    "PDF": ["weasyprint", "pydyf", "tinycss2", "fontTools"],
    "the solver of the report": ["highspy", "numpy"],
    "the queue": ["redis", "kombu", "celery"],
    "tests": ["unittest", "django.test", "rest_framework.test", "pytest"],
    "other countries' holidays": ["holidays.countries"],
    "the API's description": ["drf_spectacular.openapi", "drf_spectacular.generators"],
    "pictures": ["PIL", "qrcode"],
    "the API's test client and coloured pages": ["requests", "urllib3", "charset_normalizer", "pygments"],
    "monitoring that is off": ["prometheus_client", "sentry_sdk"],
    "checks of the measures' files": ["jsonschema"],
}
RELAY_PROGRAM = """
import json, sys
import django
django.setup()
from pairs.jobs.management.commands import relay
print(json.dumps(sorted(sys.modules)))
"""
WORKER_PROGRAM = """
import json, sys
import config.celery, django
django.setup()
config.celery.app.loader.import_default_modules()
print(json.dumps(sorted(sys.modules)))
"""
# A hundred megabytes in small pieces, freed under one that stays: glibc keeps all of it until it is asked.
FREED_MEMORY_PROGRAM = """
import json, os
from config.celery import give_memory_back
def measure():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
pieces = [bytearray(2000) for _ in range(50_000)]
stays = bytearray(2000)
held = measure()
del pieces
kept = measure()
give_memory_back()
print(json.dumps([held, kept, measure()]))
"""
RELAY_MODELS = {"pairs.jobs.models"}


def run_program(program, **env):
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": "ignore"} | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def web_process(django_db_setup, django_db_blocker):
    return run_program(
        WEB_PROGRAM, DATABASE_URL=databases.get_application_url(connection.settings_dict["NAME"])
    )


def list_loaded(modules, names):
    return [each for each in modules if any(each == name or each.startswith(name + ".") for name in names)]


@pytest.mark.parametrize("use", NEVER_LOADED)
def test_the_web_process_does_not_load_what_it_does_not_use(web_process, use):
    assert list_loaded(web_process["modules"], NEVER_LOADED[use]) == []


def test_the_web_process_has_loaded_its_pages_and_api_before_it_forks(web_process):
    assert {"reporting.dashboards.caseload", "interventions.episodes.api.contacts"} <= set(
        web_process["before"]
    )
    late = set(web_process["modules"]) - set(web_process["before"])
    assert [each for each in late if {"views", "api", "forms"} & set(each.split("."))] == []


def test_it_has_loaded_what_the_first_sign_in_and_the_first_record_need(web_process):
    """Imported after the fork, they would be in each worker's own memory."""
    needed = {
        "argon2.low_level", "outcomes.agenda", "pairs.access.adapters", "pairs.access.backends",
        "pairs.access.context_processors", "pairs.families.grants", "pairs.safeguarding.banner_lines",
        "django.contrib.messages.storage.cookie",
    }  # fmt: skip
    assert needed - set(web_process["before"]) == set()


def test_the_web_process_connects_only_to_the_database(web_process):
    assert web_process["asked"] == [], "the web process opened a connection that is not the database's"
    assert web_process["status"] == ["200 OK"]


def test_the_worker_loads_its_tasks_and_no_api():
    modules = run_program(WORKER_PROGRAM)
    assert {"reporting.dashboards.tasks", "reporting.evidence.tasks"} <= set(modules)
    assert list_loaded(modules, ["rest_framework.serializers", "allauth.account.forms", "weasyprint"]) == []


def test_the_relay_loads_one_apps_models_and_no_page():
    modules = run_program(RELAY_PROGRAM, DJANGO_SETTINGS_MODULE="config.relay_settings")
    ours = ("pairs.", "referrals.", "interventions.", "outcomes.", "reporting.")
    models = {each for each in modules if each.startswith(ours) and each.endswith(".models")}
    assert models == RELAY_MODELS
    assert list_loaded(modules, ["config.urls", "rest_framework", "allauth", "jinja2"]) == []


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library gives memory back by itself")
def test_a_workers_process_gives_back_what_a_task_has_freed():
    held, kept, left = run_program(FREED_MEMORY_PROGRAM)
    assert kept > 0.9 * held
    assert left < 0.5 * held
