"""Which family comes first: one test for each rule."""

from uuid import uuid4

import pytest

from pairs.matching.ranking import WEIGHTS, SearchHit, rank_families

ONE, OTHER = uuid4(), uuid4()


def make_hit(family, name="", *found):
    return SearchHit(family, uuid4(), name, found)


@pytest.mark.parametrize(
    ("words", "better", "worse"),
    [
        (
            ("smith",),
            [make_hit(ONE, "", "NHS number")],
            [make_hit(OTHER, "john smith", "date of birth", "postcode")],
        ),
        (("smith",), [make_hit(ONE, "emma smith", "date of birth")], [make_hit(OTHER, "john smith")]),
        (("smith",), [make_hit(ONE, "emma smith")], [make_hit(OTHER, "emma smyth")]),
        (
            ("smith", "emma"),
            [make_hit(ONE, "emma smith")],
            [make_hit(OTHER, "emma jones"), make_hit(OTHER, "john smith")],
        ),
        (
            ("smith", "emma"),
            [make_hit(ONE, "emma jones"), make_hit(ONE, "john smith")],
            [make_hit(OTHER, "john smith")],
        ),
        (("ann", "smith"), [make_hit(ONE, "ann smith")], [make_hit(OTHER, "ann smith jones")]),
        (
            (),
            [make_hit(ONE, "", "date of birth")],
            [make_hit(OTHER, "", "day and month swapped")],
        ),
        (
            ("lee",),
            [make_hit(ONE, "jo lee", "date of birth")],
            [make_hit(OTHER, "ann"), make_hit(OTHER, "jo", "date of birth")],
        ),
    ],
)
def test_the_better_comes_first(words, better, worse):
    for order in ([*better, *worse], [*worse, *better]):
        assert rank_families(words, order)[0].family == ONE


def test_a_weak_match_is_left_out():
    assert [
        match.family
        for match in rank_families(("a",), [make_hit(ONE, "", "NHS number"), make_hit(OTHER, "amy")])
    ] == [ONE]


def test_one_word_of_several_must_be_close_when_it_is_all_there_is():
    assert rank_families(("nowhere", "nobody"), [make_hit(ONE, "norah hashim")]) == []
    assert rank_families(("smith", "zebedee"), [make_hit(ONE, "emma smith")])


def test_a_result_says_whose_name_matched_and_whether_exactly():
    same, like = make_hit(ONE, "emma smith"), make_hit(ONE, "emma smyth")
    why = dict(rank_families(("smith",), [same, like])[0].why)
    assert (why[same.person], why[like.person]) == ("name", "similar name")


def test_nothing_found_is_no_family():
    assert rank_families(("smith",), []) == []


def test_numbers_weigh_more_than_any_name():
    assert WEIGHTS["NHS number"] == WEIGHTS["reference"] > 6 * 2 + 2
