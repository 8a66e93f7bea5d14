"""The rules of work done with others, a row a case."""

from datetime import date, timedelta

import pytest

from interventions.collaboration import rules

ON = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "to", "may"),
    [
        ("asked", "taken", True),
        ("asked", "declined", True),
        ("asked", "ended", True),
        ("asked", "answered", False),
        ("taken", "answered", True),
        ("taken", "ended", True),
        ("taken", "declined", False),
        ("taken", "taken", False),
        ("answered", "ended", False),
        ("declined", "taken", False),
        ("ended", "taken", False),
    ],
)
def test_the_steps_an_ask_may_take(status, to, may):
    assert (rules.find_hub_step_error(status=status, to=to) == "") is may


@pytest.mark.parametrize(
    ("held_by_hub", "restricted", "named", "field"),
    [
        (False, False, [], None),
        (True, False, [], ""),
        (False, True, [], ""),
        (False, False, ["Cora"], "question"),
    ],
)
def test_who_may_be_asked_about(held_by_hub, restricted, named, field):
    said = rules.find_hub_request_errors(held_by_hub=held_by_hub, restricted=restricted, named=named)
    assert list(said) == ([] if field is None else [field])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Her baby cries", []),
        ("Cora cries", ["Cora"]),
        ("cora cries", []),  # as it is written: a name may be an ordinary word
        ("Cora Carer cries", ["Cora", "Cora Carer", "Carer"]),
        ("Coral reefs", []),
        ("O'Neill, they say", ["O'Neill"]),
        ("number 999 000 1235", ["9990001235"]),
        ("number 999-000-1235.", ["9990001235"]),
        ("number 9990001236", []),
    ],
)
def test_names_and_numbers_in_the_question(text, found):
    known = ["Cora", "Carer", "Cora Carer", "O'Neill", "9990001235"]
    assert sorted(rules.find_names_in_text(text, known)) == sorted(found)


@pytest.mark.parametrize(
    ("until", "may"),
    [
        (ON - DAY, False),
        (ON, True),
        (ON + rules.MAX_ACCESS, True),
        (ON + rules.MAX_ACCESS + DAY, False),
    ],
)
def test_how_long_the_hub_may_have_access(until, may):
    assert (rules.find_access_end_error(until=until, on=ON) == "") is may


@pytest.mark.parametrize(
    ("status", "urgency", "until", "due"),
    [
        ("asked", "days", None, ON + 2 * DAY),
        ("asked", "weeks", None, ON + 10 * DAY),
        ("taken", "days", ON + 5 * DAY, ON + 5 * DAY),
        ("answered", "days", ON, None),
        ("declined", "days", None, None),
        ("ended", "days", ON, None),
    ],
)
def test_when_an_ask_is_due(status, urgency, until, due):
    within = {"days": 2, "weeks": 10}
    said = rules.compute_hub_request_due_date(
        status=status, asked_on=ON, urgency=urgency, until=until, within=within
    )
    assert said == due


@pytest.mark.parametrize(
    ("look_again_on", "ended", "due"),
    [(None, False, False), (ON + DAY, False, False), (ON, False, True), (ON - DAY, True, False)],
)
def test_when_joint_work_is_looked_at_again(look_again_on, ended, due):
    assert rules.is_joint_work_review_due(look_again_on=look_again_on, ended=ended, on=ON) is due


@pytest.mark.parametrize(
    ("listed", "named", "may"), [(1, 0, True), (0, 1, True), (0, 0, False), (1, 1, False)]
)
def test_joint_work_is_with_one_party(listed, named, may):
    assert (rules.find_party_errors(listed=bool(listed), named=bool(named)) == {}) is may


@pytest.mark.parametrize(
    ("at_risk", "words"),
    [
        ("yes", "At risk now: Mum. She said it again."),
        ("no", "Not at risk right now: Mum. She said it again."),
        ("unsure", "Not sure whether anyone is at risk now: Mum. She said it again."),
    ],
)
def test_a_worry_says_the_risk_first_and_fits_the_alert(at_risk, words):
    assert rules.format_worry(at_risk=at_risk, who="Mum", what="She said it again.") == words
    assert len(rules.format_worry(at_risk=at_risk, who="w" * 60, what="w" * 180)) <= 300
