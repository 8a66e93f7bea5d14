"""What is due about referrals: to read, decide or look at; news, drafts and consultations; the directory."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from pairs.access.batch_query import Query, parse_date, parse_datetime, parse_uuid
from pairs.access.scope import Scope
from pairs.families.due import (
    CLINICAL,
    DATA_QUALITY,
    SAFETY,
    DueItem,
    DueQuery,
    always_due,
    build_due_item,
    in_families,
)
from pairs.jobs.notifications import EmailTopic
from pairs.web.url_cache import reverse_cached
from referrals.bank_holidays import ENGLAND
from referrals.draft import list_unsent_drafts
from referrals.models import (
    Consultation,
    Destination,
    MatchAnswer,
    Referral,
    SentEmail,
)
from referrals.open_differences import build_open_differences_q, build_unsafe_difference_exists
from referrals.rules.choices import ConsultationStatus, ReferralState
from referrals.rules.directory import needs_checking
from referrals.rules.failed_emails import FAILED_EMAIL_PERMISSIONS
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
    if scope.may("triage_referrals", "write_records"):
        asked.append(_build_follow_up_query(scope, on, families))
    if scope.may("register_people"):
        asked.append(_build_differences_query(scope, families))
    if scope.may(*FAILED_EMAIL_PERMISSIONS):
        asked.append(_build_failed_emails_query(scope, families))
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
    fields = {"id": "id", "at": "received_at", "by": "read_by_time", "site": "site_id", "who": "reference"}
    fields |= {"reader": "site__first_reader__reader_id"}

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        at, now = parse_datetime(row["at"]), timezone.now()
        by = parse_datetime(row["by"]) or get_reading_deadline(at, ENGLAND)
        yield build_due_item(
            row,
            code="unread_referral",
            kind=SAFETY,
            title="Read this new referral",
            page="decide-referral",
            due_on=timezone.localdate(by),
            owner_id=parse_uuid(row["reader"]) if now < get_deputy_notice_time(at, ENGLAND) else None,
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
        "who": "referral__reference",
    }
    title = "Check for an existing record"
    return Query(rows, fields, always_due(code="match_check", kind=CLINICAL, title=title, page="match-check"))


def _build_differences_query(scope: Scope, families: list[UUID] | None) -> Query:
    """An accepted referral says something else than a record that was held: somebody chooses. Safety comes first."""
    rows = Referral.objects.visible_to(scope).filter(
        in_families(families), status=ReferralState.ACCEPTED, family__isnull=False
    )
    fields: dict[str, Any] = {
        "id": "id",
        "at": "decided_at",
        "family": "family_id",
        "site": "family__site_id",
    }
    fields |= {"who": "reference", "unsafe": build_unsafe_difference_exists()}
    fields |= {"lead": "lead_id", "leads": "episode__lead_id"}

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        yield build_due_item(
            row,
            code="referral_differs",
            kind=SAFETY if row["unsafe"] else CLINICAL,
            title="Choose which details to keep: the referral differs from the record",
            page="settle-differences",
            owner_id=parse_uuid(row["leads"] or row["lead"]),
            why="Safe contact is one of the differences." if row["unsafe"] else "",
        )

    return Query(rows.filter(build_open_differences_q()), fields, to_due_item)


def _build_awaiting_query(scope: Scope, families: list[UUID] | None) -> Query:
    rows = Referral.objects.triaged_by(scope).exclude(first_read_at=None, status=ReferralState.RECEIVED)
    rows = rows.filter(in_families(families))
    fields = {"id": "id", "at": "received_at", "site": "site_id", "who": "reference"}
    waiting = {"code": "awaiting_triage", "kind": CLINICAL, "title": "Decide this referral"}
    return Query(rows, fields, always_due(**waiting, page="decide-referral"))


def _build_news_query(scope: Scope, families: list[UUID] | None) -> Query:
    """Something was added to a referral that somebody has looked at already."""
    rows = Referral.objects.triaged_by(scope).filter(in_families(families)).with_news()
    fields = {"id": "id", "at": "news_at", "site": "site_id", "who": "reference"}
    news = {"code": "referral_news", "kind": CLINICAL, "title": "Read new information on this referral"}
    return Query(rows.filter(news_at__isnull=False), fields, always_due(**news, page="referral"))


def _build_failed_emails_query(scope: Scope, families: list[UUID] | None) -> Query:
    """E-mails that did not arrive: whoever sent one is asked, while they work here. The address is not shown.

    Of notices to colleagues, which name no family, where all is asked for and not some families.
    """
    rows = SentEmail.objects.visible_to(scope).failed().filter(in_families(families, "referral__family"))
    rows = rows.filter(Q(referral=None) | Q(referral__site__in=scope.sites(*FAILED_EMAIL_PERMISSIONS)))
    fields: dict[str, Any] = {"id": "id", "at": "created_at", "again": "sent_again_at"}
    fields |= {"topic": "topic", "to": "recipient"}
    fields |= {"family": "referral__family_id", "who": "referral__reference"}
    fields |= {"site": Coalesce("referral__site_id", "sender_site_id")}
    fields |= {"sender": "sent_by_id", "works_here": "sent_by__is_active", "referral": "referral_id"}

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        yield build_due_item(
            row,
            code="email_not_delivered",
            kind=CLINICAL,
            title=f"Tell {row['to'] or 'them'} another way, or send again: an e-mail did not arrive",
            page="failed-email",
            due_on=timezone.localdate(parse_datetime(row["again"] or row["at"])),
            owner_id=parse_uuid(row["sender"]) if row["works_here"] else None,
            why=dict(EmailTopic.choices)[row["topic"]],
            referral_id=parse_uuid(row["referral"]),
        )

    return Query(rows, fields, to_due_item)


def _build_unchecked_query(scope: Scope, on: date) -> Query:
    """Entries of the directory that nobody has made sure of for long."""
    rows = Destination.objects.visible_to(scope).offered()
    fields = {"id": "id", "who": "name", "checked": "checked_on"}

    def to_due_item(row: dict[str, str]) -> Iterator[DueItem]:
        checked = parse_date(row["checked"])
        if needs_checking(checked_on=checked, on=on, holds=settings.DIRECTORY_CHECK_HOLDS):
            yield build_due_item(
                row,
                code="destination_unchecked",
                kind=DATA_QUALITY,
                title="Check this signposting entry",
                page="destination",
                due_on=checked + settings.DIRECTORY_CHECK_HOLDS if checked else on,
            )

    return DueQuery(rows, fields, to_due_item, kind=DATA_QUALITY)


def _build_open_consultations_query(scope: Scope, on: date, families: list[UUID] | None) -> Query:
    """One that nobody has arranged; and one whose day has come, to be written down by whoever held it."""
    rows = Consultation.objects.visible_to(scope).open().filter(site__in=scope.sites("triage_referrals"))
    fields = {"id": "id", "at": "asked_at", "site": "site_id", "who": "reference", "status": "status"}
    fields |= {"when": "arranged_for", "owner": "clinician_id", "family": "family_id"}

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        waits = row["status"] == ConsultationStatus.ASKED
        due_on = timezone.localdate(parse_datetime(row["at"] if waits else row["when"]))
        if due_on <= on:
            yield build_due_item(
                row,
                code="consultation_waits" if waits else "consultation_to_write",
                kind=CLINICAL,
                title="Book this consultation" if waits else "Record this consultation",
                page="consultation",
                due_on=due_on,
            )

    return Query(rows.filter(in_families(families)), fields, to_due_item)


def _build_follow_up_query(scope: Scope, on: date, families: list[UUID] | None) -> Query:
    """Held, and the day has come to ask what happened next."""
    rows = Consultation.objects.visible_to(scope).to_follow_up().filter(follow_up_on__lte=on)
    rows = rows.filter(in_families(families), site__in=scope.sites("triage_referrals", "write_records"))
    fields = {
        "id": "id",
        "site": "site_id",
        "who": "reference",
        "owner": "clinician_id",
        "family": "family_id",
    }
    fields |= {"when": "follow_up_on"}

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        yield build_due_item(
            row,
            code="consultation_follow_up",
            kind=CLINICAL,
            title="Ask what happened after this consultation",
            page="consultation",
            due_on=parse_date(row["when"]),
        )

    return Query(rows, fields, to_due_item)


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
                href=row["path"] or reverse_cached("refer"),
                due_on=begun + UNSENT_REMINDER_AFTER,
                owner_id=UUID(row["user"]),
                who=f"Started {begun:%-d %B}",
            )

    return Query(drafts, fields, to_due_item)
