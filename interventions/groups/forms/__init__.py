"""Forms of groups, for pages and the API: programmes, places and registers."""

from interventions.groups.forms.places import (
    GuestsForm,
    LeavingForm,
    NewPlaceForm,
    NewPlacesForm,
    format_family_label,
    list_guest_choices,
)
from interventions.groups.forms.programmes import (
    CancelSessionForm,
    ChangeGroupForm,
    CloseGroupForm,
    ConfirmForm,
    NewFacilitatorForm,
    NewGroupForm,
    SessionDetailsForm,
)
from interventions.groups.forms.registers import (
    GuestRowFormSet,
    LineRowFormSet,
    RegisterFormAdapter,
    RegisterNoteForm,
)

__all__ = [
    "CancelSessionForm",
    "ChangeGroupForm",
    "CloseGroupForm",
    "ConfirmForm",
    "GuestRowFormSet",
    "GuestsForm",
    "LeavingForm",
    "LineRowFormSet",
    "NewFacilitatorForm",
    "NewGroupForm",
    "NewPlaceForm",
    "NewPlacesForm",
    "RegisterFormAdapter",
    "RegisterNoteForm",
    "SessionDetailsForm",
    "format_family_label",
    "list_guest_choices",
]
