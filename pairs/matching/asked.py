"""What somebody typed in the one search box, told apart: numbers, references, dates, phones, postcodes, names. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from pairs.families.rules import why_not_nhs_number
from pairs.geography.rules import normalise_postcode
from pairs.matching.names import fold
from pairs.service.dates import MONTHS

_MONTH = f"({'|'.join(MONTHS)})[a-z]*\\.?"
_DATES = (
    (r"\b(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\b"),
    (r"\b(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})\b"),
    (r"(?<![\d ])(?<!\d )(?P<day>\d{1,2}) (?P<month>\d{1,2}) (?P<year>(?:19|20)\d{2})(?! ?\d)"),
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]?(?P<word>{_MONTH}),?[ -]?(?P<year>\d{{4}}|\d{{2}})\b",
    rf"\b(?P<word>{_MONTH}) ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b",
)
_REFERENCE = re.compile(r"\b(PI|R)(?:[- ]?(\d{4})[- ]?(\d{1,5})|-([\w-]+))\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.IGNORECASE)
_OUTWARD = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\b", re.IGNORECASE)
_DIGITS = re.compile(r"\+?\(?\d[\d ()+\u00a0-]*\d")
# What people put around a name and nobody is called by.
_AROUND = frozenset("mr mrs ms miss mx dr family the and of nee aka known as born due".split())  # noqa: SIM905
_ALONE_ONLY = frozenset({"baby", "twin", "infant"})
MOST_WORDS = 6


@dataclass(frozen=True)
class Asked:
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

    def __bool__(self):
        """Is there anything to look for? One letter alone is not."""
        return any(len(word) > 1 for word in self.words) or any(getattr(self, name) for name in FINDABLE)


FINDABLE = ("nhs_numbers", "references", "dates", "other_way", "phones", "postcodes", "outward")


def read(text: str) -> Asked:
    """'smith 3/8/2025' → the name smith and the third of August 2025."""
    text = re.sub(r"\s+", " ", text).strip()
    text, references = _taken(_REFERENCE, text, _reference)
    text, dates = _dates(text)
    text, postcodes = _taken(_POSTCODE, text, lambda found: normalise_postcode(found[0]))
    text, outward = _taken(_OUTWARD, text, lambda found: found[0].upper())
    text, digits = _taken(_DIGITS, text, lambda found: re.sub(r"[^\d+]", "", found[0]))
    nhs_numbers, phones, doubt = _numbers(digits)
    return Asked(
        words=_words(text),
        nhs_numbers=nhs_numbers,
        references=references,
        dates=tuple(dict.fromkeys(one for one, _ in dates if one)),
        other_way=tuple(dict.fromkeys(other for _, other in dates if other)),
        phones=phones,
        postcodes=tuple(each.replace(" ", "") for each in postcodes),
        outward=outward,
        doubt=doubt,
    )


def _taken(pattern, text, make):
    """(the text without what was recognised, what was)."""
    made = []

    def take(found):
        made.append(make(found))
        return " " if made[-1] else found[0]

    return pattern.sub(take, text), tuple(dict.fromkeys(filter(None, made)))


def _reference(found):
    kind, year, number, other = found.groups()
    return f"{kind.upper()}-{year}-{int(number):05}" if year else f"{kind.upper()}-{other}"


def _dates(text):
    found = []

    def take(match):
        both = _both_ways(match.groupdict())
        found.append(both)
        return " " if any(both) else match[0]

    for pattern in _DATES:
        text = re.sub(pattern, take, text, flags=re.IGNORECASE)
    return text, found


def _both_ways(parts):
    """(the date, the same with day and month changed about); None for what is no date."""
    word = parts.get("word")
    month = MONTHS.index(word[:3].lower()) + 1 if word else int(parts["month"])
    year, day = _year(parts["year"]), int(parts["day"])
    return _date(year, month, day), None if word or day == month else _date(year, day, month)


def _year(text):
    """Two digits: a birthday of this century up to 49, of the last one from 50."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 50 else 1900)


def _date(year, month, day):
    try:
        return date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


def _numbers(digits):
    """(NHS numbers, phones, a doubt in words). Ten digits may be either; a phone may be known by its end."""
    nhs, phones, doubt = [], [], ""
    for each in digits:
        why = why_not_nhs_number(each, test_numbers=True)
        if not why:
            nhs.append(each)
        elif len(each) == 10 and each[0] != "0":
            doubt = why
        if len(each.strip("+")) >= 6:
            phones.append(plain_phone(each))
    return tuple(nhs), tuple(phones), doubt


def plain_phone(text: str) -> str:
    """'+44 (0)1632 960 001' → '01632960001'. Its twin in the database is matching_phone."""
    return re.sub(r"^(\+44|0044)0?", "0", re.sub(r"[^0-9+]", "", text))


def _words(text):
    words = [each for each in fold(text).split() if not each.isdigit() and each not in _AROUND]
    names = [each for each in words if each not in _ALONE_ONLY]
    return tuple(dict.fromkeys(names or words))[:MOST_WORDS]
