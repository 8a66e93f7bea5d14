"""Writes locale/django.pot: what a translator starts from."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pairs.web.translation_catalogue import build_catalogue


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.LOCALE_PATHS[0] / "django.pot"
        path.parent.mkdir(exist_ok=True)
        path.write_text(build_catalogue())
        self.stdout.write(f"{path.name}: {path.read_text().count('msgid') - 1} texts")
