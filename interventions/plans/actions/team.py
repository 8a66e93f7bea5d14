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
from pairs.service.refusals import ActionRefused, refuse_all


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
    refuse_all(lambda: validate_day(episode, "since", since), {"user": _find_co_worker_error(episode, user)})
    return CoWorker.objects.create(episode=episode, user=user, since=since, why=why)


def _find_co_worker_error(episode: Episode, user: User) -> str:
    if user.pk == episode.lead_id:
        return "They already lead this episode."
    if not query_possible_leads(episode.site_id).filter(pk=user.pk).exists():
        return "Choose someone who writes records at the family's site."
    current = CoWorker.objects.live().current(timezone.localdate())
    there = current.filter(episode=episode, user=user).exists()
    return "They already work on this episode." if there else ""


@transaction.atomic
def end_co_work(*, co_worker: CoWorker, until: date, by: User) -> CoWorker:
    """Record the co-worker's last day on the episode."""
    co_worker = (
        CoWorker.objects.select_for_update(of=("self",)).select_related("episode").get(pk=co_worker.pk)
    )
    if co_worker.until:
        raise ActionRefused("This already has an end date.")
    early = until < co_worker.since
    refuse_all(
        lambda: validate_day(co_worker.episode, "until", until),
        {"until": "This is before it began." if early else ""},
    )
    return co_worker.change(until=until)


@transaction.atomic
def change_focus(*, episode: Episode, focus: Sequence[Dyad], since: date, why: str, by: User) -> Episode:
    """Set the dyads in focus from that day on; each dyad added or removed is recorded with its day."""
    episode = lock_open_episode(episode)
    before, now = set(episode.focus.all()), set(focus)
    refuse_all(
        lambda: validate_day(episode, "since", since),
        {"focus": _find_focus_error(episode, focus)},
        lambda: validate_living("focus", [dyad.caregiver for dyad in now - before], since),
        {"focus": "These are already in focus." if before == now else ""},
    )
    moves = ((FocusChange.Direction.OUT, before - now), (FocusChange.Direction.IN, now - before))
    for change, dyads in moves:
        for dyad in sorted(dyads, key=lambda each: each.created_at):
            FocusChange.objects.create(episode=episode, dyad=dyad, change=change, since=since, why=why, by=by)
    episode.focus.set(focus)
    return episode


def _find_focus_error(episode: Episode, focus: Sequence[Dyad]) -> str:
    patient = episode.referral.patient_id
    if not focus and patient is None:
        return "Choose at least one relationship to work with."
    if any(dyad.family_id != episode.family_id for dyad in focus):
        return "Choose from this family."
    if patient and any(dyad.caregiver_id != patient for dyad in focus):
        return "This is a carer's own episode. Choose from their own relationships, or none."
    return ""


@transaction.atomic
def set_grouping(
    *, episode: Episode, grouping: str, since: date, why: str, agreed: bool, by: User
) -> GroupingStep:
    """Set the THRIVE grouping from that day on; earlier groupings stay readable."""
    episode = lock_open_episode(episode)
    last = GroupingStep.objects.live().filter(episode=episode).order_by("since", "created_at").last()
    later = last.since if last and since < last.since else None
    same = grouping == episode.thrive and last is not None and last.agreed == agreed
    refuse_all(
        lambda: validate_day(episode, "since", since),
        {
            "since": f"There is a later change, of {later:%-d %b %Y}." if later else "",
            "grouping": "This is already the grouping." if same else "",
        },
    )
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
    refuse_all(
        lambda: validate_day(episode, "started_on", started_on),
        {"intervention": _find_under_way_error(episode, intervention)},
    )
    (begun,) = start_using(episode, [intervention], started_on)
    return begun


def _find_under_way_error(episode: Episode, intervention: Intervention) -> str:
    under_way = Intervention.objects.under_way(episode).filter(pk=intervention.pk).exists()
    return "This is already under way." if under_way else ""


@transaction.atomic
def end_intervention(*, use: InterventionUse, ended_on: date, why: str, by: User) -> InterventionUse:
    """End an intervention while the episode continues."""
    use = InterventionUse.objects.select_for_update(of=("self",)).select_related("episode").get(pk=use.pk)
    if use.ended_on:
        raise ActionRefused("This has already ended.")
    early = ended_on < use.started_on
    refuse_all(
        lambda: validate_day(use.episode, "ended_on", ended_on),
        {"ended_on": "This is before it began." if early else ""},
    )
    return use.change(ended_on=ended_on, ended_because=why)


@transaction.atomic
def start_wait(*, episode: Episode, intervention: Intervention, since: date, by: User) -> InterventionWait:
    """Record that the family waits for an intervention at the episode's site."""
    episode = lock_open_episode(episode)
    waiting = InterventionWait.objects.live().waiting().filter(episode=episode, intervention=intervention)
    refuse_all(
        lambda: validate_day(episode, "since", since),
        {"intervention": _find_under_way_error(episode, intervention)},
        {"intervention": "They are already waiting for this." if waiting.exists() else ""},
    )
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
    started = how == WaitOutcome.STARTED
    refuse_all(
        {"on": "This is before the waiting began." if on < wait.since else ""},
        lambda: validate_day(wait.episode, "on", on),
        {"why": "" if started or why.strip() else "Enter why, in a few words."},
    )
    if started:
        start_intervention(episode=wait.episode, intervention=wait.intervention, started_on=on, by=by)
        wait.refresh_from_db()
        return wait
    return wait.change(closed_on=on, closed_as=how, closed_because=why)
