"""Compile every page's template into the cache that web processes read (settings.COMPILED_TEMPLATES)."""

from typing import Any

from django.core.management.base import BaseCommand

from pairs.web.preload import load_templates


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{load_templates()} templates are compiled.")
