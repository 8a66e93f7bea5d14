"""A kind of document: what goes on paper, and whether it may be told today. An app declares its own in `documents.py`.

    class LetterDocument(Document):
        name = noun = "letter"
        ...

    DOCUMENTS = (LetterDocument(),)

Everything else is the same for all of them: the printed page, the PDF that the worker makes, how far it is, the
download and its address of the API. The words are judged anew when the page is opened, when the PDF is asked for, when
it is made and when it is downloaded.
"""

import hashlib
from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.models import Family
from pairs.jobs.models import Job
from pairs.service.hooks import list_hooks

SayProgress = Callable[[int, str], None]  # per cent, what it is doing


class Document:
    """A record that goes on paper. It has ``job``, which makes its PDF, and ``file_name``.

    ``name``: its page's name among the addresses, which the others begin with ("letter-pdf"). ``noun``: what it is
    called on pages. ``makers``: the permissions to ask for a PDF; empty: it is made with the record.
    ``paper_template``: has the macro ``paper_text``. ``stylesheet``: of the PDF.
    """

    name: ClassVar[str]
    noun: ClassVar[str]
    readers: ClassVar[tuple[str, ...]]
    makers: ClassVar[tuple[str, ...]] = ()
    paper_template: ClassVar[str]
    pdf_template: ClassVar[str] = "documents/pdf.html"
    stylesheet: ClassVar[str]
    print_hint: ClassVar[str] = ""
    open_text: ClassVar[str] = ""  # of a button beside the download, once it is made

    @abstractmethod
    def get_records(self) -> QuerySet[Any]:
        """Those that may go on paper, with all that stands on it; their files stay where they are."""

    @abstractmethod
    def build_paper(self, record: Any, on: date) -> Mapping[str, Any]:
        """What the paper says on that day: ``title`` and ``stopped`` (why it may not be told, or ''), and its lines."""

    def map_permissions(self) -> dict[str, tuple[str, ...]]:
        """{HTTP method ('' = any): the permissions of which one is needed} at the addresses of its PDF."""
        return {"": self.readers} | ({"POST": self.makers} if self.makers else {})

    def list_methods(self) -> list[str]:
        """The HTTP methods that the addresses of its PDF answer."""
        return ["get", "head", "options", *(["post"] if self.makers else [])]

    def prepare_paper(self, record: Any, on: date, say_progress: SayProgress) -> Mapping[str, Any]:
        """The paper for the worker, which has the time for what takes long."""
        return self.build_paper(record, on)

    def arrange_paper(self, paper: Mapping[str, Any]) -> Mapping[str, Any]:
        """The paper as the PDF's template takes it: the same lines, in the order in which they are drawn."""
        return paper

    def save_paper(self, record: Any, paper: Mapping[str, Any]) -> None:
        """What is kept of it besides the file, in the same transaction."""

    def build_key(self, record: Any, paper: Mapping[str, Any]) -> str:
        """One PDF for the same lines: when what may stand on it has changed since, it is made anew."""
        lines = repr(sorted(paper.items()))
        return f"{self.name}:{record.pk}:{hashlib.sha256(lines.encode()).hexdigest()[:16]}"

    def get_record(
        self, request: ScopedRequest, record_id: UUID, may: tuple[str, ...] = ()
    ) -> tuple[Any, Family | None]:
        """(the record, its family) in scope, or 404. ``may``: the permissions of which one is needed at its site."""
        record = get_visible_or_404(request, self.get_records(), pk=record_id)
        family_id = record.family_id_for_log
        return record, get_family(request, family_id, may or None) if family_id else None


def find_current_job(document: Document, record: Any, paper: Mapping[str, Any]) -> Job | None:
    """The PDF's job, made or being made, when the PDF says what this paper says."""
    return record.job if record.job and record.job.key == document.build_key(record, paper) else None


@cache
def map_documents() -> dict[str, Document]:
    """{name: document} of all apps."""
    return {each.name: each for documents in list_hooks("documents", "DOCUMENTS") for each in documents}
