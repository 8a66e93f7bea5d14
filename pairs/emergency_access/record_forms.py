"""What each form about emergency access is about and does."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from pairs.access.rate_limits import count_quietly
from pairs.emergency_access import actions, forms
from pairs.emergency_access.models import EmergencyAccess
from pairs.families.models import Family
from pairs.families.record_forms import OwnSiteLookup
from pairs.submissions.record_forms import RecordForm

TOO_MANY = "Too many attempts within an hour. Ring information governance."


class OpenInEmergency(RecordForm):
    """A record that this person does not reach: about none that is in scope."""

    form_class = forms.EmergencyAccessForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"find_family": self.find_family}

    def find_family(self, number: str, birth_date: date) -> Family | str:
        """The family, or why not. Each miss counts towards an hourly limit: numbers cannot be tried one by one."""
        found = actions.find_family_in_emergency(number=number, birth_date=birth_date)
        if found:
            return found
        within = count_quietly("emergency-access", to_one=str(self.request.user.pk))
        return forms.NOT_FOUND if within else TOO_MANY

    def save(self, form: forms.EmergencyAccessForm) -> EmergencyAccess:
        return actions.open_in_emergency(
            family=form.cleaned_data["family"], reason=form.cleaned_data["reason"], by=self.request.user
        )


class OfEmergencyAccess(OwnSiteLookup, RecordForm):
    """One that is about one use."""

    record: EmergencyAccess

    def get_records(self) -> QuerySet[Any]:
        return EmergencyAccess.objects.with_names()


class ReviewEmergencyAccess(OfEmergencyAccess):
    """The finding on it."""

    form_class = forms.ReviewEmergencyAccessForm

    def save(self, form: forms.ReviewEmergencyAccessForm) -> EmergencyAccess:
        return actions.review_emergency_access(access=self.record, by=self.request.user, **form.cleaned_data)
