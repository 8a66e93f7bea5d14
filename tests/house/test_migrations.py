"""Migrations: none missing, one line in every room, and every trigger of the models in the database."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.house.test_models import LABELS, our_models


def test_no_migration_is_missing(db):
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_every_room_has_one_line_of_migrations():
    loader = MigrationLoader(None, ignore_no_migrations=True)  # as files, whatever a database has
    assert loader.detect_conflicts() == {}
    for app, name in loader.disk_migrations:
        if app in LABELS:
            before = [each for each in loader.disk_migrations[app, name].dependencies if each[0] == app]
            assert len(before) <= 1, f"{app}.{name} follows two"


def test_every_trigger_of_the_models_is_in_the_database(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        there = {name for (name,) in cursor.fetchall()}
    wanted = {
        trigger.get_pgid(model) for model in our_models() for trigger in getattr(model._meta, "triggers", [])
    }
    assert wanted - there == set()
