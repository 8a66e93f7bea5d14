"""Forms of families: the one parser of what people type."""

from pairs.families.forms.alerts import AnswerAlert, EnteredInError, NewAlert
from pairs.families.forms.births import BirthFormSet, Births, InfantDetails, NewPregnancy
from pairs.families.forms.fields import NhsNumberField
from pairs.families.forms.losses import Loss, RecordAdoption, UndoLoss

__all__ = [
    "AnswerAlert",
    "BirthFormSet",
    "Births",
    "EnteredInError",
    "InfantDetails",
    "Loss",
    "NewAlert",
    "NewPregnancy",
    "NhsNumberField",
    "RecordAdoption",
    "UndoLoss",
]
