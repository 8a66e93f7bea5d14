"""Presents plans, team, groupings, interventions, waits and formulations on the episode's page."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from interventions.competencies.models import DeliverySignOff
from interventions.episodes.models import CareContact, Episode, InterventionUse, InterventionWait
from interventions.plans.models import (
    CoWorker,
    DeclinedOffer,
    FocusChange,
    Formulation,
    GroupingStep,
    HelpingAnswer,
    Plan,
)
from interventions.plans.models.care_plan import PlanQuerySet
from pairs.access.records import RecordQuerySet, list_related_fields, live_q
from pairs.families.models.people import NAME_FIELDS, list_dyad_name_fields


def build_plan_queries(episode: UUID) -> dict[str, QuerySet[Any]]:
    """{part: QuerySet} for one prepared statement, by the id of an episode that was fetched in scope."""
    return {
        "plans": _query_current_plans(episode),
        "declined": DeclinedOffer.objects.live().filter(episode=episode).only("what", "declined_on", "why"),
        "formulations": Formulation.objects.live().filter(episode=episode).newest_first().only("written_on"),
        "co_workers": _query_with_person(CoWorker, episode, "user", "why", "since", "until"),
        "focus_changes": _query_focus_changes(episode),
        "groupings": _query_with_person(
            GroupingStep, episode, "by", "since", "before", "grouping", "why", "agreed"
        ),
        "uses": _query_with_intervention(InterventionUse, episode, "started_on", "ended_on", "ended_because"),
        "waits": _query_with_intervention(InterventionWait, episode, "since").filter(closed_on=None),
        "helping": _query_helping_answers(episode),
        "sign_offs": _query_sign_offs(episode),
    }


def _query_current_plans(episode: UUID) -> PlanQuerySet:
    plans = Plan.objects.live().current().filter(episode=episode).newest_first()
    return plans.select_related("caregiver").only(
        "made_on", "aims", *list_related_fields("caregiver", *NAME_FIELDS)
    )


def _query_with_person(model: type[Any], episode: UUID, person: str, *fields: str) -> QuerySet[Any]:
    rows = model.objects.live().filter(episode=episode).select_related(person)
    return rows.only(*fields, *list_related_fields(person, "display_name", "username"))


def _query_focus_changes(episode: UUID) -> RecordQuerySet:
    rows = (
        FocusChange.objects.live().filter(episode=episode).select_related("dyad__infant", "dyad__caregiver")
    )
    return rows.only("since", "change", "why", *list_dyad_name_fields("dyad"))


def _query_with_intervention(model: type[Any], episode: UUID, *fields: str) -> QuerySet[Any]:
    rows = model.objects.live().filter(episode=episode).select_related("intervention")
    return rows.only(*fields, *list_related_fields("intervention", "name"))


def _query_helping_answers(episode: UUID) -> RecordQuerySet:
    answers = HelpingAnswer.objects.live().filter(live_q("use__"), use__episode=episode)
    return answers.only("use", "asked_on", "family_says", "we_say", "ask_again_on")


def _query_sign_offs(episode: UUID) -> RecordQuerySet:
    rows = DeliverySignOff.objects.live().filter(live_q("use__"), use__episode=episode)
    return rows.order_by("-created_at").only("use", "arrangement", "created_at")


def present_plans(parts: dict[str, list[Any]], episode: Episode) -> dict[str, Any]:
    """The context of templates/plans/_on_episode.html, from the rows of those queries."""
    helping, sign_offs = _get_newest_answers(parts["helping"]), _get_newest_answers(parts["sign_offs"])
    began = _find_start_of_help(episode) if parts["declined"] and not episode.plan_agreed_on else None
    newest = {"helping": helping, "sign_offs": sign_offs}
    return parts | newest | {"help_began": began, "on": timezone.localdate()}


def _get_newest_answers(answers: list[Any]) -> dict[UUID, Any]:
    """{use id: its newest answer or sign-off}; they come newest first."""
    return {answer.use_id: answer for answer in reversed(answers)}


def _find_start_of_help(episode: Episode) -> date | None:
    """The day of the first direct contact with an intervention: help began then, agreed plan or not."""
    came = CareContact.objects.live().direct().attended()
    worked = came.filter(episode=episode, interventions__isnull=False)
    first = worked.order_by("starts_at").values_list("starts_at", flat=True).first()
    return timezone.localdate(first) if first else None
