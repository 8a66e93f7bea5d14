"""manage.py setup_service: bring a new, empty service to its first sign-in, and say what is still to do."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email, validate_slug
from django.db import transaction

from pairs.geography.csv_reader import ImportRefused
from pairs.geography.official_files import import_file, list_official_files
from pairs.geography.report import format_report_lines
from pairs.service.actions import create_sites_and_roles
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused
from pairs.service.roles import Role
from pairs.web.absolute_urls import build_absolute_url
from reporting.dashboards.accounts.actions import build_password_link, create_account
from reporting.dashboards.service_settings.readiness import list_steps


class Command(BaseCommand):
    help = (
        "Create the first administrator, load the official files of the folder OFFICIAL_FILES, and list what is still "
        "to do. Run it with DATABASE_URL = the owner, as often as you like: what is there stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="the first administrator's name")
        parser.add_argument("--username", help="the first administrator's username")
        parser.add_argument("--email", help="the first administrator's work e-mail address")
        parser.add_argument("--skip-files", action="store_true", help="load no official file now")
        parser.add_argument("--check", action="store_true", help="only list what is done and what is to do")

    def handle(
        self,
        *args: Any,
        name: str | None,
        username: str | None,
        email: str | None,
        skip_files: bool,
        check: bool,
        **options: Any,
    ) -> None:
        if not check:
            self._set_up(name, username, email, skip_files)
        self._list_steps()

    def _set_up(self, name: str | None, username: str | None, email: str | None, skip_files: bool) -> None:
        create_sites_and_roles()
        self.stdout.write(f"{settings.SERVICE_NAME}: {Site.objects.count()} sites.")
        if administrators := list(User.objects.with_permission("manage_accounts")):
            self.stdout.write(f"Administrator: {', '.join(map(str, administrators))}. No other is created.")
        else:
            self._create_administrator(name, username, email)
        if not skip_files:
            self._load_files()

    def _create_administrator(self, name: str | None, username: str | None, email: str | None) -> None:
        name = self._ask("Name of the first administrator", name)
        username = self._ask("Username (letters, digits, hyphens)", username).lower()
        email = self._ask("Work e-mail address", email)
        try:
            validate_slug(username)
            validate_email(email)
            with transaction.atomic():
                user = create_account(
                    username=username,
                    display_name=name,
                    email=email,
                    role=Role.ADMINISTRATOR,
                    site=Site.objects.hub(),
                    by=None,
                )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except ActionRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{user} is the first administrator. Choose a password at this address, which works once, for three days:"
        )
        self.stdout.write(build_password_link(user))

    def _ask(self, question: str, given: str | None) -> str:
        try:
            answer = given or input(f"{question}: ").strip()
        except EOFError:
            answer = ""
        if not answer:
            raise CommandError(f"{question}: this is needed.")
        return answer

    def _load_files(self) -> None:
        if not (files := [each for each in list_official_files() if each.kind]):
            self.stdout.write(
                "No official file in the folder OFFICIAL_FILES: load them later, from the page."
            )
        for found in files:
            self.stdout.write(f"{found.name}: {found.kind_name}")
            try:
                outcome = import_file(
                    kind=found.kind, file_name=found.name, partial=False, check=False, say=self.stdout.write
                )
            except ImportRefused as refusal:
                self.stderr.write(str(refusal))
                continue
            for line in format_report_lines(outcome):
                self.stdout.write(line)

    def _list_steps(self) -> None:
        self.stdout.write("")
        for step in list_steps():
            where = f" {build_absolute_url(step.address)}" if step.address and not step.is_done else ""
            optional = " (optional)" if step.is_optional else ""
            self.stdout.write(f"[{'x' if step.is_done else ' '}] {step.name}{optional}: {step.text}{where}")
