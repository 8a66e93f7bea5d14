"""The API of every kind of document: its PDF."""

from typing import Any, ClassVar
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.access.policy import PERMISSION, Policy
from pairs.api.views import FormApi, JobOut
from pairs.documents import actions
from pairs.documents.document import Document
from pairs.documents.views import build_download


class PdfApi(FormApi):
    """GET: the PDF of this {noun}; 404 until it is made, 400 once it may not be told. POST: ask for the PDF."""

    document: ClassVar[Document]
    form_class = Form  # nothing is asked
    serializer_class = created_class = JobOut
    answers_file = "application/pdf"

    @classmethod
    def build_view(cls, document: Document) -> Any:
        """The view for this kind, with its policy and its description."""
        declared = {
            "document": document,
            "policy": Policy(PERMISSION, document.map_permissions()),
            "__doc__": (cls.__doc__ or "").format(noun=document.noun),
            "http_method_names": document.list_methods(),
        }
        return type(f"{type(document).__name__}Pdf", (cls,), declared).as_view()

    def get_record(self, may: Any) -> Any:
        return self.document.get_record(self.request, self.record_id, may)[0]

    def get_shown_record(self, pk: UUID) -> Any:
        return self.document.get_record(self.request, pk)[0]

    def serialize(self, row: Any, *, created: bool = False) -> Any:
        return super().serialize(row.job, created=created)

    def save(self, form: Form) -> Any:
        return actions.request_pdf(document=self.document, record=self.record)

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        return build_download(self.document, self.get_record(None))

    def post(self, request: Request, **kwargs: Any) -> Response:
        self.may = self.document.makers
        return self.post_once(request)
