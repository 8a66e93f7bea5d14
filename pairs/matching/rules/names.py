"""Whether two names may be one person's: compared word by word, whichever box each word was typed in. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pairs.matching.name_matching import count_slips, fold_name, get_sounds
from pairs.matching.name_variants import NAME_VARIANTS

# A name of four letters may have one slip, its first letter as well as any; a long one has room for two.
MIN_LETTERS_FOR_ONE_SLIP, MIN_LETTERS_FOR_TWO_SLIPS = 4, 8
TITLES = frozenset("mr mrs ms miss mx dr prof rev sister".split())  # noqa: SIM905
# What ``fold_name`` writes together with the word after it; of five letters at least, or Elaine would be Aine.
ARTICLE_PATTERN = re.compile(r"^(?:al|el|abdul|abdur|mac|mc|o|d)(?=[a-z]{5})")
NICKNAME_PATTERN = re.compile(
    r"[(\[\"“‘']([^()\[\]\"“”‘’']{2,})[)\]\"”’']|\b(?:aka|known as|called)\s+(\S+)", re.I
)

SAME, ALIKE, UNSAID, OTHER = "same", "alike", "unsaid", "other"
PartWords = tuple[str, ...]


@dataclass(frozen=True)
class NameWords:
    """A name as it is compared: the folded words of each part, and what else the person is called."""

    given: PartWords
    family: PartWords
    known_as: PartWords = ()


@lru_cache(maxsize=50_000)
def read_name(given_name: str, family_name: str, known_as: str = "") -> NameWords:
    """Titles dropped, a nickname in brackets apart, "Khan, Amina" the right way round."""
    nicknames = [found[1] or found[2] for found in NICKNAME_PATTERN.finditer(f"{given_name} {family_name}")]
    given, family = (NICKNAME_PATTERN.sub(" ", text) for text in (given_name, family_name))
    if "," in given and not family.strip():
        family, _, given = given.partition(",")
    if not family.strip() and _is_title_and_name(given):
        given, family = "", given
    return NameWords(
        _split_words(given), _split_words(family), _split_words(" ".join([known_as, *nicknames]))
    )


def _is_title_and_name(text: str) -> bool:
    """ "Mrs Khan": nobody is called Mrs by their given name."""
    title, *names = fold_name(text).split() or [""]
    return title in TITLES and len(names) == 1


def _split_words(text: str) -> PartWords:
    """Without titles; without initials, where there is more. Letters of another script stay as they are."""
    words = fold_name(text).split() or re.findall(r"\w+", text.casefold())
    names = [word for word in words if word not in TITLES]
    return tuple(word for word in names if len(word) > 1 or len(names) == 1)


@lru_cache(maxsize=50_000)
def make_name_key(text: str) -> str:
    """Letters alone, small, without accents: Łucja and Lucja, O’Neill and O Neill."""
    return fold_name(text).replace(" ", "") or "".join(filter(str.isalnum, text.casefold()))


@lru_cache(maxsize=200_000)
def is_spelt_alike(one: str, other: str) -> bool:
    """Two spellings of one name, by their keys: the same sound, a form of it, or nearly the same letters."""
    if not one or not other:
        return False
    if one == other or other in NAME_VARIANTS.get(one, ()) or get_sounds(one) & get_sounds(other):
        return True
    letters = min(len(one), len(other))
    return letters >= MIN_LETTERS_FOR_ONE_SLIP and count_slips(one, other) <= (
        1 if letters < MIN_LETTERS_FOR_TWO_SLIPS else 2
    )


# ---------------------------------------------------------------- two parts, two names


def compare_parts(one: PartWords, other: PartWords) -> str:
    """How alike two given names are, or two family names: one may be written more fully than the other."""
    if not one or not other:
        return UNSAID
    joined, others = "".join(one), "".join(other)
    if joined == others:
        return SAME
    if _is_initial_of(one, other) or _is_initial_of(other, one):
        return UNSAID
    if is_spelt_alike(joined, others) or is_contained(one, other) or _are_alike_without_article(one, other):
        return ALIKE
    return OTHER


def _is_initial_of(one: PartWords, other: PartWords) -> bool:
    """ "J" of Jane: it says no more than that it may be she."""
    return len(one) == 1 == len(one[0]) and any(word.startswith(one[0]) for word in other)


def _are_alike_without_article(one: PartWords, other: PartWords) -> bool:
    """Al-Hassan and Hassan, Abdul Rahman and Rahman, O'Neill and Neill."""
    return is_contained(tuple(map(_drop_article, one)), tuple(map(_drop_article, other)))


@lru_cache(maxsize=50_000)
def _drop_article(word: str) -> str:
    return ARTICLE_PATTERN.sub("", word)


def is_contained(one: PartWords, other: PartWords) -> bool:
    """Is every word of the shorter one, or one spelt like it, a word of the longer?"""
    shorter, longer = sorted((one, other), key=len)
    left = list(longer)
    for word in shorter:
        found = next((each for each in left if each == word), None) or next(
            (each for each in left if is_spelt_alike(word, each)), None
        )
        if found is None:
            return False
        left.remove(found)
    return bool(shorter)


def compare_given_names(one: NameWords, other: NameWords) -> str:
    """As parts, but that either may be called by what they are known as."""
    found = compare_parts(one.given, other.given)
    if found != OTHER:
        return found
    known = ((one.known_as, other.given), (one.given, other.known_as), (one.known_as, other.known_as))
    alike = any(compare_parts(mine, theirs) in (SAME, ALIKE) for mine, theirs in known)
    return ALIKE if alike else OTHER


def is_swapped(one: NameWords, other: NameWords) -> bool:
    """The same words in other boxes: the other way round, or all in one box; each may be respelt.

    A whole name has two words at least, or is written as one: "Abdul", "Rahman" and "Abdulrahman". Of two words, both
    must be in the other name.
    """
    mine, theirs = (*one.given, *one.family), (*other.given, *other.family)
    crossed = "".join((*other.family, *other.given))
    if max(len(mine), len(theirs)) > 1 and "".join(mine) in ("".join(theirs), crossed):
        return True
    if "".join((*one.family, *one.given)) == "".join(theirs) and max(len(mine), len(theirs)) > 1:
        return True
    return min(len(mine), len(theirs)) > 1 and is_contained(mine, theirs)


def is_half_in_other_box(one: NameWords, other: NameWords) -> bool:
    """ "Ali" alone, and Mohammed Ali: the one word that is said may be either part of a name."""
    alone, whole = (one, other) if not one.family else (other, one)
    if alone.family or not alone.given or not whole.family:
        return False
    return compare_parts(alone.given, whole.family) in (SAME, ALIKE)


# ---------------------------------------------------------------- which names are worth comparing


@lru_cache(maxsize=50_000)
def list_name_forms(name: NameWords) -> frozenset[str]:
    """Two names that may be alike share one of these at least: it is quick to ask, and leaves out nobody."""
    words = {*name.given, *name.family, *name.known_as}
    words |= {"".join(part) for part in (name.given, name.family, (*name.given, *name.family)) if part}
    return frozenset().union(*map(_list_word_forms, words))


@lru_cache(maxsize=50_000)
def _list_word_forms(word: str) -> frozenset[str]:
    """The word, its sounds, its other forms, and what is left when as many letters go as may be wrong.

    Of a word with an article in front of it, the same of the word alone.
    """
    if (alone := _drop_article(word)) != word:
        return _list_word_forms(alone) | _list_plain_forms(word)
    return _list_plain_forms(word)


def _list_plain_forms(word: str) -> frozenset[str]:
    forms = {word, *NAME_VARIANTS.get(word, ()), *(f"~{sound}" for sound in get_sounds(word))}
    if len(word) >= MIN_LETTERS_FOR_ONE_SLIP:
        shorter = _leave_out_one(word)
        forms |= shorter
        if len(word) >= MIN_LETTERS_FOR_TWO_SLIPS:
            forms |= set().union(*map(_leave_out_one, shorter))
    return frozenset(forms)


def _leave_out_one(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}
