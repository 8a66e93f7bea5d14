"""How alike two people are, as they are held or merely described: the evidence in words, and how strong it is.

One rule for both: the queue compares two records, triage compares somebody named in a referral with the records.
No percentages: nobody can say what 83 % alike would mean for a family.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pairs.matching.rules.evidence import PersonDescription, find_evidence, label_evidence
from pairs.matching.rules.kinds import PersonKind

HIGH, MEDIUM, TWIN, NONE = "high", "medium", "twin", ""


@dataclass(frozen=True)
class Likeness:
    """``strength``: high, medium, twin (a brother or sister of the same birth) or '' (nothing to look at)."""

    strength: str
    evidence: tuple[str, ...]


def compare_people(one: PersonDescription, other: PersonDescription) -> Likeness:
    """How alike the two are. A baby is never like a carer."""
    if one.kind != other.kind or (one.id is not None and one.id == other.id):
        return Likeness(NONE, ())
    found = find_evidence(one, other)
    described = one.id is None or other.id is None
    return Likeness(get_strength(one.kind, found), label_evidence(found, one.kind, described=described))


# ---------------------------------------------------------------- how strong it is

NAME_EVIDENCE = frozenset({"name", "alike", "swapped"})
HALF_NAME_EVIDENCE = frozenset({"given", "half", "unnamed"})
HALF_OR_FAMILY = frozenset({*HALF_NAME_EVIDENCE, "family"})  # of a carer: of a baby it may be a twin
DATE_EVIDENCE = frozenset({"born", "due", "turned"})
CONTACT_EVIDENCE = frozenset({"phone", "email", "carer"})
HOME_EVIDENCE = frozenset({*CONTACT_EVIDENCE, "postcode"})
NEAR_HOME_EVIDENCE = frozenset({*HOME_EVIDENCE, "near postcode"})

Found = frozenset[str]
StrengthTable = tuple[tuple[str, Callable[[Found], bool]], ...]


def _is_twin(found: Found) -> bool:
    """Carried together, or born in one night to the same carer under another name."""
    if "pregnancy" in found:
        return True
    together = "other twin" in found or ("other name" in found and bool(found & {"same night", "due"}))
    return together and bool(found & HOME_EVIDENCE)


def _is_disputed(found: Found) -> bool:
    """Two NHS numbers are two people, unless name and day of birth both say that they are one."""
    return "other number" in found and not (found & NAME_EVIDENCE and "born" in found)


# The first line that holds says how strong it is. Both tables: a whole name needs a day, or a slip of one and a
# home in common; half a name needs a day and a home.
INFANT_STRENGTHS: StrengthTable = (
    (NONE, _is_disputed),
    (HIGH, lambda found: "number" in found and "pregnancy" not in found),
    (TWIN, _is_twin),
    (NONE, lambda found: bool(found & {"other name", "other date"})),
    (MEDIUM, lambda found: "other number" in found),
    (HIGH, lambda found: bool(found & NAME_EVIDENCE and "born" in found and found & HOME_EVIDENCE)),
    (MEDIUM, lambda found: bool(found & NAME_EVIDENCE and found & DATE_EVIDENCE)),
    (MEDIUM, lambda found: bool(found & NAME_EVIDENCE and "near" in found and found & HOME_EVIDENCE)),
    (
        MEDIUM,
        lambda found: bool(found & HALF_NAME_EVIDENCE and found & DATE_EVIDENCE and found & HOME_EVIDENCE),
    ),
    # Registered under the other parent's name: a contact in common says whose baby it is.
    (
        MEDIUM,
        lambda found: bool(
            "renamed" in found and found & {*DATE_EVIDENCE, "expected"} and found & CONTACT_EVIDENCE
        ),
    ),
    (
        MEDIUM,
        lambda found: bool(
            found & {"near", "expected"}
            and found & CONTACT_EVIDENCE
            and found & (NAME_EVIDENCE | HALF_NAME_EVIDENCE)
        ),
    ),
)
CAREGIVER_STRENGTHS: StrengthTable = (
    (NONE, _is_disputed),
    (HIGH, lambda found: "number" in found),
    (NONE, lambda found: "other date" in found),
    (MEDIUM, lambda found: "other number" in found),
    (
        HIGH,
        lambda found: bool("name" in found and found & {"born", "phone", "email"} and "near" not in found),
    ),
    (HIGH, lambda found: bool(found & NAME_EVIDENCE and "born" in found and found & HOME_EVIDENCE)),
    (MEDIUM, lambda found: bool(found & NAME_EVIDENCE and found & (DATE_EVIDENCE | HOME_EVIDENCE))),
    (MEDIUM, lambda found: bool(found & HALF_OR_FAMILY and "born" in found and found & NEAR_HOME_EVIDENCE)),
    (MEDIUM, lambda found: bool(found & HALF_OR_FAMILY and "turned" in found and found & HOME_EVIDENCE)),
    (MEDIUM, lambda found: bool(found & {"given", "half"} and found & {"phone", "email"})),
)


def get_strength(kind: str, found: Found) -> str:
    """high, medium, twin or '' for what was found."""
    table = INFANT_STRENGTHS if kind == PersonKind.INFANT else CAREGIVER_STRENGTHS
    return next((strength for strength, holds in table if holds(found)), NONE)
