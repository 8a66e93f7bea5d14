"""A signed letter as a document on paper."""

from datetime import date

from django.db.models import QuerySet

from pairs.documents.document import Document
from pairs.village.models import Letter
from pairs.village.printed_letter import build_printed_letter


class LetterDocument(Document):
    name = noun = "letter"
    readers, makers = ("read_families", "govern_records"), ("write_records",)
    paper_template, stylesheet = "village/_paper.html", "village/letter_pdf.css"

    def get_records(self) -> QuerySet[Letter]:
        return Letter.objects.live().whole().exclude(signed_at=None)

    def build_paper(self, record: Letter, on: date) -> dict:
        return build_printed_letter(record, on)


LETTER = LetterDocument()
DOCUMENTS = (LETTER,)
