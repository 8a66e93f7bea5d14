"""What is pasted from Word, PDF and Excel, and how people write a phone number."""

import pytest

from pairs.web.typed_phones import list_phone_numbers
from pairs.web.typed_text import (
    read_nhs_digits,
    strip_separators,
    tidy_typed_text,
    unify_typed_text,
)

MOBILE, BLACKBURN = "+447700900123", "+44125455555"


@pytest.mark.parametrize(
    "typed",
    [
        "07700 900123", "07700900123", "07700-900-123", "07700.900.123", "(07700) 900123", "+44 7700 900123",
        "+44 (0)7700 900123", "0044 7700 900123", "00 44 7700 900123", "(+44) 7700900123",
        "7700900123", "7700 900123", "44 7700 900123", "447700900123",  # the 0 or the + was lost
        "07700\u2009900\u200b123", "\ufeff07700\u00a0900\u202f123", "07700\u2011900\u2013123", "+44\u00ad7700900123",
        "07700·900·123", "\u202a07700900123\u202c", "٠٧٧٠٠٩٠٠١٢٣", "０７７００９００１２３",
        "'07700900123", '="07700900123"', "7700900123.0",  # as a spreadsheet gives it back
        "mum 07700900123", "07700 900123 mum", "07700 900123 mum 686", "tel: 07700 900123 after 18:00",
    ],
)  # fmt: skip
def test_one_mobile_number_however_it_is_written(typed):
    assert [each.number for each in list_phone_numbers(typed)] == [MOBILE]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("01254 55555", [(BLACKBURN, "")]),
        ("+44 1254 55555", [(BLACKBURN, "")]),
        ("1254 55555", [(BLACKBURN, "")]),
        ("01254 55555 ext 4", [(BLACKBURN, "4")]),
        ("01254 55555 x4 or 07700 900123 mum", [(BLACKBURN, "4"), (MOBILE, "")]),
        ("01254 55555 from 5", [(BLACKBURN, "")]),
        ("01524 32000", [("+44152432000", "")]),
        ("(01695) 50000", [("+44169550000", "")]),
        ("07700 900123 (mum's) / 01254 55555", [(MOBILE, ""), (BLACKBURN, "")]),
        ("07700900123, 07700900124", [(MOBILE, ""), ("+447700900124", "")]),
        ("07700900123 or +44 7700 900123", [(MOBILE, "")]),
        ("0800 1111", [("+448001111", "")]),
        ("+48 601 123 456", [("+48601123456", "")]),
        ("48 601 123 456", [("+48601123456", "")]),
        ("353 87 123 4567", [("+353871234567", "")]),
        ("55555", []),  # no area code
        ("mum", []),
        ("", []),
        ("999", []),
        ("0777777777777777", []),
    ],
)
def test_the_numbers_of_a_line(typed, numbers):
    assert [(each.number, each.extension) for each in list_phone_numbers(typed)] == numbers


@pytest.mark.parametrize(
    "typed",
    [
        "999 000 0018", "9990000018", "999-000-0018", "999.000.0018", "999,000,0018",
        "999\u2009000\u20090018", "999\u200b000\u200b0018", "\ufeff999\u00a0000\u00a00018", "999\u2013000\u20130018",
        "999\u2011000\u20110018", "999\u2212000\u22120018", "999\u00b7000\u00b70018",
        "NHS number: 999 000 0018", "NHS No. 999 000 0018", "'9990000018", "9990000018.0",
        "999/000/0018", "999:000:0018", "999_000_0018", "[999] 000 0018", "999|000|0018", "999 000 0018.",
        "N.H.S. No. 9990000018", "NHSNo.9990000018", "#9990000018", "NHS nr 9990000018", "“9990000018”",
        "‘9990000018’", "NHS number (verified): 999 000 0018", "999 000 0018 verified", "٩٩٩٠٠٠٠٠١٨",
    ],
)  # fmt: skip
def test_an_nhs_number_however_it_is_pasted(typed):
    assert read_nhs_digits(typed) == "9990000018"


@pytest.mark.parametrize(
    "typed",
    [
        "999 000 0018 / 999 000 0026",
        "mum’s 999 000 0018",
        "999OOOOO18",
        "9.99E+09",
        "not known",
        "999 000 0018 twin 2",
    ],
)
def test_what_may_be_more_or_another_number_is_not_read_as_one(typed):
    read = read_nhs_digits(typed)
    assert len(read) != 10 or not read.isdigit()


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("  07700\u00a0900123 \u200b(mum’s) ", "07700 900123 (mum’s)"),
        ("01254 55555\r\n07700 900123", "01254 55555 07700 900123"),
        ("\ufeffa\u2003b\u00adc", "a bc"),
    ],
)
def test_what_is_shown_looks_as_it_was_typed(typed, tidied):
    assert tidy_typed_text(typed) == tidied


def test_signs_are_made_plain_for_reading():
    assert unify_typed_text("BB1\u20117AA，\u00a0x") == "BB1-7AA, x"
    assert strip_separators("bb1 – 7aa.") == "bb17aa"
