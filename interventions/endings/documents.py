"""A keepsake as a document on paper."""

from datetime import date

from django.db.models import QuerySet

from interventions.endings.models import Keepsake
from interventions.endings.printed_keepsake import build_printed_keepsake
from pairs.access.records import live_q
from pairs.documents.document import Document


class KeepsakeDocument(Document):
    name = noun = "keepsake"
    readers, makers = ("read_families", "govern_records"), ("write_records",)
    paper_template, stylesheet = "endings/_keepsake.html", "endings/keepsake_pdf.css"
    print_hint = "Made for A5 paper."

    def get_records(self) -> QuerySet[Keepsake]:
        return Keepsake.objects.live().whole().filter(live_q("dyad__"))

    def build_paper(self, record: Keepsake, on: date) -> dict:
        if record.ready_at is None:
            return {"title": record.title, "stopped": "Check the print preview first."}
        return build_printed_keepsake(record)


KEEPSAKE = KeepsakeDocument()
DOCUMENTS = (KEEPSAKE,)
