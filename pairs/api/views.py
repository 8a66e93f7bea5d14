"""The kinds of address that the API has. An app declares its own by subclassing one and saying who may.

    @policy.permission("read_families", POST="write_records")
    class GoalList(NewGoal, ListApi):
        \"\"\"GET: the episode's goals. POST: set one.\"\"\"

        serializer_class = GoalOut

        def get_rows(self):
            return Goal.objects.filter(episode=self.record).newest_first()

`NewGoal` is a RecordForm: the page that sets a goal has the same.
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from pairs.access.json_lists import JsonRows
from pairs.access.policy import DeclaresPolicy, Policy
from pairs.access.visible_records import get_visible_or_404, query_visible
from pairs.api.form_input import FormInput
from pairs.api.idempotency import create_once
from pairs.api.pagination import RecordPagination
from pairs.jobs.models import Job
from pairs.submissions.deadlocks import atomic_or_conflict
from pairs.submissions.record_forms import RecordForm

READING = ["get", "head", "options"]


@dataclass(frozen=True)
class QueryParameter:
    """What may stand behind the ``?`` of an address. ``kind``: of JSON Schema; ``format``: such as date or uuid."""

    name: str
    description: str
    enum: Sequence[str] = ()
    kind: str = "string"
    format: str = ""


class ApiView(DeclaresPolicy, APIView):
    """An address of the API. Its docstring describes it: one sentence, or one for each method ("GET: … POST: …").

    ``serializer_class``: what it answers. ``created_class``: what POST answers, where that is another.
    ``input_class``: a serializer that describes the input, for an address that does not read a RecordForm.
    """

    policy: ClassVar[Policy]
    serializer_class: ClassVar[type[BaseSerializer] | None] = None
    created_class: ClassVar[type[BaseSerializer] | None] = None
    input_class: ClassVar[type[BaseSerializer] | None] = None
    query_parameters: ClassVar[Sequence[QueryParameter]] = ()
    within: str = "visible_to"  # as RecordLookup has it
    answers_list: ClassVar[bool] = False  # whether GET answers pages of rows
    answers_file: ClassVar[str] = ""  # the media type of a file that GET answers, such as "application/pdf"
    changes_nothing: ClassVar[bool] = False  # whether POST only finds something out

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "http_method_names" not in vars(cls):
            cls.http_method_names = cls.list_methods()

    @classmethod
    def list_methods(cls) -> list[str]:
        """The methods that it answers: those it has a function for."""
        reading = READING if hasattr(cls, "get") else ["options"]
        return [*reading, *(name for name in ("post", "patch") if hasattr(cls, name))]

    @classmethod
    def get_input_class(cls) -> Any:
        """``input_class``, where it takes too much to make it before anybody asks for the description."""
        return cls.input_class

    def get_serializer_context(self) -> dict[str, Any]:
        """What the serializer is given besides the rows."""
        return {}

    def serialize(self, row: Any, *, created: bool = False) -> Any:
        """The JSON of one row."""
        shape = self.created_class if created and self.created_class else self.serializer_class
        return shape(row, context=self.get_serializer_context()).data

    def get_shown_records(self) -> QuerySet[Any]:
        """Among which a record that was made or changed is looked up, to be shown."""
        return (self.created_class or self.serializer_class).Meta.model.objects.all()

    def get_shown_record(self, pk: UUID) -> Any:
        """The record with this id, in scope."""
        return get_visible_or_404(self.request, self.get_shown_records(), within=self.within, pk=pk)


class JobOut(serializers.ModelSerializer):
    """How far the making of a file is."""

    status = serializers.ChoiceField(choices=[Job.QUEUED, Job.RUNNING, Job.DONE, Job.FAILED])

    class Meta:
        model = Job
        fields = ["status"]


class FormApi(RecordForm, ApiView):
    """Reads the RecordForm that it is."""

    def read_form(self) -> tuple[Any, dict[str, Any]]:
        """(form, formsets by name), all valid. Raises ActionRefused by field."""
        return self._get_form_input().read(self.request.data, find_more=self.find_more_errors)

    def _get_form_input(self) -> FormInput:
        form_class = self.get_form_class(self.request.data)
        return FormInput(form_class, dict(self.get_formset_classes()), self.get_form_kwargs())

    def _save_new(self) -> Any:
        self.lock_version(self.request.headers.get("If-Match"))
        form, formsets = self.read_form()
        return self.save(form, **formsets)

    def respond_with_version(self, shown: Any) -> Response:
        """The row, with the version that a change of it may name."""
        response = Response(self.serialize(shown))
        if version := self.get_version():
            response["ETag"] = version
        return response

    def post_once(self, request: Request) -> Response:
        """Save what was sent, once for its Idempotency-Key, and show it."""
        self.record = self.get_record(self.may)
        return create_once(
            request,
            make=self._save_new,
            show=lambda pk: self.serialize(self.get_shown_record(pk), created=True),
            path=self.get_key_path(),
        )

    def get_key_path(self) -> str:
        """What an Idempotency-Key is for, where the address that is called does not say all of it."""
        return ""


class ActionApi(FormApi):
    """POST: one act, about the record that the address names or about none."""

    def post(self, request: Request, **kwargs: Any) -> Response:
        return self.post_once(request)


class QueryApi(FormApi):
    """POST: finds something out by what must not stand in an address, such as a name. Nothing is changed."""

    changes_nothing = True

    @abstractmethod
    def find(self, *forms: Any, **formsets: Any) -> Any:
        """What the serializer writes. Takes what ``save`` takes."""

    def post(self, request: Request, **kwargs: Any) -> Response:
        self.record = self.get_record(self.may)
        form, formsets = self.read_form()
        return Response(self.serialize(self.find(form, **formsets)))


class ListApi(FormApi):
    """GET: rows, a page at a time, of the record that the address names or of none. POST, with a form: one more."""

    answers_list = True
    pagination_class = RecordPagination

    @classmethod
    def list_methods(cls) -> list[str]:
        return [*READING, "post"] if cls.form_class else READING

    @abstractmethod
    def get_rows(self) -> QuerySet[Any] | JsonRows | list[Any]:
        """The rows in their order. A QuerySet is narrowed to the caller's scope; a list is in scope already."""

    def get(self, request: Request, **kwargs: Any) -> Response:
        self.record = self.get_record(None)
        rows = self.get_rows()
        pages = self.pagination_class()
        page = pages.paginate_queryset(
            query_visible(request, rows, self.within) if isinstance(rows, QuerySet) else rows, request, self
        )
        return pages.get_paginated_response(page if isinstance(rows, JsonRows) else self.serialize_page(page))

    def serialize_page(self, rows: list[Any]) -> Any:
        """The JSON of a page's rows."""
        return self.serializer_class(rows, many=True, context=self.get_serializer_context()).data

    def post(self, request: Request, **kwargs: Any) -> Response:
        return self.post_once(request)


class RecordApi(FormApi):
    """GET: the record that the address names. PATCH, of an EditForm: change what is sent and leave the rest."""

    @classmethod
    def list_methods(cls) -> list[str]:
        return [*READING, "patch"] if cls.form_class else READING

    def get(self, request: Request, **kwargs: Any) -> Response:
        self.record = self.get_record(None)
        return self.respond_with_version(self.record)

    def patch(self, request: Request, **kwargs: Any) -> Response:
        self.record = self.get_record(self.may)
        changed = self._save_patch() or self.record
        self.record = self.get_record(None)
        return self.respond_with_version(self.get_shown_record(changed.pk))

    @atomic_or_conflict()
    def _save_patch(self) -> Any:
        """What is sent in place of what the record says now: no colleague's change comes between the two."""
        known = self.lock_version(self.request.headers.get("If-Match"))
        form, _ = self._get_form_input().read(self.request.data, known, self.find_more_errors)
        return self.save(form)
