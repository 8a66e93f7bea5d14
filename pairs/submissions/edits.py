"""A form that changes what a record says, open beside a colleague's: nobody's save undoes another's without a word.

The page carries a mark of each value that it showed. When it comes back, a field that only the colleague changed keeps
the colleague's value; one that both changed is a conflict, and is saved when somebody has seen both values and chosen.
The API carries the same marks as one version (``ETag``, ``If-Match``).
"""

import hashlib
import json
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.choices import flatten_choices
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import is_aware, localtime

from pairs.service.refusals import EditConflict, VersionMismatch
from pairs.submissions.deadlocks import SAME_MOMENT
from pairs.submissions.posted_values import to_posted_texts
from pairs.submissions.record_forms import RecordForm
from pairs.web.formats import format_day

SHOWN_FIELD = "shown"
CHOICE_PREFIX = "keep-"
ASKED_FIELD = "asked"  # that the page has asked which of two to keep
NOTHING = "Nothing"  # what an empty field says to somebody who chooses
STALE_DRAFT = (
    "A colleague saved this draft while your page was open. Their version is shown below; yours is in the "
    "boxes. Add anything missing, then save again."
)
OTHER_VERSION = "The record has changed since this version. Read it again."


class VersionedForm(RecordForm):
    """A RecordForm that writes over what the record says: a stale page or version undoes nobody's save."""

    changes_record = True

    def lock_row(self) -> None:
        """Read the record anew, with its row locked until the transaction ends."""
        row = type(self.record)._base_manager.filter(pk=self.record.pk)
        row.select_for_update().values_list("pk").first()
        self.record = self.get_record(self.may)

    @staticmethod
    def validate_version(if_match: str | None, version: str) -> None:
        """Raises VersionMismatch unless the header If-Match is absent, ``*`` or names this version."""
        named = [each.strip().removeprefix("W/") for each in (if_match or "*").split(",")]
        if "*" not in named and version not in named:
            raise VersionMismatch(OTHER_VERSION)


class EditForm(VersionedForm):
    """One that changes what the record says, and shows it first: ``get_known``."""

    suggested_fields: ClassVar[Sequence[str]] = ()  # of those that the page fills in, what no record says yet

    def get_known(self, initial: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in initial.items() if name not in self.suggested_fields}

    def lock_record(self) -> dict[str, Any]:
        """What the form shows of the record, read anew and locked."""
        self.lock_row()
        return self.get_initial()

    @transaction.atomic
    def save_unless_changed(self, marks: Mapping[str, str], *forms: Any, **formsets: Any) -> Any:
        if compute_marks(self.get_known(self.lock_record())) != marks:
            raise EditConflict(SAME_MOMENT)
        return self.save(*forms, **formsets)

    def get_version(self) -> str:
        return self._compute_version(self.get_initial())

    def lock_version(self, if_match: str | None) -> dict[str, Any]:
        initial = self.lock_record()
        self.validate_version(if_match, self._compute_version(initial))
        return initial

    def _compute_version(self, initial: Mapping[str, Any]) -> str:
        return compute_version(compute_marks(self.get_known(initial)))


class SharedDraftForm(VersionedForm):
    """One of a draft of many rows, which colleagues write in turn and which is saved as a whole: ``describe_draft``."""

    shared: "SharedDraft"  # of its page

    @abstractmethod
    def describe_draft(self) -> Mapping[str, Any]:
        """{what it is called on the page: words} of what the draft says now."""

    @transaction.atomic
    def save_unless_changed(self, marks: Mapping[str, str], *forms: Any, **formsets: Any) -> Any:
        self.lock_row()
        if compute_draft_mark(self.describe_draft()) != self.shared.mark:
            raise EditConflict(SAME_MOMENT)
        return self.save(*forms, **formsets)

    def get_version(self) -> str:
        return f'"{compute_draft_mark(self.describe_draft())}"'

    def lock_version(self, if_match: str | None) -> dict[str, Any]:
        self.lock_row()
        self.validate_version(if_match, self.get_version())
        return {}


def compute_marks(values: Mapping[str, Any]) -> dict[str, str]:
    """{field: mark of its value}."""
    return {name: compute_mark(value) for name, value in values.items()}


def compute_version(marks: Mapping[str, str]) -> str:
    """The ETag of a record with these marks."""
    return f'"{_hash(sorted(marks.items()))}"'


def compute_mark(value: Any) -> str:
    """A mark of a field's value: the same for what the record says and for what a form makes of it, unchanged."""
    return _hash(_normalise(value))


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:12]


def _normalise(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return (localtime(value) if is_aware(value) else value).isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, Mapping):
        return sorted((str(name), _normalise(each)) for name, each in value.items())
    if isinstance(value, list | tuple | set | QuerySet):
        return sorted(json.dumps(_normalise(each)) for each in value)
    return str(value).replace("\r\n", "\n").strip()


def pack_marks(marks: Mapping[str, str]) -> str:
    """As the page carries them."""
    return " ".join(f"{name}:{mark}" for name, mark in marks.items())


def unpack_marks(text: str) -> dict[str, str]:
    """The other way; of what is no mark, nothing."""
    pairs = (each.partition(":") for each in text.split())
    return {name: mark for name, _, mark in pairs if mark}


@dataclass(frozen=True)
class Conflict:
    """A field that both changed: what the record says now, what this person wrote, and the choice that is asked."""

    field: Any  # bound
    theirs: str
    mine: str
    mark: str  # of theirs: a choice is about what was seen
    mine_mark: str

    @property
    def choice_name(self) -> str:
        return f"{CHOICE_PREFIX}{self.field.name}"

    @property
    def theirs_choice(self) -> str:
        """As it is posted: to leave one's own words as they were shown, and not what was typed since."""
        return f"theirs:{self.mark}.{self.mine_mark}"

    @property
    def mine_choice(self) -> str:
        """What is in the box then, also where it was changed to say some of both."""
        return f"mine:{self.mark}"


class Edit:
    """What one person posted, beside what the page had shown and what the record says now.

    ``form``: bound and valid. ``shown``: {field: mark} of the page; a field without one is taken as it was posted.
    """

    def __init__(self, form: Any, shown: Mapping[str, str], now: Mapping[str, Any]) -> None:
        self.form, self.now = form, now
        marks = {name: compute_mark(value) for name, value in now.items() if name in form.fields}
        self.theirs = {name for name, mark in marks.items() if shown.get(name, mark) != mark}
        posted = {name: compute_mark(form.cleaned_data.get(name)) for name in self.theirs}
        mine = {name for name in self.theirs if posted[name] != shown[name]}
        self.untouched = self.theirs - mine
        both = [name for name in form.fields if name in mine and posted[name] != marks[name]]
        self.conflicts = [self._build_conflict(name, marks[name]) for name in both]

    def _build_conflict(self, name: str, mark: str) -> Conflict:
        field = self.form.fields[name]
        theirs = format_value(field, self.now[name])
        posted = self.form.cleaned_data.get(name)
        return Conflict(self.form[name], theirs, format_value(field, posted), mark, compute_mark(posted))

    def list_unresolved(self, choices: Mapping[str, str]) -> list[Conflict]:
        """Conflicts for which no choice was made about what the record says now. ``choices``: what was posted."""
        return [
            each
            for each in self.conflicts
            if choices.get(each.choice_name) not in (each.theirs_choice, each.mine_choice)
        ]

    def list_untouched_labels(self) -> list[str]:
        """What only a colleague changed, as the page calls it."""
        return [str(self.form[name].label) for name in self.form.fields if name in self.untouched]

    def list_kept(self, choices: Mapping[str, str]) -> list[str]:
        """Fields that keep what the record says: those this person left alone, and those so chosen."""
        chosen = [
            each.field.name
            for each in self.conflicts
            if choices.get(each.choice_name, "").startswith("theirs")
        ]
        return sorted(self.untouched) + chosen


def merge_data(
    data: MultiValueDict, form: Any, names: Iterable[str], now: Mapping[str, Any]
) -> MultiValueDict:
    """What was posted, with what the record says now in these fields."""
    merged = data.copy()
    for name in names:
        bound = form[name]
        for key in [bound.html_name, *_list_part_names(bound)]:
            merged.pop(key, None)
        merged.setlist(bound.html_name, to_posted_texts(now[name]))
    return merged


def _list_part_names(bound: Any) -> list[str]:
    parts = getattr(bound.field.widget, "widgets_names", ())
    return [f"{bound.html_name}{part}" for part in parts]


def format_value(field: forms.Field, value: Any) -> str:
    """A field's value in words, for somebody who chooses between two."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, list | tuple | set | QuerySet):
        return ", ".join(format_value(field, each) for each in value)
    if isinstance(value, Model):
        return str(value)
    labels = {str(code): str(label) for code, label in flatten_choices(getattr(field, "choices", ()))}
    if str(value) in labels:
        return labels[str(value)]
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date) and not isinstance(value, datetime):
        return format_day(value)
    return str(value)


def list_draft_words(saved: Mapping[str, Any]) -> dict[str, str]:
    """What a draft says, without what is empty."""
    return {name: str(words) for name, words in saved.items() if words}


def compute_draft_mark(saved: Mapping[str, Any]) -> str:
    """The mark of a draft as a whole."""
    return compute_mark(list_draft_words(saved))


class SharedDraft:
    """A draft of many rows that colleagues write in turn: a stale page is saved when its writer has seen theirs.

    ``saved``: {what it is called: words}, of what the draft says now.
    """

    def __init__(self, request: HttpRequest, saved: Mapping[str, Any]) -> None:
        self.saved = list_draft_words(saved)
        self.mark = compute_draft_mark(saved)
        shown = request.POST.get(SHOWN_FIELD, "")
        self.is_stale = request.method == "POST" and shown not in ("", self.mark)

    def refuse_stale(self, form: forms.BaseForm) -> None:
        """An error on a form whose page was stale, so that nothing of it is saved."""
        if self.is_stale:
            form.add_error(None, STALE_DRAFT)
