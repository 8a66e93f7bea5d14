"""What somebody typed in the one search box, told apart: numbers, references, dates, phones, postcodes, names. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pairs.families.rules import find_nhs_number_error
from pairs.geography.rules import normalise_postcode
from pairs.matching.name_matching import fold_name
from pairs.web.date_fields import MONTH_ABBREVIATIONS

_MONTH_PATTERN = f"({'|'.join(MONTH_ABBREVIATIONS)})[a-z]*\\.?"
_DATE_PATTERNS = (
    (r"\b(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\b"),
    (r"\b(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})\b"),
    (r"(?<![\d ])(?<!\d )(?P<day>\d{1,2}) (?P<month>\d{1,2}) (?P<year>(?:19|20)\d{2})(?! ?\d)"),
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]?(?P<word>{_MONTH_PATTERN}),?[ -]?(?P<year>\d{{4}}|\d{{2}})\b",
    rf"\b(?P<word>{_MONTH_PATTERN}) ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b",
)
_REFERENCE_PATTERN = re.compile(r"\b(PI|R)(?:[- ]?(\d{4})[- ]?(\d{1,5})|-([\w-]+))\b", re.IGNORECASE)
_POSTCODE_PATTERN = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.IGNORECASE)
_OUTWARD_CODE_PATTERN = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\b", re.IGNORECASE)
_DIGITS_PATTERN = re.compile(r"\+?\(?\d[\d ()+\u00a0-]*\d")
# What people put around a name and nobody is called by.
_IGNORED_WORDS = frozenset("mr mrs ms miss mx dr family the and of nee aka known as born due".split())  # noqa: SIM905
_WORDS_ALONE_ONLY = frozenset({"baby", "twin", "infant"})
MAX_WORDS = 6


@dataclass(frozen=True)
class SearchQuery:
    """Each kind of thing that was recognised. ``other_way``: the same dates, day and month changed about."""

    words: tuple[str, ...] = ()
    nhs_numbers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    other_way: tuple[date, ...] = ()
    phones: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    outward: tuple[str, ...] = ()
    doubt: str = ""

    def __bool__(self) -> bool:
        """Is there anything to look for? One letter alone is not."""
        return any(len(word) > 1 for word in self.words) or any(
            getattr(self, name) for name in IDENTIFIER_FIELDS
        )


IDENTIFIER_FIELDS = ("nhs_numbers", "references", "dates", "other_way", "phones", "postcodes", "outward")


def parse_query(text: str) -> SearchQuery:
    """'smith 3/8/2025' → the name smith and the third of August 2025."""
    text = re.sub(r"\s+", " ", text).strip()
    text, references = _extract(_REFERENCE_PATTERN, text, _format_reference)
    text, dates = _extract_dates(text)
    text, postcodes = _extract(_POSTCODE_PATTERN, text, lambda found: normalise_postcode(found[0]))
    text, outward = _extract(_OUTWARD_CODE_PATTERN, text, lambda found: found[0].upper())
    text, digits = _extract(_DIGITS_PATTERN, text, lambda found: re.sub(r"[^\d+]", "", found[0]))
    nhs_numbers, phones, doubt = _classify_numbers(digits)
    return SearchQuery(
        words=_parse_words(text),
        nhs_numbers=nhs_numbers,
        references=references,
        dates=tuple(dict.fromkeys(one for one, _ in dates if one)),
        other_way=tuple(dict.fromkeys(other for _, other in dates if other)),
        phones=phones,
        postcodes=tuple(each.replace(" ", "") for each in postcodes),
        outward=outward,
        doubt=doubt,
    )


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


def _classify_numbers(digits: tuple[str, ...]) -> tuple[tuple[Any, ...], tuple[str, ...], str]:
    """(NHS numbers, phones, a doubt in words). Ten digits may be either; a phone may be known by its end."""
    nhs, phones, doubt = [], [], ""
    for each in digits:
        why = find_nhs_number_error(each, test_numbers=True)
        if not why:
            nhs.append(each)
        elif len(each) == 10 and each[0] != "0":
            doubt = why
        if len(each.strip("+")) >= 6:
            phones.append(normalise_phone(each))
    return tuple(nhs), tuple(phones), doubt


def normalise_phone(text: str) -> str:
    """'+44 (0)1632 960 001' → '01632960001'. Its twin in the database is matching_phone."""
    return re.sub(r"^(\+44|0044)0?", "0", re.sub(r"[^0-9+]", "", text))


def _parse_words(text: str) -> tuple[str, ...]:
    words = [each for each in fold_name(text).split() if not each.isdigit() and each not in _IGNORED_WORDS]
    names = [each for each in words if each not in _WORDS_ALONE_ONLY]
    return tuple(dict.fromkeys(names or words))[:MAX_WORDS]
