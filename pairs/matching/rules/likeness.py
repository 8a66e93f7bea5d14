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

from pairs.matching.name_matching import count_slips, fold_name, get_sounds
from pairs.matching.name_variants import NAME_VARIANTS
from pairs.matching.rules.kinds import PersonKind

HIGH, MEDIUM, TWIN, NONE = "high", "medium", "twin", ""
# A name of four letters may have one slip, its first letter as well as any; a long one has room for two.
MIN_LETTERS_FOR_ONE_SLIP, MIN_LETTERS_FOR_TWO_SLIPS = 4, 8
# A baby whose due date we hold is taken for one born this long before or after it: 22 weeks to 2 weeks over.
MAX_BEFORE_DUE_DATE, MAX_AFTER_DUE_DATE = timedelta(days=126), timedelta(days=21)


@dataclass(frozen=True)
class PersonDescription:
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


def compare_people(one: PersonDescription, other: PersonDescription) -> Likeness:
    """How alike the two are. A baby is never like a carer."""
    if one.kind != other.kind or (one.id is not None and one.id == other.id):
        return Likeness(NONE, ())
    found = tuple(code for code, holds in EVIDENCE if holds(one, other))
    strength = _get_strength(one.kind, frozenset(found))
    return Likeness(strength, tuple(_label_evidence(code, one) for code in found))


# ---------------------------------------------------------------- the evidence, piece by piece


@lru_cache(maxsize=20_000)
def make_name_key(text: str) -> str:
    """Letters alone, small, without accents: Łucja and Lucja, O’Neill and O Neill."""
    return fold_name(text).replace(" ", "") or "".join(filter(str.isalnum, text.casefold()))


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


def _get_name_keys(person: PersonDescription) -> tuple[str, str]:
    return make_name_key(person.given_name), make_name_key(person.family_name)


def _has_same_name(one: PersonDescription, other: PersonDescription) -> bool:
    return _get_name_keys(one) == _get_name_keys(other) and all(_get_name_keys(one))


def _has_similar_name(one: PersonDescription, other: PersonDescription) -> bool:
    pairs = zip(_get_name_keys(one), _get_name_keys(other), strict=True)
    alike = all(mine and (mine == theirs or is_spelt_alike(mine, theirs)) for mine, theirs in pairs)
    return alike and not _has_same_name(one, other)


def _has_names_swapped(one: PersonDescription, other: PersonDescription) -> bool:
    return (
        _get_name_keys(one) == _get_name_keys(other)[::-1]
        and _get_name_keys(one) != _get_name_keys(other)
        and all(_get_name_keys(one))
    )


def _has_similar_given_name(one: PersonDescription, other: PersonDescription) -> bool:
    mine, theirs = _get_name_keys(one), _get_name_keys(other)
    return (
        bool(mine[0])
        and (mine[0] == theirs[0] or is_spelt_alike(mine[0], theirs[0]))
        and mine[1] != theirs[1]
    )


def _is_one_unnamed(one: PersonDescription, other: PersonDescription) -> bool:
    """A baby not yet named in one of the records, and of the same family name when both have one."""
    mine, theirs = _get_name_keys(one), _get_name_keys(other)
    return (
        one.kind == PersonKind.INFANT
        and not (mine[0] and theirs[0])
        and (mine[1] == theirs[1] or "" in (mine[1], theirs[1]))
    )


def may_share_name(person: PersonDescription, given_name: str, family_name: str) -> bool:
    """Could the names be of one person? Without that, a day in common is no likeness in the tables below."""
    other = PersonDescription(person.kind, given_name, family_name)
    tests = (_has_same_name, _has_similar_name, _has_names_swapped, _has_similar_given_name, _is_one_unnamed)
    return any(holds(person, other) for holds in tests)


def _has_other_given_name(one: PersonDescription, other: PersonDescription) -> bool:
    mine, theirs = _get_name_keys(one)[0], _get_name_keys(other)[0]
    differ = bool(mine and theirs) and mine != theirs and not is_spelt_alike(mine, theirs)
    return differ and not _has_names_swapped(one, other)


def _has_same_birth_date(one: PersonDescription, other: PersonDescription) -> bool:
    return one.birth_date is not None and one.birth_date == other.birth_date


def _has_day_and_month_swapped(one: PersonDescription, other: PersonDescription) -> bool:
    """3 April and 4 March of the same year: day and month the wrong way round."""
    mine, theirs = one.birth_date, other.birth_date
    if mine is None or theirs is None or mine == theirs:
        return False
    return (mine.year, mine.month, mine.day) == (theirs.year, theirs.day, theirs.month)


def _has_same_due_date(one: PersonDescription, other: PersonDescription) -> bool:
    unborn = one.birth_date is None and other.birth_date is None
    return unborn and one.due_date is not None and one.due_date == other.due_date


def _was_due_when_born(one: PersonDescription, other: PersonDescription) -> bool:
    """One was expected about when the other was born."""
    for born, due in ((one.birth_date, other.due_date), (other.birth_date, one.due_date)):
        both_born = one.birth_date is not None and other.birth_date is not None
        if born and due and not both_born and -MAX_BEFORE_DUE_DATE <= born - due <= MAX_AFTER_DUE_DATE:
            return True
    return False


def _has_other_birth_date(one: PersonDescription, other: PersonDescription) -> bool:
    known = one.birth_date is not None and other.birth_date is not None
    return known and not _has_same_birth_date(one, other) and not _has_day_and_month_swapped(one, other)


def _has_same_nhs_number(one: PersonDescription, other: PersonDescription) -> bool:
    return bool(one.nhs_number) and one.nhs_number == other.nhs_number


def _has_other_nhs_number(one: PersonDescription, other: PersonDescription) -> bool:
    return bool(one.nhs_number and other.nhs_number) and one.nhs_number != other.nhs_number


def _has_same_phone(one: PersonDescription, other: PersonDescription) -> bool:
    return bool(one.phones & other.phones)


def _has_same_email(one: PersonDescription, other: PersonDescription) -> bool:
    return bool(one.emails & other.emails)


def _has_same_postcode(one: PersonDescription, other: PersonDescription) -> bool:
    return bool(one.postcodes & other.postcodes)


def _has_same_carer(one: PersonDescription, other: PersonDescription) -> bool:
    return bool(one.carers & other.carers)


def _is_same_pregnancy(one: PersonDescription, other: PersonDescription) -> bool:
    return one.pregnancy is not None and one.pregnancy == other.pregnancy


def _is_other_twin(one: PersonDescription, other: PersonDescription) -> bool:
    """The first of two and the second of two."""
    return one.twin[1] > 1 and one.twin[1] == other.twin[1] and one.twin[0] != other.twin[0]


EvidenceTest = Callable[[PersonDescription, PersonDescription], bool]
EVIDENCE: tuple[tuple[str, EvidenceTest], ...] = (
    ("number", _has_same_nhs_number),
    ("name", _has_same_name),
    ("alike", _has_similar_name),
    ("swapped", _has_names_swapped),
    ("given", _has_similar_given_name),
    ("unnamed", _is_one_unnamed),
    ("born", _has_same_birth_date),
    ("turned", _has_day_and_month_swapped),
    ("due", _has_same_due_date),
    ("expected", _was_due_when_born),
    ("phone", _has_same_phone),
    ("email", _has_same_email),
    ("postcode", _has_same_postcode),
    ("carer", _has_same_carer),
    ("other number", _has_other_nhs_number),
    ("other date", _has_other_birth_date),
    ("other name", _has_other_given_name),
    ("pregnancy", _is_same_pregnancy),
    ("other twin", _is_other_twin),
)
EVIDENCE_LABELS = {
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


def _label_evidence(code: str, person: PersonDescription) -> str:
    if person.kind == PersonKind.INFANT and code in ("phone", "email"):
        return f"a carer with the {EVIDENCE_LABELS[code]}"
    return EVIDENCE_LABELS[code]


# ---------------------------------------------------------------- how strong it is, read from the top

NAME_EVIDENCE = frozenset({"name", "alike", "swapped"})
DATE_EVIDENCE = frozenset({"born", "due", "turned"})
CONTACT_EVIDENCE = frozenset({"phone", "email", "carer"})
CONTACT_OR_HOME_EVIDENCE = frozenset({*CONTACT_EVIDENCE, "postcode"})


def _is_twin(found: frozenset[str]) -> bool:
    """Carried together, or born the same day to the same carer under another name."""
    return bool(found & {"pregnancy", "other twin"}) or (
        "other name" in found and bool(found & {"born", "due"})
    )


INFANT_STRENGTHS: tuple[tuple[str, Callable[[frozenset[str]], bool]], ...] = (
    (NONE, lambda found: "other number" in found and not (found & NAME_EVIDENCE and "born" in found)),
    (HIGH, lambda found: "number" in found and "pregnancy" not in found),
    (
        TWIN,
        lambda found: (
            _is_twin(found) and bool(found & CONTACT_OR_HOME_EVIDENCE | found & {"pregnancy", "other twin"})
        ),
    ),
    (NONE, lambda found: "other name" in found or "other date" in found),
    (MEDIUM, lambda found: "other number" in found),
    (
        HIGH,
        lambda found: bool(found & NAME_EVIDENCE and "born" in found and found & CONTACT_OR_HOME_EVIDENCE),
    ),
    (MEDIUM, lambda found: bool(found & NAME_EVIDENCE and found & DATE_EVIDENCE)),
    (
        MEDIUM,
        lambda found: bool(
            found & {"given", "unnamed"} and found & DATE_EVIDENCE and found & CONTACT_OR_HOME_EVIDENCE
        ),
    ),
    (
        MEDIUM,
        lambda found: bool(
            "expected" in found
            and found & CONTACT_EVIDENCE
            and found & (NAME_EVIDENCE | {"unnamed", "given"})
        ),
    ),
)
CAREGIVER_STRENGTHS: tuple[tuple[str, Callable[[frozenset[str]], bool]], ...] = (
    (NONE, lambda found: "other number" in found and not (found & NAME_EVIDENCE and "born" in found)),
    (HIGH, lambda found: "number" in found),
    (NONE, lambda found: "other date" in found),
    (MEDIUM, lambda found: "other number" in found),
    (HIGH, lambda found: bool("name" in found and found & {"born", "phone", "email"})),
    (
        HIGH,
        lambda found: bool(found & NAME_EVIDENCE and "born" in found and found & CONTACT_OR_HOME_EVIDENCE),
    ),
    (
        MEDIUM,
        lambda found: bool(found & NAME_EVIDENCE and found & (DATE_EVIDENCE | CONTACT_OR_HOME_EVIDENCE)),
    ),
    (MEDIUM, lambda found: bool("given" in found and "born" in found and found & CONTACT_OR_HOME_EVIDENCE)),
    (MEDIUM, lambda found: bool("given" in found and found & {"phone", "email"})),
)


def _get_strength(kind: str, found: frozenset[str]) -> str:
    table = INFANT_STRENGTHS if kind == PersonKind.INFANT else CAREGIVER_STRENGTHS
    return next((strength for strength, holds in table if holds(found)), NONE)
