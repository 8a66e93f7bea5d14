"""What is due about referrals: to read, decide or look at; news, drafts and consultations; the directory."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from pairs.access.asking import Question, day, moment, some_id
from pairs.families.due import CLINICAL, DATA_QUALITY, SAFETY, DueItem, of_families
from referrals.bank_holidays import ENGLAND
from referrals.models import Consultation, Destination, MatchAnswer, Referral
from referrals.rules.directory import needs_checking
from referrals.rules.reading import deputy_at, read_by, time_left
from referrals.rules.told import UNSENT_AFTER
from referrals.writing import unsent

MAY_BEGIN = ("make_referrals", "triage_referrals")


def questions(scope, on, families=None) -> list[Question]:
    """Referrals awaiting a decision where the scope triages; and one's own unsent drafts, a day old."""
    asked = []
    if scope.may("triage_referrals"):
        asked += [
            _unread(scope, families),
            _awaiting(scope, families),
            _news(scope, families),
            _consultations(scope, on, families),
        ]
    if scope.may("triage_referrals", "govern_records"):
        asked.append(_checks(scope, families))
    if families is None and scope.may("supervise"):
        asked.append(_unchecked(scope, on))
    if families is None and scope.may(*MAY_BEGIN):
        asked.append(_unsent(scope, on))
    return asked


def _unread(scope, families):
    """Nobody has read it: the reader's from the start; everybody's when an hour of working time is left."""
    rows = Referral.objects.triaged_by(scope).unread().filter(of_families(families))
    fields = {
        "id": "id",
        "at": "received_at",
        "by": "read_by_time",
        "site": "site_id",
        "reference": "reference",
    }
    fields |= {"reader": "site__first_reader__reader_id"}

    def says(row):
        at, now = moment(row["at"]), timezone.now()
        by = moment(row["by"]) or read_by(at, ENGLAND)
        yield DueItem(
            code="unread_referral",
            kind=SAFETY,
            title="Read this new referral",
            subject_id=UUID(row["id"]),
            href=reverse("decide-referral", args=[row["id"]]),
            due_on=timezone.localdate(by),
            site_id=UUID(row["site"]),
            owner_id=some_id(row["reader"]) if now < deputy_at(at, ENGLAND) else None,
            who=row["reference"],
            why=time_left(now, by, ENGLAND),
        )

    return Question(rows, fields, says)


def _checks(scope, families):
    """Possible matches that wait for whoever may see the record that is held."""
    rows = (
        MatchAnswer.objects.visible_to(scope)
        .waiting()
        .with_held()
        .filter(of_families(families, "held_family"))
    )
    fields = {
        "id": "id",
        "at": "at",
        "family": "held_family",
        "site": "site_id",
        "reference": "referral__reference",
    }

    def says(row):
        yield DueItem(
            code="match_check",
            kind=CLINICAL,
            title="Look whether this is somebody we hold",
            subject_id=UUID(row["id"]),
            href=reverse("match-check", args=[row["id"]]),
            due_on=timezone.localdate(moment(row["at"])),
            family_id=UUID(row["family"]),
            site_id=UUID(row["site"]),
            who=row["reference"],
        )

    return Question(rows, fields, says)


def _awaiting(scope, families):
    rows = Referral.objects.triaged_by(scope).exclude(first_read_at=None, status="received")
    rows = rows.filter(of_families(families))
    fields = {"id": "id", "at": "received_at", "site": "site_id", "reference": "reference"}

    def says(row):
        yield DueItem(
            code="awaiting_triage",
            kind=CLINICAL,
            title="Decide this referral",
            subject_id=UUID(row["id"]),
            href=reverse("decide-referral", args=[row["id"]]),
            due_on=timezone.localdate(moment(row["at"])),
            site_id=UUID(row["site"]),
            who=row["reference"],
        )

    return Question(rows, fields, says)


def _news(scope, families):
    """Something was added to a referral that somebody has looked at already."""
    rows = Referral.objects.triaged_by(scope).filter(of_families(families)).with_news()
    fields = {"id": "id", "at": "news_at", "site": "site_id", "reference": "reference"}

    def says(row):
        yield DueItem(
            code="referral_news",
            kind=CLINICAL,
            title="Read what was added to this referral",
            subject_id=UUID(row["id"]),
            href=reverse("referral", args=[row["id"]]),
            due_on=timezone.localdate(moment(row["at"])),
            site_id=UUID(row["site"]),
            who=row["reference"],
        )

    return Question(rows.filter(news_at__isnull=False), fields, says)


def _unchecked(scope, on):
    """Entries of the directory that nobody has made sure of for long."""
    rows = Destination.objects.visible_to(scope).offered()
    fields = {"id": "id", "name": "name", "checked": "checked_on"}

    def says(row):
        checked = day(row["checked"])
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

    return Question(rows, fields, says)


def _consultations(scope, on, families):
    """One that nobody has arranged; and one whose day has come, to be written down by whoever held it."""
    rows = Consultation.objects.visible_to(scope).open().filter(site__in=scope.sites("triage_referrals"))
    fields = {"id": "id", "at": "asked_at", "site": "site_id", "reference": "reference", "status": "status"}
    fields |= {"when": "arranged_for", "clinician": "clinician_id", "family": "family_id"}

    def says(row):
        waits = row["status"] == "asked"
        due_on = timezone.localdate(moment(row["at"] if waits else row["when"]))
        if due_on <= on:
            yield DueItem(
                code="consultation_waits" if waits else "consultation_to_write",
                kind=CLINICAL,
                title="Arrange this consultation" if waits else "Write down what you thought together",
                subject_id=UUID(row["id"]),
                href=reverse("consultation", args=[row["id"]]),
                due_on=due_on,
                family_id=some_id(row["family"]),
                site_id=UUID(row["site"]),
                owner_id=some_id(row["clinician"]),
                who=row["reference"],
            )

    return Question(rows.filter(of_families(families)), fields, says)


def _unsent(scope, on):
    drafts = unsent(scope)
    fields = {"id": "id", "path": "path", "begun": "created_at", "user": "user_id"}

    def says(row):
        begun = timezone.localdate(moment(row["begun"]))
        if begun + UNSENT_AFTER <= on:
            yield DueItem(
                code="unsent_referral",
                kind=CLINICAL,
                title="Finish and send this referral",
                subject_id=UUID(row["id"]),
                href=row["path"] or reverse("refer"),
                due_on=begun + UNSENT_AFTER,
                owner_id=UUID(row["user"]),
                who=f"Begun {begun:%-d %B}",
            )

    return Question(drafts, fields, says)
