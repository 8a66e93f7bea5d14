"""Migrations: none missing, one linear history in every app, every trigger of the models in the database."""

import io
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.contrib.postgres.operations import AddIndexConcurrently, CreateExtension
from django.core.management import CommandError, call_command
from django.db import connection, migrations, models, transaction
from django.db.migrations import CreateModel
from django.db.migrations.loader import MigrationLoader
from pgtrigger.migrations import AddTrigger

from pairs.database.initial_migration import DatabaseSQL, InitialMigration
from pairs.service.management.commands import prepare_database
from pairs.service.management.commands.remake_initial_migration import (
    build_initial_migration,
    format_migration,
)
from tests.project.migration_rules import list_unsafe_operations
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


def test_no_later_migration_stops_a_running_service():
    for key, migration in load_our_migrations().items():
        if not isinstance(migration, InitialMigration):
            assert list_unsafe_operations(migration) == [], key


INDEX = models.Index(fields=["name"], name="by_name")
CHECK = models.CheckConstraint(condition=models.Q(name__gt=""), name="named")
TEXT = models.CharField(max_length=10)


@pytest.mark.parametrize(
    ("operation", "objection"),
    [
        (migrations.AddIndex("site", INDEX), "AddIndexConcurrently"),
        (AddIndexConcurrently("site", INDEX), "atomic = False"),
        (migrations.AddConstraint("site", CHECK), "AddConstraintNotValid"),
        (migrations.AddField("site", "town", TEXT), "db_default"),
        (migrations.AlterField("site", "name", TEXT), "a new field"),
        (migrations.RenameField("site", "name", "title"), "a new field"),
        (migrations.RemoveField("site", "name"), "the release after"),
        (migrations.DeleteModel("site"), "the release after"),
        (migrations.AddField("site", "town", models.CharField(max_length=10, null=True)), None),
        (migrations.AddField("site", "town", models.CharField(max_length=10, db_default="")), None),
        (migrations.AlterModelOptions("site", {}), None),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, migrations.operations.base.Operation) else "",
)
def test_what_would_stop_a_running_service_is_named(operation, objection):
    migration = migrations.Migration("0002_later", "service")
    migration.operations = [operation]
    found = list_unsafe_operations(migration)
    assert len(found) == (objection is not None)
    assert all(objection in each for each in found)
    migration.safe_because = {0: "the table is empty everywhere"}
    assert list_unsafe_operations(migration) == []


def test_what_a_new_table_gets_at_once_is_safe():
    migration = migrations.Migration("0002_later", "service")
    migration.operations = [CreateModel("Place", [("name", TEXT)]), migrations.AddIndex("place", INDEX)]
    assert list_unsafe_operations(migration) == []


def test_a_change_that_would_wait_for_a_table_gives_up(db, monkeypatch, settings):
    settings.MIGRATION_LOCK_SECONDS = 0.2

    def alter_table(*arguments, **options):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE django_content_type ADD COLUMN tried text")

    monkeypatch.setattr(prepare_database, "call_command", alter_table)
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as somebody:
        somebody.execute("LOCK TABLE django_content_type IN ACCESS SHARE MODE")
        with pytest.raises(CommandError, match="A table was in use for more than"):
            prepare_database.migrate_running_service(verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
        cursor.execute("SELECT count(*) FROM information_schema.columns WHERE column_name = 'tried'")
        assert cursor.fetchone() == (0,)
