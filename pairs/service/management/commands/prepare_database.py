"""Bring a database up to date, as its owner: tables, reference data, and the application role's rights.

An empty database gets its tables from the models in one go; any other is migrated while the service runs: a change
that would wait for a table longer than MIGRATION_LOCK_SECONDS gives up, since everybody else would wait behind it.
"""

from django.conf import settings
from django.core.management import CommandParser, call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction
from psycopg import sql
from psycopg.errors import LockNotAvailable

from pairs.database.append_only import list_append_only_tables, list_history_tables, secure_triggers
from pairs.database.schema import create_schema, is_database_empty
from pairs.service.actions import create_sites_and_roles
from pairs.service.hooks import list_hooks


class Command(BaseCommand):
    help = __doc__

    # They load every address and form, none of which matters here; the programs check them as they start.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--by-migrations",
            action="store_true",
            help="Migrate an empty database as well, one step after the other; it ends alike.",
        )

    def handle(self, *, verbosity, by_migrations, **options):
        if is_database_empty() and not by_migrations:
            create_schema()
        else:
            migrate_running_service(verbosity)
        call_command("createcachetable", verbosity=0)
        create_sites_and_roles()
        run_app_steps("reference_data", "load_reference_data")
        run_app_steps("triggers", "install_triggers")
        secure_triggers()
        grant_to_application(settings.APPLICATION_ROLE)
        if verbosity:
            self.stdout.write("The database is ready.")


def migrate_running_service(verbosity: int) -> None:
    """Django's migrate, which never stands in the way of somebody saving a note for long.

    Raises CommandError where a table was not to be had; the migrations before that one are applied and stay so.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lock_timeout', %s, false)", [f"{settings.MIGRATION_LOCK_SECONDS}s"]
        )
    try:
        call_command("migrate", interactive=False, verbosity=verbosity)
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        raise CommandError(
            f"A table was in use for more than {settings.MIGRATION_LOCK_SECONDS} seconds, so this change has not been "
            "made and no page had to wait for it. Run prepare_database again when it is quieter."
        ) from error
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


def run_app_steps(module: str, name: str) -> None:
    """What apps add of their own: rows of lists that the service then keeps itself, or triggers on other tables."""
    for step in list_hooks(module, name):
        with transaction.atomic():
            step()


@transaction.atomic
def grant_to_application(role: str) -> None:
    """Let the application role use the tables and own none, change nothing that only grows, and write no history."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            raise CommandError(
                f"The role {role} does not exist. As an administrator: CREATE ROLE {role} LOGIN PASSWORD '…';"
            )
        name = sql.Identifier(role)
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
            "REVOKE TRUNCATE, REFERENCES, TRIGGER ON ALL TABLES IN SCHEMA public FROM {}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}",
        ):
            cursor.execute(sql.SQL(statement).format(name))
        for table in sorted(list_append_only_tables()):
            revoke = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}")
            cursor.execute(revoke.format(sql.Identifier(table), name))
        for table in sorted(list_history_tables()):
            revoke = sql.SQL("REVOKE INSERT ON {} FROM {}")
            cursor.execute(revoke.format(sql.Identifier(table), name))
