"""What people type and paste, read: text from Word, PDF and Excel. Pure.

Nothing here decides what is kept: a number is shown as it was typed, and read from that.
"""

import re
import unicodedata

PHONE_LENGTH = 120  # room for two numbers, an extension, whose they are and when to ring
OTHER_DASHES = "\u2212\u02d7\u207b\u2043"  # the minus sign and its like
FULL_WIDTH = {0xFF01 + step: 0x21 + step for step in range(94)}
DOTS = dict.fromkeys(map(ord, "\u2024\u2027\u00b7\u2022\u2219\u22c5\u30fb\uff0e\u3002"), ".")
COMMAS = dict.fromkeys(map(ord, "\u060c\u3001\uff0c\u201a"), ",")
QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u2032"), "'")
QUOTES |= dict.fromkeys(map(ord, "\u201c\u201d\u201f\u2033"), '"')
# What a spreadsheet writes to keep a number as it is: '07700… and ="07700…"; and what it makes of one: 7700900123.0
_SPREADSHEET_QUOTES = re.compile(r"""^(?:=?["']|=)(?P<inside>[^"']*)["']?$""")
_SPREADSHEET_DECIMALS = re.compile(r"^(?P<digits>\+?\d{6,})\.0+$")
_DIGITS_OF_ONE_NUMBER = re.compile(r"\d(?:[\W_]*\d)*")  # whatever signs stand between them
_WORDS = re.compile(r"[^\W\d_]+")
# What people write around an NHS number. Any other word may mean that it is somebody else's ("mum’s"): it is not read.
_WORDS_AROUND_AN_NHS_NUMBER = frozenset(
    "nhs n h s number num no nr nhsnumber nhsno id verified traced confirmed checked".split()  # noqa: SIM905
)
_SEPARATORS = re.compile(r"[\W_]")


def unify_line_ends(text: str) -> str:
    """Every line end as one character, as a browser counts it; it sends two."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def tidy_typed_text(text: str) -> str:
    """The text as it looks: what cannot be seen is dropped, and every kind of space is a space. One line."""
    seen = "".join(" " if _is_space(each) else each for each in text if not _is_invisible(each))
    return " ".join(seen.split())


def unify_typed_text(text: str) -> str:
    """The text for reading numbers and codes: as tidied, with plain figures, dashes, dots, commas and quotes."""
    plain = tidy_typed_text(text).translate(FULL_WIDTH | DOTS | COMMAS | QUOTES)
    return _drop_spreadsheet_marks("".join(map(_make_plain, plain)).strip())


def strip_separators(text: str) -> str:
    """What is left of a number or code without the spaces and signs of any kind that people put in it."""
    return _SEPARATORS.sub("", unify_typed_text(text))


def read_nhs_digits(text: str) -> str:
    """The digits of a typed or pasted NHS number, with or without "NHS number:" before it; '' for nothing.

    One number with nothing but such words around it is read; of anything else all is given back, and is refused.
    """
    plain = unify_typed_text(text)
    numbers = [strip_separators(each) for each in _DIGITS_OF_ONE_NUMBER.findall(plain)]
    others = set(_WORDS.findall(plain.casefold())) - _WORDS_AROUND_AN_NHS_NUMBER
    return numbers[0] if len(numbers) == 1 and not others else strip_separators(plain)


def _is_space(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Zs", "Zl", "Zp")


def _is_invisible(character: str) -> bool:
    """Zero-width spaces and joiners, byte-order marks, soft hyphens, marks of direction."""
    return unicodedata.category(character) == "Cf"


def _make_plain(character: str) -> str:
    """A figure of any script as ours (\u0667 is 7), and any dash as the one on the keyboard."""
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    return "-" if _is_dash(character) else character


def _is_dash(character: str) -> bool:
    return unicodedata.category(character) == "Pd" or character in OTHER_DASHES


def _drop_spreadsheet_marks(text: str) -> str:
    quoted = _SPREADSHEET_QUOTES.match(text)
    text = quoted["inside"].strip() if quoted else text
    made_a_number = _SPREADSHEET_DECIMALS.match(text)
    return made_a_number["digits"] if made_a_number else text
