"""Actions on formulations and plans (each change is a new version), reviews, and what the family declines."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.episodes.actions import agree_plan
from interventions.episodes.models import Episode, Goal
from interventions.plans.actions.team import lock_open_episode, validate_day
from interventions.plans.models import DeclinedOffer, Formulation, FormulationPart, Plan, PlanReview
from interventions.plans.rules import FormulationHeading, find_later_date_error, find_review_errors
from pairs.families.last_day import validate_living
from pairs.families.models import Caregiver, Dyad
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all

PartSubject = Dyad | Caregiver | None


@transaction.atomic
def write_formulation(
    *,
    episode: Episode,
    written_on: date,
    with_family: bool,
    parts: Mapping[str, tuple[str, PartSubject]],
    by: User,
) -> Formulation:
    """Create a new version. ``parts``: {part: (text, dyad, carer or None for all)}; empty ones are left."""
    episode = lock_open_episode(episode)
    written = {part: said for part, said in parts.items() if said[0].strip()}
    strange = [part for part, (_, about) in written.items() if about and about.family_id != episode.family_id]
    refuse_all(
        lambda: validate_day(episode, "written_on", written_on),
        {FormulationHeading.SAW: "" if written else "Write at least one part."},
        {f"{part}_about": "Choose from this family." for part in strange},
    )
    made = Formulation.objects.create(
        episode=episode, written_on=written_on, with_family=with_family, written_by=by
    )
    FormulationPart.objects.bulk_create(
        _build_formulation_part(made, part, text, about) for part, (text, about) in written.items()
    )
    return made


def _build_formulation_part(
    formulation: Formulation, part: str, text: str, about: PartSubject
) -> FormulationPart:
    of = {str(about._meta.model_name): about} if about is not None else {}
    return FormulationPart(formulation=formulation, part=part, text=text, **of)


@transaction.atomic
def write_plan(
    *,
    episode: Episode,
    caregiver: Caregiver | None,
    aims: str,
    success: str,
    by_when: date | None,
    who_when: str,
    if_not_helping: str,
    review_on: date | None,
    agreed_on: date | None,
    by: User,
    replaces: Plan | None = None,
    changed_because: str = "",
) -> Plan:
    """Create a plan, or the next version of one. Existing versions are never changed."""
    episode, today = lock_open_episode(episode), timezone.localdate()
    refuse_all(
        lambda: _validate_plan(episode, caregiver, replaces, changed_because),
        lambda: validate_living("caregiver", [caregiver], agreed_on or today),
        lambda: _validate_days(episode, today, by_when=by_when, review_on=review_on, agreed_on=agreed_on),
    )
    plan = Plan.objects.create(
        episode=episode, caregiver=caregiver, aims=aims, success=success, by_when=by_when, who_when=who_when,
        if_not_helping=if_not_helping, review_on=review_on, made_on=today, agreed_on=agreed_on,
        replaces=replaces, changed_because=changed_because, written_by=by,
    )  # fmt: skip
    if review_on:
        episode.change(review_on=review_on)
    if agreed_on and episode.plan_agreed_on is None:
        agree_plan(episode=episode, agreed_on=agreed_on, by=by)
    return plan


def _validate_plan(
    episode: Episode, caregiver: Caregiver | None, replaces: Plan | None, changed_because: str
) -> None:
    current = Plan.objects.live().current().filter(episode=episode)
    if replaces is not None and not current.filter(pk=replaces.pk).exists():
        raise ActionRefused("Someone has already changed this plan. Open the latest version.")
    strange = caregiver is not None and caregiver.family_id != episode.family_id
    held = replaces is None and current.filter(caregiver=caregiver).exists()
    unexplained = replaces is not None and not changed_because.strip()
    refuse_all(
        {"caregiver": "Choose from this family." if strange else ""},
        {"caregiver": "They already have a plan. Open it to change it." if held else ""},
        {"changed_because": "Enter why it changes, in a few words." if unexplained else ""},
    )


def _validate_days(
    episode: Episode, today: date, *, by_when: date | None, review_on: date | None, agreed_on: date | None
) -> None:
    refuse_all(
        {
            "by_when": find_later_date_error(day=by_when, after=episode.opened_on),
            "review_on": find_later_date_error(day=review_on, after=today),
        },
        lambda: _validate_agreed_day(episode, agreed_on),
    )


def _validate_agreed_day(episode: Episode, agreed_on: date | None) -> None:
    if agreed_on:
        validate_day(episode, "agreed_on", agreed_on)


@transaction.atomic
def review_plan(
    *, plan: Plan, held_on: date, how_it_went: str, decision: str, next_on: date | None, by: User
) -> PlanReview:
    """Record a review of the plan; the next review is due on the day agreed, or not at all."""
    episode = lock_open_episode(plan.episode)
    if Plan.objects.live().filter(replaces=plan).exists():
        raise ActionRefused("This is not the newest version of the plan. Open that one.")
    refuse_all(
        lambda: validate_day(episode, "held_on", held_on),
        lambda: validate_living("held_on", [plan.caregiver], held_on),
        {"held_on": "This is before the plan was made." if held_on < plan.made_on else ""},
        find_review_errors(decision=decision, next_on=next_on, held_on=held_on),
    )
    review = PlanReview.objects.create(
        plan=plan, held_on=held_on, how_it_went=how_it_went, decision=decision, next_on=next_on, by=by
    )
    episode.change(review_on=next_on)
    return review


@transaction.atomic
def record_declined(
    *, episode: Episode, what: str, declined_on: date, why: str, by: User, goal: Goal | None = None
) -> DeclinedOffer:
    """Record that the family declined, with or without a reason; they are asked again at the next review."""
    episode = lock_open_episode(episode)
    strange = goal is not None and goal.episode_id != episode.pk
    whose = goal.dyad.caregiver if goal else episode.referral.patient
    refuse_all(
        lambda: validate_day(episode, "declined_on", declined_on),
        {"goal": "Choose one of this episode's goals." if strange else ""},
        lambda: validate_living("declined_on", [whose], declined_on),
    )
    return DeclinedOffer.objects.create(
        episode=episode, what=what, goal=goal, declined_on=declined_on, why=why, by=by
    )
