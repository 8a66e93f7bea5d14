"""manage.py import_deprivation FILE: load the official English Indices of Deprivation (File 7)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pairs.geography.csv_reader import ImportRefused
from pairs.geography.importer import import_deprivation
from pairs.geography.report import format_report_lines


class Command(BaseCommand):
    help = (
        "Load File 7 of the English Indices of Deprivation (2025 or 2019) as published: "
        "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv. Run it with DATABASE_URL = the owner."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--release", type=int, choices=(2019, 2025), help="refuse a file of another release"
        )
        parser.add_argument(
            "--partial", action="store_true", help="accept far fewer rows than are loaded now"
        )
        parser.add_argument(
            "--again", action="store_true", help="load even if this very file is loaded already"
        )

        parser.add_argument("--check", action="store_true", help="say what would change, and change nothing")

    def handle(
        self,
        *args: Any,
        file: Path,
        release: int | None,
        partial: bool,
        again: bool,
        check: bool,
        **options: Any,
    ) -> None:
        try:
            outcome = import_deprivation(
                path=file, release=release, partial=partial, again=again, say=self.stdout.write, check=check
            )
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if check:
            self.stdout.write("Only checked: nothing has changed.")
        for line in format_report_lines(outcome):
            self.stdout.write(line)
