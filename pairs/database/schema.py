"""Tables of an empty database, made from the models in one go and recorded as migrated.

Migrating from nothing replays every change the tables ever had. A test checks that both ways agree
(tests/project/test_schema_comparison.py).
"""

from django.apps import apps
from django.contrib.postgres.operations import CreateExtension
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from pairs.database.history import make_history_models
from pairs.database.initial_migration import DatabaseSQL, InitialMigration


def is_database_empty() -> bool:
    """Whether the database has no table or view in the schemas we see."""
    with connection.cursor() as cursor:
        return not connection.introspection.get_table_list(cursor)


def create_schema() -> None:
    """Create everything that `migrate` would and record its migrations as applied.

    Other people's apps, and ours that they refer to, are migrated; the rest is one transaction. Stopped half-way,
    `migrate` completes it. Raises django.db.Error where the database refuses.
    """
    make_history_models()
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    first = _find_dependency_apps(executor, plan)
    executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] in first])
    rest = [migration for migration in plan if migration.app_label not in first]
    with transaction.atomic():
        _execute_statements(_build_schema_sql(rest))
        _record_migrations(executor.recorder, rest)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias, apps=apps, plan=[])


def _find_dependency_apps(executor, plan) -> set[str]:
    """Labels of the apps that are not ours, and of ours that their migrations depend on."""
    ours = {migration.app_label for migration in plan if isinstance(migration, InitialMigration)}
    others = [key for key in executor.loader.graph.leaf_nodes() if key[0] not in ours]
    return {migration.app_label for migration, _ in executor.migration_plan(others)}


def _build_schema_sql(migrations) -> list[str]:
    labels = {migration.app_label for migration in migrations}
    models = [model for model in apps.get_models() if model._meta.app_label in labels]
    with connection.schema_editor(collect_sql=True) as editor:
        _run_operations(editor, migrations, CreateExtension)
        for model in models:
            _create_table(editor, model)
    with connection.schema_editor(collect_sql=True) as beyond_models:
        _run_operations(beyond_models, migrations, DatabaseSQL)
    return editor.collected_sql + beyond_models.collected_sql


def _run_operations(editor, migrations, kind):
    for migration in migrations:
        for operation in migration.operations:
            if isinstance(operation, kind):
                operation.database_forwards(migration.app_label, editor, None, None)


def _create_table(editor, model):
    """A proxy has no table of its own, but may have triggers."""
    if model._meta.can_migrate(connection):
        editor.create_model(model)
    elif model._meta.proxy:
        for trigger in getattr(model._meta, "triggers", []):
            editor.execute(trigger.compile(model).install_sql, params=None)


def _execute_statements(statements):
    """One message for all of them; without parameters, so that psycopg sends them as they are."""
    with connection.cursor() as cursor:
        cursor.execute("\n".join(statements))


def _record_migrations(recorder, migrations):
    recorder.migration_qs.bulk_create(
        recorder.Migration(app=migration.app_label, name=migration.name) for migration in migrations
    )
