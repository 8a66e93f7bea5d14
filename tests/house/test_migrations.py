"""Migrations: none missing, one line in every room, and every trigger of the models in the database."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.house.test_models import LABELS, our_models

# Room → the last migration that its fold replaces, where other rooms depend on the fold.
LAST_FOLDED = {
    "episodes": "0007_catalogue_facts",
    "families": "0009_escalated_alerts_and_court_orders",
    "jobs": "0002_emails_that_stop",
}


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


def test_a_fold_takes_in_no_more_once_others_stand_on_it():
    """A database that has the shorter fold would have what stands on it before what the fold then lacks."""
    disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    standing = {
        wanted for each in disk.values() for wanted in each.dependencies if wanted[0] != each.app_label
    }
    last = {key[0]: each.replaces[-1][1] for key, each in disk.items() if each.replaces and key in standing}
    assert last == LAST_FOLDED


def test_every_trigger_of_the_models_is_in_the_database(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        there = {name for (name,) in cursor.fetchall()}
    wanted = {
        trigger.get_pgid(model) for model in our_models() for trigger in getattr(model._meta, "triggers", [])
    }
    assert wanted - there == set()
