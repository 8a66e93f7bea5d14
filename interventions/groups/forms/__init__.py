"""Forms of groups: the one parser of what pages and the API send about programmes, rosters and registers."""

from interventions.groups.forms.places import Guests, Leaving, NewPlace, NewPlaces, guests_to_choose, label_of
from interventions.groups.forms.programmes import (
    Cancellation,
    ChangedGroup,
    Closing,
    NewFacilitator,
    NewGroup,
    Nothing,
    SessionDetails,
)
from interventions.groups.forms.registers import GuestRows, LineRows, Register, RegisterNote

__all__ = [
    "Cancellation",
    "ChangedGroup",
    "Closing",
    "GuestRows",
    "Guests",
    "Leaving",
    "LineRows",
    "NewFacilitator",
    "NewGroup",
    "NewPlace",
    "NewPlaces",
    "Nothing",
    "Register",
    "RegisterNote",
    "SessionDetails",
    "guests_to_choose",
    "label_of",
]
