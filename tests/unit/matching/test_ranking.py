"""Which family comes first: one test for each rule."""

from uuid import uuid4

import pytest

from pairs.matching.ranking import WEIGHTS, Hit, ranked

ONE, OTHER = uuid4(), uuid4()


def hit(family, name="", *found):
    return Hit(family, uuid4(), name, found)


@pytest.mark.parametrize(
    ("words", "better", "worse"),
    [
        (("smith",), [hit(ONE, "", "NHS number")], [hit(OTHER, "john smith", "date of birth", "postcode")]),
        (("smith",), [hit(ONE, "emma smith", "date of birth")], [hit(OTHER, "john smith")]),
        (("smith",), [hit(ONE, "emma smith")], [hit(OTHER, "emma smyth")]),
        (("smith", "emma"), [hit(ONE, "emma smith")], [hit(OTHER, "emma jones"), hit(OTHER, "john smith")]),
        (("smith", "emma"), [hit(ONE, "emma jones"), hit(ONE, "john smith")], [hit(OTHER, "john smith")]),
        (("ann", "smith"), [hit(ONE, "ann smith")], [hit(OTHER, "ann smith jones")]),
        ((), [hit(ONE, "", "date of birth")], [hit(OTHER, "", "day and month the other way round")]),
        (
            ("lee",),
            [hit(ONE, "jo lee", "date of birth")],
            [hit(OTHER, "ann"), hit(OTHER, "jo", "date of birth")],
        ),
    ],
)
def test_the_better_comes_first(words, better, worse):
    for order in ([*better, *worse], [*worse, *better]):
        assert ranked(words, order)[0].family == ONE


def test_what_little_speaks_for_is_left_out():
    assert [match.family for match in ranked(("a",), [hit(ONE, "", "NHS number"), hit(OTHER, "amy")])] == [
        ONE
    ]


def test_one_word_of_several_must_be_close_when_it_is_all_there_is():
    assert ranked(("nowhere", "nobody"), [hit(ONE, "norah hashim")]) == []
    assert ranked(("smith", "zebedee"), [hit(ONE, "emma smith")])


def test_it_says_whose_name_it_was_and_whether_it_was_written_so():
    same, like = hit(ONE, "emma smith"), hit(ONE, "emma smyth")
    why = dict(ranked(("smith",), [same, like])[0].why)
    assert (why[same.person], why[like.person]) == ("name", "a name like it")


def test_nothing_found_is_no_family():
    assert ranked(("smith",), []) == []


def test_numbers_weigh_more_than_any_name():
    assert WEIGHTS["NHS number"] == WEIGHTS["reference"] > 6 * 2 + 2
