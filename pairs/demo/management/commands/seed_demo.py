"""Fill an empty database with a made-up service, for demonstration. Run as the database's owner."""

import gc
import time
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pairs.demo.generator import SeedPlan
from pairs.demo.people import MAX_FAMILIES
from pairs.demo.seeding import seed_demo as fill
from pairs.families.models import Family
from pairs.service.models import User


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # they load every page of the product; the programs make them as they start

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--families", type=int, default=600)
        parser.add_argument("--months", type=int, default=30)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--until", type=date.fromisoformat, help="YYYY-MM-DD; today unless given")

    def handle(self, *, families, months, seed: int, until, verbosity, **options):
        _validate_options(families, months)
        plan = SeedPlan(families, months, seed, until or timezone.localdate())
        began = time.monotonic()
        with _reduce_collections():
            written = fill(plan, self.stdout.write if verbosity else lambda line: None)
        if verbosity:
            for label, count in written.items():
                self.stdout.write(f"  {count:>9,} {label}")
            self.stdout.write(f"Seeded in {time.monotonic() - began:.1f} s.")


@contextmanager
def _reduce_collections():
    """Millions of rows are made and none refers to itself: looking for those that do took an eighth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _validate_options(families: int, months: int) -> None:
    if not settings.DEMO:
        raise CommandError("Demo data is for demo mode only (PAIRS_DEMO=1).")
    if not (1 <= families <= MAX_FAMILIES and months >= 1):
        raise CommandError(f"Between 1 and {MAX_FAMILIES} families, over at least one month.")
    if Family.objects.exists() or User.objects.filter(username="hub").exists():
        raise CommandError(
            "There are families or demo accounts here already. Demo data needs an empty database."
        )
