"""Which family is meant, of those that something was found in: exact identifiers first, then how close the names are.

Pure. A Hit is one person (or address) of one family with what was found in it; families are ordered by the sum of
each term's best hit, so that a mother's surname and her baby's birthday together mean their family.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from pairs.matching.name_matching import compute_closeness, compute_joined_closeness, join_neighbours

NAME_REASON = "name"
# What each kind of thing that was found says, beside 2 for a word of a name that is exactly right.
WEIGHTS = {
    "NHS number": 20.0,
    "reference": 20.0,
    "phone": 8.0,
    "date of birth": 3.0,
    "due date": 3.0,
    "postcode": 3.0,
    "end of the phone number": 3.0,
    "day and month swapped": 1.5,
    "postcode area": 0.8,
}
WORD_WEIGHT = 2.0
MIN_CLOSENESS = 0.5
MIN_CLOSENESS_OF_ONE_WORD = 0.75  # how close one word must be when nothing else that was typed is found
MIN_SHARE_OF_BEST_SCORE = 0.5  # of the best family's score


@dataclass(frozen=True)
class SearchHit:
    """One person of a family. ``found``: which identifiers are theirs, by the words of WEIGHTS."""

    family: UUID
    person: UUID
    name: str = ""
    found: tuple[str, ...] = ()


@dataclass(frozen=True)
class FamilyMatch:
    """A family, how much speaks for it, and [(person, why)]."""

    family: UUID
    score: float
    why: tuple[tuple[UUID, str], ...]


def rank_families(
    words: tuple[str, ...], hits: list[SearchHit], around: tuple[str, ...] = ()
) -> list[FamilyMatch]:
    """The families best first; those that less than half as much speaks for are left out.

    ``around``: words that speak for whoever is called by them, and against nobody.
    """
    of_family = defaultdict(list)
    for hit in hits:
        of_family[hit.family].append(hit)
    matches = [_score_family(words, family, each, around) for family, each in of_family.items()]
    matches.sort(key=lambda match: (-match.score, str(match.family)))
    least = matches[0].score * MIN_SHARE_OF_BEST_SCORE if matches else 0
    return [match for match in matches if match.score > 0 and match.score >= least]


def _score_family(
    words: tuple[str, ...], family: UUID, hits: list[SearchHit], around: tuple[str, ...]
) -> FamilyMatch:
    words = (*words, *(word for word in around if any(word in hit.name.split() for hit in hits)))
    near = [_compare_words(words, hit.name) for hit in hits]
    names = sum(max((each[at] for each in near), default=0) for at in range(len(words)))
    if len(words) > 1 and names < MIN_CLOSENESS_OF_ONE_WORD and not any(hit.found for hit in hits):
        return FamilyMatch(family, 0, ())
    one_person = max(
        (_score_person(words, hit, each) for hit, each in zip(hits, near, strict=True)), default=0
    )
    identified = {what for hit in hits for what in hit.found}
    score = WORD_WEIGHT * names + one_person + sum(WEIGHTS[what] for what in identified)
    return FamilyMatch(family, score, tuple(_list_reasons(hits, near)))


def _compare_words(words: tuple[str, ...], name: str) -> list[float]:
    """For each word that was typed, how close the closest word of the name is; 0 for what is too far off."""
    there = name.split()
    best = [max((compute_closeness(word, each) for each in there), default=0) for word in words]
    best = _compare_joined_words(words, there, best)
    return [each if each >= MIN_CLOSENESS else 0 for each in best]


def _compare_joined_words(words: tuple[str, ...], there: list[str], apart: list[float]) -> list[float]:
    """``apart``, or more where words were written together, when typed ("maryjane") or on record."""
    best, joined = list(apart), join_neighbours(there)
    for at, word in enumerate(words):
        best[at] = max([best[at], *(compute_joined_closeness(word, each) for each in joined)])
    for many in (2, 3):
        for at in range(len(words) - many + 1):
            together = "".join(words[at : at + many])
            near = max((compute_joined_closeness(together, each) for each in there), default=0)
            for place in range(at, at + many):
                best[place] = max(best[place], near)
    return best


def _score_person(words: tuple[str, ...], hit: SearchHit, near: list[float]) -> float:
    """More for one person who has all the words, and a little more for one who has no others."""
    if not words:
        return 0
    whole = sum(near) / len(words) if len(words) > 1 else 0
    no_others = 0.3 * sum(near) / max(len(words), len(hit.name.split()))
    return whole + no_others + (0.2 if hit.found and any(near) else 0)


def _list_reasons(hits: list[SearchHit], near: list[list[float]]) -> Iterator[tuple[UUID, str]]:
    best = max((sum(each) for each in near), default=0)
    for hit, each in zip(hits, near, strict=True):
        for what in hit.found:
            yield hit.person, what
        if sum(each) and sum(each) >= 0.6 * best:
            yield (
                hit.person,
                NAME_REASON if max(each) == 1 and min(filter(None, each)) == 1 else "similar name",
            )
