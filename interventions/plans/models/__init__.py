"""What was agreed with the family: who works with them and on what, formulation, plan, and whether it helps."""

from interventions.plans.models.helping import HelpingAnswer
from interventions.plans.models.working import CoWorker, FocusChange, GroupingStep, co_worked
from interventions.plans.models.writing import (
    Declined,
    Formulation,
    FormulationPart,
    Plan,
    PlanPaper,
    PlanReview,
)

__all__ = [
    "CoWorker",
    "Declined",
    "FocusChange",
    "Formulation",
    "FormulationPart",
    "GroupingStep",
    "HelpingAnswer",
    "Plan",
    "PlanPaper",
    "PlanReview",
    "co_worked",
]
