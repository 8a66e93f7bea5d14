"""The slips that people make when they name somebody: what matching has to see through."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

ACCENT_TABLE = str.maketrans(
    {"a": "á", "e": "é", "i": "ï", "o": "ó", "u": "ü", "l": "ł", "s": "ś", "n": "ñ", "z": "ż"}
)


def misspell(word: str, dice: Random, first: bool = False) -> str:
    """One letter left out, doubled, changed, or two changed about; with ``first`` the first letter is another."""
    if first:
        return dice.choice([letter for letter in "BCDFGHJKLMNPRSTVW" if letter != word[0]]) + word[1:]
    at = dice.randrange(1, len(word) - 1)
    return dice.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + dice.choice("aeiourtnls") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def misspell_name(person, dice, **how):
    names = [name for name in ("given_name", "family_name") if len(getattr(person, name)) > 3]
    if not names:
        return None
    name = dice.choice(names)
    return replace(person, **{name: misspell(getattr(person, name), dice, **how)})


def _change_first_letter(person, dice):
    return misspell_name(person, dice, first=True)


def _add_accents(person, dice):
    return replace(
        person,
        given_name=person.given_name.translate(ACCENT_TABLE),
        family_name=person.family_name.translate(ACCENT_TABLE),
    )


def _use_nickname(person, dice):
    from pairs.matching.name_matching import fold_name
    from pairs.matching.name_variants import NAME_VARIANTS

    others = sorted(NAME_VARIANTS.get(fold_name(person.given_name), ()))
    return replace(person, given_name=dice.choice(others).title()) if others else None


def _swap_day_and_month(person, dice):
    day = person.birth_date
    if day is None or day.day > 12 or day.day == day.month:
        return None
    return replace(person, birth_date=day.replace(month=day.day, day=day.month))


def _swap_names(person, dice):
    if not (person.given_name and person.family_name):
        return None
    return replace(person, given_name=person.family_name, family_name=person.given_name)


def _remove_name(person, dice):
    return replace(person, given_name="") if person.kind == "infant" and person.birth_date else None


def _keep_unchanged(person, dice):
    return person


Slip = Callable[[Any, Random], Any]
SLIPS: dict[str, Slip] = {
    "as they are held": _keep_unchanged,
    "a letter wrong": misspell_name,
    "the first letter wrong": _change_first_letter,
    "accents": _add_accents,
    "another form of the name": _use_nickname,
    "day and month turned": _swap_day_and_month,
    "names the other way round": _swap_names,
    "baby not yet named": _remove_name,
}
