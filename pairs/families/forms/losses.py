"""A loss, one recorded by mistake, and an adoption."""

from typing import Any

from django import forms
from django.utils import timezone

from pairs.families.birth_rules import LOSSES_BEFORE_BIRTH
from pairs.families.choices import Loss
from pairs.service.models import Site
from pairs.web.date_fields import DatePartsField


class LossForm(forms.Form):
    """What happened to the baby, and on which day."""

    loss = forms.ChoiceField(
        label="What happened?",
        choices=Loss,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened"},
    )
    lost_on = DatePartsField(label="On what date?")

    def offer_choices(self, infant: Any) -> "LossForm":
        """For the page: only what can have happened to this baby."""
        not_offered = LOSSES_BEFORE_BIRTH if infant.birth_date else (Loss.DEATH,)
        choices = [(loss.value, loss.label) for loss in Loss if loss not in not_offered]
        self.fields["loss"].widget.choices = choices
        return self


class UndoLossForm(forms.Form):
    """How a loss came to be recorded that was none."""

    reason = forms.CharField(label="How was this recorded in error?", max_length=300)


class AdoptionForm(forms.Form):
    """The child's new identity, and who will hold their record."""

    adopted_on = DatePartsField(label="Date of the adoption")
    given_name = forms.CharField(label="New given name", max_length=80)
    family_name = forms.CharField(label="New family name", max_length=80)
    site = forms.ModelChoiceField(
        Site.objects.none(),
        label="Which site will the new record belong to?",
        to_field_name="code",
        empty_label="Choose a site",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = Site.objects.open_on(timezone.localdate())
