"""Which of the open fonts a text needs, and which of its letters none of them has. Pure; loads no font.

The fonts come with npm (package.json). `font_coverage.json` says which letters each file has, so that a page can say
before anything is printed what would be missing: `script/fonts` writes it, and a test holds it against the fonts.
"""

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

COVERAGE = Path(__file__).parent / "font_coverage.json"
MAX_CODE_POINT = 0x10FFFF
MAX_NAMED = 10
# Controls, marks of direction, joiners and choices of a variant have no shape of their own.
SHAPELESS = ("Cc", "Cf", "Zl", "Zp")
VARIATION_SELECTORS = range(0xFE00, 0xFE10)


@dataclass(frozen=True)
class FontFile:
    """One file of letters. ``family``: its name in the style sheet; ``weights``: {weight: path below node_modules}."""

    family: str
    weights: Mapping[str, str]
    ranges: tuple[tuple[int, int], ...]

    def has(self, letter: int) -> bool:
        """Is there a shape for this code point?"""
        at = bisect_right(self.ranges, (letter, MAX_CODE_POINT)) - 1
        return at >= 0 and letter <= self.ranges[at][1]


@cache
def load_font_files() -> tuple[FontFile, ...]:
    """In the order in which a letter is looked for."""
    files = json.loads(COVERAGE.read_text())
    return tuple(FontFile(each["family"], each["weights"], _parse_ranges(each["letters"])) for each in files)


def _parse_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """'20-7E,A0' as numbers, in order."""
    ends = (part.split("-") for part in text.split(","))
    return tuple((int(each[0], 16), int(each[-1], 16)) for each in ends)


def list_needed_fonts(text: str) -> list[FontFile]:
    """The first font, and each that has letters of this text which none before it has."""
    first, *others = load_font_files()
    needed, missing = [first], _drop_printable(_list_letters(text), first)
    for each in others:
        left = _drop_printable(missing, each)
        if len(left) < len(missing):
            needed.append(each)
        missing = left
    return needed


def _drop_printable(letters: set[int], font: FontFile) -> set[int]:
    return {letter for letter in letters if not font.has(letter)}


def find_missing_letters_error(text: str) -> str:
    """'' when every letter can be printed, else which cannot and what to do."""
    missing = _list_letters(text)
    for each in load_font_files():
        missing = _drop_printable(missing, each)
    if not missing:
        return ""
    named = ", ".join(map(chr, sorted(missing)[:MAX_NAMED]))
    more = " and others" if len(missing) > MAX_NAMED else ""
    return (
        f"We cannot print these characters: {named}{more}. Write those words in other characters, or give "
        "the text in another way."
    )


def _list_letters(text: str) -> set[int]:
    """The code points of the text that need a shape, as a printer joins them: é is one letter, however it was typed."""
    return {ord(each) for each in set(unicodedata.normalize("NFC", text)) if _has_shape(each)}


def _has_shape(character: str) -> bool:
    if unicodedata.category(character) in SHAPELESS or ord(character) in VARIATION_SELECTORS:
        return False
    return not character.isspace()


def collect_text(paper: Any) -> str:
    """Every text that stands on a paper, however its lines are kept."""
    if isinstance(paper, str):
        return paper
    if isinstance(paper, Mapping):
        return "\n".join(map(collect_text, paper.values()))
    if isinstance(paper, list | tuple | set | frozenset):
        return "\n".join(map(collect_text, paper))
    return "" if paper is None else str(paper)
