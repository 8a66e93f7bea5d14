"""How names are compared: folded to plain letters, heard as consonants, and how close two words are. Pure.

``fold_name`` and ``build_name_keys`` have twins in the database (migration 0001, functions matching_fold
and matching_keys), whose
results stand beside every live name; a test holds the twins together. To change a rule here is to migrate there.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from pairs.matching.name_variants import NAME_VARIANTS

# Letters that Unicode does not take apart into a plain one and a mark; and what stands inside a name unheard.
# Capitals of the other scripts that have them are made small here, whatever the database's own locale knows of them.
CAPITALS = "".join(
    map(chr, (*range(0x410, 0x430), *range(0x400, 0x410), *range(0x391, 0x3A2), *range(0x3A3, 0x3AA)))
)
SMALL_LETTERS = "".join(map(chr, (*range(0x430, 0x460), *range(0x3B1, 0x3C2), *range(0x3C3, 0x3CA))))
UNHEARD = "'’‘`´ʼʻʿʾ′\u0640\u200c\u200d"
PLAIN_LETTERS = str.maketrans(
    f"łŁøØđĐðÐþÞßẞæÆœŒıħĦς{CAPITALS}", f"llooddddttssaaooihhσ{SMALL_LETTERS}", UNHEARD
)
# Marks of Latin and of Arabic letters. What else is left is a letter of some script, or stands between words.
DIACRITICS_PATTERN = "[\u0300-\u036f\u064b-\u065f\u0670]"
LETTERS = (
    "a-z0-9\u0250-\u02af\u0370-\u060b\u060d-\u061a\u0620-\u0669\u066e-\u06d3\u06d5-\u0963\u0966-\u1fff"
    "\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufaff\U00010000-\U0010ffff"
)
# Chinese, Japanese, Thai and their neighbours write no space between the parts of a name.
UNSPACED_PATTERN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# One letter with several forms: an Arabic keyboard has its own, and one for Urdu or Persian others.
ARABIC_FORMS = (
    {"\u0643": "\u06a9"}
    | dict.fromkeys("\u064a\u0649", "\u06cc")
    | dict.fromkeys("\u0647\u0629\u06be", "\u06c1")
)
VARYING_LETTERS = frozenset({*ARABIC_FORMS, *ARABIC_FORMS.values()})
_ONE_FORM = str.maketrans(ARABIC_FORMS)
# Written apart or together: O Neill, Mc Donald, Al Hassan, Abdul Rahman, D Souza.
PARTICLES_PATTERN = "(^| )(o|d|mc|mac|al|el|abd|abdul|abdur) (?=[a-z]{2})"

# Of two words written as one: a slip in eight letters. Less would find half of everybody by the end of one word
# and the beginning of the next.
MIN_JOINED_CLOSENESS = 0.8

# Two ways to hear a word, English first; those of Poland, South Asia and the Arab world are in the second. Each is
# a list of (pattern, replacement), applied in order.
_LEADING_RULES = (
    ("^[kg]n", "n"),
    ("^wr", "r"),
    ("^ps", "s"),
    ("sch|sh|sz", "s"),
    ("ph", "f"),
    ("q", "k"),
    ("ck", "k"),
    ("x", "ks"),
)
_TRAILING_RULES = (
    ("(?<=.)gh(?![aeiouy])", ""), ("(?<=.)h", ""), ("rz", "s"), ("z", "s"), ("dj", "j"), ("v", "f"), ("d$", "t"),
    (r"(.)\1+", r"\1"), ("^[aeiouy]+", "A"), ("[aeiouy]", ""),
)  # fmt: skip
ENGLISH_SOUND_RULES = (*_LEADING_RULES, ("c", "k"), ("w(?![aeiouy])", ""), ("w", "v"), *_TRAILING_RULES)
OTHER_SOUND_RULES = (
    *_LEADING_RULES,
    ("^kh", "h"),
    ("cz|ch|c(?=[eiy])", "s"),
    ("c", "k"),
    ("j", "y"),
    ("g(?=[eiy])", "j"),
    ("w", "v"),
    *_TRAILING_RULES,
)


def fold_name(text: str) -> str:
    """'Zoë O’Neill-Łukasz' → 'zoe oneill lukasz': small plain letters, one space between words.

    A name in Arabic, Cyrillic or another script stays in its own letters.
    """
    plain = (
        re.sub(DIACRITICS_PATTERN, "", unicodedata.normalize("NFKD", text)).translate(PLAIN_LETTERS).lower()
    )
    return re.sub(PARTICLES_PATTERN, r"\1\2", " ".join(re.sub(f"[^{LETTERS}]+", " ", plain).split()))


@lru_cache(maxsize=20_000)
def get_sounds(word: str) -> frozenset[str]:
    """What is heard of a folded word: its consonants, in two ways of reading; the vowel too of a short one."""
    return frozenset(_apply_sound_rules(word, rules) for rules in (ENGLISH_SOUND_RULES, OTHER_SOUND_RULES))


def _apply_sound_rules(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    heard = word
    for pattern, replacement in rules:
        heard = re.sub(pattern, replacement, heard)
    if len(heard.removeprefix("A")) > 1:
        return heard
    vowel = re.search("[^aeiouy]([aeiouy])", word)
    return heard + (vowel[1].translate(str.maketrans("yu", "io")) if vowel else "")


def build_search_keys(word: str) -> frozenset[str]:
    """What a word can be found by besides its letters in order: its sounds, and its letters in any order."""
    return get_sounds(word) | ({"~" + "".join(sorted(word))} if len(word) > 3 else set())


def join_neighbours(words: Sequence[str]) -> list[str]:
    """Two and three words that stand side by side, written as one: "maryjane", "delacruz"."""
    places = range(len(words))
    return ["".join(words[at : at + many]) for many in (2, 3) for at in places if at + many <= len(words)]


def build_name_keys(name: str) -> frozenset[str]:
    """The keys of a folded name: of each of its words, and of its words written together."""
    words = name.split()
    return frozenset().union(*map(build_search_keys, [*words, *join_neighbours(words)]))


def is_unspaced(word: str) -> bool:
    """Is it of a script that puts no space between the words of a name, so that its parts stand anywhere in it?"""
    return bool(UNSPACED_PATTERN.search(word))


def compute_closeness(asked: str, name: str) -> float:
    """How close a word that was typed is to a word of a name: 1 the same, 0 nothing in common."""
    if asked == name or asked.translate(_ONE_FORM) == name.translate(_ONE_FORM):
        return 1.0
    if is_unspaced(asked) and asked in name:
        return 0.8 + 0.1 * len(asked) / len(name)
    if len(asked) == 1:
        return 0.6 if name.startswith(asked) else 0.0
    letters = _compare_letters(asked, name)
    found = [letters]
    if name in NAME_VARIANTS.get(asked, ()):
        found.append(0.85)
    if len(asked) > 2 and name.startswith(asked):
        found.append(0.8 + 0.1 * len(asked) / len(name))
    if get_sounds(asked) & get_sounds(name):
        found.append(0.6 + 0.3 * letters)
    return max(found)


def compute_joined_closeness(asked: str, name: str) -> float:
    """The same of words written together, on one side or the other: 0 unless they are nearly the same."""
    if asked == name:
        return 1.0
    letters = _compare_letters(asked, name)
    return letters if letters >= MIN_JOINED_CLOSENESS else 0.0


def _compare_letters(one: str, other: str) -> float:
    """From the number of slips between them: a letter wrong, missing, too many, or two changed about."""
    longest = max(len(one), len(other))
    if 1.3 * abs(len(one) - len(other)) >= longest:  # as many slips at least as it is longer
        return 0.0
    return max(0.0, 1 - 1.3 * count_slips(one, other) / longest)


def count_slips(one: str, other: str) -> int:
    """Optimal string alignment distance."""
    before, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, there in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != there))
            if row > 1 < column and letter == other[column - 2] and one[row - 2] == there:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]


def is_one_slip_apart(one: str, other: str) -> bool:
    """Whether ``count_slips`` of the two is 1, without counting: what is left between what they begin and end with."""
    begins = _count_same_letters(one, other)
    one, other = one[begins:], other[begins:]
    ends = _count_same_letters(one[::-1], other[::-1])
    one, other = one[: len(one) - ends], other[: len(other) - ends]
    if len(one) == len(other) == 2:
        return one == other[::-1]
    return {len(one), len(other)} in ({1}, {0, 1})


def _count_same_letters(one: str, other: str) -> int:
    """How many letters the two have in common before the first that differs."""
    letters = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in letters if mine != theirs), min(len(one), len(other)))
