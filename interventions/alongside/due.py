"""What is due in work done with others: joint work to look at again; what the hub was asked and is not closed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from interventions.alongside.models import HubAsk, JointWork
from interventions.alongside.rules import ASKED, ask_due, look_again_due
from pairs.access.asking import Question, day, moment, some_id
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, of_families

ASK = {"id": "id", "reference": "reference", "status": "status", "asked_at": "asked_at", "urgency": "urgency"}
ASK |= {"until": "until", "family": "family_id", "site": "family__site_id", "hub": "to_site_id"}
ASK |= {"taken_by": "taken_by_id", "answer_to": "answer_to_id"}


def questions(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Question]:
    """What the hub is asked, for the hub."""
    families = None if families is None else list(families)
    return [_asked_of_us(scope, on, families)]


def family_questions(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Question]:
    """Joint work whose day has come; asks that nobody took or answered in time, for the side that asked."""
    families = None if families is None else list(families)
    return [_joint(scope, on, families), _asked_by_us(scope, on, families)]


def _joint(scope, on, families):
    rows = JointWork.objects.visible_to(scope).going_on().filter(of_families(families), look_again_on__lte=on)
    fields = {"id": "id", "look_again_on": "look_again_on", "member": "member__name", "who": "who"}
    fields |= {"family": "family_id", "site": "family__site_id", "lead": "episode__lead_id"}

    def says(row):
        due_on = day(row["look_again_on"])
        if look_again_due(look_again_on=due_on, ended=False, on=on):
            yield DueItem(
                code="joint_work",
                kind=CLINICAL,
                title=f"Look again at the joint work with {row['member'] or row['who']}",
                subject_id=UUID(row["id"]),
                href=reverse("joint-work", args=[row["family"]]),
                due_on=due_on,
                family_id=UUID(row["family"]),
                site_id=UUID(row["site"]),
                owner_id=some_id(row["lead"]),
                why="The day that was agreed",
            )

    return Question(rows, fields, says)


def _asked_by_us(scope, on, families):
    """For the side that holds the family."""
    rows = HubAsk.objects.visible_to(scope).open().filter(of_families(families))

    def says(row):
        waits = row["status"] == ASKED
        yield from _item(
            row,
            on,
            code="ask_not_taken" if waits else "ask_not_answered",
            title="The hub has not taken this on yet"
            if waits
            else "The hub's access has come to its last day",
            why="Speak with a colleague there" if waits else "Ask for the answer, agree a new day, or end it",
            site_id=UUID(row["site"]),
            family_id=UUID(row["family"]),
            owner_id=UUID(row["answer_to"]),
        )

    return Question(rows, ASK, says)


def _asked_of_us(scope, on, families):
    """For the hub: no family is named, by its id neither, until somebody has taken it on."""
    rows = HubAsk.objects.asked_of(scope).open().filter(of_families(families))

    def says(row):
        waits = row["status"] == ASKED
        yield from _item(
            row,
            on,
            code="ask_to_take" if waits else "ask_to_answer",
            title="Take on what the hub is asked, or decline it" if waits else "Answer what you were asked",
            why="A satellite site waits" if waits else "Your access has come to its last day",
            site_id=UUID(row["hub"]),
            owner_id=some_id(row["taken_by"]),
        )

    return Question(rows, ASK, says)


def _item(row, on, **said):
    due_on = ask_due(
        status=row["status"],
        asked_on=timezone.localdate(moment(row["asked_at"])),
        urgency=row["urgency"],
        until=day(row["until"]),
        within=settings.HUB_ASK_TAKEN_WITHIN,
    )
    if due_on and due_on <= on:
        yield DueItem(
            kind=CLINICAL,
            subject_id=UUID(row["id"]),
            href=reverse("ask", args=[row["id"]]),
            due_on=due_on,
            who=row["reference"],
            **said,
        )
