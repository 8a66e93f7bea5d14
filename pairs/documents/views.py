"""The pages of every kind of document: on paper, its PDF, and how far that is."""

from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from pairs.access.policy import PERMISSION, Policy
from pairs.access.requests import ScopedRequest
from pairs.documents import actions
from pairs.documents.document import Document
from pairs.families.models import Family
from pairs.families.record_pages import build_family_banner
from pairs.service.refusals import ActionRefused


class DocumentView(View):
    """A page about one record of the kind that ``document`` says."""

    document: ClassVar[Any] = None
    background: ClassVar[bool] = False

    @classmethod
    def build_view(cls, document: Document) -> Any:
        """The view for this kind, with its policy."""
        view = cls.as_view(document=document)
        view.policy = Policy(PERMISSION, cls.map_permissions(document), cls.background)
        return view

    @classmethod
    def map_permissions(cls, document: Document) -> dict[str, tuple[str, ...]]:
        """As Document.map_permissions; of a page that only shows, those of its readers."""
        return {"": document.readers}

    def get_record(self, may: tuple[str, ...] = ()) -> tuple[Any, Family | None]:
        """(the record that the address names, its family), as Document.get_record."""
        (record_id,) = self.kwargs.values()
        return self.document.get_record(self.request, record_id, may)

    def respond(
        self, request: ScopedRequest, template: str, record: Any, family: Family | None, **context: Any
    ) -> HttpResponse:
        """The page, under the family's banner where the record has a family that one may open."""
        shared = {"document": self.document, "record": record, "family": family}
        shared["banner"] = build_family_banner(request, family) if family else None
        return render(request, f"documents/{template}.html", shared | context)


class PrintPage(DocumentView):
    """The document on paper, and nothing around it; judged as it is opened."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: ScopedRequest, **kwargs: UUID) -> HttpResponse:
        record, family = self.get_record()
        paper = self.document.build_paper(record, timezone.localdate())
        return self.respond(request, "print", record, family, paper=paper)


class ProgressPage(DocumentView):
    """Only how far the PDF is: asked every two seconds by the record's page."""

    http_method_names = ["get", "head", "options"]
    background = True

    def get(self, request: ScopedRequest, **kwargs: UUID) -> HttpResponse:
        record, family = self.get_record()
        if record.job is None:
            raise Http404
        return self.respond(request, "progress", record, family)


class PdfPage(DocumentView):
    """GET downloads the PDF, unless it may no longer be told; POST asks for it."""

    @classmethod
    def map_permissions(cls, document: Document) -> dict[str, tuple[str, ...]]:
        return document.map_permissions()

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.http_method_names = self.document.list_methods()

    def get(self, request: ScopedRequest, **kwargs: UUID) -> HttpResponse:
        record, _family = self.get_record()
        return self._do_or_say_why(request, record, partial(build_download, self.document, record))

    def post(self, request: ScopedRequest, **kwargs: UUID) -> HttpResponse:
        record, _family = self.get_record(self.document.makers)
        ask = partial(actions.request_pdf, document=self.document, record=record)
        return self._do_or_say_why(request, record, ask)

    def _do_or_say_why(self, request: ScopedRequest, record: Any, act: Any) -> HttpResponse:
        """The answer of the act; else the record's page, with why not where it was refused."""
        try:
            answer = act()
        except ActionRefused as refused:
            messages.warning(request, str(refused))
            answer = None
        return answer if isinstance(answer, HttpResponse) else redirect(self.document.name, record.pk)


def build_download(document: Document, record: Any) -> HttpResponse:
    """The PDF under its name; 404 until it is made. Raises ActionRefused when it may no longer be told."""
    file = actions.get_pdf(document, record, timezone.localdate())
    if file is None:
        raise Http404
    response = HttpResponse(file, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{record.file_name}"'
    return response
