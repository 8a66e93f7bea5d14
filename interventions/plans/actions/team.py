"""Actions on co-workers, focus, THRIVE grouping, interventions and waits of an episode."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.episodes.actions.episodes import start_using
from interventions.episodes.models import (
    Episode,
    Intervention,
    InterventionUse,
    InterventionWait,
    query_possible_leads,
)
from interventions.episodes.rules import WaitOutcome
from interventions.plans.models import CoWorker, FocusChange, GroupingStep
from interventions.plans.rules import find_day_error
from pairs.families.last_day import validate_living
from pairs.families.models import Dyad
from pairs.service.models import User
from pairs.service.refusals import ActionRefused


def lock_open_episode(episode: Episode) -> Episode:
    """Lock the episode. Refused if it has ended."""
    locked = Episode.objects.select_for_update(of=("self",)).select_related("referral").get(pk=episode.pk)
    if locked.ended_on:
        raise ActionRefused("This episode has ended.")
    return locked


def validate_day(episode: Episode, field: str, day: date) -> None:
    """Refuse the field if the day is in the future or outside the episode."""
    on = timezone.localdate()
    problem = find_day_error(day=day, opened=episode.opened_on, ended=episode.ended_on, on=on)
    if problem:
        raise ActionRefused({field: problem})


@transaction.atomic
def add_co_worker(*, episode: Episode, user: User, since: date, why: str, by: User) -> CoWorker:
    """Add a co-worker from that day on; the family is then on their caseload."""
    episode = lock_open_episode(episode)
    validate_day(episode, "since", since)
    if user.pk == episode.lead_id:
        raise ActionRefused({"user": "They already lead this episode."})
    if not query_possible_leads(episode.site_id).filter(pk=user.pk).exists():
        raise ActionRefused({"user": "Choose someone who writes records at the family's site."})
    if CoWorker.objects.live().current(timezone.localdate()).filter(episode=episode, user=user).exists():
        raise ActionRefused({"user": "They already work on this episode."})
    return CoWorker.objects.create(episode=episode, user=user, since=since, why=why)


@transaction.atomic
def end_co_work(*, co_worker: CoWorker, until: date, by: User) -> CoWorker:
    """Record the co-worker's last day on the episode."""
    co_worker = (
        CoWorker.objects.select_for_update(of=("self",)).select_related("episode").get(pk=co_worker.pk)
    )
    if co_worker.until:
        raise ActionRefused("This already has an end date.")
    validate_day(co_worker.episode, "until", until)
    if until < co_worker.since:
        raise ActionRefused({"until": "This is before it began."})
    return co_worker.change(until=until)


@transaction.atomic
def change_focus(*, episode: Episode, focus: Sequence[Dyad], since: date, why: str, by: User) -> Episode:
    """Set the dyads in focus from that day on; each dyad added or removed is recorded with its day."""
    episode = lock_open_episode(episode)
    validate_day(episode, "since", since)
    _validate_focus(episode, focus)
    before, now = set(episode.focus.all()), set(focus)
    validate_living("focus", [dyad.caregiver for dyad in now - before], since)
    if before == now:
        raise ActionRefused({"focus": "These are already in focus."})
    moves = ((FocusChange.Direction.OUT, before - now), (FocusChange.Direction.IN, now - before))
    for change, dyads in moves:
        for dyad in sorted(dyads, key=lambda each: each.created_at):
            FocusChange.objects.create(episode=episode, dyad=dyad, change=change, since=since, why=why, by=by)
    episode.focus.set(focus)
    return episode


def _validate_focus(episode: Episode, focus: Sequence[Dyad]) -> None:
    patient = episode.referral.patient_id
    if not focus and patient is None:
        raise ActionRefused({"focus": "Choose at least one relationship to work with."})
    if any(dyad.family_id != episode.family_id for dyad in focus):
        raise ActionRefused({"focus": "Choose from this family."})
    if patient and any(dyad.caregiver_id != patient for dyad in focus):
        raise ActionRefused(
            {"focus": "This is a carer's own episode. Choose from their own relationships, or none."}
        )


@transaction.atomic
def set_grouping(
    *, episode: Episode, grouping: str, since: date, why: str, agreed: bool, by: User
) -> GroupingStep:
    """Set the THRIVE grouping from that day on; earlier groupings stay readable."""
    episode = lock_open_episode(episode)
    validate_day(episode, "since", since)
    last = GroupingStep.objects.live().filter(episode=episode).order_by("since", "created_at").last()
    if last and since < last.since:
        raise ActionRefused({"since": f"There is a later change, of {last.since:%-d %b %Y}."})
    if grouping == episode.thrive and last and last.agreed == agreed:
        raise ActionRefused({"grouping": "This is already the grouping."})
    step = GroupingStep.objects.create(
        episode=episode, before=episode.thrive, grouping=grouping, since=since, why=why, agreed=agreed, by=by
    )
    episode.change(thrive=grouping)
    return step


@transaction.atomic
def start_intervention(
    *, episode: Episode, intervention: Intervention, started_on: date, by: User
) -> InterventionUse:
    """Start an intervention; a wait for it ends."""
    episode = lock_open_episode(episode)
    validate_day(episode, "started_on", started_on)
    begun = start_using(episode, [intervention], started_on)
    if not begun:
        raise ActionRefused({"intervention": "This is already under way."})
    return begun[0]


@transaction.atomic
def end_intervention(*, use: InterventionUse, ended_on: date, why: str, by: User) -> InterventionUse:
    """End an intervention while the episode continues."""
    use = InterventionUse.objects.select_for_update(of=("self",)).select_related("episode").get(pk=use.pk)
    if use.ended_on:
        raise ActionRefused("This has already ended.")
    validate_day(use.episode, "ended_on", ended_on)
    if ended_on < use.started_on:
        raise ActionRefused({"ended_on": "This is before it began."})
    return use.change(ended_on=ended_on, ended_because=why)


@transaction.atomic
def start_wait(*, episode: Episode, intervention: Intervention, since: date, by: User) -> InterventionWait:
    """Record that the family waits for an intervention at the episode's site."""
    episode = lock_open_episode(episode)
    validate_day(episode, "since", since)
    if Intervention.objects.under_way(episode).filter(pk=intervention.pk).exists():
        raise ActionRefused({"intervention": "This is already under way."})
    if InterventionWait.objects.live().waiting().filter(episode=episode, intervention=intervention).exists():
        raise ActionRefused({"intervention": "They are already waiting for this."})
    return InterventionWait.objects.create(
        episode=episode, intervention=intervention, site_id=episode.site_id, since=since
    )


@transaction.atomic
def end_wait(*, wait: InterventionWait, how: str, on: date, why: str, by: User) -> InterventionWait:
    """End a wait: the intervention started on that day, or the family no longer waits, with the reason."""
    wait = (
        InterventionWait.objects.select_for_update(of=("self",))
        .select_related("episode", "intervention")
        .get(pk=wait.pk)
    )
    if wait.closed_on:
        raise ActionRefused("This wait has already ended.")
    if on < wait.since:
        raise ActionRefused({"on": "This is before the waiting began."})
    if how == WaitOutcome.STARTED:
        start_intervention(episode=wait.episode, intervention=wait.intervention, started_on=on, by=by)
        wait.refresh_from_db()
        return wait
    validate_day(wait.episode, "on", on)
    if not why.strip():
        raise ActionRefused({"why": "Enter why, in a few words."})
    return wait.change(closed_on=on, closed_as=how, closed_because=why)
