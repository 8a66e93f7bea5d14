"""How alike two people are, as they are held or merely described: the evidence in words, and how strong it is.

One rule for both: the queue compares two records, triage compares somebody named in a referral with the records.
No percentages: nobody can say what 83 % alike would mean for a family.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from pairs.matching.names import fold, slips, sounds
from pairs.matching.variants import OTHERS

HIGH, MEDIUM, TWIN, NONE = "high", "medium", "twin", ""
# A name of four letters may have one slip, its first letter as well as any; a long one has room for two.
LETTERS_FOR_A_SLIP, LETTERS_FOR_TWO = 4, 8
# A baby whose due date we hold is taken for one born this long before or after it: 22 weeks to 2 weeks over.
EARLY, LATE = timedelta(days=126), timedelta(days=21)


@dataclass(frozen=True)
class Described:
    """A baby or a carer, from a record or from somebody's words. What is not known is empty."""

    kind: str
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    due_date: date | None = None
    nhs_number: str = ""
    phones: frozenset[str] = field(default_factory=frozenset)  # digits alone; a baby's are the carers'
    emails: frozenset[str] = field(default_factory=frozenset)
    postcodes: frozenset[str] = field(default_factory=frozenset)
    carers: frozenset[Any] = field(default_factory=frozenset)  # ids, of a baby
    pregnancy: UUID | None = None
    twin: tuple[int, int] = (1, 1)  # which of how many
    id: UUID | None = None
    family: UUID | None = None


@dataclass(frozen=True)
class Likeness:
    """``strength``: high, medium, twin (a brother or sister of the same birth) or '' (nothing to look at)."""

    strength: str
    evidence: tuple[str, ...]


def likeness(one: Described, other: Described) -> Likeness:
    """How alike the two are. A baby is never like a carer."""
    if one.kind != other.kind or (one.id is not None and one.id == other.id):
        return Likeness(NONE, ())
    found = tuple(code for code, holds in EVIDENCE if holds(one, other))
    strength = _strength(one.kind, frozenset(found))
    return Likeness(strength, tuple(_words(code, one) for code in found))


# ---------------------------------------------------------------- the evidence, piece by piece


@lru_cache(maxsize=20_000)
def name_key(text: str) -> str:
    """Letters alone, small, without accents: Łucja and Lucja, O’Neill and O Neill."""
    return fold(text).replace(" ", "") or "".join(filter(str.isalnum, text.casefold()))


def spelt_alike(one: str, other: str) -> bool:
    """Two spellings of one name, by their keys: the same sound, a form of it, or nearly the same letters."""
    if not one or not other:
        return False
    if one == other or other in OTHERS.get(one, ()) or sounds(one) & sounds(other):
        return True
    letters = min(len(one), len(other))
    return letters >= LETTERS_FOR_A_SLIP and slips(one, other) <= (1 if letters < LETTERS_FOR_TWO else 2)


def _names(person: Described) -> tuple[str, str]:
    return name_key(person.given_name), name_key(person.family_name)


def _same_name(one: Described, other: Described) -> bool:
    return _names(one) == _names(other) and all(_names(one))


def _name_alike(one: Described, other: Described) -> bool:
    pairs = zip(_names(one), _names(other), strict=True)
    alike = all(mine and (mine == theirs or spelt_alike(mine, theirs)) for mine, theirs in pairs)
    return alike and not _same_name(one, other)


def _names_swapped(one: Described, other: Described) -> bool:
    return _names(one) == _names(other)[::-1] and _names(one) != _names(other) and all(_names(one))


def _given_alike(one: Described, other: Described) -> bool:
    mine, theirs = _names(one), _names(other)
    return (
        bool(mine[0]) and (mine[0] == theirs[0] or spelt_alike(mine[0], theirs[0])) and mine[1] != theirs[1]
    )


def _one_unnamed(one: Described, other: Described) -> bool:
    """A baby not yet named in one of the records, and of the same family name when both have one."""
    mine, theirs = _names(one), _names(other)
    return (
        one.kind == "infant"
        and not (mine[0] and theirs[0])
        and (mine[1] == theirs[1] or "" in (mine[1], theirs[1]))
    )


def named_somewhat_alike(person: Described, given_name: str, family_name: str) -> bool:
    """Could the names be of one person? Without that, a day in common is no likeness in the tables below."""
    other = Described(person.kind, given_name, family_name)
    tests = (_same_name, _name_alike, _names_swapped, _given_alike, _one_unnamed)
    return any(holds(person, other) for holds in tests)


def _other_given_name(one: Described, other: Described) -> bool:
    mine, theirs = _names(one)[0], _names(other)[0]
    differ = bool(mine and theirs) and mine != theirs and not spelt_alike(mine, theirs)
    return differ and not _names_swapped(one, other)


def _same_birth_date(one: Described, other: Described) -> bool:
    return one.birth_date is not None and one.birth_date == other.birth_date


def _date_turned(one: Described, other: Described) -> bool:
    """3 April and 4 March of the same year: day and month the wrong way round."""
    mine, theirs = one.birth_date, other.birth_date
    if mine is None or theirs is None or mine == theirs:
        return False
    return (mine.year, mine.month, mine.day) == (theirs.year, theirs.day, theirs.month)


def _same_due_date(one: Described, other: Described) -> bool:
    unborn = one.birth_date is None and other.birth_date is None
    return unborn and one.due_date is not None and one.due_date == other.due_date


def _due_when_born(one: Described, other: Described) -> bool:
    """One was expected about when the other was born."""
    for born, due in ((one.birth_date, other.due_date), (other.birth_date, one.due_date)):
        both_born = one.birth_date is not None and other.birth_date is not None
        if born and due and not both_born and -EARLY <= born - due <= LATE:
            return True
    return False


def _other_date(one: Described, other: Described) -> bool:
    known = one.birth_date is not None and other.birth_date is not None
    return known and not _same_birth_date(one, other) and not _date_turned(one, other)


def _same_number(one: Described, other: Described) -> bool:
    return bool(one.nhs_number) and one.nhs_number == other.nhs_number


def _other_number(one: Described, other: Described) -> bool:
    return bool(one.nhs_number and other.nhs_number) and one.nhs_number != other.nhs_number


def _same_phone(one: Described, other: Described) -> bool:
    return bool(one.phones & other.phones)


def _same_email(one: Described, other: Described) -> bool:
    return bool(one.emails & other.emails)


def _same_postcode(one: Described, other: Described) -> bool:
    return bool(one.postcodes & other.postcodes)


def _same_carer(one: Described, other: Described) -> bool:
    return bool(one.carers & other.carers)


def _same_pregnancy(one: Described, other: Described) -> bool:
    return one.pregnancy is not None and one.pregnancy == other.pregnancy


def _other_twin(one: Described, other: Described) -> bool:
    """The first of two and the second of two."""
    return one.twin[1] > 1 and one.twin[1] == other.twin[1] and one.twin[0] != other.twin[0]


Holds = Callable[[Described, Described], bool]
EVIDENCE: tuple[tuple[str, Holds], ...] = (
    ("number", _same_number),
    ("name", _same_name),
    ("alike", _name_alike),
    ("swapped", _names_swapped),
    ("given", _given_alike),
    ("unnamed", _one_unnamed),
    ("born", _same_birth_date),
    ("turned", _date_turned),
    ("due", _same_due_date),
    ("expected", _due_when_born),
    ("phone", _same_phone),
    ("email", _same_email),
    ("postcode", _same_postcode),
    ("carer", _same_carer),
    ("other number", _other_number),
    ("other date", _other_date),
    ("other name", _other_given_name),
    ("pregnancy", _same_pregnancy),
    ("other twin", _other_twin),
)
WORDS = {
    "number": "same NHS number",
    "name": "same name",
    "alike": "name spelt alike",
    "swapped": "names the other way round",
    "given": "same given name, another family name",
    "unnamed": "not yet named in one of them",
    "born": "same date of birth",
    "turned": "day and month of birth the other way round",
    "due": "same due date",
    "expected": "one was due about when the other was born",
    "phone": "same phone",
    "email": "same e-mail",
    "postcode": "same postcode",
    "carer": "same carer",
    "other number": "different NHS numbers",
    "other date": "different dates of birth",
    "other name": "different given names",
    "pregnancy": "carried together",
    "other twin": "another of the same birth",
}


def _words(code: str, person: Described) -> str:
    if person.kind == "infant" and code in ("phone", "email"):
        return f"a carer with the {WORDS[code]}"
    return WORDS[code]


# ---------------------------------------------------------------- how strong it is, read from the top

NAME = frozenset({"name", "alike", "swapped"})
DATE = frozenset({"born", "due", "turned"})
REACHED = frozenset({"phone", "email", "carer"})
HOME = frozenset({*REACHED, "postcode"})


def _twins(found: frozenset[str]) -> bool:
    """Carried together, or born the same day to the same carer under another name."""
    return bool(found & {"pregnancy", "other twin"}) or (
        "other name" in found and bool(found & {"born", "due"})
    )


INFANT_TABLE: tuple[tuple[str, Callable[[frozenset[str]], bool]], ...] = (
    (NONE, lambda found: "other number" in found and not (found & NAME and "born" in found)),
    (HIGH, lambda found: "number" in found and "pregnancy" not in found),
    (TWIN, lambda found: _twins(found) and bool(found & HOME | found & {"pregnancy", "other twin"})),
    (NONE, lambda found: "other name" in found or "other date" in found),
    (MEDIUM, lambda found: "other number" in found),
    (HIGH, lambda found: bool(found & NAME and "born" in found and found & HOME)),
    (MEDIUM, lambda found: bool(found & NAME and found & DATE)),
    (MEDIUM, lambda found: bool(found & {"given", "unnamed"} and found & DATE and found & HOME)),
    (
        MEDIUM,
        lambda found: bool("expected" in found and found & REACHED and found & (NAME | {"unnamed", "given"})),
    ),
)
CAREGIVER_TABLE: tuple[tuple[str, Callable[[frozenset[str]], bool]], ...] = (
    (NONE, lambda found: "other number" in found and not (found & NAME and "born" in found)),
    (HIGH, lambda found: "number" in found),
    (NONE, lambda found: "other date" in found),
    (MEDIUM, lambda found: "other number" in found),
    (HIGH, lambda found: bool("name" in found and found & {"born", "phone", "email"})),
    (HIGH, lambda found: bool(found & NAME and "born" in found and found & HOME)),
    (MEDIUM, lambda found: bool(found & NAME and found & (DATE | HOME))),
    (MEDIUM, lambda found: bool("given" in found and "born" in found and found & HOME)),
    (MEDIUM, lambda found: bool("given" in found and found & {"phone", "email"})),
)


def _strength(kind: str, found: frozenset[str]) -> str:
    table = INFANT_TABLE if kind == "infant" else CAREGIVER_TABLE
    return next((strength for strength, holds in table if holds(found)), NONE)
