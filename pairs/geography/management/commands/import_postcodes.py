"""manage.py import_postcodes FILE: load the ONS postcode directory (ONSPD or NSPL)."""

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pairs.geography.csv_reader import ImportRefused
from pairs.geography.importer import NEARBY_AREAS, import_postcodes
from pairs.geography.report import format_report_lines


def _parse_areas(text: str) -> tuple[str, ...]:
    areas = tuple(area.strip().upper() for area in text.split(",") if area.strip())
    if not areas or any(not (area.isascii() and area.isalpha() and len(area) <= 2) for area in areas):
        raise ArgumentTypeError("areas are one or two letters each, with commas between: FY,PR,L")
    return areas


class Command(BaseCommand):
    help = (
        "Load the ONS Postcode Directory or National Statistics Postcode Lookup (the one CSV with every postcode). "
        "Run it with DATABASE_URL = the owner. Northern Ireland's postcodes are left out: they need another licence."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--areas",
            type=_parse_areas,
            default=NEARBY_AREAS,
            help=f"postcode areas to keep (default {','.join(NEARBY_AREAS)})",
        )
        which.add_argument("--all", action="store_true", help="keep every postcode of Great Britain")
        parser.add_argument(
            "--partial", action="store_true", help="accept far fewer rows than are loaded now"
        )
        parser.add_argument(
            "--again", action="store_true", help="load even if this very file is loaded already"
        )

        parser.add_argument("--check", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, file: Path, partial: bool, again: bool, check: bool, **options: Any) -> None:
        areas = None if options["all"] else options["areas"]
        try:
            outcome = import_postcodes(
                path=file, areas=areas, partial=partial, again=again, say=self.stdout.write, check=check
            )
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if check:
            self.stdout.write("Only checked: nothing has changed.")
        for line in format_report_lines(outcome):
            self.stdout.write(line)
