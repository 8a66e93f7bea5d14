"""Models of team, focus and grouping; formulations, plans and reviews; "is this helping?" answers."""

from interventions.plans.models.care_plan import (
    DeclinedOffer,
    Formulation,
    FormulationPart,
    Plan,
    PlanPaper,
    PlanReview,
)
from interventions.plans.models.helping import HelpingAnswer
from interventions.plans.models.team import (
    CoWorker,
    FocusChange,
    GroupingStep,
    build_working_q,
    query_co_worked_episodes,
)

__all__ = [
    "CoWorker",
    "DeclinedOffer",
    "FocusChange",
    "Formulation",
    "FormulationPart",
    "GroupingStep",
    "HelpingAnswer",
    "Plan",
    "PlanPaper",
    "PlanReview",
    "build_working_q",
    "query_co_worked_episodes",
]
