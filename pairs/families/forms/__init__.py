"""Forms of families: the one parser of what people type."""

from pairs.families.forms.addresses import HouseholdMove, NewAddress, NewAddressOf, PostcodeField, Where
from pairs.families.forms.alerts import AnswerAlert, EnteredInError, NewAlert
from pairs.families.forms.births import Birth
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

__all__ = [
    "AnswerAlert",
    "Birth",
    "CarerAbout",
    "CarerDetails",
    "CarerReached",
    "DyadFacts",
    "Ended",
    "EnteredInError",
    "Ethnicity",
    "EthnicityField",
    "HouseholdMove",
    "NewAddress",
    "NewAddressOf",
    "NewAlert",
    "NewCarer",
    "NewCarerOf",
    "NewDyad",
    "NewGroup",
    "NhsNumberField",
    "PostcodeField",
    "Relationships",
    "RetireGroup",
    "Where",
    "WholeCarer",
    "YesNo",
]
