"""A page that is one form about a record: what it asks, what it says before and after, and where it leads.

    @policy.permission("write_records")
    class CloseGoalPage(CloseGoal, FormPage):
        \"\"\"Close a goal, as reached or no longer wanted.\"\"\"

        kind = "goal-closing"
        title = "Close this goal"
        button = "Close the goal"
        message = "The goal is closed."

`CloseGoal` is a RecordForm: the API's address that closes a goal has the same.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.views import View

from pairs.access.policy import DeclaresPolicy, Policy
from pairs.access.requests import ScopedRequest
from pairs.submissions.form_submission import FormSubmission
from pairs.submissions.record_forms import RecordForm


@dataclass(frozen=True)
class Link:
    """Where a page leads back to. ``text``: "Back" where nothing says it better."""

    href: str
    text: str | Promise = ""


class FormPage(DeclaresPolicy, RecordForm, View):
    """Shows the form, saves what is posted once, says so, and goes on.

    ``kind``: of its drafts and submissions. ``text``: paragraphs before the form. ``consequences``: what happens if one
    goes on, for a question before what is hard to undo. ``message``: said on the page that follows.
    """

    policy: ClassVar[Policy]
    kind: ClassVar[str]
    template_name: ClassVar[str] = "form_page.html"
    title: ClassVar[str] = ""
    text: ClassVar[Sequence[str]] = ()
    consequences: ClassVar[Sequence[str]] = ()
    button: ClassVar[str] = "Save"
    danger: ClassVar[bool] = False
    message: ClassVar[str] = ""
    autosaves: ClassVar[bool] = False  # whether a draft is kept while one writes
    http_method_names = ["get", "head", "options", "post"]
    open_to_readers: ClassVar[bool] = (
        False  # whether the page shows more than its form, so that readers see it too
    )
    field_names: ClassVar[
        Mapping[str, str]
    ] = {}  # the form's name for a field of the action, where they differ

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.submission = FormSubmission(request, kind=self.kind)
        try:
            self.record = self.get_record(self._get_needed_permission())
        except Http404:
            return self.respond_without_record()
        if not self.submission.posted and (path := self.get_other_path()):
            return redirect(path)
        return super().dispatch(request, *args, **kwargs)

    def _get_needed_permission(self) -> Any:
        return None if self.open_to_readers and not self.submission.posted else self.may

    def respond_without_record(self) -> HttpResponse:
        """A second click, after the first has put the record out of sight, goes where the first went."""
        path = self.submission.get_existing_result_path() if self.submission.posted else ""
        if not path:
            raise Http404
        return redirect(path)

    def get(self, request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.build_form(self.submission.data)
        formsets = self.build_formsets(self.submission.data)
        path = self.save_once(form, formsets)
        if path is None:
            return render(request, self.template_name, self._get_page_context(form, formsets))
        if message := self.get_message():
            messages.success(request, message)
        return redirect(path)

    post = get

    def save_once(self, form: Any, formsets: dict[str, Any]) -> str | None:
        """Where to go once it is saved; None while the page is still to be shown."""
        return self.submission.save_once(
            form,
            *formsets.values(),
            make=lambda: self.save(form, **formsets),
            path_of=self.get_success_path,
            names=dict(self.field_names),
        )

    def build_form(self, data: Any) -> Any:
        return self.get_form_class(data)(data, initial=self.get_initial(), **self.get_form_kwargs())

    def build_formsets(self, data: Any) -> dict[str, Any]:
        return {
            name: each(data, prefix=each.get_default_prefix(), initial=self.get_formset_initial(name))
            for name, each in self.get_formset_classes().items()
        }

    def get_success_path(self, made: Any) -> str:
        """Where to go once it is done; back to where one came from, unless there is something better."""
        link = self.get_back_link()
        return link.href if link else self.request.path

    @abstractmethod
    def get_back_link(self) -> Link | None:
        """The page that this one is reached from; None for one that is reached from anywhere."""

    def get_other_path(self) -> str:
        """Where to send somebody who opens the page when there is nothing to do on it; "" when there is."""
        return ""

    def get_title(self) -> str:
        return self.title

    def get_text(self) -> Sequence[str]:
        return self.text

    def get_consequences(self) -> Sequence[str]:
        return self.consequences

    def get_button(self) -> str:
        return self.button

    def get_obstacle(self) -> str:
        """Why it cannot be done now: said in place of the form. "" while it can."""
        return ""

    def get_message(self) -> str:
        return self.message

    def get_links(self) -> Sequence[Link]:
        """Where else one may want to go from here: below the form."""
        return ()

    def get_context(self, form: Any) -> dict[str, Any]:
        """What this page's own template shows besides."""
        return {}

    def _get_page_context(self, form: Any, formsets: dict[str, Any]) -> dict[str, Any]:
        shared = {
            "title": self.get_title(), "text": self.get_text(), "consequences": self.get_consequences(),
            "button": self.get_button(), "danger": self.danger, "back": self.get_back_link(), "form": form,
            "links": self.get_links(), "formsets": formsets, "submission_token": self.submission.token,
            "record": self.record, "autosave_kind": self.kind if self.autosaves else "",
            "obstacle": self.get_obstacle(),
        }  # fmt: skip
        return shared | self.get_context(form)
