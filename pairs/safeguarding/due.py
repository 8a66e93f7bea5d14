"""What is due in safeguarding: a status to review by its own date (clinical), an answer to ask for (safety)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse

from pairs.access.asking import Question, day, name_of
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, SAFETY, DueItem, of_families
from pairs.safeguarding.models import SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.rules import KINDS, review_due, waits_until

WHOSE = {
    "id": "id",
    "family": "family_id",
    "site": "family__site_id",
    "infant": "infant_id",
    "reference": "infant__reference",
    "infant_name": name_of("infant"),
    "carer": "caregiver_id",
    "carer_name": name_of("caregiver"),
    "child": "child__name",
}


def family_questions(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Question]:
    """Statuses with a review day, concerns with a day to ask by."""
    families = None if families is None else list(families)
    return [_reviews(scope, on, families), _answers(scope, on, families)]


def _reviews(scope, on, families):
    rows = SafeguardingStatus.objects.visible_to(scope).filter(of_families(families)).to_review()
    words = dict(KINDS)

    def says(row):
        if review_due(day(row["review_on"]), on):
            yield _item(
                row,
                code="status_review",
                kind=CLINICAL,
                title=f"Review: {words[row['kind']]}",
                href=reverse("safeguarding", args=[row["family"]]),
                due_on=day(row["review_on"]),
            )

    return Question(rows, WHOSE | {"kind": "kind", "review_on": "review_on"}, says)


def _answers(scope, on, families):
    rows = SafeguardingConcern.objects.visible_to(scope).filter(of_families(families)).to_ask_about()

    def says(row):
        steps = [(step["kind"], day(step["ask_by"])) for step in row["steps"]]
        ask_by = waits_until([("raised", day(row["chase_by"])), *steps])
        if ask_by and ask_by <= on:
            yield _item(
                row,
                code="concern_answer",
                kind=SAFETY,
                title="Ask what came of this safeguarding concern",
                href=reverse("safeguarding-concern", args=[row["id"]]),
                due_on=ask_by,
            )

    return Question(rows, WHOSE | {"chase_by": "chase_by", "steps": "step_days"}, says)


def _item(row, **said):
    family, site = UUID(row["family"]), UUID(row["site"])
    return DueItem(subject_id=UUID(row["id"]), family_id=family, site_id=site, who=_who(row), **said)


def _who(row):
    """The person's name, or what to call them until there is one."""
    if row["infant"]:
        return row["infant_name"] or f"Baby {row['reference']}"
    if row["carer"]:
        return row["carer_name"] or "Carer, name not recorded"
    return row["child"] or "The whole family"
