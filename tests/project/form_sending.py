"""Sends a form as a person would, sees what it wrote, and takes it back."""

import html
import re

from django.apps import apps
from django.db import connection, transaction

from tests.project.crawler import WriteRecorder
from tests.project.form_filling import UUID

DRAFT_TABLES = {"submissions_submission"}
WARNED_FIELD = re.compile(r'name="warned" value="([^"]+)"')
# Ids, moments, and what is drawn by lot.
CHANGING_VALUES = re.compile(
    r"UUID\([^)]*\)|datetime\([^)]*\)|'(?:id|group\w*_id)': \d+|'(?:hashed|token_hash|signature)': '\w+'|"
    r"'password': '[^']*'|link/[\w-]+|'\d{4}-\d\d-\d\dT[^']*'|" + UUID.pattern
)


def send_form_and_roll_back(client, path, values):
    """(response, tables written to); undone."""
    watch = WriteRecorder()
    with transaction.atomic(), connection.execute_wrapper(watch):
        response = send_past_warning(client, path, values)
        rows = take_table_snapshot(watch.tables - DRAFT_TABLES)
        transaction.set_rollback(True)
    return response, watch.tables - DRAFT_TABLES, rows


def send_past_warning(client, path, values):
    """The answer; where the page warns first (the samples' bookings are about this time of day), to going on."""
    response = client.post(path, values)
    warned = WARNED_FIELD.search(response.content.decode()) if response.status_code == 200 else None
    return client.post(path, dict(values) | {"warned": html.unescape(warned[1])}) if warned else response


def take_table_snapshot(tables):
    """What stands in the tables, less ids and moments, which differ every time."""
    models = {each._meta.db_table: each for each in apps.get_models(include_auto_created=True)}
    known = {}
    for table in tables & set(models):
        rows = models[table]._base_manager.values()
        known[table] = sorted(CHANGING_VALUES.sub("", str(row)) for row in rows)
    return known
