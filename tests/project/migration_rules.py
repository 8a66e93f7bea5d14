"""Which operations of a later migration would stop a running service, or break the release that still runs beside it.

PostgreSQL's own documentation of ALTER TABLE and CREATE INDEX says which of them rewrite a table or lock it while they
read it. The web processes of the release before run on until the new ones answer, so nothing that they read or write
may go or change its meaning in the same step.
"""

from django.contrib.postgres import operations as postgres
from django.db import migrations
from django.db.models import NOT_PROVIDED

INSTEAD = {
    migrations.AddIndex: "AddIndexConcurrently, in a migration with atomic = False",
    migrations.RemoveIndex: "RemoveIndexConcurrently, in a migration with atomic = False",
    migrations.AddConstraint: "AddConstraintNotValid, then ValidateConstraint in the next migration",
    migrations.AlterField: "a new field, filled and read before the old one goes",
    migrations.RenameField: "a new field, filled and read before the old one goes",
    migrations.RemoveField: "the release after the last one that uses it",
    migrations.RenameModel: "Meta.db_table with the name that it has",
    migrations.DeleteModel: "the release after the last one that uses it",
    migrations.AlterUniqueTogether: "a UniqueConstraint over an index made concurrently",
}
CONCURRENT = (postgres.AddIndexConcurrently, postgres.RemoveIndexConcurrently)


def list_unsafe_operations(migration: migrations.Migration) -> list[str]:
    """A sentence for each.

    ``migration.safe_because``: {position of an operation: reason} for what is safe all the same.
    What changes a table that the same migration creates is safe: nobody uses it yet.
    """
    new = {each.name_lower for each in migration.operations if isinstance(each, migrations.CreateModel)}
    excused = getattr(migration, "safe_because", {})
    found = []
    for position, operation in enumerate(migration.operations):
        if getattr(operation, "model_name_lower", None) in new or excused.get(position):
            continue
        found += [f"{operation.describe()}: {each}" for each in list_objections(migration, operation)]
    return found


def list_objections(
    migration: migrations.Migration, operation: migrations.operations.base.Operation
) -> list[str]:
    objections = [f"use {better}" for kind, better in INSTEAD.items() if type(operation) is kind]
    if isinstance(operation, CONCURRENT) and migration.atomic:
        objections.append("needs atomic = False")
    if type(operation) is migrations.AddField and not is_filled_by_database(operation.field):
        objections.append("the release that still runs does not fill it: give it null=True or a db_default")
    if isinstance(operation, migrations.RunPython) and len(migration.operations) > 1:
        objections.append("holds the tables of the other operations: a migration of its own")
    return objections


def is_filled_by_database(field) -> bool:
    """Does a row that is inserted without this column get in?"""
    return field.null or field.many_to_many or field.generated or field.db_default is not NOT_PROVIDED
