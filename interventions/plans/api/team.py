"""API of co-workers, focus, THRIVE groupings, interventions and waits."""

from uuid import UUID

from django.utils import timezone
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.episodes.models import Episode, InterventionUse, InterventionWait
from interventions.plans import actions, forms
from interventions.plans.api.serializers import (
    CoWorkerOut,
    EpisodeFocusOut,
    GroupingOut,
    HelpingAnswerOut,
    InterventionUseOut,
    InterventionWaitOut,
    create_from_input,
    get_api_episode,
    get_api_record,
)
from interventions.plans.models import CoWorker, GroupingStep, HelpingAnswer
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_page, list_visible

CO_WORKER_INPUT, END_CO_WORK_INPUT = (
    FormInput(form=forms.NewCoWorkerForm),
    FormInput(form=forms.EndCoWorkForm),
)
FOCUS_INPUT, GROUPING_INPUT = FormInput(form=forms.FocusForm), FormInput(form=forms.GroupingForm)
INTERVENTION_INPUT, END_INTERVENTION_INPUT, HELPING_INPUT = (
    FormInput(form=forms.StartInterventionForm),
    FormInput(form=forms.EndInterventionForm),
    FormInput(form=forms.HelpingForm),
)
WAIT_INPUT, END_WAIT_INPUT = FormInput(form=forms.NewWaitForm), FormInput(form=forms.EndWaitForm)
USES = InterventionUse.objects.select_related("episode", "intervention")
WAITS = InterventionWait.objects.select_related("episode", "intervention", "site")
CO_WORKERS = CoWorker.objects.select_related("user", "episode")


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=build_input_serializer(CO_WORKER_INPUT, "NewCoWorker"), responses=CoWorkerOut(many=True)
)
@api_view(["GET", "POST"])
def list_or_add_co_workers(request: Request, episode_id: UUID) -> Response:
    """GET: the episode's co-workers. POST: add one."""
    episode, _ = get_api_episode(request, episode_id)
    if request.method == "GET":
        return Response(
            CoWorkerOut(list_visible(request._request, CO_WORKERS.filter(episode=episode)), many=True).data
        )
    return create_from_input(
        request, CO_WORKER_INPUT, kind="api-co-worker", episode=episode, out=CoWorkerOut, rows=CO_WORKERS,
        make=lambda **said: actions.add_co_worker(episode=episode, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(END_CO_WORK_INPUT, "EndOfCoWork"), responses=CoWorkerOut)
@api_view(["POST"])
def end_co_work_api(request: Request, co_worker_id: UUID) -> Response:
    """End the co-work: the co-worker's last day on the episode."""
    found, _ = get_api_record(request, CO_WORKERS, co_worker_id)
    return create_from_input(
        request, END_CO_WORK_INPUT, kind="api-end-co-work", out=CoWorkerOut, rows=CO_WORKERS,
        make=lambda **said: actions.end_co_work(co_worker=found, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(FOCUS_INPUT, "Focus"), responses=EpisodeFocusOut)
@api_view(["POST"])
def change_focus_api(request: Request, episode_id: UUID) -> Response:
    """Set the dyads in focus from a day on."""
    episode, family = get_api_episode(request, episode_id)
    return create_from_input(
        request, FOCUS_INPUT, kind="api-focus", family=family, patient=episode.referral.patient_id, out=EpisodeFocusOut,
        rows=Episode.objects.prefetch_related("focus"),
        make=lambda **said: actions.change_focus(episode=episode, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(GROUPING_INPUT, "Grouping"), responses=GroupingOut(many=True))
@api_view(["GET", "POST"])
def list_or_set_groupings(request: Request, episode_id: UUID) -> Response:
    """GET: the THRIVE groupings over time. POST: set the grouping from a day on."""
    episode, _ = get_api_episode(request, episode_id)
    if request.method == "GET":
        rows = list_visible(request._request, GroupingStep.objects.filter(episode=episode))
        return Response(GroupingOut(rows, many=True).data)
    return create_from_input(
        request, GROUPING_INPUT, kind="api-grouping", out=GroupingOut, rows=GroupingStep.objects.all(),
        make=lambda **said: actions.set_grouping(episode=episode, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=build_input_serializer(INTERVENTION_INPUT, "NewWay"), responses=InterventionUseOut(many=True)
)
@api_view(["GET", "POST"])
def list_or_start_interventions(request: Request, episode_id: UUID) -> Response:
    """GET: the episode's interventions. POST: start one."""
    episode, _ = get_api_episode(request, episode_id)
    if request.method == "GET":
        return Response(
            InterventionUseOut(list_visible(request._request, USES.filter(episode=episode)), many=True).data
        )
    return create_from_input(
        request, INTERVENTION_INPUT, kind="api-way", out=InterventionUseOut, rows=USES,
        make=lambda **said: actions.start_intervention(episode=episode, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(
    request=build_input_serializer(END_INTERVENTION_INPUT, "EndOfWay"), responses=InterventionUseOut
)
@api_view(["POST"])
def end_intervention_api(request, use_id):
    """End an intervention while the episode continues."""
    use, _ = get_api_record(request, USES, use_id)
    return create_from_input(
        request, END_INTERVENTION_INPUT, kind="api-end-way", out=InterventionUseOut, rows=USES,
        make=lambda **said: actions.end_intervention(use=use, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=build_input_serializer(HELPING_INPUT, "Helping"), responses=HelpingAnswerOut(many=True)
)
@api_view(["GET", "POST"])
def list_or_answer_helping(request: Request, use_id: UUID) -> Response:
    """GET: the answers to "is this helping?", newest first. POST: add an answer."""
    use, _ = get_api_record(request, USES, use_id)
    rows = HelpingAnswer.objects.all()
    if request.method == "GET":
        return Response(
            HelpingAnswerOut(list_visible(request._request, rows.filter(use=use)), many=True).data
        )
    return create_from_input(
        request, HELPING_INPUT, kind="api-helping", out=HelpingAnswerOut, rows=rows,
        make=lambda **said: actions.answer_helping(use=use, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=build_input_serializer(WAIT_INPUT, "NewWait"), responses=InterventionWaitOut(many=True)
)
@api_view(["GET", "POST"])
def list_or_start_waits(request: Request, episode_id: UUID) -> Response:
    """GET: the family's waits, open and ended. POST: add a wait."""
    episode, _ = get_api_episode(request, episode_id)
    if request.method == "GET":
        return Response(
            InterventionWaitOut(list_visible(request._request, WAITS.filter(episode=episode)), many=True).data
        )
    return create_from_input(
        request, WAIT_INPUT, kind="api-wait", out=InterventionWaitOut, rows=WAITS,
        make=lambda **said: actions.start_wait(episode=episode, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(END_WAIT_INPUT, "EndOfWait"), responses=InterventionWaitOut)
@api_view(["POST"])
def end_wait_api(request: Request, wait_id: UUID) -> Response:
    """End a wait: the intervention has started, or the family no longer waits."""
    wait, _ = get_api_record(request, WAITS, wait_id)
    return create_from_input(
        request, END_WAIT_INPUT, kind="api-end-wait", out=InterventionWaitOut, rows=WAITS,
        make=lambda **said: actions.end_wait(wait=wait, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families")
@extend_schema(responses=InterventionWaitOut(many=True))
@api_view(["GET"])
def list_waiting_api(request: Request) -> Response:
    """List open waits at your sites, longest first, 50 a page (?page=2)."""
    page = get_visible_page(request._request, WAITS.waiting())
    days = [(timezone.localdate() - wait.since).days for wait in page.object_list]
    shown = InterventionWaitOut(page.object_list, many=True).data
    rows = [row | {"days": each} for row, each in zip(shown, days, strict=True)]
    return Response({"pages": page.paginator.num_pages, "results": rows})
