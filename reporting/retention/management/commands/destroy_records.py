"""Destroy the records whose destruction two people have decided. As the database's owner, when it is quiet.

Each is one transaction; meanwhile nobody can save to the tables that it deletes from. Nothing is destroyed that no
decision names: without one the command does nothing.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, connection

from pairs.audit.signing import KeyMissing
from pairs.service.refusals import ActionRefused
from reporting.retention.destruction import destroy_record
from reporting.retention.models import RetentionDecision


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="Count them, and destroy none.")

    def handle(self, **options: Any) -> None:
        """Exit code 1 where a record could not be destroyed; the others are."""
        decisions = list(RetentionDecision.objects.valid().confirmed())
        if options["list"]:
            self.stdout.write(f"Records to be destroyed: {len(decisions)}.")
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('lock_timeout', %s, false)", [f"{settings.MIGRATION_LOCK_SECONDS}s"]
            )
        failures = [each for decision in decisions if (each := self._destroy(decision))]
        if failures:
            raise CommandError("\n".join(failures))
        if not decisions:
            self.stdout.write("No record is to be destroyed.")

    def _destroy(self, decision: RetentionDecision) -> str:
        """Why it could not be done; "" where it was."""
        try:
            stub = destroy_record(decision)
        except (ActionRefused, KeyMissing, Error) as error:
            return f"Decision {decision.pk}: {error}"
        self.stdout.write(f"Destroyed: {stub.reference}, {sum(stub.rows.values())} rows.")
        return ""
