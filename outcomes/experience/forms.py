"""Forms of experience: whom to ask, the answers, and answers from paper."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outcomes.experience.rules import (
    MAX_WORDS_LENGTH,
    QUESTIONS,
    Agreement,
    has_any_answer,
    list_open_months,
)
from pairs.access.records import RecordQuerySet
from pairs.families.models import Caregiver
from pairs.service.models import Site, SiteQuerySet


def make_question_field(words: Any) -> forms.TypedChoiceField:
    """One sentence and its answers; it may be left out."""
    return forms.TypedChoiceField(
        label=words,
        choices=Agreement,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers, or none")},
    )


class AnswersForm(forms.Form):
    """The questions, and a box for anything else."""

    overall = make_question_field(QUESTIONS["overall"])
    time_and_place = make_question_field(QUESTIONS["time_and_place"])
    knew_where = make_question_field(QUESTIONS["knew_where"])
    trust = make_question_field(QUESTIONS["trust"])
    words = forms.CharField(
        label=_("Anything you want us to know"),
        max_length=MAX_WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Please leave out names."),
        error_messages={"max_length": _("Shorten this to %(limit_value)d characters or fewer")},
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = [cleaned.get(name) for name in QUESTIONS]
        if not self.errors and not has_any_answer(answers=given, words=cleaned.get("words", "")):
            self.add_error("overall", _("Answer one of the questions, or write a few words"))
        return cleaned

    def questions(self) -> list[forms.BoundField]:
        """The bound fields of the questions, in order."""
        return [self[name] for name in QUESTIONS]


class PaperAnswersForm(AnswersForm):
    """An answer that came on paper: where and in which month, and nothing of who."""

    site = forms.ModelChoiceField(
        Site.objects.none(), label="Which site?", to_field_name="code", empty_label=None
    )
    month = forms.TypedChoiceField(label="In which month did it come?", coerce=lambda text: text)
    field_order = ("site", "month")

    def __init__(self, *args: Any, sites: SiteQuerySet, **kwargs: Any) -> None:
        """``sites``: those where the person reads reports."""
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites
        self.fields["words"].help_text = "As written on the paper, without names."
        months = {f"{month:%Y-%m}": month for month in list_open_months(timezone.localdate())}
        self.fields["month"].choices = [(code, f"{month:%B %Y}") for code, month in months.items()]
        self.fields["month"].coerce = months.get


class CarerByRoleChoiceField(forms.ModelChoiceField):
    """Carers by the name or part that people know them by."""

    def label_from_instance(self, carer: Caregiver) -> str:
        return carer.name_or_role


class AskForExperienceForm(forms.Form):
    """Which carer is asked; after a loss, that somebody thought about it."""

    caregiver = CarerByRoleChoiceField(
        Caregiver.objects.none(),
        label="Who are you asking?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose who you are asking"},
    )
    thought_about = forms.BooleanField(
        label="We have considered it, and this is the right time to ask them", required=False
    )

    def __init__(self, *args: Any, carers: RecordQuerySet, lost: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["caregiver"].queryset = carers
        if not lost:
            del self.fields["thought_about"]
