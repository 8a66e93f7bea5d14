"""Forms of plans: the one parser of what pages and the API send."""

from interventions.plans.forms.catalogue import InterventionForm, values_of
from interventions.plans.forms.helping import Helping
from interventions.plans.forms.working import (
    EndOfCoWork,
    EndOfWait,
    EndOfWay,
    Focus,
    Grouping,
    NewCoWorker,
    NewWait,
    NewWay,
)
from interventions.plans.forms.writing import (
    ChangedPlan,
    EndOfGoal,
    Given,
    GoalWords,
    NewDeclined,
    NewFormulation,
    NewPaper,
    NewPlan,
    PlanWords,
    Review,
    parts_of,
)

__all__ = [
    "ChangedPlan",
    "EndOfCoWork",
    "EndOfGoal",
    "EndOfWait",
    "EndOfWay",
    "Focus",
    "Given",
    "GoalWords",
    "Grouping",
    "Helping",
    "InterventionForm",
    "NewCoWorker",
    "NewDeclined",
    "NewFormulation",
    "NewPaper",
    "NewPlan",
    "NewWait",
    "NewWay",
    "PlanWords",
    "Review",
    "parts_of",
    "values_of",
]
