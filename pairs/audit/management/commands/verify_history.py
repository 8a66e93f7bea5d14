"""Check that history and access log are as they were signed, and each record as its history says; name what is not."""

from datetime import UTC
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from pairs.audit.live_rows import describe_changed_rows
from pairs.audit.models import Destruction
from pairs.audit.signing import KeyMissing
from pairs.audit.verification import list_problems


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mailed",
            default="",
            metavar="SIGNATURE",
            help="A signature from an e-mail: is it still in the chain?",
        )

    def handle(self, *, mailed: str, **options: Any) -> None:
        """Exit code 1 where anything is not as it was signed, or a record not as its history says."""
        try:
            problems = list_problems(mailed=mailed.strip(), today=timezone.now().astimezone(UTC).date())
        except KeyMissing as error:
            raise CommandError(str(error)) from error
        problems += describe_changed_rows()
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(
            "History and access log are as they were signed, and every record is what its history says last."
        )
        for entry in Destruction.objects.order_by("at", "id"):
            self.stdout.write(f"Destroyed by decision on {entry.at:%d %B %Y}: {entry.reference}.")
