"""What is done about a plan and around it."""

from interventions.plans.actions.catalogue import keep_intervention, retire_intervention
from interventions.plans.actions.helping import answer_helping
from interventions.plans.actions.papers import ask_for_pdf, file_paper, give_paper, make_paper
from interventions.plans.actions.working import (
    add_co_worker,
    begin_way,
    change_focus,
    end_co_work,
    end_wait,
    end_way,
    set_grouping,
    wait_for_way,
)
from interventions.plans.actions.writing import decline, review_plan, write_formulation, write_plan

__all__ = [
    "add_co_worker",
    "answer_helping",
    "ask_for_pdf",
    "begin_way",
    "change_focus",
    "decline",
    "end_co_work",
    "end_wait",
    "end_way",
    "file_paper",
    "give_paper",
    "keep_intervention",
    "make_paper",
    "retire_intervention",
    "review_plan",
    "set_grouping",
    "wait_for_way",
    "write_formulation",
    "write_plan",
]
