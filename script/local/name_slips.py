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


def _change_figure(person, dice):
    """The day of birth one figure off."""
    born = person.birth_date
    days = (
        [day for day in (born.day + 10, born.day - 10, born.day + 2, born.day - 2) if 1 <= day <= 28]
        if born
        else []
    )
    days = [day for day in days if day // 10 == born.day // 10 or day % 10 == born.day % 10]
    return replace(person, birth_date=born.replace(day=dice.choice(days))) if days else None


def _change_year(person, dice):
    born = person.birth_date
    if born is None or (born.month, born.day) == (2, 29):
        return None
    return replace(person, birth_date=born.replace(year=born.year - 1))


def _use_first_of_january(person, dice):
    return (
        replace(person, birth_date=person.birth_date.replace(month=1, day=1)) if person.birth_date else None
    )


def _leave_given_name_out(person, dice):
    return replace(person, given_name="") if person.kind == "caregiver" and person.family_name else None


def _swap_and_misspell(person, dice):
    swapped = _swap_names(person, dice)
    return misspell_name(swapped, dice) if swapped else None


def _add_known_as(person, dice):
    """Called by another name, with the one of the papers beside it."""
    if not person.given_name:
        return None
    return replace(person, given_name=f"{dice.choice(['Kit', 'Bunny', 'Sunny'])} ({person.given_name})")


def _add_second_name(person, dice):
    if not person.given_name:
        return None
    other = dice.choice(["Rose", "James", "Ali", "Noor", "Maria"])
    return replace(
        person, given_name=dice.choice([f"{person.given_name} {other}", f"{other} {person.given_name}"])
    )


def _write_in_one_box(person, dice):
    if not (person.given_name and person.family_name):
        return None
    whole = dice.choice(["{family}, {given}", "{given} {family}"])
    return replace(
        person, given_name=whole.format(given=person.given_name, family=person.family_name), family_name=""
    )


def _call_baby(person, dice):
    """As a ward writes it before there is a name."""
    if person.kind != "infant" or not person.birth_date:
        return None
    word = dice.choice(["Baby", "Boy", "Male Infant", "B/O Anna", "Newborn"])
    return replace(person, given_name=word)


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
    "a word for a name": _call_baby,
    "a figure of the day wrong": _change_figure,
    "the year before": _change_year,
    "1 January": _use_first_of_january,
    "given name not said": _leave_given_name_out,
    "the other way round, a letter wrong": _swap_and_misspell,
    "known as": _add_known_as,
    "a second given name": _add_second_name,
    "names in one box": _write_in_one_box,
}
