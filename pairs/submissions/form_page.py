"""A page that is one form about a record: what it asks, what it says before and after, and where it leads.

    @policy.permission("write_records")
    class CloseGoalPage(CloseGoal, FormPage):
        \"\"\"Close a goal, as reached or no longer wanted.\"\"\"

        title = "Close this goal"
        button = "Close the goal"
        message = "The goal is closed."

`CloseGoal` is a RecordForm: the API's address that closes a goal has the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, ClassVar

from django.contrib import messages
from django.forms import Textarea
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.views import View

from pairs.access.policy import DeclaresPolicy, Policy
from pairs.access.requests import ScopedRequest
from pairs.service.hooks import list_hooks
from pairs.submissions.edits import (
    ASKED_FIELD,
    SHOWN_FIELD,
    Conflict,
    Edit,
    compute_marks,
    merge_data,
    pack_marks,
    unpack_marks,
)
from pairs.submissions.form_submission import FormSubmission
from pairs.submissions.record_forms import RecordForm
from pairs.submissions.unsaved_words import name_words, render_unsaved_words, warn_of_saved

MEANWHILE = "A colleague changed these while your page was open, and their changes were kept: {}."


@dataclass(frozen=True)
class Link:
    """Where a page leads back to. ``text``: "Back" where nothing says it better."""

    href: str
    text: str | Promise = ""


@dataclass(frozen=True)
class PageOf:
    """A page by the name of its address, and whose it is: of what the form page holds by the name ``of``.

    ``of``: "record", "family", "record.episode_id", of a page that follows also "made"; "" for a page of nobody's.
    """

    name: str
    of: str = ""
    text: str | Promise = ""

    def get_path(self, page: "FormPage") -> str:
        if not self.of:
            return reverse(self.name)
        found = attrgetter(self.of)(page)
        return reverse(self.name, args=[getattr(found, "pk", found)])


class FormPage(DeclaresPolicy, RecordForm, View):
    """Shows the form, saves what is posted once, says so, and goes on.

    ``kind``: of its drafts and submissions, if not the name of its address. ``text``: paragraphs before the form.
    ``consequences``: what happens if one goes on, for a question before what is hard to undo. ``message``: said on the
    page that follows.
    """

    policy: ClassVar[Policy]
    made: Any = None  # by this request; a second click finds what the first has made
    conflicts: Sequence[Conflict] = ()
    changed_meanwhile: Sequence[str] = ()
    kind: str = ""
    template_name: ClassVar[str] = "form_page.html"
    title: ClassVar[str] = ""
    text: ClassVar[Sequence[str]] = ()
    consequences: ClassVar[Sequence[str]] = ()
    button: ClassVar[str] = "Save"
    danger: ClassVar[bool] = False
    back: ClassVar[PageOf | None] = None  # the page that this one is reached from
    leads_to: ClassVar[PageOf | None] = None  # where to go once it is done, if not back
    message: ClassVar[str] = ""
    autosaves: ClassVar[bool] = False  # whether a draft is kept while one writes
    http_method_names = ["get", "head", "options", "post"]
    open_to_readers: ClassVar[bool] = (
        False  # whether the page shows more than its form, so that readers see it too
    )
    field_names: ClassVar[
        Mapping[str, str]
    ] = {}  # the form's name for a field of the action, where they differ
    first_click_closes: ClassVar[bool] = (
        False  # whether what the first click saved would refuse a second: it goes where the first went
    )
    opens_again: ClassVar[bool] = False  # whether, though it does, what is said anew may be saved as one more

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.kind = self.kind or request.resolver_match.url_name
        self.submission = FormSubmission(request, kind=self.kind)
        try:
            self.record = self.get_record(self._get_needed_permission())
            return self._respond(request, *args, **kwargs)
        except (
            Http404
        ):  # also of a record that a colleague has put out of sight while this one was being saved
            return self.respond_without_record()

    def _respond(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if path := self._find_first_path() if self.submission.posted else self.get_other_path():
            return redirect(path)
        if self.submission.saved_before and not self.opens_again:
            return self.show_unsaved_words()
        return super().dispatch(request, *args, **kwargs)

    def _find_first_path(self) -> str:
        return self.submission.find_saved_path() if self.first_click_closes else ""

    def show_unsaved_words(self, status: int = 200) -> HttpResponse:
        """What was sent, to be copied, of a form that cannot be shown again."""
        return render_unsaved_words(
            self.request,
            saved=self.submission.saved_before,
            title=str(self.title or "This form"),
            words=self._name_sent_words(),
            status=status,
        )

    def _name_sent_words(self) -> list[tuple[str, str]]:
        return name_words(self.submission.words, self.form_class, *self.formset_classes.values())

    def answer_shut_form(self) -> HttpResponse | None:
        """Of a form that the page has no more: where a second click leads, or its words; None for a reader."""
        if not self.submission.posted:
            return None
        path = self.submission.find_saved_path()
        return redirect(path) if path else self.show_unsaved_words()

    def _get_needed_permission(self) -> Any:
        return None if self.open_to_readers and not self.submission.posted else self.may

    def respond_without_record(self) -> HttpResponse:
        """A second click, after the first has put the record out of sight, goes where the first went.

        What it says anew is shown, and cannot be saved any more. So is what somebody wrote about a record that is out
        of their sight, or was never there: the same of both.
        """
        path = self.submission.find_saved_path() if self.submission.posted else ""
        if path:
            return redirect(path)
        if self.submission.saved_before:
            return self.show_unsaved_words()
        if self.submission.posted and any(" " in text for _, text in self._name_sent_words()):
            return self.show_unsaved_words(status=404)
        raise Http404

    def get(self, request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self.read_form()
        self.formsets = self.build_formsets(self.submission.data)
        path = self.save_once(self.form, self.formsets)
        if path is None:
            return self.render_page()
        # A second click has made nothing: what is said of it is what holds of every one.
        if message := self.message if self.made is None else self.get_message():
            messages.success(request, self.confirm(message))
        if self.changed_meanwhile:
            messages.info(
                request, MEANWHILE.format(" and ".join(f"“{each}”" for each in self.changed_meanwhile))
            )
        return redirect(path)

    post = get

    def confirm(self, message: str) -> str:
        """What was done and, of a family's record that its reader still sees, whose it is and the way back."""
        of = getattr(self.record, "family_id_for_log", None)
        hooks = list_hooks("confirmations", "link_to_family") if of else []
        links = [link(self.request, of, self.get_unchanged_family()) for link in hooks]
        return format_html("{} {}", message, links[0]) if any(links) else message

    def get_unchanged_family(self) -> Any:
        """The record's family with its people, where the page has read it and changes nothing of theirs; else None."""
        return None

    def render_page(self) -> HttpResponse:
        """The page with its form, as it opens or with what is still wrong."""
        if saved := self.submission.saved_before:
            if self.get_obstacle():
                return self.show_unsaved_words()
            warn_of_saved(self.request, saved, self.changes_record)
        context = self._get_page_context(self.form, self.formsets)
        return render(self.request, self.template_name, context)

    def read_form(self) -> Any:
        """The form with what was posted; of an edit, fields left alone have what a colleague has saved meanwhile."""
        self.initial = self.get_initial()
        form = self.build_form(self.submission.data)
        now = self.get_known(self.initial)
        self.marks = compute_marks(now)
        if not (now and self.submission.posted and form.is_valid()):
            return form
        posted = self.request.POST
        edit = Edit(form, unpack_marks(posted.get(SHOWN_FIELD, "")), now)
        self.conflicts, self.changed_meanwhile = edit.list_unresolved(posted), edit.list_untouched_labels()
        kept = edit.list_kept(posted)
        return self.build_form(merge_data(posted, form, kept, now)) if kept else form

    def save_once(self, form: Any, formsets: dict[str, Any]) -> str | None:
        """Where to go once it is saved; None while the page is still to be shown."""
        if self.conflicts:  # with a colleague's save, or with what one's own first click has saved
            return self.submission.find_saved_path() or None
        return self.submission.save_once(
            form,
            *formsets.values(),
            make=lambda: self._make(form, formsets),
            path_of=self.get_success_path,
            names=dict(self.get_field_names()) if self.submission.posted else None,
            find_more=lambda: self.find_more_errors(form, **formsets),
            saves_again=self.changes_record,
        )

    def _make(self, form: Any, formsets: dict[str, Any]) -> Any:
        self.made = self.save_unless_changed(self.marks, form, **formsets)
        return self.made

    def build_form(self, data: Any) -> Any:
        return self.get_form_class(data)(data, initial=dict(self.initial), **self.get_form_kwargs())

    def build_formsets(self, data: Any) -> dict[str, Any]:
        return {
            name: each(data, prefix=name, initial=self.get_formset_initial(name))
            for name, each in self.get_formset_classes().items()
        }

    def get_field_names(self) -> Mapping[str, str]:
        """``field_names``, where they depend on what was posted."""
        return self.field_names

    def get_success_path(self, made: Any) -> str:
        """Where to go once it is done: ``leads_to``, or back to where one came from."""
        if self.leads_to:
            return self.leads_to.get_path(self)
        link = self.get_back_link()
        return link.href if link else self.request.path

    def get_back_link(self) -> Link | None:
        """``back``; None for a page that is reached from anywhere."""
        return Link(self.back.get_path(self), self.back.text) if self.back else None

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
        """What is said of what was made, ``made``; ``message`` is said to a second click as well."""
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
            "obstacle": self.get_obstacle(), "edit": self._describe_edit(),
            "begun": self.find_begun_draft(form, formsets), "error_title": _has_errors(form, formsets),
        }  # fmt: skip
        return shared | self.get_context(form)

    def find_begun_draft(self, form: Any, formsets: dict[str, Any]) -> Any:
        """What this person began to write here and has not saved; None for nothing."""
        return self.submission.find_unfinished_draft() if self._has_free_text(form, formsets) else None

    @staticmethod
    def _has_free_text(form: Any, formsets: dict[str, Any]) -> bool:
        """Whether somebody may have written at length here, so that a draft of it is worth offering."""
        asked = [form, *(each.empty_form for each in formsets.values())]
        return any(isinstance(field.widget, Textarea) for each in asked for field in each.fields.values())

    def _describe_edit(self) -> dict[str, Any] | None:
        """What the page of an edit carries, and the conflicts that it asks about."""
        if not self.marks:
            return None
        shown = self.submission.data.get(SHOWN_FIELD) if self.submission.data else ""
        asked = bool(self.submission.data and self.submission.data.get(ASKED_FIELD))
        return {"shown": shown or pack_marks(self.marks), "conflicts": self.conflicts, "asked": asked}


def _has_errors(form: Any, formsets: dict[str, Any]) -> bool:
    """Whether something is wrong in the form or in a row below it: the page's title begins with “Error: ”."""
    of_rows = (error for each in formsets.values() for error in (*each.errors, each.non_form_errors()))
    return bool(form.errors) or any(of_rows)
