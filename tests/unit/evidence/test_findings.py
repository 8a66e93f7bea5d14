"""Page one, the ladder and the waits: sentences and gaps of published figures, and when nothing can be said."""

from datetime import date

import pytest

from outcomes.pairing import IMPROVED, NEITHER, SAME, WORSE, Change, calculate_goal_change
from reporting.evidence import change_verdicts, first_page, ladder
from reporting.evidence.definitions import COUNT_HEADINGS
from reporting.evidence.disclosure import Published
from reporting.evidence.indicators import COUNT_NAMES
from reporting.evidence.paper import arrange_by_year, fold_small_rows, name_index
from reporting.evidence.published_counts import describe_withheld, list_withheld_lines
from reporting.evidence.waits import publish_ninetieth
from tests.unit.evidence.published_periods import OCTOBER, QUARTER, YEAR, divide, make_published

SHARES = [("In 28 days", "67% (62 to 72%)"), ("Median wait", "20"), ("Pair rate", "*")]


def build_page(month=None, quarter=None, year=None, access=None):
    periods = [
        make_published(OCTOBER, month or {}, rows=SHARES),
        make_published(QUARTER, quarter or {}),
        make_published(YEAR, year or {}, rows=[("In 28 days", "65% (60 to 70%)")]),
    ]
    return [
        each["number"] for each in first_page.build_first_page(periods, access)
    ], first_page.build_first_page(periods, access)


@pytest.mark.parametrize(
    ("month", "year", "says"),
    [
        (35, 250, "more than April 2025"),  # 24 to 49, over 21 a month
        (35, 420, "cannot be said that demand has changed"),
        (35, 900, "fewer than April 2025"),
        (35, None, "no year to compare"),
        (None, 250, "Too few"),
    ],
)
def test_referrals_are_compared_with_the_year_within_the_limits(month, year, says):
    referred = build_page({"referred": month}, year={"referred": year})[1][0]
    assert says in referred["says"]
    assert referred["number"] == ("*" if month is None else "35")


def test_a_number_withheld_for_the_sake_of_others_is_not_called_small():
    periods = [make_published(each, {"referred": None, "seen": None}, withheld=withheld)
               for each, withheld in ((OCTOBER, ["referred"]), (QUARTER, []), (YEAR, []))]  # fmt: skip
    referred, seen, *_ = first_page.build_first_page(periods, None)
    assert referred["says"] == first_page.WITHHELD
    assert seen["says"] == first_page.TOO_FEW
    assert list_withheld_lines(periods) == [describe_withheld(periods[0])]
    assert describe_withheld(periods[0]).endswith("stay safe: Referred. Their * can be any number.")


def test_every_count_has_a_name_by_which_it_can_be_said_to_be_withheld():
    assert set(COUNT_HEADINGS) == set(COUNT_NAMES)
    assert len(set(COUNT_HEADINGS.values())) == len(COUNT_HEADINGS)


def test_waits_are_of_the_first_period_with_a_percentage_and_compared_with_the_year():
    waits = build_page()[1][3]
    assert waits["number"] == "67%"
    assert "(62 to 72%). Half waited 20 days or fewer." in waits["text"]
    assert "had 65%, within these limits" in waits["says"]


def test_where_no_percentage_is_safe_the_count_is_given():
    pairs = build_page(year={"ended_with_pair": 65, "ended_fitting": 135})[1][4]
    assert pairs["number"] == "65"
    assert "(50 to 83), of about 135 who could have." in pairs["text"]


def rate(label, value, low, high):
    return {"label": label, "population": 1000, "rate": value, "low": low, "high": high}


@pytest.mark.parametrize(
    ("most", "least", "number", "says"),
    [
        ((5.0, 4.3, 5.8), (2.0, 1.2, 3.0), "3.0 more", "Access follows deprivation"),
        ((2.0, 1.2, 3.0), (5.0, 4.3, 5.8), "3.0 fewer", "lowest where deprivation is highest"),
        ((2.0, 1.0, 3.0), (1.9, 1.0, 3.0), "0.1 more", "leave open that there is no difference"),
    ],
)
def test_the_gap_between_the_fifths_has_its_own_limits(most, least, number, says):
    access = {"whole": None, "missing": [], "rates": {"quintile": [rate("1", *most), rate("5", *least)]}}
    gap = build_page(access=access)[1][2]
    assert (gap["number"], says in gap["says"]) == (number, True)


def test_page_one_has_five_sentences_even_of_nothing():
    numbers, sentences = build_page(access={"whole": None, "missing": ["No population."], "rates": {}})
    assert len(numbers) == 5
    assert all(each["says"] for each in sentences)


# ---------------------------------------------------------------- the ladder
def ladder_of(**steps):
    """{step: {group: shown}} by ethnic group in a year."""
    divided = [(name, "ethnicity", "five groups", divide(**groups)) for name, groups in steps.items()]
    (found,) = ladder.build_ladders_of_period(make_published(YEAR, {}, divided))
    return found


def test_the_step_at_which_one_group_falls_behind_is_named():
    found = ladder_of(
        referred={"White": 200, "Asian": 80},
        followed_accepted={"White": 180, "Asian": 75},
        followed_first_contact={"White": 170, "Asian": 30},
    )  # fmt: skip
    assert "between “Accepted” and “First contact”: in Asian" in found["gap"]
    assert found["gap_group"] == "Asian"
    (_, asian) = found["charts"]
    assert asian == {"label": "Asian", "steps": [["Referred", 80], ["Accepted", 75], ["First contact", 30]]}
    assert found["rows"][1][:4] == ["Asian", "80", "75", "30"]


def test_no_gap_is_named_that_chance_could_make():
    found = ladder_of(referred={"White": 200, "Asian": 80}, followed_accepted={"White": 180, "Asian": 68})
    assert found["gap"] == ladder.NO_GAP


def test_no_gap_is_named_that_rounding_could_make():
    """All 45 of 45 may be 43 of 47: printed as they are, they would leave no doubt at all."""
    found = ladder_of(referred={"White": 150, "Asian": 45}, followed_accepted={"White": 135, "Asian": 45})
    assert found["gap"] == ladder.NO_GAP


def test_a_step_that_is_hidden_or_not_divided_says_so():
    found = ladder_of(referred={"White": 200, "Asian": 10}, followed_accepted={"White": 180, "Asian": None})
    assert found["rows"][1] == ["Asian", "10", "*", "–", "–", "–", "–", "–"]
    assert found["gap"] == ladder.TOO_FEW


def describe_ladder(whole, **steps):
    """What the ladder says it does not divide; ``steps``: {step: (grouping, {group: shown})}."""
    divided = [(name, "ethnicity", grouping, divide(**groups)) for name, (grouping, groups) in steps.items()]
    (found,) = ladder.build_ladders_of_period(make_published(YEAR, whole, divided))
    return found["not_divided"]


def describe_better(judged, better):
    whole = {"followed_judged": judged, "followed_better": better}
    return ladder.describe_better(make_published(YEAR, whole))


def test_what_is_too_few_by_group_is_said_of_the_whole_service_with_limits():
    groups = "five groups", {"White": 200, "Asian": 80}
    (why,) = describe_ladder({}, referred=groups, followed_accepted=groups)
    assert why.startswith(
        "By ethnic group the report does not show First contact, 2+ contacts, Ended with a pair, Change can be judged"
        " and Better: too few babies"
    )
    # Wilson, 95 %: 23 of 42 from 39.9 %, 27 of 38 up to 83.0 %.
    instead = describe_better(40, 25)
    assert (
        "about 25 of about 40 babies whose change can be judged are better: between 39% and 83%." in instead
    )


def test_a_step_of_fewer_groups_is_told_and_hidden_numbers_are_not_guessed():
    fine, coarse = ("five groups", {"White": 200, "Asian": 80}), ("two", {"White": 20, "Other": None})
    names = [name for name, _ in ladder.STEPS]
    (first,) = describe_ladder({}, **dict.fromkeys(names[:-1], fine), followed_better=coarse)
    assert first == "“Better” is divided into fewer groups: White 20 and Other *."
    instead = describe_better(None, None)
    assert instead.startswith("Of the whole service too few babies’ change can be judged")
    assert describe_ladder({}, **dict.fromkeys(names, fine)) == []


def test_no_percentage_is_said_of_few_and_none_above_a_hundred():
    assert "about 20 of about 25 babies whose change can be judged are better, too few for" in (
        describe_better(25, 20)
    )
    assert "and 100%" in describe_better(30, 30)


def test_what_is_withheld_is_not_called_too_few_and_an_old_year_says_nothing():
    hidden = make_published(YEAR, {}, withheld=("followed_better",))
    assert "withheld, whatever its size" in ladder.describe_better(hidden)
    assert ladder.describe_better(make_published(YEAR, {"referred": 250})) == ""
    assert ladder.describe_better({"key": YEAR.key}) == ""


def test_the_ladder_is_by_the_groups_that_most_steps_have():
    divided = [
        ("referred", "ethnicity", "five groups", divide(White=200, Asian=80)),
        ("followed_accepted", "ethnicity", "two", divide(White=180, Other=75)),
        ("followed_first_contact", "ethnicity", "two", divide(White=170, Other=70)),
    ]
    (found,) = ladder.build_ladders_of_period(make_published(YEAR, {}, divided))
    assert [row[0] for row in found["rows"]] == ["White", "Other", "Whole service"]


def test_nothing_divided_is_no_ladder():
    assert ladder.build_ladders_of_period(make_published(YEAR, {"referred": 250})) == []


# ---------------------------------------------------------------- waits, and how the paper is arranged
@pytest.mark.parametrize(("count", "shown"), [(45, None), (50, 45), (None, None)])
def test_the_ninetieth_percentile_needs_fifty(count, shown):
    assert publish_ninetieth(list(range(50)), Published(count)).shown == (44 if shown else None)


def test_rows_without_a_figure_are_named_below_and_the_whole_stays():
    table = {"rows": [["Here", "5", "*"], ["There", "*", "*"], ["Whole service", "*", "*"]], "too_small": []}
    folded = fold_small_rows(table)
    assert [row[0] for row in folded["rows"]] == ["Here", "Whole service"]
    assert folded["too_small"] == ["There"]


def test_an_index_is_named_with_its_year():
    assert name_index("2025") == "English Indices of Deprivation 2025"
    assert "demonstration" in name_index("1")


def test_the_trends_table_has_a_year_a_row():
    rows = [[f"{date(2025 + at // 12, at % 12 + 1, 1):%B %Y}", str(at)] for at in range(14)]
    made = arrange_by_year({"title": "Seen", "rows": rows})
    assert made["rows"][0][:3] == ["January 2025", "0", "1"]
    assert made["rows"][1][:4] == ["January 2026", "12", "13", "–"]
    assert {len(row) for row in (*made["rows"], made["headers"])} == {13}


# ---------------------------------------------------------------- better, the same or worse
def change(verdict, reliable=None):
    return Change("scale", "Scale", 1, 2, verdict, reliable, "")


@pytest.mark.parametrize(
    ("verdicts", "label"),
    [
        ((IMPROVED,), "Better"),
        ((IMPROVED, SAME), "Better"),
        ((IMPROVED, NEITHER), "Better"),
        ((IMPROVED, WORSE), "Worse"),
        ((SAME,), "No change, or neither"),
        ((NEITHER,), "No change, or neither"),
        ((WORSE, SAME), "Worse"),
    ],
)
def test_better_is_improved_with_nothing_worse(verdicts, label):
    assert change_verdicts.judge_pair([change(verdict) for verdict in verdicts]) == label


def test_reliably_better_counts_only_changes_over_their_threshold():
    assert change_verdicts.judge_reliably([change(IMPROVED, True), change(WORSE, False)]) == "Better"
    assert change_verdicts.judge_reliably([change(IMPROVED, False)]) == "No change, or neither"
    assert change_verdicts.is_reliability_known([change(IMPROVED, True), change(SAME, False)])
    assert not change_verdicts.is_reliability_known([change(IMPROVED, True), change(SAME, None)])
    assert not change_verdicts.is_reliability_known([])


@pytest.mark.parametrize(
    ("verdicts", "goals", "judged", "better"),
    [
        ([], [], False, False),
        ([(IMPROVED, None)], [], False, False),  # no threshold is published: by any amount is not enough
        ([(IMPROVED, False)], [], True, False),
        ([(IMPROVED, True)], [], True, True),
        ([(IMPROVED, True), (WORSE, False)], [], True, True),
        ([(IMPROVED, True), (WORSE, True)], [], True, False),
        ([], [(2, 4)], True, False),
        ([], [(2, 5)], True, True),
        ([(IMPROVED, None)], [(2, 5), (5, 3)], True, True),
        ([], [(2, 5), (6, 3)], True, False),  # another goal is as far away as that one is nearer
        ([(WORSE, True)], [(2, 9)], True, False),
    ],
)
def test_better_is_a_reliable_change_or_three_points_with_nothing_reliably_worse(
    verdicts, goals, judged, better
):
    changes = [change(*each) for each in verdicts]
    moved = [calculate_goal_change(each) for each in goals]
    assert change_verdicts.can_be_judged(changes, moved) is judged
    assert change_verdicts.is_better(changes, moved) is better
