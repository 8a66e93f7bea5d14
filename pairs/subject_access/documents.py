"""The copy of what is held about one person, as a document on paper."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pairs.documents.document import Document
from pairs.subject_access.choices import RequestStatus
from pairs.subject_access.models import Bundle
from pairs.village.rules import SENDER
from pairs.web.formats import format_day

NOT_TO_GIVE: dict[str, str] = {
    RequestStatus.WITHDRAWN: "The request was withdrawn.",
    RequestStatus.REFUSED: "The request was refused.",
}


class BundleDocument(Document):
    name, noun = "bundle", "copy"
    readers, makers = ("govern_records",), ("govern_records",)
    paper_template, stylesheet = "subject_access/_paper.html", "subject_access/bundle_pdf.css"

    def get_records(self) -> QuerySet[Bundle]:
        return Bundle.objects.live().with_names()

    def build_paper(self, record: Bundle, on: date) -> dict[str, Any]:
        return build_bundle_paper(record)


def build_bundle_paper(bundle: Bundle) -> dict[str, Any]:
    """The lines of the copy: nothing but what was frozen in it."""
    request, content = bundle.access_request, bundle.content
    return {
        "sender": SENDER,
        "site": str(request.family.site),
        "title": f"Copy of what we hold about {content['about']}",
        "stopped": NOT_TO_GIVE.get(request.status, ""),
        "asked_by": content["asked_by"],
        "received_on": _format_iso(content["received_on"]),
        "made_on": _format_iso(content["made_on"]),
        "sections": [(each["title"], list(_list_entries(each["entries"]))) for each in content["sections"]],
        "left_out": content["left_out"],
    }


def _format_iso(text: str | None) -> str:
    return format_day(date.fromisoformat(text)) if text else ""


def _list_entries(entries: list[dict[str, Any]]) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    """(day, its lines, the text that is given where parts are struck out)."""
    for each in entries:
        lines = [(line["label"], line["text"]) for line in each["lines"]]
        yield _format_iso(each["on"]), lines, each["text"]


BUNDLE = BundleDocument()
DOCUMENTS = (BUNDLE,)
