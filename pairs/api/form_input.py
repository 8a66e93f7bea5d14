"""JSON in through the pages' own forms, errors out by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from pairs.service.refusals import ActionRefused
from pairs.submissions.posted_values import to_posted_texts


@dataclass(frozen=True)
class FormInput:
    """What one endpoint reads: a form and, by name, its formsets, exactly as the page uses them."""

    form: type[forms.BaseForm]
    formsets: dict[str, type[forms.BaseFormSet]] = field(default_factory=dict)
    kwargs: dict = field(default_factory=dict)

    def read(
        self,
        payload: dict[str, Any],
        known: Mapping[str, Any] = MappingProxyType({}),
        find_more: Callable[..., Mapping[str, str]] | None = None,
    ) -> tuple[Any, dict[str, Any]]:
        """(form, {name: formset}), all valid. Raises ActionRefused by field, formset rows as ``name.0.field``.

        ``known``: the form's values where nothing is sent, as a PATCH leaves them. ``find_more``: a RecordForm's
        ``find_more_errors``.
        """
        _check_object(payload, set(self.form.base_fields) | set(self.formsets))
        rows = {name: _check_rows(name, payload.get(name, []), each) for name, each in self.formsets.items()}
        flat = {name: value for name, value in payload.items() if name not in self.formsets}
        unsent = {name: known[name] for name in self.form.base_fields if name in known and name not in flat}
        posted = MultiValueDict({name: to_posted_texts(value) for name, value in unsent.items()})
        posted.update(_build_post_data(flat, self.form))
        form = self.form(posted, **self.kwargs)
        formsets = {
            name: each(_build_formset_post_data(name, rows[name], each), prefix=name)
            for name, each in self.formsets.items()
        }
        errors = {name: list(said) for name, said in form.errors.items()}
        for name, formset in formsets.items():
            errors |= _list_formset_errors(name, formset)
        if errors:
            more = find_more(form, **formsets) if find_more else {}
            errors |= {name: [said] for name, said in more.items() if name not in errors}
            raise ActionRefused({name.replace("__all__", ""): said for name, said in errors.items()})
        return form, formsets


def _check_object(payload: dict[str, Any], known: set[str]) -> None:
    if not isinstance(payload, dict):
        raise ActionRefused("Send one JSON object.")
    unknown = sorted(set(map(str, payload)) - known)
    if unknown:
        raise ActionRefused({_replace_unstorable(name)[:80]: "There is no such field." for name in unknown})


def _check_rows(
    name: str, rows: str | list[dict[str, Any]], formset: type[forms.BaseFormSet]
) -> list[dict[str, Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ActionRefused({name: "Send a list of objects."})
    if len(rows) > formset.max_num:
        raise ActionRefused({name: f"Send at most {formset.max_num}."})
    for row in rows:
        _check_object(row, set(formset.form.base_fields))
    return rows


def _build_post_data(values: dict[str, Any], form: type[Any], prefix: str = "") -> MultiValueDict:
    posted = MultiValueDict()
    for name, value in values.items():
        posted.setlist(f"{prefix}{name}", _to_posted_texts(name, value, form.base_fields[name]))
    return posted


def _build_formset_post_data(
    prefix: str, rows: list[dict[str, Any]], formset: type[forms.BaseFormSet]
) -> MultiValueDict:
    posted = MultiValueDict({f"{prefix}-TOTAL_FORMS": [str(len(rows))], f"{prefix}-INITIAL_FORMS": ["0"]})
    for number, row in enumerate(rows):
        posted.update(_build_post_data(row, formset.form, f"{prefix}-{number}-"))
    return posted


def _to_posted_texts(name: str, value: Any, form_field: forms.Field) -> list[str]:
    many = isinstance(form_field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
    values = value if many and isinstance(value, list) else [value]
    if not all(isinstance(each, str | int | float | bool | None) for each in values):
        raise ActionRefused(
            {name: "Send a list of texts." if many else "Send a text, a number, true or false."}
        )
    texts = to_posted_texts(values)
    if any("\x00" in each or _replace_unstorable(each) != each for each in texts):
        raise ActionRefused({name: "The text holds characters that cannot be stored."})
    return texts


def _replace_unstorable(text: str) -> str:
    """Replace lone surrogates, which neither a response nor the database can hold."""
    return text.encode("utf-8", "replace").decode()


def _list_formset_errors(name: str, formset: Any) -> dict[str, Any]:
    errors = {name: list(formset.non_form_errors())} if formset.non_form_errors() else {}
    for number, row in enumerate(formset.errors):
        errors |= {f"{name}.{number}.{key}".removesuffix(".__all__"): list(said) for key, said in row.items()}
    return errors
