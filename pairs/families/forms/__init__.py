"""Forms of families: the one parser of what people type."""

from pairs.families.forms.addresses import (
    HouseholdMove,
    NewAddress,
    NewAddressOf,
    PostcodeField,
    Where,
)
from pairs.families.forms.alerts import AnswerAlert, EnteredInError, NewAlert
from pairs.families.forms.births import BirthFormSet, Births, InfantDetails, NewPregnancy
from pairs.families.forms.carers import (
    CarerAbout,
    CarerDetails,
    CarerReached,
    DyadFacts,
    Ended,
    Ethnicity,
    EthnicityField,
    NewCarer,
    NewCarerOf,
    NewDyad,
    NewGroup,
    Relationships,
    RetireGroup,
    WholeCarer,
    YesNo,
)
from pairs.families.forms.fields import NhsNumberField
from pairs.families.forms.losses import Loss, RecordAdoption, UndoLoss

__all__ = [
    "AnswerAlert",
    "BirthFormSet",
    "Births",
    "CarerAbout",
    "CarerDetails",
    "CarerReached",
    "DyadFacts",
    "Ended",
    "EnteredInError",
    "Ethnicity",
    "EthnicityField",
    "HouseholdMove",
    "InfantDetails",
    "Loss",
    "NewAddress",
    "NewAddressOf",
    "NewAlert",
    "NewCarer",
    "NewCarerOf",
    "NewDyad",
    "NewGroup",
    "NewPregnancy",
    "NhsNumberField",
    "PostcodeField",
    "RecordAdoption",
    "Relationships",
    "RetireGroup",
    "UndoLoss",
    "Where",
    "WholeCarer",
    "YesNo",
]
