"""Forms of plans, for pages and the API."""

from interventions.plans.forms.care_plan import (
    ChangePlanForm,
    CloseGoalForm,
    GoalWordsForm,
    NewDeclinedForm,
    NewFormulationForm,
    NewPaperForm,
    NewPlanForm,
    PaperGivenForm,
    PlanTextForm,
    ReviewForm,
    read_formulation_parts,
)
from interventions.plans.forms.catalogue import InterventionForm, build_intervention_initial
from interventions.plans.forms.helping import HelpingForm
from interventions.plans.forms.team import (
    EndCoWorkForm,
    EndInterventionForm,
    EndWaitForm,
    FocusForm,
    GroupingForm,
    NewCoWorkerForm,
    NewWaitForm,
    StartInterventionForm,
)

__all__ = [
    "ChangePlanForm",
    "CloseGoalForm",
    "EndCoWorkForm",
    "EndInterventionForm",
    "EndWaitForm",
    "FocusForm",
    "GoalWordsForm",
    "GroupingForm",
    "HelpingForm",
    "InterventionForm",
    "NewCoWorkerForm",
    "NewDeclinedForm",
    "NewFormulationForm",
    "NewPaperForm",
    "NewPlanForm",
    "NewWaitForm",
    "PaperGivenForm",
    "PlanTextForm",
    "ReviewForm",
    "StartInterventionForm",
    "build_intervention_initial",
    "read_formulation_parts",
]
