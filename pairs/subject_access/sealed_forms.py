"""What each form about the reading of a sealed birth identity is about and does."""

from typing import Any

from django.db.models import QuerySet

from pairs.families.models import Adoption
from pairs.subject_access import forms, sealed
from pairs.subject_access.models import SealedReading
from pairs.submissions.record_forms import RecordForm


class AskForSealedReading(RecordForm):
    """An adoption: what it sealed is to be read."""

    form_class = forms.AskForSealedReadingForm
    within = "including_sealed"
    record: Adoption

    def get_records(self) -> QuerySet[Any]:
        return Adoption.objects.select_related("birth_infant", "family__site")

    def save(self, form: forms.AskForSealedReadingForm) -> SealedReading:
        return sealed.ask_for_sealed_reading(adoption=self.record, by=self.request.user, **form.cleaned_data)


class DecideSealedReading(RecordForm):
    """One that was asked for."""

    form_class = forms.DecideSealedReadingForm
    within = "including_sealed"
    record: SealedReading

    def get_records(self) -> QuerySet[Any]:
        return SealedReading.objects.with_names()

    def save(self, form: forms.DecideSealedReadingForm) -> SealedReading:
        said = form.cleaned_data | {"approved": form.cleaned_data["approved"] == "yes"}
        return sealed.decide_sealed_reading(reading=self.record, by=self.request.user, **said)
