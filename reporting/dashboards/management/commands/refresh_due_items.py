"""Work out ahead what is due for families, as the worker does each minute: after a bulk load, or to see it done."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from reporting.dashboards.due_refresh import refresh_due_items


class Command(BaseCommand):
    help = __doc__

    def handle(self, *, verbosity, **options):
        families = refresh_due_items(timezone.localdate())
        if verbosity:
            self.stdout.write(f"Families worked out: {families:,}.")
