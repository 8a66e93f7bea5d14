"""Merging two records, undoing it, or telling two people apart."""

from collections.abc import Sequence
from typing import Any

from django import forms

from pairs.families.models import Caregiver, Infant
from pairs.matching.comparison import ComparedFact, list_field_groups
from pairs.matching.rules.kinds import PersonKind

HOW_LABEL = "How do you know?"


class OtherRecordForm(forms.Form):
    """Which other record is meant."""

    other = forms.UUIDField(widget=forms.HiddenInput)


class TellApartForm(OtherRecordForm):
    """They are two people, and why."""

    reason = forms.CharField(
        label=HOW_LABEL, max_length=300, help_text="For example: cousins of the same age, I have met both."
    )


class MergeForm(OtherRecordForm):
    """How it is known that they are one, and, fact by fact, which record is right where they differ.

    Every fact of the model is a field of the class; a form keeps those about which these two records differ.
    """

    families_too = forms.BooleanField(
        label="This is one family recorded twice: merge the two families as well", required=False
    )
    reason = forms.CharField(label="How do you know that they are the same person?", max_length=300)

    def __init__(
        self, *args: Any, facts: Sequence[ComparedFact] = (), two_families: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = {fact.name: fact for fact in facts if fact.needs_choice}
        for name in self.list_fact_names():
            if name in asked:
                self._require_choice(name, asked[name])
            else:
                del self.fields[name]
        if not two_families:
            del self.fields["families_too"]

    @classmethod
    def list_fact_names(cls) -> list[str]:
        return [name for name in cls.base_fields if name not in MergeForm.base_fields]

    def _require_choice(self, name, fact):
        field = self.fields[name]
        field.choices = [("kept", fact.kept), ("merged", fact.merged)]
        field.required = True

    def get_choices(self):
        """{fact: "kept" or "merged"}."""
        return {name: self.cleaned_data[name] for name in self.list_fact_names() if name in self.cleaned_data}


def _make_merge_form(model: type[Any]) -> type[MergeForm]:
    facts = {
        name: forms.ChoiceField(
            label=label,
            choices=[("kept", "As in the record kept"), ("merged", "As in the other record")],
            required=False,
            widget=forms.RadioSelect,
        )
        for name, (label, _) in list_field_groups(model).items()
    }
    order = [*facts, "families_too", "reason", "other"]
    return type(
        f"Merging{model.__name__}s",
        (MergeForm,),
        {**facts, "field_order": order, "__doc__": MergeForm.__doc__},
    )


MERGE_FORMS = {PersonKind.INFANT: _make_merge_form(Infant), PersonKind.CAREGIVER: _make_merge_form(Caregiver)}


class UndoMergeForm(forms.Form):
    """Why they are two after all."""

    reason = forms.CharField(label="Why should this merge be undone?", max_length=300)
