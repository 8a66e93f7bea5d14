"""Forms of a competence, of what an intervention asks for, and of a supervisor's sign-off."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.db.models import QuerySet

from interventions.competencies.rules import Arrangement, Level, Needs
from interventions.episodes.models import Intervention
from pairs.service.models import Site, User
from pairs.web.date_fields import make_day_field


class CompetenceForm(forms.Form):
    """Training, level and accreditation."""

    training = forms.CharField(
        label="Training", max_length=200, help_text="The course or programme, and who gave it."
    )
    trained_on = make_day_field(
        "Completed on", required=False, help_text="Leave empty while it is under way."
    )
    level = forms.TypedChoiceField(label="Level", choices=Level, coerce=int, widget=forms.RadioSelect)
    accredited_by = forms.CharField(label="Accredited by", max_length=120, required=False)
    accredited_until = make_day_field(
        "Accredited until", required=False, help_text="Leave empty if it does not run out."
    )


class NewCompetenceForm(CompetenceForm):
    """Whose it is, and in which intervention."""

    person = forms.ModelChoiceField(User.objects.none(), label="Who", empty_label="Choose a colleague")
    site = forms.ModelChoiceField(Site.objects.none(), label="Site", empty_label=None)
    intervention = forms.ModelChoiceField(
        Intervention.objects.offered(), label="Intervention", to_field_name="code", required=False,
        empty_label="None in particular",
    )  # fmt: skip
    field_order = ("person", "site", "intervention")

    def __init__(self, *args: Any, people: QuerySet[User], sites: QuerySet[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["site"].queryset = sites


class RemoveCompetenceForm(forms.Form):
    """Why what was recorded is wrong."""

    reason = forms.CharField(label="What is wrong", max_length=200)


class RequirementForm(forms.Form):
    """What an intervention asks of whoever delivers it."""

    needs = forms.ChoiceField(label="What does it ask of the lead?", choices=Needs, widget=forms.RadioSelect)


class SignOffForm(forms.Form):
    """How the intervention is delivered for now."""

    conditional = ("by_colleague", "by_outside")

    arrangement = forms.ChoiceField(
        label="How is it delivered for now?", choices=Arrangement, widget=forms.RadioSelect
    )
    by_colleague = forms.ModelChoiceField(
        User.objects.none(), label="Which colleague supervises or delivers it?", required=False,
        empty_label="No colleague",
    )  # fmt: skip
    by_outside = forms.CharField(
        label="Someone outside the service", max_length=120, required=False,
        help_text="For example an accredited supervisor of the training organisation.",
    )  # fmt: skip
    note = forms.CharField(
        label="Note", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        colleagues: QuerySet[User],
        arrangements: Mapping[str, str] = MappingProxyType({}),
        **kwargs: Any,
    ) -> None:
        """``arrangements``: other words for them, such as of a group."""
        super().__init__(*args, **kwargs)
        self.fields["by_colleague"].queryset = colleagues
        if arrangements:
            self.fields["arrangement"].choices = arrangements.items()
