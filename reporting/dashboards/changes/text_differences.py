"""What was added to a text and what was struck, word by word: a pure function of two texts."""

import re
from difflib import SequenceMatcher

SAME, ADDED, STRUCK, LEFT_OUT = "same", "added", "struck", "left out"
LONG_TEXT = 80  # characters from which two texts are compared word by word
MANY_WORDS = 1500  # from here sentences are compared, since comparing words would take seconds
WORDS_AROUND = 15  # words shown on each side of a difference
Part = tuple[str, str]  # what happened to it, and the words


def compare_texts(before: str, after: str) -> list[Part]:
    """The parts of both texts in order. Long stretches that did not change are cut to the words around a difference."""
    old, new = _split(before), _split(after)
    if max(len(old), len(new)) > MANY_WORDS:
        old, new = _split_sentences(before), _split_sentences(after)
    parts = _list_parts(old, new)
    return [_shorten(parts, place) for place in range(len(parts))]


def _split(text: str) -> list[str]:
    """Each word with the space after it."""
    return re.findall(r"\S+\s*|\s+", text)


def _split_sentences(text: str) -> list[str]:
    return [each for each in re.split(r"(?<=[.!?\n])(?=\s)", text) if each]


def _list_parts(old: list[str], new: list[str]) -> list[Part]:
    found: list[Part] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append((SAME, "".join(new[c:d])))
        else:
            found += [(STRUCK, "".join(old[a:b])), (ADDED, "".join(new[c:d]))]
    return [part for part in found if part[1]]


def _shorten(parts: list[Part], place: int) -> Part:
    what, text = parts[place]
    words = _split(text)
    if what != SAME or len(words) <= 2 * WORDS_AROUND + 1:
        return what, text
    first = "".join(words[:WORDS_AROUND]) if place else ""
    last = "".join(words[-WORDS_AROUND:]) if place < len(parts) - 1 else ""
    return LEFT_OUT, f"{first.rstrip()} … {last}".strip(" ") + ("" if last else " ")
