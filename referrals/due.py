"""What is due about referrals: to read, decide or look at; news, drafts and consultations; the directory."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from pairs.access.batch_query import Query, parse_date, parse_datetime, parse_uuid
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DATA_QUALITY, SAFETY, DueItem, in_families
from referrals.bank_holidays import ENGLAND
from referrals.draft import list_unsent_drafts
from referrals.models import Consultation, Destination, MatchAnswer, Referral
from referrals.rules.choices import ConsultationStatus, ReferralState
from referrals.rules.directory import needs_checking
from referrals.rules.reading_deadline import format_time_left, get_deputy_notice_time, get_reading_deadline
from referrals.rules.referrer_visibility import UNSENT_REMINDER_AFTER

DRAFT_PERMISSIONS = ("make_referrals", "triage_referrals")


def build_due_queries(scope: Scope, on: date, families: list[UUID] | None = None) -> list[Query]:
    """Due items of referrals: triage, checks, news, consultations, the directory, and own unsent drafts."""
    asked = []
    if scope.may("triage_referrals"):
        asked += [
            _build_unread_query(scope, families),
            _build_awaiting_query(scope, families),
            _build_news_query(scope, families),
            _build_open_consultations_query(scope, on, families),
        ]
    if scope.may("triage_referrals", "govern_records"):
        asked.append(_build_match_checks_query(scope, families))
    if families is None and scope.may("supervise"):
        asked.append(_build_unchecked_query(scope, on))
    if families is None and scope.may(*DRAFT_PERMISSIONS):
        asked.append(_build_unsent_query(scope, on))
    return asked


def _build_unread_query(scope: Scope, families: list[UUID] | None) -> Query:
    """Nobody has read it: the reader's from the start; everybody's when an hour of working time is left."""
    rows = Referral.objects.triaged_by(scope).unread().filter(in_families(families))
    fields = {
        "id": "id",
        "at": "received_at",
        "by": "read_by_time",
        "site": "site_id",
        "reference": "reference",
    }
    fields |= {"reader": "site__first_reader__reader_id"}

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        at, now = parse_datetime(row["at"]), timezone.now()
        by = parse_datetime(row["by"]) or get_reading_deadline(at, ENGLAND)
        yield DueItem(
            code="unread_referral",
            kind=SAFETY,
            title="Read this new referral",
            subject_id=UUID(row["id"]),
            href=reverse("decide-referral", args=[row["id"]]),
            due_on=timezone.localdate(by),
            site_id=UUID(row["site"]),
            owner_id=parse_uuid(row["reader"]) if now < get_deputy_notice_time(at, ENGLAND) else None,
            who=row["reference"],
            why=format_time_left(now, by, ENGLAND),
        )

    return Query(rows, fields, to_due_item)


def _build_match_checks_query(scope: Scope, families: list[UUID] | None) -> Query:
    """Match checks for those who may see the existing record."""
    rows = (
        MatchAnswer.objects.visible_to(scope)
        .waiting()
        .with_held()
        .filter(in_families(families, "held_family"))
    )
    fields = {
        "id": "id",
        "at": "at",
        "family": "held_family",
        "site": "site_id",
        "reference": "referral__reference",
    }

    def to_due_item(row: dict[str, str]) -> Iterator[DueItem]:
        yield DueItem(
            code="match_check",
            kind=CLINICAL,
            title="Look whether this is somebody we hold",
            subject_id=UUID(row["id"]),
            href=reverse("match-check", args=[row["id"]]),
            due_on=timezone.localdate(parse_datetime(row["at"])),
            family_id=UUID(row["family"]),
            site_id=UUID(row["site"]),
            who=row["reference"],
        )

    return Query(rows, fields, to_due_item)


def _build_awaiting_query(scope: Scope, families: list[UUID] | None) -> Query:
    rows = Referral.objects.triaged_by(scope).exclude(first_read_at=None, status=ReferralState.RECEIVED)
    rows = rows.filter(in_families(families))
    fields = {"id": "id", "at": "received_at", "site": "site_id", "reference": "reference"}

    def to_due_item(row: dict[str, str]) -> Iterator[DueItem]:
        yield DueItem(
            code="awaiting_triage",
            kind=CLINICAL,
            title="Decide this referral",
            subject_id=UUID(row["id"]),
            href=reverse("decide-referral", args=[row["id"]]),
            due_on=timezone.localdate(parse_datetime(row["at"])),
            site_id=UUID(row["site"]),
            who=row["reference"],
        )

    return Query(rows, fields, to_due_item)


def _build_news_query(scope: Scope, families: list[UUID] | None) -> Query:
    """Something was added to a referral that somebody has looked at already."""
    rows = Referral.objects.triaged_by(scope).filter(in_families(families)).with_news()
    fields = {"id": "id", "at": "news_at", "site": "site_id", "reference": "reference"}

    def to_due_item(row: dict[str, str]) -> Iterator[DueItem]:
        yield DueItem(
            code="referral_news",
            kind=CLINICAL,
            title="Read what was added to this referral",
            subject_id=UUID(row["id"]),
            href=reverse("referral", args=[row["id"]]),
            due_on=timezone.localdate(parse_datetime(row["at"])),
            site_id=UUID(row["site"]),
            who=row["reference"],
        )

    return Query(rows.filter(news_at__isnull=False), fields, to_due_item)


def _build_unchecked_query(scope: Scope, on: date) -> Query:
    """Entries of the directory that nobody has made sure of for long."""
    rows = Destination.objects.visible_to(scope).offered()
    fields = {"id": "id", "name": "name", "checked": "checked_on"}

    def to_due_item(row: dict[str, str]) -> Iterator[DueItem]:
        checked = parse_date(row["checked"])
        if needs_checking(checked_on=checked, on=on, holds=settings.DIRECTORY_CHECK_HOLDS):
            yield DueItem(
                code="destination_unchecked",
                kind=DATA_QUALITY,
                title="Check this entry of the signposting directory",
                subject_id=UUID(row["id"]),
                href=reverse("destination", args=[row["id"]]),
                due_on=checked + settings.DIRECTORY_CHECK_HOLDS if checked else on,
                who=row["name"],
            )

    return Query(rows, fields, to_due_item)


def _build_open_consultations_query(scope: Scope, on: date, families: list[UUID] | None) -> Query:
    """One that nobody has arranged; and one whose day has come, to be written down by whoever held it."""
    rows = Consultation.objects.visible_to(scope).open().filter(site__in=scope.sites("triage_referrals"))
    fields = {"id": "id", "at": "asked_at", "site": "site_id", "reference": "reference", "status": "status"}
    fields |= {"when": "arranged_for", "clinician": "clinician_id", "family": "family_id"}

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        waits = row["status"] == ConsultationStatus.ASKED
        due_on = timezone.localdate(parse_datetime(row["at"] if waits else row["when"]))
        if due_on <= on:
            yield DueItem(
                code="consultation_waits" if waits else "consultation_to_write",
                kind=CLINICAL,
                title="Arrange this consultation" if waits else "Write down what you thought together",
                subject_id=UUID(row["id"]),
                href=reverse("consultation", args=[row["id"]]),
                due_on=due_on,
                family_id=parse_uuid(row["family"]),
                site_id=UUID(row["site"]),
                owner_id=parse_uuid(row["clinician"]),
                who=row["reference"],
            )

    return Query(rows.filter(in_families(families)), fields, to_due_item)


def _build_unsent_query(scope: Scope, on: date) -> Query:
    drafts = list_unsent_drafts(scope)
    fields = {"id": "id", "path": "path", "begun": "created_at", "user": "user_id"}

    def to_due_item(row: dict[str, str]) -> Iterator[DueItem]:
        begun = timezone.localdate(parse_datetime(row["begun"]))
        if begun + UNSENT_REMINDER_AFTER <= on:
            yield DueItem(
                code="unsent_referral",
                kind=CLINICAL,
                title="Finish and send this referral",
                subject_id=UUID(row["id"]),
                href=row["path"] or reverse("refer"),
                due_on=begun + UNSENT_REMINDER_AFTER,
                owner_id=UUID(row["user"]),
                who=f"Begun {begun:%-d %B}",
            )

    return Query(drafts, fields, to_due_item)
