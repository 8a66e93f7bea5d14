"""Forms about restricted families, for pages and the API."""

from typing import Any

from django import forms

from pairs.restrictions.rules import MIN_REASON_LENGTH, OwnRecordKind
from pairs.service.models import User, UserQuerySet
from pairs.web.date_fields import make_day_field
from pairs.web.shared_choices import share_choices


def make_reason_field(label: str, *, help_text: str = "", max_length: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=MIN_REASON_LENGTH,
        max_length=max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text,
    )


def make_review_field() -> forms.DateField:
    return make_day_field(
        "Review the restriction on", help_text="A date within a year, when you will check it is still needed."
    )


class RestrictFamilyForm(forms.Form):
    """Why few may open the record, who they are, and when that is looked at again."""

    because = make_reason_field(
        "Why should this record be restricted?",
        help_text="For example: a colleague’s own family, or an address that must not become known. "
        "The people you name will see this.",
    )
    named = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Who may still open the record?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Those who work with the family are selected. Information governance can always open it, "
        "with a reason.",
    )
    review_on = make_review_field()

    def __init__(self, *args: Any, staff: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        share_choices(staff, self.fields["named"])


class NamePersonForm(forms.Form):
    """One more person who may open the record, and why."""

    person = forms.ModelChoiceField(
        User.objects.none(), label="Who should be able to open the record?", empty_label="Choose someone"
    )
    reason = make_reason_field("Why do they need it?")

    def __init__(self, *args: Any, staff: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = staff


class ReviewRestrictionForm(forms.Form):
    """Why it is still needed, and the next review."""

    note = make_reason_field("Why is the restriction still needed?", max_length=300)
    review_on = make_review_field()


class EndRestrictionForm(forms.Form):
    """Why it is no longer needed."""

    because = make_reason_field("Why is the restriction no longer needed?")


class EndNamedAccessForm(forms.Form):
    """Nothing to fill in: the question is whether."""


class OwnRecordForm(forms.Form):
    """Whose record it is."""

    answer = forms.ChoiceField(label="Whose record is it?", choices=OwnRecordKind, widget=forms.RadioSelect)


class WithdrawOwnRecordAnswerForm(forms.Form):
    """Why the colleague is to be asked again."""

    reason = make_reason_field("Why should they be asked again?")
