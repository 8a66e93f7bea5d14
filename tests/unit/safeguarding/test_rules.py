"""Which status fits whom, what a concern must say, until when to ask: one test a row."""

from datetime import date, timedelta

import pytest

from pairs.safeguarding.rules import (
    AbuseCategory,
    ConcernDecision,
    StatusKind,
    find_concern_date_errors,
    find_end_date_errors,
    find_kind_error,
    find_missing_concern_fields,
    find_missing_status_fields,
    find_missing_step_fields,
    find_status_date_errors,
    get_waiting_date,
    is_child,
    is_review_due,
    was_shared_without_agreement,
)

TODAY = date(2026, 11, 21)
ADULT_BORN, CHILD_BORN = date(1996, 5, 1), date(2009, 5, 1)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("born", "child"),
    [
        (date(2008, 11, 22), True),  # 18 tomorrow
        (date(2008, 11, 21), False),  # 18 today
        (date(2008, 2, 29), True),  # 18 on 1 March 2026: checked below
        (None, False),
    ],
)
def test_a_child_is_under_18(born, child):
    on = date(2026, 2, 28) if born == date(2008, 2, 29) else TODAY
    assert is_child(born, on) is child


@pytest.mark.parametrize("kind", StatusKind.values)
@pytest.mark.parametrize(("is_carer", "born"), [(False, CHILD_BORN), (False, None), (True, CHILD_BORN)])
def test_every_status_fits_a_child_an_unborn_one_and_a_carer_under_18(kind, is_carer, born):
    assert find_kind_error(kind, is_carer=is_carer, born=born, on=TODAY) == ""


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        ("pre_birth", False),
        ("early_help", False),
        ("in_need", False),
        ("protection_plan", False),
        ("looked_after", False),
        ("proceedings", False),
        ("marac", True),
        ("court_order", True),
    ],
)
def test_which_status_fits_an_adult(kind, fits):
    assert (find_kind_error(kind, is_carer=True, born=ADULT_BORN, on=TODAY) == "") is fits
    unknown = find_kind_error(kind, is_carer=True, born=None, on=TODAY)
    assert ("date of birth first" in unknown) is not fits


def test_what_counts_is_the_age_when_it_began():
    assert find_kind_error("looked_after", is_carer=True, born=ADULT_BORN, on=date(2010, 1, 1)) == ""


def test_the_categories_are_the_four_of_the_guidance():
    assert set(AbuseCategory.values) == {"neglect", "physical", "emotional", "sexual"}


@pytest.mark.parametrize(
    ("kind", "categories", "court_order", "field"),
    [
        ("protection_plan", [], "", "categories"),
        ("protection_plan", ["neglect"], "", None),
        ("protection_plan", ["neglect", "emotional"], "", None),
        ("in_need", ["neglect"], "", "categories"),
        ("court_order", [], " ", "court_order"),
        ("court_order", [], "Supervision order, the family court", None),
        ("marac", [], "An order", "court_order"),
        ("marac", [], "", None),
    ],
)
def test_what_a_status_must_state(kind, categories, court_order, field):
    missing = find_missing_status_fields(kind=kind, categories=categories, court_order=court_order)
    assert set(missing) == ({field} if field else set())


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        (TODAY, None, None),
        (TOMORROW, None, "since"),
        (YESTERDAY, TODAY, None),
        (TODAY, TODAY, None),
        (TODAY, YESTERDAY, "until"),
        (YESTERDAY, TOMORROW, "until"),
    ],
)
def test_the_days_of_a_status(since, until, field):
    assert set(find_status_date_errors(since=since, until=until, on=TODAY)) == ({field} if field else set())


def test_an_end_is_between_the_beginning_and_today():
    assert find_end_date_errors(since=YESTERDAY, until=TODAY, on=TODAY) == {}


@pytest.mark.parametrize(
    ("review_on", "due"), [(None, False), (TOMORROW, False), (TODAY, True), (YESTERDAY, True)]
)
def test_a_review_is_due_by_its_own_date(review_on, due):
    assert is_review_due(review_on, TODAY) is due


CONCERN_DATA = {
    "decision": "referred",
    "told": "Social care, at noon",
    "family_told": "agreed",
    "without_agreement": "",
    "chase_by": TOMORROW,
}


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, set()),
        ({"chase_by": None}, {"chase_by"}),
        ({"told": " "}, {"told"}),
        ({"decision": "advice", "chase_by": None}, set()),
        ({"decision": "advice", "told": "", "chase_by": None}, {"told"}),
        ({"decision": "supervision", "told": "", "chase_by": None}, {"told"}),
        ({"decision": "not_referred", "told": "", "chase_by": None}, set()),
        ({"decision": "not_referred", "told": "", "family_told": "not_told", "chase_by": None}, set()),
        ({"family_told": "not_told"}, {"without_agreement"}),
        ({"family_told": "knows"}, {"without_agreement"}),
        ({"family_told": "knows", "without_agreement": "He was there when I asked"}, set()),
        (
            {"decision": "not_referred", "told": "The named nurse", "family_told": "knows", "chase_by": None},
            {"without_agreement"},
        ),
    ],
)
def test_what_a_concern_must_state(changed, fields):
    assert set(find_missing_concern_fields(**CONCERN_DATA | changed)) == fields


@pytest.mark.parametrize("decision", ConcernDecision.values)
def test_what_was_agreed_was_not_shared_without_agreement(decision):
    assert not was_shared_without_agreement(decision=decision, told="Somebody", family_told="agreed")


@pytest.mark.parametrize(
    ("noticed_on", "chase_by", "field"),
    [
        (TODAY, None, None),
        (TOMORROW, None, "noticed_on"),
        (TODAY, YESTERDAY, "chase_by"),
        (TODAY, TODAY, None),
    ],
)
def test_the_days_of_a_concern(noticed_on, chase_by, field):
    found = find_concern_date_errors(noticed_on=noticed_on, chase_by=chase_by, on=TODAY)
    assert set(found) == ({field} if field else set())


@pytest.mark.parametrize(
    ("kind", "to_whom", "field"),
    [
        ("challenge", "", "to_whom"),
        ("challenge", "The team manager", None),
        ("note", "", None),
        ("outcome", "", None),
    ],
)
def test_a_challenge_needs_a_recipient(kind, to_whom, field):
    assert set(find_missing_step_fields(kind=kind, to_whom=to_whom)) == ({field} if field else set())


@pytest.mark.parametrize(
    ("steps", "until"),
    [
        ([("raised", None)], None),
        ([("raised", TODAY)], TODAY),
        ([("raised", TODAY), ("note", None)], TODAY),
        ([("raised", TODAY), ("note", TOMORROW)], TOMORROW),
        ([("raised", TODAY), ("outcome", None)], None),
        ([("raised", TODAY), ("outcome", TOMORROW)], TOMORROW),
        ([("raised", TODAY), ("outcome", None), ("challenge", TOMORROW)], TOMORROW),
        ([("raised", TODAY), ("outcome", None), ("challenge", None)], None),
    ],
)
def test_until_when_an_answer_is_waited_for(steps, until):
    assert get_waiting_date(steps) == until
