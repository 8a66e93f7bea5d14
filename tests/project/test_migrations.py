"""Migrations: none missing, one linear history in every app, every trigger of the models in the database."""

import io
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres.operations import CreateExtension
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations import CreateModel
from django.db.migrations.loader import MigrationLoader
from pgtrigger.migrations import AddTrigger

from pairs.database.initial_migration import DatabaseSQL, InitialMigration
from pairs.service.management.commands.remake_initial_migration import (
    build_initial_migration,
    format_migration,
)
from tests.project.test_models import APP_LABELS, list_our_models

CREATING_OPERATIONS = (CreateModel, AddTrigger, CreateExtension, DatabaseSQL)


def load_our_migrations():
    """(app, name) → each of our migrations, as files, whatever a database has."""
    disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return {key: migration for key, migration in disk.items() if key[0] in APP_LABELS}


def test_no_migration_is_missing(db):
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_every_app_has_one_linear_migration_history():
    assert MigrationLoader(None, ignore_no_migrations=True).detect_conflicts() == {}
    for (app, name), migration in load_our_migrations().items():
        before = [each for each in migration.dependencies if each[0] == app]
        assert len(before) <= 1, f"{app}.{name} follows two"


def test_an_initial_migration_can_be_written_anew_from_the_models():
    """`manage.py remake_initial_migration`, for the smallest app that has tables, history and triggers."""
    label = "workforce"
    path = Path(apps.get_app_config(label).path, "migrations", "0001_initial.py")
    made = build_initial_migration(label, MigrationLoader(None, ignore_no_migrations=True))
    assert format_migration(made) == path.read_text()


def test_sql_written_by_hand_is_not_lost_when_a_migration_is_written_anew():
    with pytest.raises(CommandError, match="written by hand"):
        call_command("remake_initial_migration", "matching")


def test_every_app_begins_with_one_initial_migration():
    """One, from which all its tables come; what follows changes them."""
    begins = {
        app: migration
        for (app, name), migration in load_our_migrations().items()
        if not any(each[0] == app for each in migration.dependencies)
    }
    assert {app for app, _ in load_our_migrations()} == set(begins)
    for app, migration in begins.items():
        assert migration.name == "0001_initial", f"{app} begins with {migration.name} as well"
        assert isinstance(migration, InitialMigration), (
            f"{app}'s first migration is slow: see InitialMigration"
        )
        assert migration.replaces == [], app


def test_an_initial_migration_only_creates():
    """It renders none but the new models, so it must alter none."""
    for (app, name), migration in load_our_migrations().items():
        if isinstance(migration, InitialMigration):
            others = {
                type(each).__name__
                for each in migration.operations
                if not isinstance(each, CREATING_OPERATIONS)
            }
            assert others == set(), f"{app}.{name}"


def test_every_trigger_of_the_models_is_in_the_database(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        there = {name for (name,) in cursor.fetchall()}
    wanted = {
        trigger.get_pgid(model)
        for model in list_our_models()
        for trigger in getattr(model._meta, "triggers", [])
    }
    assert wanted - there == set()
