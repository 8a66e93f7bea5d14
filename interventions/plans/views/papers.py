"""Pages of a printed plan for one carer: create, preview, print or PDF, record that it was given."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.views.record_pages import EpisodeFormPage, render_record_page
from interventions.plans import actions, record_forms
from interventions.plans.models import PlanPaper
from interventions.plans.printed_plan import (
    build_plan_lines,
    get_current_pdf,
    list_other_names,
)
from interventions.plans.views.care_plan import PLAN_READERS, get_plan_path
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.record_forms import FamilyFormPage
from pairs.jobs.models import Job
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_page import Link

PDF_OUTDATED = "Something on this PDF has changed since it was made. Make it again."


def get_paper_path(paper: PlanPaper) -> str:
    return reverse("plan-paper", args=[paper.pk])


def get_paper_and_family(request: ScopedRequest, paper_id: UUID, may: str | None = None) -> tuple[Any, ...]:
    """(printed plan, family) in scope."""
    paper = get_visible_or_404(request, PlanPaper.objects.whole(), may=may, pk=paper_id)
    return paper, get_family(request, paper.plan.episode.family_id)


@policy.permission("write_records")
class AddPlanPaperPage(record_forms.CreatePlanPaper, EpisodeFormPage):
    """Choose the carer whom the page is for; nothing is printed yet."""

    kind = "new-plan-paper"
    template_name = "plans/new_paper.html"
    title = "A page for the family"
    button = "See it first"
    message = "Read it as they will, before you print it."

    def get_text(self) -> list[str]:
        if not self.carers:
            return []
        what = "their own plan" if self.record.caregiver_id else "the whole family's plan"
        return [
            f"For one carer at a time. It holds {what}, their own goals and the names of the children they care for;"
            " nothing of another carer's."
        ]

    def get_success_path(self, made: PlanPaper) -> str:
        return get_paper_path(made)

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"carers": self.carers}


@policy.permission(*PLAN_READERS, POST="write_records")
class PlanPaperPage(record_forms.RecordPlanGiven, FamilyFormPage):
    """Preview the page. POST: record that it was given to the carer."""

    kind = "plan-paper"
    template_name = "plans/paper.html"
    open_to_readers = True
    button = "Save the day"
    message = "Saved."

    def get_title(self) -> str:
        return f"A page for {self.record.to_caregiver}"

    def get_back_link(self) -> Link:
        return Link(get_plan_path(self.record.plan), "The plan")

    def get_success_path(self, made: PlanPaper) -> str:
        return get_paper_path(made)

    def get_context(self, form: Any) -> dict[str, Any]:
        paper, on = self.record, timezone.localdate()
        lines = build_plan_lines(paper.plan, paper.to_caregiver, on)
        return super().get_context(form) | {
            "paper": paper,
            "lines": lines,
            "others": [] if lines["stopped"] else list_other_names(paper.plan, paper.to_caregiver),
            "job": get_current_pdf(paper, on),
            "may_write": self.request.scope.may("write_records", at=paper.site_id),
        }


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
    return render_record_page(request, "plans/paper_progress.html", family, paper=found, job=found.job)
