"""Pages of a printed plan for one carer: create, preview, print or PDF, record that it was given."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from interventions.plans import actions, forms
from interventions.plans.models import Plan, PlanPaper
from interventions.plans.printed_plan import (
    build_plan_lines,
    get_current_pdf,
    list_other_names,
    query_plan_recipients,
)
from interventions.plans.views.care_plan import get_plan_path
from interventions.plans.views.record_pages import (
    PageText,
    get_record_and_family,
    handle_action_form,
    render_plan_page,
)
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.jobs.models import Job
from pairs.service.refusals import ActionRefused

PLAN_READERS = ("read_families", "govern_records")
PDF_OUTDATED = "Something on this PDF has changed since it was made. Make it again."


def get_paper_path(paper: PlanPaper) -> str:
    return reverse("plan-paper", args=[paper.pk])


def get_paper_and_family(request: ScopedRequest, paper_id: UUID, may: str | None = None) -> tuple[Any, ...]:
    """(printed plan, family) in scope."""
    paper = get_visible_or_404(request, PlanPaper.objects.whole(), may=may, pk=paper_id)
    return paper, get_family(request, paper.plan.episode.family_id)


@policy.permission("write_records")
def add_plan_paper(request: ScopedRequest, plan_id: UUID) -> HttpResponse:
    """Choose the carer whom the page is for; nothing is printed yet."""
    plan, family = get_record_and_family(request, Plan.objects.whole(), plan_id)
    carers = query_plan_recipients(plan, timezone.localdate())
    return handle_action_form(
        request, family, plan.episode,
        kind="new-plan-paper",
        form_of=lambda data: forms.NewPaperForm(data, carers=carers, initial={"to": carers[0].pk if carers else None}),
        make=lambda **said: actions.create_plan_paper(plan=plan, by=request.user, **said),
        path_of=get_paper_path,
        template="new_paper",
        carers=carers,
        plan=plan,
        words=PageText("A page for the family", "See it first", "Read it as they will, before you print it."),
    )  # fmt: skip


@policy.permission(*PLAN_READERS, POST="write_records")
def show_plan_paper(request: ScopedRequest, paper_id: UUID) -> HttpResponse:
    """Preview the page. POST: record that it was given to the carer."""
    found, family = get_paper_and_family(
        request, paper_id, may="write_records" if request.method == "POST" else None
    )
    on = timezone.localdate()
    lines = build_plan_lines(found.plan, found.to_caregiver, on)
    return handle_action_form(
        request, family, found.plan.episode,
        kind="plan-paper",
        form_of=lambda data: forms.PaperGivenForm(data, initial={"given_on": found.given_on or on}),
        make=lambda **said: actions.record_plan_given(paper=found, by=request.user, **said),
        path_of=get_paper_path,
        template="paper",
        words=PageText("A page for the family", "Save the day", "Saved."),
        paper=found,
        lines=lines,
        others=[] if lines["stopped"] else list_other_names(found.plan, found.to_caregiver),
        job=get_current_pdf(found, on),
        may_write=request.scope.may("write_records", at=found.site_id),
        to_plan=get_plan_path(found.plan),
    )  # fmt: skip


@policy.permission(*PLAN_READERS, POST="write_records")
def download_plan_pdf(request: ScopedRequest, paper_id: UUID) -> HttpResponse:
    """POST: request the PDF. GET: download it, unless it may no longer be given."""
    found, _ = get_paper_and_family(
        request, paper_id, may="write_records" if request.method == "POST" else None
    )
    try:
        if request.method == "GET":
            return build_plan_pdf_response(found)
        actions.request_plan_pdf(paper=found, by=request.user)
    except ActionRefused as refused:
        messages.warning(request, str(refused))
    return redirect(get_paper_path(found))


def build_plan_pdf_response(paper: Any) -> HttpResponse:
    """The PDF file; 404 until it is made. Refused if its content has changed or may not be given."""
    if paper.job is None or paper.job.status != Job.DONE:
        raise Http404
    on = timezone.localdate()
    stopped = build_plan_lines(paper.plan, paper.to_caregiver, on)["stopped"]
    if stopped or get_current_pdf(paper, on) is None:
        raise ActionRefused(stopped or PDF_OUTDATED)
    response = HttpResponse(bytes(paper.job.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{paper.file_name}"'
    return response


@policy.permission(*PLAN_READERS, background=True)
def show_plan_pdf_progress(request: ScopedRequest, paper_id: UUID) -> HttpResponse:
    """The progress of the PDF, polled every two seconds by its page."""
    found, family = get_paper_and_family(request, paper_id)
    if found.job is None:
        raise Http404
    return render_plan_page(request, "paper_progress", family, paper=found, job=found.job)
