"""What is due about referrals: one that waits for triage, one begun and not sent, a consultation to arrange."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from pairs.access.asking import Question, moment, some_id
from pairs.families.due import CLINICAL, DueItem, of_families
from referrals.models import Consultation, Referral
from referrals.rules.told import UNSENT_AFTER
from referrals.writing import unsent

MAY_BEGIN = ("make_referrals", "triage_referrals")


def questions(scope, on, families=None) -> list[Question]:
    """Referrals awaiting a decision where the scope triages; and one's own unsent drafts, a day old."""
    asked = []
    if scope.may("triage_referrals"):
        asked += [_awaiting(scope, families), _consultations(scope, on, families)]
    if families is None and scope.may(*MAY_BEGIN):
        asked.append(_unsent(scope, on))
    return asked


def _awaiting(scope, families):
    rows = Referral.objects.triaged_by(scope).filter(of_families(families))
    fields = {"id": "id", "at": "received_at", "site": "site_id", "reference": "reference"}

    def says(row):
        yield DueItem(
            code="awaiting_triage",
            kind=CLINICAL,
            title="Read and decide this referral",
            subject_id=UUID(row["id"]),
            href=reverse("decide-referral", args=[row["id"]]),
            due_on=timezone.localdate(moment(row["at"])),
            site_id=UUID(row["site"]),
            who=row["reference"],
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
