"""Forms of families: the one parser of what people type."""

from pairs.families.forms.addresses import (
    AddressForm,
    HouseholdMoveForm,
    NewAddressForm,
    NewAddressInputForm,
)
from pairs.families.forms.alerts import AnswerAlertForm, EnteredInErrorForm, NewAlertForm
from pairs.families.forms.births import (
    AnotherBabyForm,
    BirthDateForm,
    BirthFormSet,
    InfantDetailsForm,
    NewPregnancyForm,
    SameBirthForm,
)
from pairs.families.forms.carers import (
    CarerBackgroundForm,
    CarerContactForm,
    CarerDetailsForm,
    CompleteCarerForm,
    DyadForm,
    EndDateForm,
    EthnicityField,
    EthnicityForm,
    NewCarerForm,
    NewCarerInputForm,
    NewDyadForm,
    NewExclusionGroupForm,
    RelationshipFormSet,
    RetireExclusionGroupForm,
    YesNoField,
)
from pairs.families.forms.fields import NhsNumberField, PostcodeField
from pairs.families.forms.losses import AdoptionForm, LossForm, UndoLossForm

__all__ = [
    "AddressForm",
    "AdoptionForm",
    "AnotherBabyForm",
    "AnswerAlertForm",
    "BirthDateForm",
    "BirthFormSet",
    "CarerBackgroundForm",
    "CarerContactForm",
    "CarerDetailsForm",
    "CompleteCarerForm",
    "DyadForm",
    "EndDateForm",
    "EnteredInErrorForm",
    "EthnicityField",
    "EthnicityForm",
    "HouseholdMoveForm",
    "InfantDetailsForm",
    "LossForm",
    "NewAddressForm",
    "NewAddressInputForm",
    "NewAlertForm",
    "NewCarerForm",
    "NewCarerInputForm",
    "NewDyadForm",
    "NewExclusionGroupForm",
    "NewPregnancyForm",
    "NhsNumberField",
    "PostcodeField",
    "RelationshipFormSet",
    "RetireExclusionGroupForm",
    "SameBirthForm",
    "UndoLossForm",
    "YesNoField",
]
