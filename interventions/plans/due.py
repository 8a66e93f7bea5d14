"""Due items of plans: a plan to make, "is it helping?" for open-ended work, contact while waiting."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject, TruncDate

from interventions.episodes.contact_rules import ContactKind
from interventions.episodes.models import CareContact, Episode, InterventionUse, InterventionWait
from interventions.episodes.rules import InterventionShape
from interventions.plans.models import DeclinedOffer, HelpingAnswer, Plan
from interventions.plans.rules import (
    OfferKind,
    get_helping_due_date,
    get_plan_due_date,
    get_waiting_contact_due_date,
)
from pairs.access.batch_query import Query, parse_date
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, in_families, start_when_possible
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.web.url_cache import reverse_cached


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """One row for each open episode: its plan, open-ended interventions and waits."""
    rows = Episode.objects.visible_to(scope).open().filter(in_families(families))

    def to_due_items(row: dict[str, Any]) -> Iterator[DueItem]:
        if row["goes_on"] or row["patient"]:  # no reminders about work with somebody who has died
            yield from [
                *_list_plan_items(row, on),
                *_list_helping_items(row, on),
                *_list_waiting_items(row, on),
            ]

    return [Query(rows, _build_episode_facts(), to_due_items)]


def _build_episode_facts() -> dict[str, Any]:
    """``goes_on``: both of a dyad in focus live; ``patient``: it is the own episode of a carer who lives."""
    in_focus = Dyad.objects.live().living().filter(episodes=OuterRef("pk"))
    patient = Caregiver.objects.active().filter(own_referrals__episode=OuterRef("pk"))
    names = Infant.objects.active().filter(family=OuterRef("family")).order_by("birth_date", "twin_order")
    # Liaison does not count: the family is not part of it.
    heard = CareContact.objects.live().exclude(kind=ContactKind.LIAISON).filter(episode=OuterRef("pk"))
    newest = heard.order_by().values("episode")
    return {
        "id": "id",
        "family": "family_id",
        "site": "site_id",
        "lead": "lead_id",
        "opened": "opened_on",
        "known": TruncDate("created_at"),
        "patient": Exists(patient),
        "goes_on": Exists(in_focus),
        "has_plan": Exists(Plan.objects.live().filter(episode=OuterRef("pk"))),
        "no_plan": Exists(DeclinedOffer.objects.live().filter(episode=OuterRef("pk"), what=OfferKind.PLAN)),
        "baby": Subquery(names.values("given_name")[:1]),
        "last": Subquery(newest.annotate(last=TruncDate(Max("starts_at"))).values("last")),
        "open_ended": ArraySubquery(_query_open_ended_uses()),
        "waits": ArraySubquery(_query_open_waits()),
    }


def _query_open_ended_uses() -> Any:
    answers = HelpingAnswer.objects.live().filter(use=OuterRef("pk"))
    newest = answers.order_by("-asked_on", "-created_at").values("ask_again_on")[:1]
    uses = InterventionUse.objects.live().filter(
        episode=OuterRef("pk"), intervention__shape=InterventionShape.OPEN, ended_on=None
    )
    row = {"id": "id", "name": F("intervention__name"), "started": "started_on", "again": Subquery(newest)}
    row |= {"known": TruncDate("created_at")}
    return uses.order_by("started_on").values(row=JSONObject(**row))


def _query_open_waits() -> QuerySet[Any, dict[str, Any]]:
    rows = InterventionWait.objects.live().waiting().filter(episode=OuterRef("pk"))
    return rows.values(
        row=JSONObject(id="id", name=F("intervention__name"), since="since", known=TruncDate("created_at"))
    )


def _build_agreement_item(row: dict[str, Any], **what: Any) -> DueItem:
    who = row["baby"] or "Baby not yet named"
    return DueItem(
        kind=CLINICAL,
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        owner_id=UUID(row["lead"]),
        who=who,
        **what,
    )


def _list_plan_items(row: dict[str, Any], on: date) -> Iterator[Any]:
    due = get_plan_due_date(
        opened=parse_date(row["opened"]),
        has_plan=row["has_plan"],
        declined=row["no_plan"],
        within=settings.PLAN_WITHIN,
    )
    due = due and start_when_possible(due, parse_date(row["known"]))
    if due and due <= on:
        yield _build_agreement_item(
            row,
            code="plan_to_make",
            title="Agree a plan with the family",
            subject_id=UUID(row["id"]),
            href=reverse_cached("plan-agreement", row["id"]),
            due_on=due,
            why="Record it if they decline.",
        )


def _list_helping_items(row: dict[str, Any], on: date) -> Iterator[Any]:
    for use in row["open_ended"]:
        due = get_helping_due_date(
            started=parse_date(use["started"]),
            ask_again_on=parse_date(use["again"]),
            first_after=settings.HELPING_FIRST_AFTER,
        )
        due = start_when_possible(due, parse_date(use["known"]))
        if due <= on:
            yield _build_agreement_item(
                row,
                code="is_it_helping",
                title=f"Review whether it is helping: {use['name']}",
                subject_id=UUID(use["id"]),
                href=reverse_cached("is-it-helping", use["id"]),
                due_on=due,
                why="Change or end help that is not helping.",
            )


def _list_waiting_items(row: dict[str, Any], on: date) -> Iterator[DueItem]:
    for wait in row["waits"]:
        due = get_waiting_contact_due_date(
            since=parse_date(wait["since"]),
            last_contact=parse_date(row["last"]),
            every=settings.WAITING_CONTACT_EVERY,
        )
        due = due and start_when_possible(due, parse_date(wait["known"]))
        if due and due <= on:
            yield _build_agreement_item(
                row,
                code="waiting_contact",
                title=f"Contact the family while they wait: {wait['name']}",
                subject_id=UUID(wait["id"]),
                href=reverse_cached("new-contact", row["id"]),
                due_on=due,
                why="They are waiting for it to start and have not heard from us recently.",
            )
