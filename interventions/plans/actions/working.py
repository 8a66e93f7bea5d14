"""Who works with a family, on which relationships and in which grouping; what begins, waits and ends."""

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
    leads_at,
)
from interventions.plans.models import CoWorker, FocusChange, GroupingStep
from interventions.plans.rules import why_not_day
from pairs.families.models import Dyad
from pairs.service.models import User
from pairs.service.refusals import Refused


def open_one(episode: Episode) -> Episode:
    """The episode under lock. Raises Refused when it has ended."""
    locked = Episode.objects.select_for_update(of=("self",)).select_related("referral").get(pk=episode.pk)
    if locked.ended_on:
        raise Refused("This episode has ended.")
    return locked


def check_day(episode: Episode, field: str, day: date) -> None:
    """Raises Refused beside the field when nothing of the episode can have happened that day."""
    on = timezone.localdate()
    problem = why_not_day(day=day, opened=episode.opened_on, ended=episode.ended_on, on=on)
    if problem:
        raise Refused({field: problem})


@transaction.atomic
def add_co_worker(*, episode: Episode, user: User, since: date, why: str, by: User) -> CoWorker:
    """Somebody works on it with the lead from that day on; the family is on their caseload then."""
    episode = open_one(episode)
    check_day(episode, "since", since)
    if user.pk == episode.lead_id:
        raise Refused({"user": "They lead this episode already."})
    if not leads_at(episode.site_id).filter(pk=user.pk).exists():
        raise Refused({"user": "Choose somebody who writes records at the family's site."})
    if CoWorker.objects.live().current(timezone.localdate()).filter(episode=episode, user=user).exists():
        raise Refused({"user": "They work on this episode already."})
    return CoWorker.objects.create(episode=episode, user=user, since=since, why=why)


@transaction.atomic
def end_co_work(*, co_worker: CoWorker, until: date, by: User) -> CoWorker:
    """Their last day on it."""
    co_worker = (
        CoWorker.objects.select_for_update(of=("self",)).select_related("episode").get(pk=co_worker.pk)
    )
    if co_worker.until:
        raise Refused("This has an end already.")
    check_day(co_worker.episode, "until", until)
    if until < co_worker.since:
        raise Refused({"until": "This is before it began."})
    return co_worker.change(until=until)


@transaction.atomic
def change_focus(*, episode: Episode, focus: Sequence[Dyad], since: date, why: str, by: User) -> Episode:
    """Work with these relationships from that day on; what came in and what went out is kept with its day."""
    episode = open_one(episode)
    check_day(episode, "since", since)
    _check_focus(episode, focus)
    before, now = set(episode.focus.all()), set(focus)
    if before == now:
        raise Refused({"focus": "These are in focus already."})
    for change, dyads in (("out", before - now), ("in", now - before)):
        for dyad in sorted(dyads, key=lambda each: each.created_at):
            FocusChange.objects.create(episode=episode, dyad=dyad, change=change, since=since, why=why, by=by)
    episode.focus.set(focus)
    return episode


def _check_focus(episode: Episode, focus: Sequence[Dyad]) -> None:
    patient = episode.referral.patient_id
    if not focus and patient is None:
        raise Refused({"focus": "Choose at least one relationship to work with."})
    if any(dyad.family_id != episode.family_id for dyad in focus):
        raise Refused({"focus": "Choose from this family."})
    if patient and any(dyad.caregiver_id != patient for dyad in focus):
        raise Refused(
            {"focus": "This is a carer's own episode. Choose from their own relationships, or none."}
        )


@transaction.atomic
def set_grouping(
    *, episode: Episode, grouping: str, since: date, why: str, agreed: bool, by: User
) -> GroupingStep:
    """From that day on the family's needs are of this THRIVE grouping; what it was before stays readable."""
    episode = open_one(episode)
    check_day(episode, "since", since)
    last = GroupingStep.objects.live().filter(episode=episode).order_by("since", "created_at").last()
    if last and since < last.since:
        raise Refused({"since": f"There is a later change, of {last.since:%-d %b %Y}."})
    if grouping == episode.thrive and last and last.agreed == agreed:
        raise Refused({"grouping": "This is the grouping already."})
    step = GroupingStep.objects.create(
        episode=episode, before=episode.thrive, grouping=grouping, since=since, why=why, agreed=agreed, by=by
    )
    episode.change(thrive=grouping)
    return step


@transaction.atomic
def begin_way(*, episode: Episode, intervention: Intervention, started_on: date, by: User) -> InterventionUse:
    """A way of working begins; whoever waited for it waits no longer."""
    episode = open_one(episode)
    check_day(episode, "started_on", started_on)
    begun = start_using(episode, [intervention], started_on)
    if not begun:
        raise Refused({"intervention": "This is under way already."})
    return begun[0]


@transaction.atomic
def end_way(*, use: InterventionUse, ended_on: date, why: str, by: User) -> InterventionUse:
    """A way of working ends while the episode goes on."""
    use = InterventionUse.objects.select_for_update(of=("self",)).select_related("episode").get(pk=use.pk)
    if use.ended_on:
        raise Refused("This has ended already.")
    check_day(use.episode, "ended_on", ended_on)
    if ended_on < use.started_on:
        raise Refused({"ended_on": "This is before it began."})
    return use.change(ended_on=ended_on, ended_because=why)


@transaction.atomic
def wait_for_way(*, episode: Episode, intervention: Intervention, since: date, by: User) -> InterventionWait:
    """The family waits for a way of working to start, at the episode's site."""
    episode = open_one(episode)
    check_day(episode, "since", since)
    if Intervention.objects.under_way(episode).filter(pk=intervention.pk).exists():
        raise Refused({"intervention": "This is under way already."})
    if InterventionWait.objects.live().waiting().filter(episode=episode, intervention=intervention).exists():
        raise Refused({"intervention": "They wait for this already."})
    return InterventionWait.objects.create(
        episode=episode, intervention=intervention, site_id=episode.site_id, since=since
    )


@transaction.atomic
def end_wait(*, wait: InterventionWait, how: str, on: date, why: str, by: User) -> InterventionWait:
    """It has started (then it is under way from that day), or they wait for it no longer, and why."""
    wait = (
        InterventionWait.objects.select_for_update(of=("self",))
        .select_related("episode", "intervention")
        .get(pk=wait.pk)
    )
    if wait.closed_on:
        raise Refused("This waiting has ended already.")
    if on < wait.since:
        raise Refused({"on": "This is before the waiting began."})
    if how == "started":
        begin_way(episode=wait.episode, intervention=wait.intervention, started_on=on, by=by)
        wait.refresh_from_db()
        return wait
    check_day(wait.episode, "on", on)
    if not why.strip():
        raise Refused({"why": "Say in a few words why."})
    return wait.change(closed_on=on, closed_as=how, closed_because=why)
