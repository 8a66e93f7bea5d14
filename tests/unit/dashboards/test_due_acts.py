"""What a due item's day means, and what one presses: red is for safety and for what is over a day that was set."""

import ast
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from pairs.families.due import CLINICAL, DATA_QUALITY, SAFETY, DueItem, start_when_possible
from reporting.dashboards.due_acts import DUE_ACTS, DUE_KINDS, describe_due_day
from script.local.state_folder import ROOT

ON = date(2026, 11, 30)
BY, SINCE = "plan_review", "unsigned_contact"


def make_item(code, days, kind=CLINICAL):
    due_on = ON + timedelta(days=days)
    return DueItem(code=code, kind=kind, title="x", subject_id=UUID(int=1), href="/", due_on=due_on)


@pytest.mark.parametrize(
    ("item", "text", "severity"),
    [
        (make_item(BY, -12), "Overdue 12 d", "overdue"),
        (make_item(BY, 0), "Today", "today"),
        (make_item(BY, 2), "Due Wed 2 Dec", "soon"),
        (make_item(BY, 14), "Due 14 Dec", "soon"),
        (make_item(SINCE, -12), "Open since 18 Nov", "since"),
        (make_item(SINCE, 0), "Today", "since"),
        (make_item(SINCE, -12, DATA_QUALITY), "Open since 18 Nov", "data"),
        (make_item("risk_alert", -3, SAFETY), "Safety", "safety"),
        (make_item("nhs_number_trace", -14, DATA_QUALITY), "Open since 16 Nov", "data"),
    ],
)
def test_a_day_in_words(item, text, severity):
    chip = describe_due_day(item, ON)
    assert (chip.text, chip.severity) == (text, severity)


@pytest.mark.parametrize(
    ("due", "known", "day"), [(-14, 0, 0), (-14, -20, -14), (5, 0, 5), (0, 0, 0)]
)  # fmt: skip
def test_nothing_is_due_before_it_could_be_done(due, known, day):
    found = start_when_possible(ON + timedelta(days=due), ON + timedelta(days=known))
    assert found == ON + timedelta(days=day)


def list_item_codes():
    """Codes that the apps' due.py give their items as a keyword, also where a condition chooses between two."""
    files = [
        path for path in ROOT.glob("*/**/due.py") if ".venv" not in path.parts and "tests" not in path.parts
    ]
    trees = [ast.parse(Path(path).read_text()) for path in (*files, ROOT / "reporting/dashboards/waits.py")]
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.keyword))
    values = [node.value for node in calls if node.arg == "code"]
    parts = [part for each in values for part in _list_branches(each)]
    return {part.value for part in parts if isinstance(part, ast.Constant)}


def _list_branches(value):
    return (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)


def test_every_item_has_words_for_its_button():
    codes = list_item_codes()
    assert len(codes) > 20
    assert codes - set(DUE_ACTS) == set()


def test_every_act_is_of_one_kind():
    codes = [code for kind in DUE_KINDS.values() for code in kind]
    assert sorted(codes) == sorted(DUE_ACTS)
