"""Pages of a printed plan for one carer: create, preview, print or PDF, record that it was given."""

from typing import Any

from django.utils import timezone

from interventions.episodes.views.record_pages import EpisodeFormPage
from interventions.plans import record_forms
from interventions.plans.documents import PLAN_PAPER
from interventions.plans.printed_plan import (
    build_plan_lines,
    list_other_names,
)
from interventions.plans.views.care_plan import PLAN_READERS
from pairs.access import policy
from pairs.documents.document import find_current_job
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import PageOf


@policy.permission("write_records")
class AddPlanPaperPage(record_forms.CreatePlanPaper, EpisodeFormPage):
    """Choose the carer whom the page is for; nothing is printed yet."""

    template_name = "plans/new_paper.html"
    title = "Family copy"
    button = "Preview"
    message = "Read it as they would before you print it."
    leads_to = PageOf("plan-paper", "made")

    def get_text(self) -> list[str]:
        if not self.carers:
            return []
        what = "their own plan" if self.record.caregiver_id else "the whole family's plan"
        return [
            f"For one carer at a time. It includes {what}, their own goals and the names of the children "
            "they care for, and nothing about another carer."
        ]

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"carers": self.carers}


@policy.permission(*PLAN_READERS, POST="write_records")
class PlanPaperPage(record_forms.RecordPlanGiven, FamilyFormPage):
    """Preview the page. POST: record that it was given to the carer."""

    template_name = "plans/paper.html"
    open_to_readers = True
    button = "Save the day"
    message = "Saved."
    back = PageOf("plan", "record.plan", "The plan")
    leads_to = PageOf("plan-paper", "made")

    def get_title(self) -> str:
        return f"Family copy for {self.record.to_caregiver}"

    def get_context(self, form: Any) -> dict[str, Any]:
        paper = self.record
        lines = build_plan_lines(paper.plan, paper.to_caregiver, timezone.localdate())
        return super().get_context(form) | {
            "paper": paper,
            "lines": lines,
            "others": [] if lines["stopped"] else list_other_names(paper.plan, paper.to_caregiver),
            "job": find_current_job(PLAN_PAPER, paper, lines),
            "may_write": self.request.scope.may("write_records", at=paper.site_id),
        }
