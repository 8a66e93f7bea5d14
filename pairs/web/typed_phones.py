"""The phone numbers in a line as people write it: "07700 900123 (mum's) / 01254 55555 ext 4, not after six". Pure.

Numbers are read by Google's library, since the lengths of British area codes are a list and no rule. It would dial a
word or an hour beside a number, so a line is taken apart first and the library is given figures alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, ValidationResult

from pairs.web.typed_text import unify_line_ends, unify_typed_text

HOME_REGION, HOME_CODE = "GB", 44
# With the area code; Blackburn, Lancaster and Skelmersdale have numbers of nine digits.
HOME_NUMBER_PATTERN = re.compile("[1-9][0-9]{8,9}")
# An extension; figures of a word ("mum2"); or figures with what is written between them.
PART_PATTERN = re.compile(
    r"(?i:(?:\bext(?:ension|n)?|(?<![a-z])x|#)[ .:=]*(?P<extension>[0-9]{1,6})(?![0-9]))"
    r"|[^\W\d_]+[0-9]{1,2}(?![0-9])"
    r"|(?P<figures>[+]?[(]?[0-9][0-9 ().-]*)"
)
NUMBER_BEGINS_PATTERN = re.compile(r"(?<=[0-9)]) +(?=[(]?(?:0[1-9]|00[1-9]|[+]))")
AREA_CODE_SLASH_PATTERN = re.compile(
    r"(?<![0-9])([(]?0[1-9][0-9]{1,3}[)]?) ?/ ?(?=[1-9][0-9]{2,})"
)  # 01254/55555
LETTERS_IN_NUMBER_PATTERN = re.compile(r"(?<=[0-9])[oOlI]+(?=[0-9])")
FIGURES_BY_LETTER = str.maketrans("oOlI", "0011")
GROUP_PATTERN = re.compile("[ .-]+")
MAX_FIGURES_OF_AN_HOUR = 2
MIN_FIGURES_ABROAD = 10  # of a number whose + was lost on the way


@dataclass(frozen=True)
class TypedPhone:
    """One number somebody typed. ``number``: E.164, '+447700900123'. ``extension``: its digits, or ''."""

    number: str
    extension: str = ""


def list_phone_numbers(text: str) -> tuple[TypedPhone, ...]:
    """Every phone number in what was typed, in order, each once.

    A number without its 0 or its + is read; one without an area code is none, nor is anything else beside it
    ("mum", "from 5", "10-12").
    """
    found: list[TypedPhone] = []
    for line in unify_line_ends(text).split("\n"):
        read: list[TypedPhone] = []
        plain = AREA_CODE_SLASH_PATTERN.sub(r"\1 ", _replace_letters(unify_typed_text(line)))
        for part in PART_PATTERN.finditer(plain):
            if part["figures"]:
                read.extend(TypedPhone(number) for number in _read_numbers(part["figures"]))
            elif part["extension"] and read:
                read[-1] = replace(read[-1], extension=part["extension"])
        found.extend(read)
    return tuple(dict.fromkeys(found))


def _replace_letters(text: str) -> str:
    """Letters inside a number that are mistyped figures: 07700 9OO123."""
    return LETTERS_IN_NUMBER_PATTERN.sub(lambda found: found[0].translate(FIGURES_BY_LETTER), text)


def _read_numbers(figures: str) -> Iterator[str]:
    """E.164 of the numbers in figures without words: a new one begins where 0 or + follows a space."""
    pieces = NUMBER_BEGINS_PATTERN.split(figures.strip())
    at = 0
    while at < len(pieces):
        ends = range(at + 1, len(pieces) + 1)
        read = ((end, _read_number(" ".join(pieces[at:end]))) for end in ends)
        at, number = next((each for each in read if each[1]), (at + 1, ""))
        if number:
            yield number


def _read_number(figures: str) -> str:
    """E.164 of one number, or ''. What stands behind a home number, an hour or an option, is left out."""
    groups = GROUP_PATTERN.split(figures.strip(" .-"))
    numbers = [_parse_number(" ".join(groups))]
    while len(groups[-1]) <= MAX_FIGURES_OF_AN_HOUR < max(map(len, groups)):
        groups.pop()
        numbers.insert(0, _parse_number(" ".join(groups)))
    rung = [each for each in numbers if each]
    number = next(filter(_is_home_number_given_out, rung), rung[-1] if rung else None)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else ""


def _is_home_number_given_out(number: PhoneNumber) -> bool:
    return number.country_code == HOME_CODE and phonenumbers.is_valid_number(number)


def _parse_number(figures: str) -> PhoneNumber | None:
    """A number that can be rung as it is: in Britain, or abroad with or without its +."""
    try:
        number = phonenumbers.parse(figures, HOME_REGION)
    except phonenumbers.NumberParseException:
        return None
    return number if _is_whole(number) else _parse_without_plus(figures)


def _parse_without_plus(figures: str) -> PhoneNumber | None:
    """A number from abroad whose + was lost: read only where it is one that is given out."""
    digits = re.sub("[^0-9]", "", figures)
    if figures.startswith(("0", "(0", "+")) or len(digits) < MIN_FIGURES_ABROAD:
        return None
    number = phonenumbers.parse(f"+{digits}")
    return number if phonenumbers.is_valid_number(number) else None


def _is_whole(number: PhoneNumber) -> bool:
    """Can it be rung as it is? A home number needs its area code, or is one of the few short ones (0800 1111)."""
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return False
    if number.country_code != HOME_CODE:
        return True
    national = phonenumbers.national_significant_number(number)
    return bool(HOME_NUMBER_PATTERN.fullmatch(national)) or phonenumbers.is_valid_number(number)
