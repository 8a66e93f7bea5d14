"""The API of who works with a family and on what."""

from django.utils import timezone
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes.models import Episode, InterventionUse, InterventionWait
from interventions.plans import actions, forms
from interventions.plans.api.shapes import (
    CoWorkerOut,
    FocusOut,
    GroupingOut,
    HelpingOut,
    WaitOut,
    WayOut,
    episode_of,
    once,
    record_of,
)
from interventions.plans.models import CoWorker, GroupingStep, HelpingAnswer
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch_list, fetch_page

CO_WORKER, END_OF_CO_WORK = Sheet(form=forms.NewCoWorker), Sheet(form=forms.EndOfCoWork)
FOCUS, GROUPING = Sheet(form=forms.Focus), Sheet(form=forms.Grouping)
WAY, END_OF_WAY, HELPING = Sheet(form=forms.NewWay), Sheet(form=forms.EndOfWay), Sheet(form=forms.Helping)
WAIT, END_OF_WAIT = Sheet(form=forms.NewWait), Sheet(form=forms.EndOfWait)
USES = InterventionUse.objects.select_related("episode", "intervention")
WAITS = InterventionWait.objects.select_related("episode", "intervention", "site")
CO_WORKERS = CoWorker.objects.select_related("user", "episode")


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(CO_WORKER, "NewCoWorker"), responses=CoWorkerOut(many=True))
@api_view(["GET", "POST"])
def co_workers(request, episode_id):
    """Who works on the episode with its lead; or one more."""
    episode, _ = episode_of(request, episode_id)
    if request.method == "GET":
        return Response(
            CoWorkerOut(fetch_list(request._request, CO_WORKERS.filter(episode=episode)), many=True).data
        )
    return once(
        request, CO_WORKER, kind="api-co-worker", episode=episode, out=CoWorkerOut, rows=CO_WORKERS,
        make=lambda **said: actions.add_co_worker(episode=episode, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=schema_of(END_OF_CO_WORK, "EndOfCoWork"), responses=CoWorkerOut)
@api_view(["POST"])
def end_co_work(request, co_worker_id):
    """Their last day on it."""
    found, _ = record_of(request, CO_WORKERS, co_worker_id)
    return once(
        request, END_OF_CO_WORK, kind="api-end-co-work", out=CoWorkerOut, rows=CO_WORKERS,
        make=lambda **said: actions.end_co_work(co_worker=found, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=schema_of(FOCUS, "Focus"), responses=FocusOut)
@api_view(["POST"])
def focus(request, episode_id):
    """Work with these relationships from a day on."""
    episode, family = episode_of(request, episode_id)
    return once(
        request, FOCUS, kind="api-focus", family=family, patient=episode.referral.patient_id, out=FocusOut,
        rows=Episode.objects.prefetch_related("focus"),
        make=lambda **said: actions.change_focus(episode=episode, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(GROUPING, "Grouping"), responses=GroupingOut(many=True))
@api_view(["GET", "POST"])
def groupings(request, episode_id):
    """The THRIVE grouping over time; or from a day on another."""
    episode, _ = episode_of(request, episode_id)
    if request.method == "GET":
        rows = fetch_list(request._request, GroupingStep.objects.filter(episode=episode))
        return Response(GroupingOut(rows, many=True).data)
    return once(
        request, GROUPING, kind="api-grouping", out=GroupingOut, rows=GroupingStep.objects.all(),
        make=lambda **said: actions.set_grouping(episode=episode, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(WAY, "NewWay"), responses=WayOut(many=True))
@api_view(["GET", "POST"])
def ways(request, episode_id):
    """Ways of working of the episode; or one begins."""
    episode, _ = episode_of(request, episode_id)
    if request.method == "GET":
        return Response(WayOut(fetch_list(request._request, USES.filter(episode=episode)), many=True).data)
    return once(
        request, WAY, kind="api-way", out=WayOut, rows=USES,
        make=lambda **said: actions.begin_way(episode=episode, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=schema_of(END_OF_WAY, "EndOfWay"), responses=WayOut)
@api_view(["POST"])
def end_way(request, use_id):
    """A way of working ends while the episode goes on."""
    use, _ = record_of(request, USES, use_id)
    return once(
        request, END_OF_WAY, kind="api-end-way", out=WayOut, rows=USES,
        make=lambda **said: actions.end_way(use=use, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(HELPING, "Helping"), responses=HelpingOut(many=True))
@api_view(["GET", "POST"])
def helping(request, use_id):
    """Whether it helps: each asking, newest first; or one more."""
    use, _ = record_of(request, USES, use_id)
    rows = HelpingAnswer.objects.all()
    if request.method == "GET":
        return Response(HelpingOut(fetch_list(request._request, rows.filter(use=use)), many=True).data)
    return once(
        request, HELPING, kind="api-helping", out=HelpingOut, rows=rows,
        make=lambda **said: actions.answer_helping(use=use, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(WAIT, "NewWait"), responses=WaitOut(many=True))
@api_view(["GET", "POST"])
def waits(request, episode_id):
    """What the family waits or waited for; or one more."""
    episode, _ = episode_of(request, episode_id)
    if request.method == "GET":
        return Response(WaitOut(fetch_list(request._request, WAITS.filter(episode=episode)), many=True).data)
    return once(
        request, WAIT, kind="api-wait", out=WaitOut, rows=WAITS,
        make=lambda **said: actions.wait_for_way(episode=episode, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=schema_of(END_OF_WAIT, "EndOfWait"), responses=WaitOut)
@api_view(["POST"])
def end_wait(request, wait_id):
    """It starts, or they wait no longer."""
    wait, _ = record_of(request, WAITS, wait_id)
    return once(
        request, END_OF_WAIT, kind="api-end-wait", out=WaitOut, rows=WAITS,
        make=lambda **said: actions.end_wait(wait=wait, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families")
@extend_schema(responses=WaitOut(many=True))
@api_view(["GET"])
def waiting(request):
    """Who waits in the sites in scope, the longest first, 50 a page (?page=2)."""
    page = fetch_page(request._request, WAITS.waiting())
    days = [(timezone.localdate() - wait.since).days for wait in page.object_list]
    shown = WaitOut(page.object_list, many=True).data
    rows = [row | {"days": each} for row, each in zip(shown, days, strict=True)]
    return Response({"pages": page.paginator.num_pages, "results": rows})
