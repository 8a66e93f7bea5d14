"""Actions on plans, formulations, team, interventions and waits."""

from interventions.plans.actions.care_plan import record_declined, review_plan, write_formulation, write_plan
from interventions.plans.actions.catalogue import retire_intervention, save_intervention
from interventions.plans.actions.helping import answer_helping
from interventions.plans.actions.papers import (
    create_plan_paper,
    record_plan_given,
)
from interventions.plans.actions.team import (
    add_co_worker,
    change_focus,
    end_co_work,
    end_intervention,
    end_wait,
    set_grouping,
    start_intervention,
    start_wait,
)

__all__ = [
    "add_co_worker",
    "answer_helping",
    "change_focus",
    "create_plan_paper",
    "end_co_work",
    "end_intervention",
    "end_wait",
    "record_declined",
    "record_plan_given",
    "retire_intervention",
    "review_plan",
    "save_intervention",
    "set_grouping",
    "start_intervention",
    "start_wait",
    "write_formulation",
    "write_plan",
]
