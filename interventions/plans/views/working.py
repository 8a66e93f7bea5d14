"""Pages of who works with a family and on what: co-workers, focus, grouping, ways of working, waiting."""

from django.utils import timezone

from interventions.episodes.models import InterventionUse, InterventionWait
from interventions.plans import actions, forms
from interventions.plans.models import CoWorker
from interventions.plans.views.shown import Words, act, of_episode, of_record
from pairs.access import policy


@policy.permission("write_records")
def new_co_worker(request, episode_id):
    """Somebody else works on it too."""
    episode, family = of_episode(request, episode_id)
    usual = {"since": timezone.localdate()}
    return act(
        request, family, episode,
        kind="new-co-worker",
        form_of=lambda data: forms.NewCoWorker(data, episode=episode, initial=usual),
        make=lambda **said: actions.add_co_worker(episode=episode, by=request.user, **said),
        words=Words(
            "Add a co-worker", "Add them", "They work on it too.",
            ["The lead stays the lead. The family is on the co-worker's caseload too, until their last day."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def end_co_work(request, co_worker_id):
    """Their last day on it."""
    rows = CoWorker.objects.select_related("episode", "user")
    found, family = of_record(request, rows, co_worker_id)
    return act(
        request, family, found.episode,
        kind="end-co-work",
        form_of=lambda data: forms.EndOfCoWork(data, initial={"until": timezone.localdate()}),
        make=lambda **said: actions.end_co_work(co_worker=found, by=request.user, **said),
        words=Words("End the co-work", "Save the last day", "Saved.", [f"{found.user}: {found.why}"]),
    )  # fmt: skip


@policy.permission("write_records")
def focus(request, episode_id):
    """Which relationships the work is with."""
    episode, family = of_episode(request, episode_id)
    patient = episode.referral.patient_id
    usual = {"since": timezone.localdate(), "focus": [dyad.pk for dyad in episode.focus.all()]}
    return act(
        request, family, episode,
        kind="episode-focus",
        form_of=lambda data: forms.Focus(data, family=family, patient=patient, initial=usual),
        make=lambda **said: actions.change_focus(episode=episode, by=request.user, **said),
        words=Words("Relationships in focus", "Save", "The focus is saved."),
    )  # fmt: skip


@policy.permission("write_records")
def grouping(request, episode_id):
    """The THRIVE grouping from a day on."""
    episode, family = of_episode(request, episode_id)
    usual = {"since": timezone.localdate(), "grouping": episode.thrive}
    now = episode.get_thrive_display() or "not agreed yet"
    return act(
        request, family, episode,
        kind="episode-grouping",
        form_of=lambda data: forms.Grouping(data, initial=usual),
        make=lambda **said: actions.set_grouping(episode=episode, by=request.user, **said),
        words=Words(
            "THRIVE grouping", "Save the grouping", "The grouping is saved.",
            [f"Now: {now}. What it was before stays readable, with the reason."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def new_way(request, episode_id):
    """A way of working begins."""
    episode, family = of_episode(request, episode_id)
    usual = {"started_on": timezone.localdate(), "intervention": request.GET.get("way", "")}
    return act(
        request, family, episode,
        kind="new-way",
        form_of=lambda data: forms.NewWay(data, initial=usual),
        make=lambda **said: actions.begin_way(episode=episode, by=request.user, **said),
        words=Words(
            "Start a way of working", "Start it", "It has started.",
            ["If the family waited for it, the waiting ends."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def end_way(request, use_id):
    """A way of working ends while the episode goes on."""
    rows = InterventionUse.objects.select_related("episode", "intervention")
    found, family = of_record(request, rows, use_id)
    return act(
        request, family, found.episode,
        kind="end-way",
        form_of=lambda data: forms.EndOfWay(data, initial={"ended_on": timezone.localdate()}),
        make=lambda **said: actions.end_way(use=found, by=request.user, **said),
        words=Words(
            "End a way of working", "End it", "It has ended.",
            [f"{found.intervention}. The episode goes on."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def new_wait(request, episode_id):
    """The family waits for a way of working to start."""
    episode, family = of_episode(request, episode_id)
    return act(
        request, family, episode,
        kind="new-wait",
        form_of=lambda data: forms.NewWait(data, initial={"since": timezone.localdate()}),
        make=lambda **said: actions.wait_for_way(episode=episode, by=request.user, **said),
        words=Words(
            "Waiting to start", "Put them on the list", "They are on the list.",
            ["Once it is recorded as started, or worked on in a contact, the waiting ends by itself."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def end_wait(request, wait_id):
    """It starts, or they wait no longer."""
    rows = InterventionWait.objects.select_related("episode", "intervention")
    found, family = of_record(request, rows, wait_id)
    return act(
        request, family, found.episode,
        kind="end-wait",
        form_of=lambda data: forms.EndOfWait(data, initial={"how": "started", "on": timezone.localdate()}),
        make=lambda **said: actions.end_wait(wait=found, by=request.user, **said),
        words=Words(
            "End the waiting", "Save", "The waiting has ended.",
            [f"{found.intervention}, since {found.since:%-d %B %Y}."],
        ),
    )  # fmt: skip
