"""Goals as small charts: which way in a few words, one rating, none, a closed one, and the table behind them."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.template import engines

from outcomes.goals_in_short import GoalRatingRow, build_goal_in_short, describe_direction

FIRST = date(2026, 6, 22)
TEMPLATE = """{% from "episodes/components/goals_in_short.html" import goals_in_short %}
{{ goals_in_short(goals, new_href=new_href, may_write=may_write, table=table) }}"""


def build_goal(*scores, words="To play for ten minutes", **more):
    ratings = [GoalRatingRow(FIRST + timedelta(weeks=at), score, "Review") for at, score in enumerate(scores)]
    about = {"id": "00000000-0000-4000-8000-000000000001", "whose": "Maya and Sara (mother)", "rater": "Sara"}
    return build_goal_in_short(words=words, ratings=ratings, **about | more)


def draw(*goals, **context):
    plain = {"goals": goals, "new_href": None, "may_write": False, "table": "details"}
    html = engines["jinja2"].env.from_string(TEMPLATE).render(plain | context)
    return SimpleNamespace(html=html, text=" ".join(re.sub(r"<[^>]+>", " ", html).split()))


@pytest.mark.parametrize(
    ("scores", "words", "colour"),
    [
        ([3, 6], "3 to 6: closer", "green"),
        ([3, 9, 6], "3 to 6: closer", "green"),
        ([2, 3], "2 to 3: a little closer", "grey"),
        ([0, 2], "0 to 2: a little closer", "grey"),
        ([4, 3], "4 to 3: further away", "yellow"),
        ([10, 0], "10 to 0: further away", "yellow"),
        ([5, 5], "No change (5 → 5)", "grey"),
        ([5, 9, 5], "No change (5 → 5)", "grey"),
        ([0], "Rated once", "grey"),
        ([], "Not rated yet", "grey"),
    ],
)
def test_which_way_a_goal_went(scores, words, colour):
    assert describe_direction(scores) == (words, colour)


def test_a_goal_is_its_words_its_line_its_last_value_and_whose_rating_it_is():
    shown = draw(build_goal(3, 4, 6))
    assert "“To play for ten minutes”" in shown.text
    assert "Rated by Sara" in shown.text
    assert shown.html.count("<circle") == 3
    assert (
        'aria-label="To play for ten minutes. From 0 to 10. 22 Jun 2026: 3; 29 Jun 2026: 4; 6 Jul 2026: 6."'
        in shown.html
    )
    assert re.search(r'font-weight="600"[^>]*>6</text>', shown.html)


def test_every_goal_has_the_same_scale_and_height():
    shown = draw(build_goal(1, 2), build_goal(8, 9), build_goal(0), build_goal(10))
    assert set(re.findall(r'height="(\d+)"', shown.html)) == {"118"}
    assert shown.html.count(">10</text>") == 5  # four scales, and a value of ten


def test_rated_once_is_one_dot_without_a_line():
    shown = draw(build_goal(4))
    assert "Rated once" in shown.text
    assert (shown.html.count("<circle"), shown.html.count('stroke-width="3"')) == (1, 0)


def test_not_rated_yet_draws_nothing():
    shown = draw(build_goal())
    assert "Not rated yet." in shown.text
    assert "<svg" not in shown.html
    assert "<table" not in shown.html


@pytest.mark.parametrize("new_href", ["/goal/", None])
def test_no_goals_yet(new_href):
    shown = draw(new_href=new_href)
    assert "No goals yet. Write the first one with the family." in shown.text
    assert ("Set a goal" in shown.text) is bool(new_href)


@pytest.mark.parametrize(("table", "on_paper"), [("details", False), ("print", True)])
def test_the_table_holds_every_rating(table, on_paper):
    shown = draw(build_goal(3, 6), build_goal(2, words="To sleep"), table=table)
    assert shown.html.count("<details") == 1
    assert ("pairs-on-paper" in shown.html) is on_paper
    assert shown.html.count('<tr role="row">') == 1 + 3


def test_what_may_be_done_with_a_goal():
    dead, mine = build_goal(3, asked=False), build_goal(3)
    closed = build_goal(3, open=False, closed="Reached, 3 Nov 2026")
    shown = draw(dead, mine, closed, may_write=True)
    assert shown.text.count("Rate this goal") == 1
    assert shown.text.count("Close goal") == shown.text.count("Reword goal") == 2
    assert "Reached, 3 Nov 2026" in shown.text
    assert "Rate this goal" not in draw(mine).text


def test_whose_it_is_only_where_there_are_several():
    assert "Maya and Sara" not in draw(build_goal(3), build_goal(4)).text
    assert "Zoe and Tom" in draw(build_goal(3), build_goal(4, whose="Zoe and Tom (father)")).text


def test_a_familys_words_never_become_markup():
    shown = draw(build_goal(3, words='<b>"x"</b> & y'))
    assert "<b>" not in shown.html
