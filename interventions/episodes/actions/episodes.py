"""Actions on an episode: open, agree the plan, set a goal, end."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import (
    CareContact,
    Episode,
    Goal,
    Intervention,
    InterventionUse,
    InterventionWait,
    query_possible_leads,
)
from interventions.episodes.rules import (
    MAX_GOALS,
    WaitOutcome,
    find_agreement_date_error,
    find_ending_date_error,
    find_opening_date_error,
)
from pairs.families.last_day import validate_living
from pairs.families.models import Dyad
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all
from referrals.models import Referral
from referrals.rules.choices import ReferralState


@transaction.atomic
def open_episode(
    *,
    referral: Referral,
    lead: User,
    focus: Sequence[Dyad],
    interventions: Sequence[Intervention],
    thrive: str,
    opened_on: date,
    by: User,
    review_on: date | None = None,
) -> Episode:
    """Open the episode of an accepted referral, with its dyads in focus and interventions."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    family = referral.family
    if referral.status != ReferralState.ACCEPTED or family is None:
        raise ActionRefused("Only an accepted referral with a family can have an episode.")
    if Episode.objects.filter(referral=referral).exists():
        raise ActionRefused("This referral already has an open episode.")
    leads = query_possible_leads(family.site_id).filter(pk=lead.pk).exists()
    refuse_all(
        lambda: _validate_opening(referral, focus, opened_on),
        lambda: validate_living("opened_on", [referral.patient], opened_on),
        {"lead": "" if leads else "Choose someone who writes records at the family's site."},
    )
    episode = Episode.objects.create(
        family=family,
        referral=referral,
        site=family.site,
        lead=lead,
        opened_on=opened_on,
        thrive=thrive,
        review_on=review_on,
    )
    episode.focus.set(focus)
    start_using(episode, interventions, opened_on)
    return episode


def _validate_opening(referral: Referral, focus: Sequence[Dyad], opened_on: date) -> None:
    received = timezone.localdate(referral.received_at)
    refuse_all(
        {
            "opened_on": find_opening_date_error(day=opened_on, received=received, on=timezone.localdate()),
            "focus": _find_focus_error(referral, focus),
        },
        lambda: validate_living("focus", [dyad.caregiver for dyad in focus], opened_on),
    )


def _find_focus_error(referral: Referral, focus: Sequence[Dyad]) -> str:
    if not focus and referral.patient_id is None:
        return "Choose at least one relationship to work with."
    if referral.patient_id and any(dyad.caregiver_id != referral.patient_id for dyad in focus):
        return "This is a carer's own episode. Choose from their own relationships, or none."
    return "Choose from this family." if any(dyad.family_id != referral.family_id for dyad in focus) else ""


def start_using(
    episode: Episode,
    interventions: Iterable[Intervention],
    on: date,
    under_way: Collection[int] | None = None,
) -> list[InterventionUse]:
    """Start the interventions not yet under way on that day, and end the waits for them.

    ``under_way``: ids of those that are, if already loaded.
    """
    if under_way is None:
        under_way = set(Intervention.objects.under_way(episode).values_list("pk", flat=True))
    begun = [
        InterventionUse.objects.create(episode=episode, intervention=intervention, started_on=on)
        for intervention in interventions
        if intervention.pk not in under_way
    ]
    if begun:
        _end_waits(episode, on, WaitOutcome.STARTED, intervention__in=[use.intervention_id for use in begun])
    return begun


def _end_waits(episode: Episode, on: date, how: str, **which: object) -> None:
    for wait in InterventionWait.objects.live().waiting().filter(episode=episode, **which):
        wait.change(closed_on=max(on, wait.since), closed_as=how)


@transaction.atomic
def set_goal(*, episode: Episode, dyad: Dyad, words: str, by: User) -> Goal:
    """Set a goal in the family's words; at most three at a time."""
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if episode.ended_on:
        raise ActionRefused("This episode has ended.")
    if Goal.objects.live().current().filter(episode=episode).count() >= MAX_GOALS:
        raise ActionRefused(f"There are already {MAX_GOALS} goals, the most an episode can have.")
    if dyad.family_id != episode.family_id:
        raise ActionRefused({"dyad": "Choose from this family."})
    validate_living("dyad", [dyad.caregiver])
    return Goal.objects.create(episode=episode, dyad=dyad, words=words, set_on=timezone.localdate())


@transaction.atomic
def agree_plan(*, episode: Episode, agreed_on: date, by: User) -> Episode:
    """Record the day on which the family first agreed the plan; a second call corrects it."""
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    problem = find_agreement_date_error(
        day=agreed_on, opened=episode.opened_on, ended=episode.ended_on, on=timezone.localdate()
    )
    if problem:
        raise ActionRefused({"agreed_on": problem})
    validate_living("agreed_on", [episode.referral.patient], agreed_on)
    return episode.change(plan_agreed_on=agreed_on)


@transaction.atomic
def end_episode(
    *, episode: Episode, ended_on: date, reason: str, summary: str, held_next_by: str, by: User
) -> Episode:
    """End the episode: the reason, what changed in the family's words, and who holds them next."""
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if episode.ended_on:
        raise ActionRefused("This episode has already ended.")
    last = CareContact.objects.live().filter(episode=episode).newest_first().first()
    last_day = timezone.localdate(last.starts_at) if last else None
    problem = find_ending_date_error(
        day=ended_on, opened=episode.opened_on, last_contact=last_day, on=timezone.localdate()
    )
    if problem:
        raise ActionRefused({"ended_on": problem})
    episode.ended_on, episode.ending_reason = ended_on, reason
    episode.ending_summary, episode.held_next_by = summary, held_next_by
    episode.save(update_fields=["ended_on", "ending_reason", "ending_summary", "held_next_by"])
    for use in episode.uses.filter(ended_on=None):
        use.ended_on = max(ended_on, use.started_on)
        use.save(update_fields=["ended_on"])
    _end_waits(episode, ended_on, WaitOutcome.ENDED)
    return episode
