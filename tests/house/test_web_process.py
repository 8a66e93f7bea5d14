"""The web process is light: it draws no PDF and opens no queue, so neither can slow or stop a page."""

import json
import os
import subprocess
import sys

from django.db import connection

from tests import databases
from tests.house.floors import ROOT

# What the web loads once every address has been resolved and a page served; printed as JSON.
LOOK = """
import json, socket, sys
asked = []
connect = socket.socket.connect
socket.socket.connect = lambda self, address: (asked.append(str(address)), connect(self, address))[1]
import config.wsgi
from django.urls import get_resolver, reverse
get_resolver().url_patterns
from django.test import Client
said = Client(headers={"host": "localhost"}).get(reverse("account_login")).status_code
print(json.dumps({"modules": sorted(sys.modules), "asked": asked, "status": said}))
"""
HEAVY = {"weasyprint", "pydyf", "tinycss2", "fontTools"}
QUEUE = {"redis", "kombu.transport.redis"}


def look():
    url = databases.application_url(connection.settings_dict["NAME"])
    env = os.environ | {"PYTHONWARNINGS": "ignore", "DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_web_process_loads_no_pdf_renderer_and_no_queue_client(django_db_setup):
    seen = look()
    loaded = set(seen["modules"])
    assert sorted(loaded & HEAVY) == []
    assert sorted(loaded & QUEUE) == []
    assert seen["asked"] == [], "the web process opened a connection that is not the database's"
    assert seen["status"] == 200
