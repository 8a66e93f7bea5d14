"""What somebody typed, wherever it comes from: the posted form, or a draft that is being restored."""

import uuid
from datetime import timedelta
from types import MappingProxyType

from django.db.models.functions import Now
from django.forms.utils import ErrorDict
from django.http import QueryDict

from pairs.service.refusals import Refused
from pairs.submissions.actions import begin_and_submit_once, own_submission, token_from
from pairs.submissions.models import Submission

OFFERED_FOR = timedelta(days=14)  # how long the page offers to go on with what was begun


class Typed:
    """One form page's input: ``data`` for the form (None when fresh), ``token`` for the hidden field.

    A GET writes nothing: the Submission row appears with the first autosave or POST.
    """

    def __init__(self, request, kind):
        self.request, self.kind = request, kind
        self.posted = request.method == "POST"
        draft = _draft(request)
        self.token = token_from(request.POST.get("submission")) or (draft.pk if draft else uuid.uuid4())
        self.data = request.POST if self.posted else _restored(draft)

    def submission(self) -> Submission:
        """The row behind the token; 404 when it is somebody else's."""
        return own_submission(token=self.token, **self._of_this_page())

    def submit(self, *, make, path_of) -> str:
        """Make the record once; returns its path. Refused passes through with nothing made."""
        return begin_and_submit_once(token=self.token, **self._of_this_page(), make=make, path_of=path_of)

    def _of_this_page(self):
        user = self.request.user if self.request.user.is_authenticated else None
        return {"user": user, "kind": self.kind, "path": self.request.path}

    def submitted(self, form, *formsets, make, path_of, names=None) -> str | None:
        """The path to go to once the record is made; None while the page is still to be shown.

        What a rule refuses stands beside the form's fields then. ``names``: the form's name for a field of the
        action, where they differ.
        """
        if not self.ready(form, *formsets):
            return None
        try:
            return self.submit(make=make, path_of=path_of)
        except Refused as refused:
            show_refusal(form, refused, names or {}, formsets)
            return None

    def begun(self) -> Submission | None:
        """What this person began to write on this very page and has not saved, if this is not it: a lost session's."""
        if self.data is not None:
            return None
        drafts = begun_drafts(self.request.user.pk, self.kind).filter(path=self.request.path)
        return drafts.first()

    def begun_among(self, drafts) -> Submission | None:
        """The same of the rows of ``begun_drafts``, where the page has asked for them already."""
        if self.data is not None:
            return None
        return next((draft for draft in drafts if draft.path == self.request.path), None)

    def done(self) -> str:
        """Where the record is that this very form has made already ('' when none): the second of two clicks."""
        sent = Submission.objects.of(self.request.user).filter(
            pk=self.token, kind=self.kind, path=self.request.path
        )
        return sent.exclude(used_at=None).values_list("result_path", flat=True).first() or ""

    def ready(self, *forms) -> bool:
        """Posted, and every form and formset valid (each is checked, so that every error shows at once)."""
        if not self.posted:
            for form in forms:
                without_complaints(form)
            return False
        return all([form.is_valid() for form in forms])  # noqa: C419 - every form, not only to the first fault


def begun_drafts(user_id, kind):
    """What this person began to write on pages of that kind and has not saved, the newest first."""
    drafts = Submission.objects.filter(user=user_id, kind=kind).unfinished()
    recent = drafts.filter(data__has_key="", updated_at__gte=Now() - OFFERED_FOR)
    return recent.order_by("-updated_at").only("path", "updated_at")


def _draft(request):
    token = token_from(request.GET.get("draft"))
    if token is None or not request.user.is_authenticated:
        return None
    return Submission.objects.visible_to(request.scope).unfinished().filter(pk=token).first()


def _restored(draft):
    if draft is None or "" not in draft.data:
        return None
    data = QueryDict(mutable=True)
    for name, values in draft.data[""].items():
        data.setlist(name, values)
    return data


def without_complaints(form):
    """A restored draft shows its values, not yet what is missing."""
    if not form.is_bound:
        return
    form.full_clean()
    if hasattr(form, "forms"):
        form._errors = [{} for _ in form.forms]
        for each in form.forms:
            without_complaints(each)
    else:
        form._errors = ErrorDict()


def show_refusal(form, refused, names=MappingProxyType({}), formsets=()):
    """Put what a rule refused beside the fields it is about; what the form does not have goes on top.

    "people.1.name" is the field of the second row given in the formset whose prefix is "people".
    """
    for said_of, message in refused.errors.items():
        name = names.get(said_of, said_of)
        row, field = _row(formsets, name)
        if row is not None:
            row.add_error(field if field in row.fields else None, message)
        else:
            form.add_error(name if name in form.fields else None, message)


def _row(formsets, name):
    """(the row's form, its field's name), or (None, name) when it is about none of the rows."""
    prefix, _, place = name.partition(".")
    number, _, field = place.partition(".")
    for formset in formsets:
        given = [row for row in getattr(formset, "forms", ()) if row.cleaned_data]
        if getattr(formset, "prefix", "") == prefix and number.isdecimal() and int(number) < len(given):
            return given[int(number)], field
    return None, name
