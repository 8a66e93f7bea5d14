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
        ("+44 (0)1632 960 001", "phones", ("441632960001",)),
        ("01254 55555 ext 4", "phones", ("44125455555",)),
        ("960 001", "phone_ends", ("960001",)),
        ("447700 900123", "phones", ("447700900123",)),  # the + was lost
        ("07700\u2009900\u200b123", "phones", ("447700900123",)),
        ("\ufeff07700\u2013900\u2011123", "phones", ("447700900123",)),
        ("999\u2009000\u20111235", "nhs_numbers", ("9990001235",)),
        ("999.000.1235", "nhs_numbers", ("9990001235",)),
        ("999/000/1235", "nhs_numbers", ("9990001235",)),
        ("999_000_1235", "nhs_numbers", ("9990001235",)),
        ("999, 000, 1235", "nhs_numbers", ("9990001235",)),
        ("07700_900_123", "phones", ("447700900123",)),
        ("٠٧٧٠٠ ٩٠٠١٢٣", "phones", ("447700900123",)),
        ("zq1\u00a0\u200b1aa", "postcodes", ("ZQ11AA",)),
        ("bb1-7aa", "postcodes", ("BB17AA",)),
        ("BBI 7AA", "postcodes", ("BB17AA",)),
        ("bfpo 57", "postcodes", ("BFPO57",)),
        ("Ali 1st", "words", ("ali", "1st")),
        ("mali oba", "postcodes", ()),
        ("zq1 1aa", "postcodes", ("ZQ11AA",)),
        ("smith fy1", "outward", ("FY1",)),
        ("31/12/1949", "dates", (date(1949, 12, 31),)),
        ("1/1/49", "dates", (date(2049, 1, 1),)),
        ("1/1/50", "dates", (date(1950, 1, 1),)),
        ("13/13/2026", "dates", ()),
        ("8/13/2026", "other_way", (date(2026, 8, 13),)),
        ("Mrs O'Neill and baby", "words", ("oneill",)),
        ("Mrs O'Neill and baby", "around", ("mrs", "and", "baby")),
        ("Dr Born", "words", ("dr", "born")),
        ("Marcus 12 2025", "words", ("marcus",)),
        ("Julia 3 24", "words", ("julia",)),
        ("R-Kelly", "words", ("r", "kelly")),
        ("محمد", "words", ("محمد",)),
        ("АННА Петрова", "words", ("анна", "петрова")),
        ("baby", "words", ("baby",)),
        ("ann ann ann", "words", ("ann",)),
        ("a b c d e f g h i j k l m n", "words", tuple("abcdefghijkl")),
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
        ("441632960001",),
    )


@pytest.mark.parametrize("text", ["", " ", "12", "...", "\u200b", "29/2/2025"])
def test_there_may_be_nothing_to_look_for(text):
    assert not parse_query(text)


def test_an_error_in_an_nhs_number_is_reported():
    assert "do not add up" in parse_query("999 000 1234").doubt
    assert parse_query("9990001235").doubt == ""
    assert parse_query("01632 960001").doubt == ""
