"""Words that stand where a newborn's name will be: "Baby Smith", Boy, Twin 1, Male Infant, B/O Amy, TBC. Pure.

Such a baby is not yet named. A name behind the word is kept: "Baby Oliver" is Oliver.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

NEWBORN_WORDS = frozenset(
    """baby babyboy babygirl boy girl male female infant newborn neonate foetus fetus bump unborn unnamed un-named
    inf bby newbaby unknown
    twin twins triplet triplets quad quads quadruplet quadruplets quin quins quintuplet""".split()  # noqa: SIM905
)
# Of these nobody has a family name; Boy, Child and Newborn are families' names.
NEVER_FAMILY_NAMES = NEWBORN_WORDS - {"boy", "girl", "male", "newborn", "bump", "quad", "quin", "quins"}
# In the box of a given name.
CHILD_WORDS = frozenset("child daughter babby newborns singleton stillborn preterm".split())  # noqa: SIM905
# Say in any box that no name is known; so do phrases of FILLING_WORDS that say "not", "name" and the like.
UNKNOWN_WORDS = frozenset(
    """tbc tba tbd tbn nk unk unknown unnamed noname nfn fnu none nil anon undecided pending awaited awaiting
    undisclosed xx xxx xxxx""".split()  # noqa: SIM905
)
NAMELESS_WORDS = frozenset("not no un name names named yet decided follow confirmed applicable".split())  # noqa: SIM905
# Beside one of those words these say nothing of a name either.
FILLING_WORDS = NAMELESS_WORDS | frozenset(
    """of the our my his her their new born one two three four i ii iii iv first second third 1st 2nd 3rd 4th number
    given known chosen to be as is later soon only last family surname forename so far at present currently
    surviving larger smaller bigger older younger elder presenting fem nb sex preterm premature""".split()  # noqa: SIM905
)
# Somebody may be called so, in one language or another: kept as the name that was written, and asked about as none.
DOUBTFUL_WORDS = frozenset(
    """bebe babe bub bubs bubba bubby baba beta beti bacha bachi kaka bb bg nn m f x kid kiddo born son little peanut
    master miss dziecko noworodek niemowle dzidzius chlopiec dziewczynka copil copilul bebelus nou-nascut baiat fetita
    nouveau-ne nouveau-nee garcon fille bambino bambina recien nacido nacida
    немовля дитина ребенок младенец طفل طفلة رضيع بچہ بچی""".split()  # noqa: SIM905
)
PARENTS_NAME_PATTERN = re.compile(
    r"^(?:[bB]?[bBgG]\s*[/\\]\s*[oO]|B[BG]?\.?O\.?(?=\s|$)|[sSdD]/[oO]|[BG]\s+of(?=\s)"
    r"|(?i:(?:\w+\s+)?(?:baby|infant|child|boy|girl|son|daughter|twin)\s+(?:\w+\s+)?of)"
    r"|(?i:(?:\w+\.?\s+){0,3}\w+['’]s\s+(?:new\s+)?(?:baby|infant|child|newborn|twins?|boy|girl|son|daughter)))"
    r"(?:\W|$)"
)
# "T.B.C."; "M/I": male infant; "B/G": baby girl; "b/boy"; "n/k".
DOTTED_PATTERN = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\b\.?")
SHORT_WORD_PATTERN = re.compile(r"\b(?:[mf]\s*/\s*[ic]|b\s*/\s*(?:[bg]|boy|girl))\b", re.IGNORECASE)
NOT_KNOWN_PATTERN = re.compile(r"\bn\s*/\s*[ka]\b", re.IGNORECASE)
COUNT = "[1-6]|one|two|three|four|i{1,3}"
MANY_BORN = "twins?|triplets?|quad(?:ruplet)?s?|quin(?:tuplet)?s?"
OF_MANY_PATTERN = re.compile(rf"\b({COUNT}|first|second|third|1st|2nd|3rd|4th)\s+(?:out\s+)?of\s+({COUNT})\b")
ORDER_PATTERN = re.compile(
    rf"\b(?:{MANY_BORN}|baby|infant|boy|girl|male|female)\W*(?:no\b\W*|number\b\W*)?({COUNT}|[abc])(?![^\W_])"
)
RANK_PATTERN = re.compile(rf"\b(1st|2nd|3rd|4th|first|second|third)\W+(?:born\W+)?(?:{MANY_BORN})\b")
TWIN_LABEL_PATTERN = re.compile(r"^tw?\s?([1-4])$")
WORD_PATTERN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
ORDERS = {"a": 1, "b": 2, "c": 3, "i": 1, "ii": 2, "iii": 3} | {
    word: order
    for words in ("one two three four", "first second third", "1st 2nd 3rd 4th")
    for order, word in enumerate(words.split(), 1)
}
MANY_BY_START = {"tw": 2, "tri": 3, "quad": 4, "quin": 5}


@dataclass(frozen=True)
class NewbornName:
    """What is a name in what was written. ``twin``: (which, of how many), (1, 1) where nothing is said of it."""

    given_name: str
    family_name: str
    twin: tuple[int, int] = (1, 1)


def read_newborn_name(given_name: str, family_name: str) -> NewbornName:
    """A baby's name without the words that stand in for one; both may come out empty.

    What follows such a word in the box of the given name is the family's, when no other is given: "Baby Smith".
    """
    given, family = _remove_placeholder(given_name, CHILD_WORDS), family_name.strip()
    if _says_unknown(family):
        family = ""
    if (not given and family) or _is_no_family_name(family):
        left = _remove_placeholder(family) if _begins_with_newborn_word(family) else family
        given, family = ("", left) if left else ("", given)  # "Smith", "Baby": written the other way round
    elif given != given_name.strip() and (not family or given.casefold() == family.casefold()):
        given, family = "", family or given
    return NewbornName(given, family, _read_twin(given_name, family_name))


@lru_cache(maxsize=50_000)
def read_newborn_name_to_compare(given_name: str, family_name: str) -> NewbornName:
    """The same, for asking who it may be: what somebody may be called, and mostly is a stand-in, is no name either."""
    name = read_newborn_name(given_name, family_name)
    words = set(map(_fold, _split_words(name.given_name)))
    doubtful = words & DOUBTFUL_FOLDED and words <= DOUBTFUL_FOLDED | FILLING_WORDS
    return NewbornName("", name.family_name, name.twin) if doubtful else name


def _split_words(text: str) -> list[str]:
    """The words, with each abbreviation as one: "T.B.C.", "n/k", "M/I"."""
    text = DOTTED_PATTERN.sub(lambda found: found[0].replace(".", ""), text)
    return WORD_PATTERN.findall(NOT_KNOWN_PATTERN.sub("nk", SHORT_WORD_PATTERN.sub("Baby", text)))


def _fold(text: str) -> str:
    """Without capitals and accents: "Bébé" is "bebe"."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _remove_placeholder(text: str, more: frozenset[str] = frozenset()) -> str:
    """The text, or what is left of it without the words; '' for a parent's name behind "B/O"."""
    plain = _fold(text).strip(" .?-()")
    if not plain or PARENTS_NAME_PATTERN.match(text.strip()) or _says_unknown(text):
        return ""
    if plain in more or TWIN_LABEL_PATTERN.match(plain) or OF_MANY_PATTERN.fullmatch(plain):
        return ""
    words = _split_words(text)
    if not any(map(_is_newborn_word, words)):
        return text.strip()
    return " ".join(
        word for word in words if not (_is_newborn_word(word) or _is_filling(word) or _fold(word) in more)
    )


def _says_unknown(text: str) -> bool:
    """TBC, "not yet named", "name to follow": nothing but words that say that no name is known. "No" is a name."""
    words = _split_words(text)
    said = UNKNOWN_WORDS | NAMELESS_WORDS if len(words) > 1 else UNKNOWN_WORDS
    plain = set(map(_fold, words))
    return bool(plain & said) and all(_fold(word) in said or _is_filling(word) for word in words)


def _begins_with_newborn_word(text: str) -> bool:
    return any(map(_is_newborn_word, _split_words(text)[:1]))


def _is_no_family_name(text: str) -> bool:
    words = map(_fold, _split_words(text))
    return any(word in NEVER_FAMILY_NAMES for word in words) and not _remove_placeholder(text)


def _is_newborn_word(word: str) -> bool:
    plain = _fold(word).removesuffix("'s")
    return plain in NEWBORN_WORDS or all(
        part.rstrip("123456") in NEWBORN_WORDS for part in plain.split("-") if not part.isdigit()
    )


def _is_filling(word: str) -> bool:
    """Also a figure, and a letter on its own: "Baby A" is a twin, and "Baby K" says how the family's name begins."""
    return len(word) == 1 or word.isdigit() or _fold(word) in FILLING_WORDS


def _read_twin(given_name: str, family_name: str) -> tuple[int, int]:
    text = _fold(f"{given_name} {family_name}")
    words = re.findall(r"[a-z]+", text)
    said = [word for word in words if re.fullmatch(MANY_BORN, word)]
    many = max(
        (of for word in said for start, of in MANY_BY_START.items() if word.startswith(start)), default=0
    )
    order, of = _read_order(text, _fold(given_name).strip(" .()"))
    return (order or 1, max(order, of, many, 2)) if order or many else (1, 1)


def _read_order(text: str, given_name: str) -> tuple[int, int]:
    """(which of them, of how many); 0 for what is not said."""
    if found := OF_MANY_PATTERN.search(text):
        return _read_number(found[1]), _read_number(found[2])
    found = ORDER_PATTERN.search(text) or RANK_PATTERN.search(text) or TWIN_LABEL_PATTERN.match(given_name)
    return (_read_number(found[1]), 0) if found else (0, 0)


def _read_number(word: str) -> int:
    return ORDERS.get(word) or int(word)


DOUBTFUL_FOLDED = frozenset(map(_fold, DOUBTFUL_WORDS))
