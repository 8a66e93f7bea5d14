"""Forms of families: the one parser of what people type."""

from pairs.families.forms.alerts import AnswerAlert, EnteredInError, NewAlert
from pairs.families.forms.births import Birth
from pairs.families.forms.fields import NhsNumberField

__all__ = ["AnswerAlert", "Birth", "EnteredInError", "NewAlert", "NhsNumberField"]
