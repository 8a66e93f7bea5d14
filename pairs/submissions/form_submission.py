"""One form page's submission: its data comes from the POST, or from a draft that is being restored."""

import uuid
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.forms import BaseFormSet, Form
from django.forms.utils import ErrorDict
from django.http import QueryDict

from pairs.access.requests import ScopedRequest
from pairs.service.refusals import ActionRefused
from pairs.submissions.actions import (
    SavedOtherwise,
    create_and_submit_once,
    get_draft_values,
    parse_token,
)
from pairs.submissions.kept_posts import KEPT_KIND
from pairs.submissions.models import Submission, SubmissionQuerySet
from pairs.submissions.sent_words import compare_with_saved, compute_form_digest

RESTORED = "What you typed has been restored. It is not saved yet."


class FormSubmission:
    """One form page's input: ``data`` for the form (None when fresh), ``token`` for the hidden field.

    A GET writes nothing: the Submission row appears with the first autosave or POST. ``saved_before``: what was saved
    from this form when it said something else.
    """

    saved_before: Submission | None = None

    def __init__(self, request: ScopedRequest, kind: str | None) -> None:
        self.request, self.kind = request, kind
        self.posted = request.method == "POST"
        draft = _load_draft(request, kind)
        self.token = parse_token(request.POST.get("submission")) or (draft.pk if draft else uuid.uuid4())
        self.data = request.POST if self.posted else _restore_post_data(draft)
        if self.data is not None and not self.posted:
            messages.info(request, RESTORED)

    def submit(self, *, make: Callable[..., Any], path_of: Callable[..., Any], words_digest: str = "") -> str:
        """Make the record once; returns its path. Refused passes through with nothing made."""
        return create_and_submit_once(
            token=self.token,
            **self._get_submission_identity(),
            make=make,
            path_of=path_of,
            words_digest=words_digest,
        )

    def _get_submission_identity(self) -> dict[str, Any]:
        user = self.request.user if self.request.user.is_authenticated else None
        return {"user": user, "kind": self.kind, "path": self.request.path}

    def save_once(
        self,
        form: Form,
        *formsets: Any,
        make: Callable[..., Any],
        path_of: Callable[..., Any],
        names: dict[str, str] | None = None,
        find_more: Callable[[], Mapping[str, str]] | None = None,
        saves_again: bool = False,
    ) -> str | None:
        """The path to go to once the record is made; None while the page is still to be shown.

        What a rule refuses is then shown beside the form's fields. ``names``: the form's name for a field of
        the action, where they differ. ``find_more``: what rules would refuse, where fields are wrong as well. A second
        click that would be refused for what the first has made is led where that one was. One that says something
        else is shown again; ``saves_again``: or saved at once, where that changes what the first has saved.
        """
        if not self.is_valid(form, *formsets):
            if path := self.posted and self.find_saved_path():
                return path
            if self.posted and find_more:
                add_refusal_to_form(form, ActionRefused(dict(find_more())), names or {}, formsets)
            return None
        if self.saved_before and not saves_again:
            return None
        try:
            return self._submit_words(make, path_of, saves_again=saves_again)
        except ActionRefused as refused:
            if path := self.find_saved_path():
                return path
            add_refusal_to_form(form, refused, names or {}, formsets)
            return None

    def find_unfinished_draft(self) -> Submission | None:
        """This person's unfinished draft for this page, if it is not the one shown (after a lost session)."""
        if self.data is not None:
            return None
        drafts = query_unfinished_drafts(self.request.user.pk, self.kind).filter(path=self.request.path)
        return drafts.first()

    def find_unfinished_among(self, drafts: list[Submission]) -> Submission | None:
        """The same among rows of ``query_unfinished_drafts`` that the page has loaded already."""
        if self.data is not None:
            return None
        return next((draft for draft in drafts if draft.path == self.request.path), None)

    def find_saved_path(self) -> str:
        """Where the record is that this form has made already, for a second click; "" when there is none.

        Also "" for a form that says something else than was saved: it goes on as ``saved_before``, under a token of
        its own.
        """
        sent = Submission.objects.filter(pk=self.token, **self._get_submission_identity())
        saved = sent.exclude(used_at=None).first()
        return self._follow_saved(saved) if saved else ""

    def _follow_saved(self, saved: Submission) -> str:
        again = compare_with_saved(saved, self.words)
        if again.is_same:
            return again.saved.result_path
        self.saved_before, self.token = again.saved, again.token
        return ""

    @property
    def words(self) -> dict[str, list[str]]:
        """What was posted, without what the page carries itself."""
        return get_draft_values(self.request.POST)

    def _submit_words(
        self, make: Callable[..., Any], path_of: Callable[..., Any], *, saves_again: bool
    ) -> str | None:
        digest = compute_form_digest(self.token, self.words)
        try:
            return self.submit(make=make, path_of=path_of, words_digest=digest)
        except SavedOtherwise as otherwise:
            if path := self._follow_saved(otherwise.saved):
                return path
        return self._submit_words(make, path_of, saves_again=True) if saves_again else None

    def is_valid(self, *forms: Any) -> bool:
        """Posted, and every form and formset valid (each is checked, so that every error shows at once)."""
        if not self.posted:
            for form in forms:
                clear_form_errors(form)
            return False
        return all([form.is_valid() for form in forms])  # noqa: C419 - every form, not only to the first fault


def query_unfinished_drafts(user_id: uuid.UUID, kind: str | None) -> SubmissionQuerySet:
    """This person's unfinished drafts of that kind, newest first."""
    drafts = Submission.objects.filter(Q(kind=kind) | Q(kind=KEPT_KIND), user=user_id)
    return drafts.offered().only("path", "updated_at")


def _load_draft(request: ScopedRequest, kind: str | None) -> Submission | None:
    """The draft that the address names: it opens on the page where it was written, and nowhere else."""
    token = parse_token(request.GET.get("draft"))
    if token is None or not request.user.is_authenticated:
        return None
    mine = Submission.objects.visible_to(request.scope).unfinished()
    return mine.filter(pk=token, path=request.path, kind__in=[kind, KEPT_KIND]).first()


def _restore_post_data(draft: Submission | None) -> QueryDict | None:
    if draft is None or "" not in draft.data:
        return None
    data = QueryDict(mutable=True)
    for name, values in draft.data[""].items():
        data.setlist(name, values)
    return data


def clear_form_errors(form: Any) -> None:
    """A restored draft shows its values, not yet what is missing."""
    if not form.is_bound:
        return
    form.full_clean()
    if hasattr(form, "forms"):
        form._errors = [{} for _ in form.forms]
        for each in form.forms:
            clear_form_errors(each)
    else:
        form._errors = ErrorDict()


def add_refusal_to_form(
    form: Form,
    refused: ActionRefused,
    names: Mapping[str, str] = MappingProxyType({}),
    formsets: tuple[BaseFormSet, ...] = (),
) -> None:
    """Put what a rule refused beside the fields it is about; what the form does not have goes on top.

    "people.1.name" is the field of the second row given in the formset whose prefix is "people".
    """
    for said_of, message in refused.errors.items():
        name = names.get(said_of, said_of)
        row, field = _find_form_row(formsets, name)
        about = form if row is None else row
        if field not in about.errors:  # what is wrong with the field itself is said already
            about.add_error(field if field in about.fields else None, message)


def _find_form_row(formsets: tuple[BaseFormSet, ...], name: str) -> tuple[Any, str]:
    """(the row's form, its field's name), or (None, name) when it is about none of the rows."""
    prefix, _, place = name.partition(".")
    number, _, field = place.partition(".")
    for formset in formsets:
        given = [row for row in getattr(formset, "forms", ()) if getattr(row, "cleaned_data", None)]
        names = (getattr(formset, "prefix", ""), getattr(formset, "refused_as", ""))
        if prefix in names and number.isdecimal() and int(number) < len(given):
            return given[int(number)], field
    return None, name
