"""Pages of co-workers, focus, THRIVE grouping, interventions and waits."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from interventions.episodes.models import InterventionUse, InterventionWait
from interventions.episodes.rules import WaitOutcome
from interventions.plans import actions, forms
from interventions.plans.models import CoWorker
from interventions.plans.views.record_pages import (
    PageText,
    get_episode_and_family,
    get_record_and_family,
    handle_action_form,
)
from pairs.access import policy
from pairs.access.requests import ScopedRequest


@policy.permission("write_records")
def add_co_worker_page(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Add a co-worker."""
    episode, family = get_episode_and_family(request, episode_id)
    usual = {"since": timezone.localdate()}
    return handle_action_form(
        request, family, episode,
        kind="new-co-worker",
        form_of=lambda data: forms.NewCoWorkerForm(data, episode=episode, initial=usual),
        make=lambda **said: actions.add_co_worker(episode=episode, by=request.user, **said),
        words=PageText(
            "Add a co-worker", "Add them", "They work on it too.",
            ["The lead stays the lead. The family is on the co-worker's caseload too, until their last day."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def end_co_work_page(request: ScopedRequest, co_worker_id: UUID) -> HttpResponse:
    """End the co-work: the co-worker's last day on the episode."""
    rows = CoWorker.objects.select_related("episode", "user")
    found, family = get_record_and_family(request, rows, co_worker_id)
    return handle_action_form(
        request, family, found.episode,
        kind="end-co-work",
        form_of=lambda data: forms.EndCoWorkForm(data, initial={"until": timezone.localdate()}),
        make=lambda **said: actions.end_co_work(co_worker=found, by=request.user, **said),
        words=PageText("End the co-work", "Save the last day", "Saved.", [f"{found.user}: {found.why}"]),
    )  # fmt: skip


@policy.permission("write_records")
def change_focus_page(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Change the dyads in focus."""
    episode, family = get_episode_and_family(request, episode_id)
    patient = episode.referral.patient_id
    usual = {"since": timezone.localdate(), "focus": [dyad.pk for dyad in episode.focus.all()]}
    return handle_action_form(
        request, family, episode,
        kind="episode-focus",
        form_of=lambda data: forms.FocusForm(data, family=family, patient=patient, initial=usual),
        make=lambda **said: actions.change_focus(episode=episode, by=request.user, **said),
        words=PageText("Relationships in focus", "Save", "The focus is saved."),
    )  # fmt: skip


@policy.permission("write_records")
def set_grouping_page(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Set the THRIVE grouping from a day on."""
    episode, family = get_episode_and_family(request, episode_id)
    usual = {"since": timezone.localdate(), "grouping": episode.thrive}
    now = episode.get_thrive_display() or "not agreed yet"
    return handle_action_form(
        request, family, episode,
        kind="episode-grouping",
        form_of=lambda data: forms.GroupingForm(data, initial=usual),
        make=lambda **said: actions.set_grouping(episode=episode, by=request.user, **said),
        words=PageText(
            "THRIVE grouping", "Save the grouping", "The grouping is saved.",
            [f"Now: {now}. What it was before stays readable, with the reason."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def start_intervention_page(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Start an intervention."""
    episode, family = get_episode_and_family(request, episode_id)
    usual = {"started_on": timezone.localdate(), "intervention": request.GET.get("way", "")}
    return handle_action_form(
        request, family, episode,
        kind="new-way",
        form_of=lambda data: forms.StartInterventionForm(data, initial=usual),
        make=lambda **said: actions.start_intervention(episode=episode, by=request.user, **said),
        words=PageText(
            "Start a way of working", "Start it", "It has started.",
            ["If the family waited for it, the waiting ends."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def end_intervention_page(request: ScopedRequest, use_id: UUID) -> HttpResponse:
    """End an intervention while the episode continues."""
    rows = InterventionUse.objects.select_related("episode", "intervention")
    found, family = get_record_and_family(request, rows, use_id)
    return handle_action_form(
        request, family, found.episode,
        kind="end-way",
        form_of=lambda data: forms.EndInterventionForm(data, initial={"ended_on": timezone.localdate()}),
        make=lambda **said: actions.end_intervention(use=found, by=request.user, **said),
        words=PageText(
            "End a way of working", "End it", "It has ended.",
            [f"{found.intervention}. The episode goes on."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def start_wait_page(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Record that the family waits for an intervention."""
    episode, family = get_episode_and_family(request, episode_id)
    return handle_action_form(
        request, family, episode,
        kind="new-wait",
        form_of=lambda data: forms.NewWaitForm(data, initial={"since": timezone.localdate()}),
        make=lambda **said: actions.start_wait(episode=episode, by=request.user, **said),
        words=PageText(
            "Waiting to start", "Put them on the list", "They are on the list.",
            ["Once it is recorded as started, or worked on in a contact, the waiting ends by itself."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def end_wait_page(request: ScopedRequest, wait_id: UUID) -> HttpResponse:
    """End a wait: the intervention has started, or the family no longer waits."""
    rows = InterventionWait.objects.select_related("episode", "intervention")
    found, family = get_record_and_family(request, rows, wait_id)
    return handle_action_form(
        request, family, found.episode,
        kind="end-wait",
        form_of=lambda data: forms.EndWaitForm(data, initial={"how": WaitOutcome.STARTED, "on": timezone.localdate()}),
        make=lambda **said: actions.end_wait(wait=found, by=request.user, **said),
        words=PageText(
            "End the waiting", "Save", "The waiting has ended.",
            [f"{found.intervention}, since {found.since:%-d %B %Y}."],
        ),
    )  # fmt: skip
