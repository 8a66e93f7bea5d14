"""The parser of what is asked of service reports, a month, and of what is typed about the need of a district."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils import timezone

from pairs.service.models import Place
from pairs.web.date_fields import make_day_field
from reporting.evidence.forms import ReportForm
from reporting.performance.models import RECOMMENDED_PERCENT

MAX_CHILDREN = 10_000_000


class ServiceReportForm(ReportForm):
    """A month that is over, as for the equity report."""


class NeedForm(forms.Form):
    """How many children live in a district, how many need the service, and who says so."""

    place = forms.ModelChoiceField(
        Place.objects.all(), label="District", to_field_name="code", empty_label="Choose",
        error_messages={"required": "Choose the district"},
    )  # fmt: skip
    population = forms.IntegerField(
        label="How many children aged 0 to 4 live there?", min_value=1, max_value=MAX_CHILDREN,
        help_text="Children under one are counted too.",
        error_messages={"required": "Enter how many children live there"},
    )  # fmt: skip
    percent = forms.DecimalField(
        label="How many of a hundred need the service?", max_digits=4, decimal_places=1,
        min_value=Decimal("0.1"), max_value=100,
        help_text=f"{RECOMMENDED_PERCENT} is the Parent-Infant Foundation’s recommendation.",
        error_messages={"required": "Enter a percentage"},
    )  # fmt: skip
    as_of = make_day_field("As of", error_messages={"required": "Choose the day"})
    source = forms.CharField(
        label="Source", max_length=200, help_text="For example the mid-year estimates and their year.",
        error_messages={"required": "Enter where the number is from"},
    )  # fmt: skip

    def clean_as_of(self) -> date:
        day = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise forms.ValidationError("This date is in the future.")
        return day
