"""What somebody typed in the one search box, told apart: numbers, references, dates, phones, postcodes, names. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pairs.families.phones import read_phone_keys
from pairs.families.rules import find_nhs_number_error
from pairs.geography.rules import suggest_postcode
from pairs.matching.name_matching import fold_name
from pairs.web.date_fields import MONTH_ABBREVIATIONS
from pairs.web.typed_text import unify_typed_text

# Whole words: Marcus, Janet, Julia and Augustus are people.
_MONTH_ENDS = ["uary", "ruary", "ch", "il", "", "e", "y", "ust", "t(?:ember)?", "ober", "ember", "ember"]
_MONTHS = "|".join(f"{name}(?:{end})?" for name, end in zip(MONTH_ABBREVIATIONS, _MONTH_ENDS, strict=True))
_MONTH_PATTERN = rf"(?:{_MONTHS})(?![a-z])\.?"
_DATE_PATTERNS = (
    (r"\b(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\b"),
    (r"\b(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})\b"),
    (r"(?<![\d ])(?<!\d )(?P<day>\d{1,2}) (?P<month>\d{1,2}) (?P<year>(?:19|20)\d{2})(?! ?\d)"),
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]?(?P<word>{_MONTH_PATTERN}),?[ -]?(?P<year>\d{{4}}|\d{{2}})\b",
    rf"\b(?P<word>{_MONTH_PATTERN}) ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b",
)
_REFERENCE_PATTERN = re.compile(r"\b(PI|R)(?:[- ]?(\d{4})[- ]?(\d{1,5})|-([\w-]*\d[\w-]*))\b", re.IGNORECASE)
# O stands for 0 and I or l for 1 in what is mistyped; a day ("Ali 1st") is no end of a postcode.
_POSTCODE_PATTERN = re.compile(
    r"\b(?:bfpo ?\d{1,4}|(?=[a-z]*[ ,.-]?[a-z]*\d)[a-z0]{1,2}[\doil][a-z\d]?[ ,.-]?[\doil]"
    r"(?!(?:st|nd|rd|th)\b)[a-z]{2})\b",
    re.IGNORECASE,
)
_OUTWARD_CODE_PATTERN = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\b", re.IGNORECASE)
_DIGITS_PATTERN = re.compile(r"\+?\(?\d[\d ().+-]*\d")
# An NHS number as it is printed, in threes and four, whatever sign stands between them.
_GROUPED_NUMBER_PATTERN = re.compile(r"(?<!\d)(\d{3})[\W_]{1,3}(\d{3})[\W_]{1,3}(\d{4})(?!\d)")
# What people put around a name. Some are called so (Born, Miss, Dee): beside other words they must be found whole,
# and nobody is left out who is not called by them.
_SURROUNDING_WORDS = frozenset(
    "mr mrs ms miss mx dr family the and of nee aka known as born due baby twin infant ext".split()  # noqa: SIM905
)
MAX_WORDS = 12
MIN_FIGURES_OF_AN_END = 6


@dataclass(frozen=True)
class SearchQuery:
    """Each kind of thing that was recognised. ``other_way``: the same dates, day and month changed about."""

    words: tuple[str, ...] = ()
    around: tuple[str, ...] = ()  # perhaps of a name, perhaps only beside one
    nhs_numbers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    other_way: tuple[date, ...] = ()
    phones: tuple[str, ...] = ()  # keys
    phone_ends: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    outward: tuple[str, ...] = ()
    doubt: str = ""

    def __bool__(self) -> bool:
        """Is there anything to look for?"""
        return bool(self.words) or any(getattr(self, name) for name in IDENTIFIER_FIELDS)


IDENTIFIER_FIELDS = (
    "nhs_numbers",
    "references",
    "dates",
    "other_way",
    "phones",
    "phone_ends",
    "postcodes",
    "outward",
)


def parse_query(text: str) -> SearchQuery:
    """'smith 3/8/2025' → the name smith and the third of August 2025."""
    text = _GROUPED_NUMBER_PATTERN.sub(_join_nhs_number, unify_typed_text(text)).replace("_", " ")
    text, references = _extract(_REFERENCE_PATTERN, text, _format_reference)
    text, dates = _extract_dates(text)
    text, postcodes = _extract(_POSTCODE_PATTERN, text, lambda found: suggest_postcode(found[0]))
    text, outward = _extract(_OUTWARD_CODE_PATTERN, text, lambda found: found[0].upper())
    text, digits = _extract(_DIGITS_PATTERN, text, lambda found: re.sub(r"[^\d+]", "", found[0]))
    nhs_numbers, phones, phone_ends, doubt = _classify_numbers(digits)
    words, around = _parse_words(text)
    return SearchQuery(
        words=words,
        around=around,
        nhs_numbers=nhs_numbers,
        references=references,
        dates=tuple(dict.fromkeys(one for one, _ in dates if one)),
        other_way=tuple(dict.fromkeys(other for _, other in dates if other)),
        phones=phones,
        phone_ends=phone_ends,
        postcodes=tuple(each.replace(" ", "") for each in postcodes),
        outward=outward,
        doubt=doubt,
    )


def _join_nhs_number(found: re.Match[str]) -> str:
    digits = "".join(found.groups())
    return found[0] if find_nhs_number_error(digits, test_numbers=True) else digits


def _extract(pattern: re.Pattern[str], text: str, make: Callable[..., Any]) -> tuple[str, tuple[str, ...]]:
    """(the text without what was recognised, what was)."""
    made = []

    def take(found: re.Match[str]) -> str:
        made.append(make(found))
        return " " if made[-1] else found[0]

    return pattern.sub(take, text), tuple(dict.fromkeys(filter(None, made)))


def _format_reference(found: re.Match[str]) -> str:
    kind, year, number, other = found.groups()
    return f"{kind.upper()}-{year}-{int(number):05}" if year else f"{kind.upper()}-{other}"


def _extract_dates(text: str) -> tuple[str, list[tuple[date, date]]]:
    found = []

    def take(match: re.Match[str]) -> str:
        both = _parse_date_both_ways(match.groupdict())
        found.append(both)
        return " " if any(both) else match[0]

    for pattern in _DATE_PATTERNS:
        text = re.sub(pattern, take, text, flags=re.IGNORECASE)
    return text, found


def _parse_date_both_ways(parts: dict[str, str]) -> tuple[Any, ...]:
    """(the date, the same with day and month changed about); None for what is no date."""
    word = parts.get("word")
    month = MONTH_ABBREVIATIONS.index(word[:3].lower()) + 1 if word else int(parts["month"])
    year, day = _parse_year(parts["year"]), int(parts["day"])
    return _make_date(year, month, day), None if word or day == month else _make_date(year, day, month)


def _parse_year(text: str) -> int:
    """Two digits: a birthday of this century up to 49, of the last one from 50."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 50 else 1900)


def _make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


def _classify_numbers(
    digits: tuple[str, ...],
) -> tuple[tuple[Any, ...], tuple[str, ...], tuple[str, ...], str]:
    """(NHS numbers, keys of phones, ends of phones, a doubt in words).

    Ten digits may be either; a phone may be known by its end.
    """
    nhs, phones, ends, doubt = [], [], [], ""
    for each in digits:
        why = find_nhs_number_error(each, test_numbers=True)
        if not why:
            nhs.append(each)
        elif len(each) == 10 and each[0] != "0":
            doubt = why
        keys = read_phone_keys(each)
        phones.extend(sorted(keys))
        figures = each.strip("+").removeprefix("0")
        if len(each.strip("+")) >= MIN_FIGURES_OF_AN_END and len(figures) < (10 if keys else 11):
            ends.append(figures)
    return tuple(nhs), tuple(phones), tuple(ends), doubt


def _parse_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(words of a name; words that may only stand around one). Alone, any word is a name."""
    words = list(dict.fromkeys(fold_name(text).split()))[:MAX_WORDS]
    names = [word for word in words if word not in _SURROUNDING_WORDS and not word.isdigit()]
    around = [word for word in words if word not in names]
    alone = tuple(word for word in around if not word.isdigit())
    return (tuple(names), tuple(around)) if names else (alone, ())
