"""Write the one initial migration of an app again, from its models: until the first release there is no second."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.core.management.commands import makemigrations
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterUniqueTogether,
    CreateModel,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter
from pgtrigger.migrations import AddTrigger

from pairs.database.initial_migration import DatabaseSQL, InitialMigration

DJANGOS_CLASS = "class Migration(migrations.Migration):\n\n    initial = True\n\n"
OUR_CLASS = f"class Migration({InitialMigration.__name__}):\n"
OUR_IMPORT = f"from {InitialMigration.__module__} import {InitialMigration.__name__}"


class Command(BaseCommand):
    """`manage.py remake_initial_migration families diary`"""

    help = "Writes the initial migration of these apps again, after their models have changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Labels of apps."""
        parser.add_argument("labels", nargs="+", metavar="app")

    def handle(self, *args: Any, labels: list[str], **options: Any) -> None:
        """One app after the other, so that the second knows what the first has become.

        Raises CommandError for an app whose migration holds SQL written by hand.
        """
        for label in labels:
            path = write_initial_migration(label)
            self.stdout.write(f"{path}\n")


def write_initial_migration(label: str) -> Path:
    """The file that was written."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    refuse_hand_written_sql(label, loader)
    migration = build_initial_migration(label, loader)
    path = Path(apps.get_app_config(label).path, "migrations", "0001_initial.py")
    path.write_text(format_migration(migration))
    return path


def refuse_hand_written_sql(label: str, loader: MigrationLoader) -> None:
    """What no model declares would be lost."""
    present = loader.disk_migrations.get((label, "0001_initial"))
    if present and any(isinstance(each, DatabaseSQL) for each in present.operations):
        raise CommandError(
            f"{label}: its migration holds SQL written by hand. Change the file by hand as well."
        )


def build_initial_migration(label: str, loader: MigrationLoader) -> Migration:
    """All that the models of one app ask for, beside the other apps as their migrations leave them."""
    before = loader.project_state()
    for key in [key for key in before.models if key[0] == label]:
        del before.models[key]
    detector = makemigrations.Command.autodetector(
        before, ProjectState.from_apps(apps)
    )  # pgtrigger's, with triggers
    steps = detector.changes(loader.graph, trim_to_apps={label}, convert_apps={label})[label]
    migration = steps[0]
    migration.name = "0001_initial"
    migration.operations = fold_into_tables(each for step in steps for each in step.operations)
    migration.dependencies = sorted(
        {each for step in steps for each in step.dependencies if each[0] != label}
    )
    return migration


def fold_into_tables(operations: Iterable[Operation]) -> list[Operation]:
    """Each table with all that belongs to it, in one operation; what belongs to another app's table after them."""
    tables: dict[str, CreateModel] = {}
    others = []
    for each in operations:
        if isinstance(each, CreateModel):
            tables[each.name_lower] = each
        elif not fold(each, tables):
            others.append(each)
    return [*tables.values(), *others]


def fold(operation: Any, tables: dict[str, CreateModel]) -> bool:
    """Whether it became part of its table."""
    owner = getattr(operation, "model_name_lower", None) or getattr(operation, "name_lower", "")
    table = tables.get(owner)
    if table is None or table.options.get(
        "proxy"
    ):  # a proxy's trigger is made only by an operation of its own
        return False
    match operation:
        case AddField():
            table.fields.append((operation.name, operation.field))
        case AddIndex():
            table.options.setdefault("indexes", []).append(operation.index)
        case AddConstraint():
            table.options.setdefault("constraints", []).append(operation.constraint)
        case AddTrigger():
            table.options.setdefault("triggers", []).append(operation.trigger)
        case AlterUniqueTogether():
            table.options["unique_together"] = operation.unique_together
        case _:
            return False
    return True


def format_migration(migration: Migration) -> str:
    """Its source, of our class of a first migration."""
    text = MigrationWriter(migration, include_header=False).as_string()
    imports, _, body = text.partition(DJANGOS_CLASS)
    return f"{sort_imports([*imports.splitlines(), OUR_IMPORT])}\n\n\n{OUR_CLASS}{body}"


def sort_imports(lines: list[str]) -> str:
    """Python's own, then packages, then ours, as script/lint wants them: Django's writer sorts by name alone."""
    our_packages = {each.name for each in Path(apps.get_app_config("service").path).parents[1].iterdir()}
    groups: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for line in filter(None, lines):
        package = line.split()[1].split(".")[0]
        group = 0 if package in sys.stdlib_module_names else 2 if package in our_packages else 1
        groups[group].append(line)
    return "\n\n".join("\n".join(group) for group in groups.values() if group)
