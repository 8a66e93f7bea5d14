"""What is due about referrals: to be read, to be decided, a possible match to look at, and one begun and not sent."""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from pairs.access.asking import Question, moment, some_id
from pairs.families.due import CLINICAL, SAFETY, DueItem, of_families
from pairs.submissions.models import Submission
from referrals.bank_holidays import ENGLAND
from referrals.models import MatchAnswer, Referral
from referrals.rules.reading import deputy_at, read_by, time_left

UNSENT_AFTER = timedelta(days=1)


def questions(scope, on, families=None) -> list[Question]:
    """Referrals awaiting a decision where the scope triages; and one's own unsent drafts, a day old."""
    asked = [_unread(scope, families), _awaiting(scope, families)] if scope.may("triage_referrals") else []
    if scope.may("triage_referrals", "govern_records"):
        asked.append(_checks(scope, families))
    return [*asked, _unsent(scope, on)] if families is None and scope.may("make_referrals") else asked


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


def _unsent(scope, on):
    drafts = Submission.objects.visible_to(scope).unfinished().filter(kind="refer", idempotency_key=None)
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
