"""The addresses of a kind of document, for an app's URLconf: nothing of it is loaded until one is asked for."""

from functools import cached_property
from importlib import import_module
from typing import Any

from django.urls import URLPattern, path

from pairs.web.lazy_views import LazyView


class LazyDocumentView(LazyView):
    """Stands for one view (such as ``PdfPage``) of the kind of document that a module declares."""

    def __init__(self, document: str, module: str, view: str) -> None:
        super().__init__(module, view, before_fork=True)
        self.document = document

    @cached_property
    def loaded(self) -> Any:
        """The view. Raises ImportError when the module has no such document."""
        module, _, name = self.document.rpartition(".")
        document = getattr(import_module(module), name)
        return getattr(import_module(self.__module__), self.__name__).build_view(document)


def build_document_paths(record: str, name: str, document: str, *, printed: bool = True) -> list[URLPattern]:
    """Its PDF, how far that is and, where it is ``printed`` from the browser too, its page on paper.

    ``record``: the address of its record, such as "letters/<uuid:letter_id>/". ``document``: the dotted path of a
    Document.
    """
    views = {"pdf": "PdfPage", "progress": "ProgressPage"} | ({"print": "PrintPage"} if printed else {})
    return [
        path(
            f"{record}{last}/",
            LazyDocumentView(document, "pairs.documents.views", view),
            name=f"{name}-{last}",
        )
        for last, view in views.items()
    ]


def build_document_api_path(record: str, name: str, document: str) -> URLPattern:
    """Its PDF."""
    view = LazyDocumentView(document, "pairs.documents.api", "PdfApi")
    return path(f"{record}pdf/", view, name=f"api-{name}-pdf")
