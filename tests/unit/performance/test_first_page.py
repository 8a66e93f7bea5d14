"""Page one of the service report: what to do next and the findings, of published texts alone; and its paper."""

from datetime import date

import pytest

from reporting.performance.first_page import build_first_page
from reporting.performance.paper import arrange_paper

YEAR = {"name": "April 2025 to March 2026", "sections": []}


def build(headline=None, sections=(), year=None, earlier=None):
    return build_first_page(headline or {}, sections, year or YEAR, "October 2026", earlier or {})


def find_acts(**known):
    return [each["act"] for each in build(**known)["next_steps"]]


def make_section(key, headers, *rows, figures=()):
    tables = [{"title": key, "headers": headers, "rows": list(rows), "too_small": [], "note": ""}]
    return {
        "key": key, "title": key, "text": "", "tables": tables, "too_few": [], "not_divided": [],
        "figures": {"title": key, "headers": ["Figure", "Number"], "rows": list(figures), "too_small": []},
    }  # fmt: skip


SUPERVISION = ["Kind", "Due in 12 weeks", "Held in 12 weeks", "Overdue on the last day"]
POSTS = ["Role group", "Funded", "Filled", "Vacant"]


def test_nothing_is_asked_for_where_nothing_is_shown():
    found = build()
    assert [each["act"] for each in found["next_steps"]] == ["Carry on as you do."]
    assert [each["number"] for each in found["first_page"]] == ["*"] * 5 + ["–"]
    said = [f"{each['text']} {each['says']}" for each in found["first_page"]]
    assert all("not shown, to protect small numbers" in each for each in said)


def test_the_longest_wait_that_is_shown_comes_first():
    waits = {"Waiting over 4 weeks": "40% (30 to 51%)", "Waiting over 12 weeks": "about a quarter"}
    (step,) = build(headline=waits | {"Waiting over 18 weeks": "*"})["next_steps"]
    assert step["act"] == "Offer a first contact to those who have waited over 12 weeks."
    assert step["why"].startswith("They are about a quarter of those waiting")


def test_the_longest_step_is_named_beside_the_others():
    headline = {"Wait for a decision: median": "5 days", "Wait for a first measure: median": "22 days"}
    assert find_acts(headline=headline) == ["Look at the wait for a first measure: it is the longest step."]
    assert find_acts(headline={"Wait for a decision: median": "5 days"}) == ["Carry on as you do."]


@pytest.mark.parametrize(
    ("held", "acts"),
    [("31", ["Book the clinical supervision that is overdue."]), ("55", ["Carry on as you do."])],
)
def test_supervision_that_was_due_and_not_held_is_asked_for(held, acts):
    rows = [["Clinical", "55", held, "4"], ["Managerial", "0", "0", "0"]]
    assert find_acts(sections=[make_section("supervision", SUPERVISION, *rows)]) == acts


def test_the_largest_vacancy_is_named():
    rows = [
        ["Therapist", "2.5", "2.4", "0.1"],
        ["Practitioner", "4", "3", "1"],
        ["All posts", "6.5", "5.4", "1.1"],
    ]
    (step,) = build(sections=[make_section("workforce", POSTS, *rows)])["next_steps"]
    assert step["act"] == "Fill the vacant posts, first Practitioner."
    assert step["why"].startswith("1.1 of 6.5 funded")
    full = [[name, funded, funded, "0"] for name, funded, *_ in rows]
    assert find_acts(sections=[make_section("workforce", POSTS, *full)]) == ["Carry on as you do."]


def test_the_place_where_least_of_the_need_is_met_is_named_among_two_or_more():
    headers = ["Place", "Seen of the need"]
    rows = [["North", "6.2%"], ["South", "10.6%"], ["Elsewhere", "Not recorded"], ["Whole service", "5.1%"]]
    year = YEAR | {"sections": [make_section("reach", headers, *rows)]}
    assert find_acts(year=year) == ["Reach more families in North."]
    year = YEAR | {"sections": [make_section("reach", headers, rows[0], rows[3])]}
    assert find_acts(year=year) == ["Carry on as you do."]


def test_the_acts_are_at_most_four_in_their_order():
    headline = {
        "Waiting over 4 weeks": "about half",
        "Wait for a decision: median": "5 days",
        "Wait for a first measure: median": "22 days",
    }
    sections = [
        make_section("supervision", SUPERVISION, ["Clinical", "9", "3", "1"]),
        make_section("workforce", POSTS, ["Therapist", "2", "1", "1"], ["All posts", "2", "1", "1"]),
    ]
    year = YEAR | {
        "sections": [make_section("outcomes", ["A", "B"], figures=[["Pair rate", "49% (40 to 58%)"]])]
    }
    acts = find_acts(headline=headline, sections=sections, year=year)
    assert [act.split()[0] for act in acts] == ["Offer", "Look", "Book", "Fill"]


@pytest.mark.parametrize(
    ("before", "says"),
    [
        ([], "There is no earlier month"),
        (["30", "*", "40"], "The 2 months before had about 35 a month: it cannot be said"),
        (["10"], "The month before had about 10 a month: demand has risen"),
        (["90"], "demand has fallen"),
    ],
)
def test_referrals_are_compared_with_the_months_before_within_their_limits(before, says):
    earlier = {date(2026, 1 + at, 1): {"Babies referred": text} for at, text in enumerate(before)}
    first = build(headline={"Babies referred": "35"}, earlier=earlier)["first_page"][0]
    assert first["text"] == "in October 2026 (24 to 49)."  # Byar's limits of 35
    assert says in first["says"]


# ---------------------------------------------------------------- paper
def arrange(section):
    made = arrange_paper({"period": {"sections": [section]}, "definitions": []})
    return made["printed"]["period"][0]


def test_a_long_table_of_figures_is_printed_as_two_and_hidden_ones_are_named_once():
    rows = [[f"Figure {at}", "*" if at == 3 else str(at)] for at in range(10)]
    first, second, _ = arrange(make_section("waits", ["A", "B"], ["x", "5"], figures=rows))["tables"]
    assert [len(first["rows"]), len(second["rows"])] == [5, 4]
    assert (first["too_small"], second["too_small"]) == ([], ["Figure 3"])
    assert second["title"] == "waits, continued"


def test_figures_of_which_none_is_shown_are_one_line():
    found = arrange(make_section("groups", ["A", "B"], figures=[["Group sessions", "*"]]))
    assert found["tables"] == []
    assert found["lines"] == ["Too few to show: Group sessions."]


def test_bars_are_measured_against_the_longest_group_and_not_the_whole():
    rows = [["North", "50"], ["South", "20"], ["Elsewhere", "*"], ["Whole service", "75"]]
    (table,) = arrange(make_section("seen", ["Place", "Seen"], *rows))["tables"]
    assert table["bars"] == [100, 40, None]
    assert table["too_small"] == ["Elsewhere"]


def test_a_long_list_of_those_joined_is_cut_on_paper_and_says_how_many_more_there_are():
    section = make_section("demand", ["Source", "Babies"], ["All others", "20"])
    section["tables"][0]["note"] = "All others: " + "; ".join("abcdefghij") + "."
    (table,) = arrange(section)["tables"]
    assert table["note"] == "All others: a; b; c; d; e; f; g; h; and 2 more."
