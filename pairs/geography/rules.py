"""Postcodes, deprivation and places as rules, and how the official files are recognised and read: pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import product
from operator import ne
from typing import Protocol, TypeVar

from pairs.web.typed_text import strip_separators, tidy_typed_text, unify_typed_text

LANCASHIRE_AND_SOUTH_CUMBRIA_ICB = "E54000048"

# ---------------------------------------------------------------- postcodes
# The shapes of a UK postcode: A9 9AA, A99 9AA, A9A 9AA, AA9 9AA, AA99 9AA, AA9A 9AA, and GIR 0AA. A district has no
# 0 before its number, however often one is put there (BB01).
_POSTCODE_PATTERN = re.compile(
    r"(?:GIR0AA"
    r"|[A-PR-UWYZ](?:[1-9]?[0-9]|[0-9][A-HJKPSTUW]|[A-HK-Y][1-9]?[0-9]|[A-HK-Y][0-9][ABEHMNPRVWXY])"
    r"[0-9][ABD-HJLNP-UW-Z]{2}"
    r"|ZZ99[0-9][A-Z]{2})"
)


# The forces' post: addressed by a number, or by a postcode of BF1, which is where the mail is sorted.
_BFPO_PATTERN = re.compile(r"BFPO(?P<number>0*[1-9][0-9]{0,3})")
NO_PLACE_PREFIXES = ("ZZ99 ", "BFPO ", "BF1 ")
NOT_A_POSTCODE_PREFIXES = ("ZZ99 ", "BFPO ")  # no directory lists them
MAX_COMPACT_LENGTH = 8
# A letter or figure and what it is mistaken for; letters of other alphabets look the same as ours.
_LOOKALIKES = {
    "O": "O0",
    "0": "0O",
    "I": "I1",
    "L": "L1",
    "1": "1I",
    "S": "S5",
    "5": "5S",
    "B": "B8",
    "8": "8B",
    "Z": "Z2",
    "2": "2Z",
}
_SAME_LOOKS = str.maketrans(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u0410\u0412\u0415\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0405\u0422\u0423\u0425",
    "ABEZHIKMNOPTYXABEIJKMHOPCSTYX",
)
_WHOLE_POSTCODE_PATTERN = re.compile(r"(?<![A-Z0-9])[A-Z]{1,2}[0-9][A-Z0-9]?[\W_]*[0-9][A-Z]{2}(?![A-Z0-9])")
_DISTRICT_ZERO_PATTERN = re.compile(r"(?<=^[A-Z]{2})0(?=[1-9])|(?<=^[A-Z])0(?=[1-9])")
_NUMBER_WORD_PATTERN = re.compile(r"(?<=BFPO)\W*(?:NUMBER|NO)(?=\W*[0-9])")


def normalise_postcode(text: str) -> str | None:
    """'fy11aa' -> 'FY1 1AA'; None when the text does not have the shape of a postcode.

    Spaces of every kind, and what a paste brings that cannot be seen, are no part of it. Pseudo-postcodes (ZZ99 3VZ
    and its like: no fixed abode, not known) and BFPO numbers ('BFPO 57') are valid here; see `stands_for_no_place`.
    """
    compact = "".join(
        (text if text.isascii() else tidy_typed_text(text)).split()
    )  # millions of rows are ASCII
    if not compact.isascii():  # before upper(): 'ſ'.upper() is 'S'
        return None
    compact = compact.upper()
    if forces := _BFPO_PATTERN.fullmatch(compact):
        return f"BFPO {int(forces['number'])}"
    return f"{compact[:-3]} {compact[-3:]}" if _POSTCODE_PATTERN.fullmatch(compact) else None


def suggest_postcode(text: str) -> str:
    """The one postcode that a mistyped one can be read as: 'BBI 7AA' and 'bb1-7aa' -> 'BB1 7AA'; '' when there is none.

    O stands for 0, I or l for 1, S for 5, B for 8 and Z for 2, or the other way round; signs and a 0 before the number
    of a district for nothing. Fewest letters changed; two that are as near are no reading. Of a line with more in it
    ("Blackburn, BB1 7AA (mum’s)") the one postcode that is whole.
    """
    plain = _NUMBER_WORD_PATTERN.sub("", unify_typed_text(text).upper().translate(_SAME_LOOKS))
    if spaced := normalise_postcode(plain):  # 'B B1 7AA' is not of Birmingham
        return spaced
    whole = (normalise_postcode(strip_separators(each)) for each in _WHOLE_POSTCODE_PATTERN.findall(plain))
    within = set(filter(None, whole))
    return within.pop() if len(within) == 1 else _find_nearest_postcode(strip_separators(plain))


def _find_nearest_postcode(compact: str) -> str:
    if not compact.isascii() or len(compact) > MAX_COMPACT_LENGTH:
        return ""
    changed: dict[int, set[str]] = {}
    for letters in product(*(_LOOKALIKES.get(letter, letter) for letter in compact)):
        read = "".join(letters)
        if found := normalise_postcode(read) or normalise_postcode(_DISTRICT_ZERO_PATTERN.sub("", read)):
            changed.setdefault(sum(map(ne, letters, compact)), set()).add(found)
    nearest = changed.get(min(changed, default=0), set())
    return nearest.pop() if len(nearest) == 1 else ""


def is_pseudo(postcode: str) -> bool:
    """A normalised NHS pseudo-postcode: it stands for no place, so its deprivation is 'not known'."""
    return postcode.startswith("ZZ99 ")


def stands_for_no_place(postcode: str) -> bool:
    """A normalised postcode that no directory places: a pseudo-postcode, or the forces' post (a BFPO number, BF1)."""
    return postcode.startswith(NO_PLACE_PREFIXES)


def get_postcode_area(postcode: str) -> str:
    """The letters a postcode begins with: 'FY' of 'FY1 1AA', 'L' of 'L39 1AA'."""
    return "".join(letter for letter in postcode[:2] if letter.isalpha())


# ---------------------------------------------------------------- deprivation
def get_quintile(decile: int) -> int:
    """National quintile (1 = most deprived) of a national decile; exact for every LSOA of IoD 2019 and 2025."""
    if not 1 <= decile <= 10:
        raise ValueError(f"A decile is 1 to 10, not {decile}.")
    return (decile + 1) // 2


# ---------------------------------------------------------------- places
class PlaceRow(Protocol):
    """What `find_place` needs to know of a place (`pairs.service` keeps them)."""

    @property
    def lad_code(self) -> str: ...
    @property
    def lsoa_name_prefix(self) -> str: ...
    @property
    def needs_icb(self) -> bool: ...


P = TypeVar("P", bound=PlaceRow)


def find_place(lad_code: str, lsoa_name: str, icb_code: str, places: Iterable[P]) -> P | None:
    """The place an address lies in, or None when it is in none of them.

    Two former districts live on as LSOA name prefixes inside Westmorland and Furness; two districts
    count only where the postcode's ICB is Lancashire and South Cumbria.
    """
    fitting = [
        place
        for place in places
        if place.lad_code == lad_code
        and lsoa_name.startswith(place.lsoa_name_prefix)
        and (not place.needs_icb or icb_code == LANCASHIRE_AND_SOUTH_CUMBRIA_ICB)
    ]
    return max(fitting, key=lambda place: len(place.lsoa_name_prefix), default=None)


# ---------------------------------------------------------------- recognising an official file
Columns = Mapping[str, int]


class LayoutNotRecognised(ValueError):
    """The header is not that of the official file; the message says what is missing."""


@dataclass(frozen=True)
class Layout:
    """One published header: a pattern for each column we read (case-insensitive, the whole name)."""

    name: str
    patterns: Mapping[str, str]

    def list_missing_columns(self, header: Sequence[str]) -> list[str]:
        return [role for role in self.patterns if len(self._find_matching_columns(role, header)) != 1]

    def find_columns(self, header: Sequence[str]) -> Columns:
        return {role: self._find_matching_columns(role, header)[0] for role in self.patterns}

    def _find_matching_columns(self, role: str, header: Sequence[str]) -> list[int]:
        pattern = re.compile(self.patterns[role], re.IGNORECASE)
        return [at for at, name in enumerate(header) if pattern.fullmatch(name.strip())]


def _make_directory_layout(name: str, *, lad: str, icb: str, lsoa: str = "lsoa21cd") -> Layout:
    return Layout(name, {"postcode": "pcds", "lsoa": lsoa, "lad": lad, "icb": icb, "terminated": "doterm"})


# ONS Postcode Directory and National Statistics Postcode Lookup: newest first. Only the codes' years have
# changed since late 2025, so the next year's file is read too, under a name that says it is unproven.
POSTCODE_LAYOUTS = (
    _make_directory_layout("August 2026", lad="lad26cd", icb="icb26cd"),
    _make_directory_layout("late 2025", lad="lad25cd", icb="icb23cd"),
    _make_directory_layout("to May 2025", lad="laua|oslaua", icb="icb", lsoa="lsoa21"),
    _make_directory_layout("like August 2026, other years", lad=r"lad\d\dcd", icb=r"icb\d\dcd"),
)


def recognise_directory(header: Sequence[str]) -> tuple[Layout, Columns]:
    """Which postcode directory this is, and where its columns are. Raises LayoutNotRecognised."""
    for layout in POSTCODE_LAYOUTS:
        if not layout.list_missing_columns(header):
            return layout, layout.find_columns(header)
    wanting = POSTCODE_LAYOUTS[-1].list_missing_columns(header)
    raise LayoutNotRecognised(
        f"This is not an ONS postcode directory that PaIRS knows: no column for {join_quoted(wanting)}."
    )


# File 7 columns by how they begin (what follows in brackets has varied between releases).
_FILE_7_COLUMN_STARTS = {
    "lsoa": "LSOA code (",
    "lsoa_name": "LSOA name (",
    "lad": "Local Authority District code (",
    "lad_name": "Local Authority District name (",
    "score": "Index of Multiple Deprivation (IMD) Score",
    "rank": "Index of Multiple Deprivation (IMD) Rank",
    "decile": "Index of Multiple Deprivation (IMD) Decile",
}
# English Indices of Deprivation by the census whose LSOAs they use, and how many LSOAs England has in each.
RELEASE_BY_LSOA_YEAR = {"2021": 2025, "2011": 2019}
LSOAS_IN_ENGLAND = {2025: 33_755, 2019: 32_844}


def recognise_file_7(header: Sequence[str]) -> tuple[int, Columns]:
    """The release (2025, 2019) of an IoD File 7, and where its columns are. Raises LayoutNotRecognised."""
    found = {
        role: _find_columns_starting_with(start, header) for role, start in _FILE_7_COLUMN_STARTS.items()
    }
    wanting = [_FILE_7_COLUMN_STARTS[role].rstrip(" (") for role, at in found.items() if len(at) != 1]
    if wanting:
        raise LayoutNotRecognised(
            f"This is not File 7 of the Indices of Deprivation: no column {join_quoted(wanting)}."
        )
    columns = {role: at[0] for role, at in found.items()}
    year = re.search(r"\((\d{4})\)", header[columns["lsoa"]])
    release = RELEASE_BY_LSOA_YEAR.get(year.group(1)) if year else None
    if release is None:
        raise LayoutNotRecognised(f"No known release uses the areas of “{header[columns['lsoa']].strip()}”.")
    return release, columns


def _find_columns_starting_with(start: str, header: Sequence[str]) -> list[int]:
    wanted = start.casefold()
    return [at for at, name in enumerate(header) if " ".join(name.split()).casefold().startswith(wanted)]


def join_quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


# ---------------------------------------------------------------- reading a row
class InvalidRow(ValueError):
    """A row that cannot be used; the message is the reason, without the row's content."""


class MissingArea(InvalidRow):
    """A readable row that gives no area: whatever was stored for its postcode is out of date."""


ENGLISH_LSOA_PATTERN = re.compile(r"E01[0-9]{6}")
GSS_CODE_PATTERN = re.compile(r"[A-Z][0-9]{8}")
_OPTIONAL_GSS_CODE_PATTERN = re.compile(r"([A-Z][0-9]{8})?")
AreaRow = tuple[str, str, str, str, int, int, Decimal]
PostcodeRow = tuple[str, str, str, str, date | None]


def read_area(cells: Sequence[str], at: Columns) -> AreaRow:
    """(lsoa code, lsoa name, district code, district name, rank, decile, score). Raises Broken."""
    return (
        require_match(ENGLISH_LSOA_PATTERN, get_cell(cells, at["lsoa"]), "LSOA code"),
        parse_name(get_cell(cells, at["lsoa_name"]), "LSOA name"),
        require_match(GSS_CODE_PATTERN, get_cell(cells, at["lad"]), "district code"),
        parse_name(get_cell(cells, at["lad_name"]), "district name"),
        parse_whole_number(get_cell(cells, at["rank"]), 1, 99_999, "rank"),
        parse_whole_number(get_cell(cells, at["decile"]), 1, 10, "decile"),
        _parse_score(get_cell(cells, at["score"])),
    )


def read_postcode(cells: Sequence[str], at: Columns) -> PostcodeRow:
    """(postcode, lsoa code, district code, ICB code or '', month it ended or None). Raises Broken."""
    postcode = normalise_postcode(get_cell(cells, at["postcode"]))
    if postcode is None or postcode.startswith(NOT_A_POSTCODE_PREFIXES):
        raise InvalidRow("postcode not valid")
    lsoa = get_cell(cells, at["lsoa"])
    if not lsoa or lsoa[1:] == "99999999":
        raise MissingArea("no LSOA")  # large users without a grid point, Channel Islands, Isle of Man
    return (
        postcode,
        require_match(GSS_CODE_PATTERN, lsoa, "LSOA code"),
        require_match(GSS_CODE_PATTERN, get_cell(cells, at["lad"]), "district code"),
        require_match(_OPTIONAL_GSS_CODE_PATTERN, get_cell(cells, at["icb"]), "ICB code"),
        _parse_month(get_cell(cells, at["terminated"])),
    )


def parse_lsoa_code(cells: Sequence[str], at: Columns) -> str | None:
    """The LSOA code of a row that is invalid elsewhere; None when the code cannot be read either."""
    code = cells[at["lsoa"]].strip() if at["lsoa"] < len(cells) else ""
    return code if ENGLISH_LSOA_PATTERN.fullmatch(code) else None


def parse_postcode(cells: Sequence[str], at: Columns) -> str | None:
    """The postcode of a row that is invalid elsewhere; None when the postcode cannot be read either."""
    return normalise_postcode(cells[at["postcode"]].strip()) if at["postcode"] < len(cells) else None


def get_cell(cells: Sequence[str], at: int) -> str:
    if at >= len(cells):
        raise InvalidRow("too few columns")
    return cells[at].strip()


def require_match(pattern: re.Pattern[str], text: str, what: str) -> str:
    if not pattern.fullmatch(text):
        raise InvalidRow(f"{what} not valid")
    return text


def parse_name(text: str, what: str) -> str:
    if not text or len(text) > 100 or not text.isprintable() or "\ufffd" in text:
        raise InvalidRow(f"{what} not readable")
    return text


def parse_whole_number(text: str, least: int, most: int, what: str) -> int:
    digits = text.replace(",", "")
    if not re.fullmatch(r"[0-9]{1,6}", digits) or not least <= int(digits) <= most:
        raise InvalidRow(f"{what} not valid")
    return int(digits)


def _parse_score(text: str) -> Decimal:
    try:
        score = Decimal(text)
    except InvalidOperation:
        raise InvalidRow("score not valid") from None
    if not score.is_finite() or not 0 <= score <= 100:
        raise InvalidRow("score not valid")
    return score.quantize(Decimal("0.001"))


def _parse_month(text: str) -> date | None:
    """'202306' -> 1 June 2023 (directories give the month alone); '' -> still in use."""
    if not text:
        return None
    match = re.fullmatch(r"([12][0-9]{3})-?(0[1-9]|1[0-2])", text)
    if not match:
        raise InvalidRow("month it ended not valid")
    return date(int(match[1]), int(match[2]), 1)
