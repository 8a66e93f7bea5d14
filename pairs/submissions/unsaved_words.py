"""What is said of a form that was saved and is sent again with other words: they are shown, and can be saved."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from pairs.access.requests import ScopedRequest
from pairs.submissions.edits import format_value
from pairs.submissions.models import Submission
from pairs.submissions.sent_words import is_typed
from pairs.web.formats import format_day_and_time

SAVED_BEFORE = _(
    "This was already saved on %(when)s. What you have changed since is below, and is not saved yet."
)
SAVE_AS_ONE_MORE = _(
    "To correct what was saved, open it. To save what is below as well, press the button below."
)
SAVE_CHANGES = _("Check it, then save again.")
OPEN_SAVED = _("Open what was saved")
ROW_FIELD = re.compile(r".+-(?P<row>\d{1,4})-(?P<field>[^-]+)")  # of a formset


def warn_of_saved(request: ScopedRequest, saved: Submission, changes_record: bool) -> None:
    """Say on the page, whose form shows the new words, that others were saved. ``changes_record``: of an edit."""
    messages.warning(
        request,
        format_html(
            '{} {} <a class="nhsuk-link" href="{}">{}</a>',
            SAVED_BEFORE % {"when": format_day_and_time(saved.used_at)},
            SAVE_CHANGES if changes_record else SAVE_AS_ONE_MORE,
            saved.result_path,
            OPEN_SAVED,
        ),
    )


def render_unsaved_words(
    request: ScopedRequest,
    *,
    title: str,
    words: list[tuple[str, str]],
    saved: Submission | None = None,
    status: int = 200,
) -> HttpResponse:
    """The words of a form that cannot be shown again, to be read and copied.

    ``words``: (label, text). ``saved``: what was saved from it before, if anything was.
    """
    context = {"saved": saved, "form_title": title, "words": words}
    return render(request, "access/unsaved_words.html", context, status=status)


def name_words(values: Mapping[str, Iterable[str]], *classes: Any) -> list[tuple[str, str]]:
    """(what the form calls it, the answer in words) of every answer.

    ``values``: {field: what was posted}. ``classes``: of the page's form and formsets.
    """
    fields = {name: field for each in classes for name, field in _list_fields(each).items()}
    return [
        _name_answer(name, given, fields)
        for name, texts in values.items()
        if is_typed(name) and (given := [each for each in texts if each.strip()])
    ]


def _list_fields(form_or_formset: Any) -> Mapping[str, Any]:
    return getattr(getattr(form_or_formset, "form", form_or_formset), "base_fields", {})


def _name_answer(name: str, texts: list[str], fields: Mapping[str, Any]) -> tuple[str, str]:
    row = ROW_FIELD.fullmatch(name)
    field_name, number = (row["field"], f" {int(row['row']) + 1}") if row else (name, "")
    field = fields.get(field_name)
    label = str(field.label or "") if field else ""
    words = ", ".join(_format_answer(field, text) for text in texts)
    return f"{label or field_name.replace('_', ' ').capitalize()}{number}", words


def _format_answer(field: Any, text: str) -> str:
    """In the words of the field's own list, where it is chosen from one that takes no query."""
    return text if field is None or hasattr(field, "queryset") else format_value(field, text)
