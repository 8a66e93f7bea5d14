"""What is due of what was agreed: a plan to make, whether open-ended work helps, word to a family that waits."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Max, OuterRef, Subquery
from django.db.models.functions import JSONObject, TruncDate
from django.urls import reverse

from interventions.episodes.models import CareContact, Episode, InterventionUse, InterventionWait
from interventions.plans.models import Declined, HelpingAnswer, Plan
from interventions.plans.rules import helping_due, plan_due, waiting_contact_due
from pairs.access.asking import Question, day
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, of_families
from pairs.families.models import Dyad, Infant


def family_questions(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Question]:
    """Every open episode, a row each: its plan, its open-ended work, what it waits for."""
    rows = Episode.objects.visible_to(scope).open().filter(of_families(families))

    def says(row):
        if (
            row["goes_on"] or row["patient"]
        ):  # what was hoped for with a baby who has died is nothing to be reminded of
            yield from [*_plan(row, on), *_helping(row, on), *_waiting(row, on)]

    return [Question(rows, _facts(), says)]


def _facts():
    """``goes_on``: a relationship in focus is with a living baby; ``patient``: it is a carer's own episode."""
    in_focus = Dyad.objects.live().filter(episodes=OuterRef("pk"), infant__lost_on=None)
    names = Infant.objects.active().filter(family=OuterRef("family")).order_by("birth_date", "twin_order")
    # Liaison is left out: nobody of the family hears of that.
    heard = CareContact.objects.live().exclude(kind="liaison").filter(episode=OuterRef("pk"))
    newest = heard.order_by().values("episode")
    return {
        "id": "id",
        "family": "family_id",
        "site": "site_id",
        "lead": "lead_id",
        "opened": "opened_on",
        "patient": "referral__patient_id",
        "goes_on": Exists(in_focus),
        "has_plan": Exists(Plan.objects.live().filter(episode=OuterRef("pk"))),
        "no_plan": Exists(Declined.objects.live().filter(episode=OuterRef("pk"), what="plan")),
        "baby": Subquery(names.values("given_name")[:1]),
        "last": Subquery(newest.annotate(last=TruncDate(Max("starts_at"))).values("last")),
        "open_ended": ArraySubquery(_open_ended()),
        "waits": ArraySubquery(_waits()),
    }


def _open_ended():
    answers = HelpingAnswer.objects.live().filter(use=OuterRef("pk"))
    newest = answers.order_by("-asked_on", "-created_at").values("ask_again_on")[:1]
    uses = InterventionUse.objects.live().filter(
        episode=OuterRef("pk"), intervention__shape="open", ended_on=None
    )
    row = {"id": "id", "name": F("intervention__name"), "started": "started_on", "again": Subquery(newest)}
    return uses.order_by("started_on").values(row=JSONObject(**row))


def _waits():
    rows = InterventionWait.objects.live().waiting().filter(episode=OuterRef("pk"))
    return rows.values(row=JSONObject(id="id", name=F("intervention__name"), since="since"))


def _item(row, **what):
    who = row["baby"] or "Baby not yet named"
    return DueItem(
        kind=CLINICAL,
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        owner_id=UUID(row["lead"]),
        who=who,
        **what,
    )


def _plan(row, on):
    due = plan_due(
        opened=day(row["opened"]),
        has_plan=row["has_plan"],
        declined=row["no_plan"],
        within=settings.PLAN_WITHIN,
    )
    if due and due <= on:
        yield _item(
            row,
            code="plan_to_make",
            title="Make a plan with the family",
            subject_id=UUID(row["id"]),
            href=reverse("plan-agreement", args=[row["id"]]),
            due_on=due,
            why="They may say no: that is recorded too.",
        )


def _helping(row, on):
    for use in row["open_ended"]:
        due = helping_due(
            started=day(use["started"]),
            ask_again_on=day(use["again"]),
            first_after=settings.HELPING_FIRST_AFTER,
        )
        if due <= on:
            yield _item(
                row,
                code="is_it_helping",
                title=f"Ask whether it is helping: {use['name']}",
                subject_id=UUID(use["id"]),
                href=reverse("is-it-helping", args=[use["id"]]),
                due_on=due,
                why="Help that is not helping is changed or ended.",
            )


def _waiting(row, on):
    for wait in row["waits"]:
        due = waiting_contact_due(
            since=day(wait["since"]), last_contact=day(row["last"]), every=settings.WAITING_CONTACT_EVERY
        )
        if due and due <= on:
            yield _item(
                row,
                code="waiting_contact",
                title=f"Be in touch while they wait: {wait['name']}",
                subject_id=UUID(wait["id"]),
                href=reverse("new-contact", args=[row["id"]]),
                due_on=due,
                why="They wait for it to start, and have not heard from us for a while.",
            )
