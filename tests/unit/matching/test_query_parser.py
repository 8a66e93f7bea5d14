"""What is typed in the one box, told apart."""

from datetime import date

import pytest

from pairs.matching.query_parser import parse_query

THIRD_OF_AUGUST, EIGHTH_OF_MARCH = date(2026, 8, 3), date(2026, 3, 8)


@pytest.mark.parametrize(
    "text",
    ["3/8/2026", "03/08/2026", "3.8.26", "03-08-2026", "3 8 2026", "2026-08-03"],
)
def test_a_date_in_figures_may_be_meant_the_other_way_round(text):
    search = parse_query(text)
    assert (search.dates, search.other_way, search.words) == ((THIRD_OF_AUGUST,), (EIGHTH_OF_MARCH,), ())


@pytest.mark.parametrize(
    "text", ["3 Aug 2026", "3rd August 2026", "3rd of aug 2026", "3aug2026", "Aug 3, 2026", "August 3rd 2026"]
)
def test_a_date_in_words_may_not(text):
    search = parse_query(text)
    assert (search.dates, search.other_way, search.words) == ((THIRD_OF_AUGUST,), (), ())


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("999 000 1235", "nhs_numbers", ("9990001235",)),
        ("pi 2026 17", "references", ("PI-2026-00017",)),
        ("R-2026-00042", "references", ("R-2026-00042",)),
        ("+44 (0)1632 960 001", "phones", ("01632960001",)),
        ("960 001", "phones", ("960001",)),
        ("zq1 1aa", "postcodes", ("ZQ11AA",)),
        ("smith fy1", "outward", ("FY1",)),
        ("31/12/1949", "dates", (date(1949, 12, 31),)),
        ("1/1/49", "dates", (date(2049, 1, 1),)),
        ("1/1/50", "dates", (date(1950, 1, 1),)),
        ("13/13/2026", "dates", ()),
        ("8/13/2026", "other_way", (date(2026, 8, 13),)),
        ("Mrs O'Neill and baby", "words", ("oneill",)),
        ("baby", "words", ("baby",)),
        ("ann ann ann", "words", ("ann",)),
        ("a b c d e f g h", "words", tuple("abcdef")),
    ],
)
def test_each_kind_is_recognised(text, name, found):
    assert getattr(parse_query(text), name) == found


def test_kinds_are_mixed():
    search = parse_query("smith 3 Aug 2026 ZQ1 1AA 01632 960001")
    assert (search.words, search.dates, search.postcodes, search.phones) == (
        ("smith",),
        (THIRD_OF_AUGUST,),
        ("ZQ11AA",),
        ("01632960001",),
    )


@pytest.mark.parametrize("text", ["", " ", "x", "12", "...", "\u200b", "29/2/2025"])
def test_there_may_be_nothing_to_look_for(text):
    assert not parse_query(text)


def test_an_error_in_an_nhs_number_is_reported():
    assert "do not add up" in parse_query("999 000 1234").doubt
    assert parse_query("9990001235").doubt == ""
    assert parse_query("01632 960001").doubt == ""
