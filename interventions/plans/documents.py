"""The page of a plan for one carer as a document on paper."""

from datetime import date

from django.db.models import QuerySet

from interventions.plans.models import PlanPaper
from interventions.plans.printed_plan import build_plan_lines
from pairs.documents.document import Document


class PlanDocument(Document):
    name, noun = "plan-paper", "plan"
    readers, makers = ("read_families", "govern_records"), ("write_records",)
    paper_template, stylesheet = "plans/_paper.html", "plans/paper_pdf.css"

    def get_records(self) -> QuerySet[PlanPaper]:
        return PlanPaper.objects.live().whole()

    def build_paper(self, record: PlanPaper, on: date) -> dict:
        return build_plan_lines(record.plan, record.to_caregiver, on)


PLAN_PAPER = PlanDocument()
DOCUMENTS = (PLAN_PAPER,)
