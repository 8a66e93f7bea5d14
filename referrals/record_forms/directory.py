"""What supervisors keep: the signposting directory, and the list of relationship concerns."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form

from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm
from referrals.actions.concerns import add_concern, reword_concern
from referrals.actions.destinations import retire_destination, save_directory_entry
from referrals.forms.concerns import NewConcernForm, RewordConcernForm
from referrals.forms.destinations import DestinationForm, build_destination_initial
from referrals.models import Concern, Destination


class AddDestination(RecordForm):
    form_class = DestinationForm

    def save(self, form: DestinationForm) -> Destination:
        return save_directory_entry(**form.cleaned_data)


class UpdateDestination(EditForm):
    form_class = DestinationForm

    def get_records(self) -> QuerySet[Any]:
        return Destination.objects.with_places()

    def get_initial(self) -> dict[str, Any]:
        return build_destination_initial(self.record)

    def save(self, form: DestinationForm) -> Destination:
        return save_directory_entry(destination=self.record, **form.cleaned_data)


class SwitchDestinationRetired(RecordForm):
    """It is offered no more, or offered again."""

    model, form_class = Destination, Form

    def save(self, form: Form) -> Destination:
        return retire_destination(destination=self.record)


class AddConcern(RecordForm):
    form_class = NewConcernForm

    def save(self, form: NewConcernForm) -> Concern:
        return add_concern(by=self.request.user, **form.cleaned_data)


class RewordConcern(RecordForm):
    """Other words for one concern: a new version, from now on."""

    form_class = RewordConcernForm

    def save(self, form: RewordConcernForm) -> Concern:
        return reword_concern(by=self.request.user, **form.cleaned_data)
