"""How a family is written in a row, everywhere the same: its babies, their age, and who cares for them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pairs.families.ages import Birth, format_ages
from pairs.families.choices import Loss, Relationship
from pairs.web.formats import format_near_day

NOT_NAMED, NO_CARER = "Baby not yet named", ""
HIDDEN_RECORD = "A record that is no longer shown"  # in a list, in place of a family's name
MULTIPLES = {2: "twins", 3: "triplets", 4: "quadruplets"}
LOSS_WORDS = {
    Loss.DEATH: "died",
    Loss.STILLBIRTH: "stillborn",
    Loss.MISCARRIAGE: "miscarriage",
    Loss.TERMINATION: "pregnancy ended",
}


@dataclass(frozen=True)
class LineInfant:
    """What a row says of one baby. ``weeks``: of gestation; ``pregnancy``: the same for those carried together."""

    given_name: str = ""
    family_name: str = ""
    born: date | None = None
    due: date | None = None
    lost_on: date | None = None
    loss: str = ""
    weeks: int | None = None
    pregnancy: Any = None
    plurality: int = 1

    @property
    def name(self) -> str:
        """Empty until there is a first name: a surname alone is not the baby's name."""
        return f"{self.given_name} {self.family_name}".strip() if self.given_name else ""

    @property
    def carried_with(self) -> Any:
        """The same for twins, however their rows were made."""
        return ("together", self.born or self.due) if self.plurality > 1 else self.pregnancy


@dataclass(frozen=True)
class LineCarer:
    """What a row says of somebody who cares for the baby; the main carer comes first."""

    name: str
    relationship: str = ""
    alive: bool = True


@dataclass(frozen=True)
class FamilyLine:
    """A family in a row: “Leo Testcase”, “7 months”, “with Anna Testcase, mother”. ``lost``: nobody lives."""

    name: str
    age: str = ""
    carers: str = ""
    lost: bool = False

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.age, self.carers)))


def build_family_line(
    infants: Sequence[LineInfant], carers: Sequence[LineCarer] = (), *, on: date
) -> FamilyLine:
    """Of those who live; where nobody does, of those who were lost. One carer is named: the main one."""
    living = [infant for infant in infants if infant.lost_on is None]
    shown = living or list(infants)
    carer = next((each for each in carers if each.alive), None)
    unborn = bool(living) and all(infant.born is None for infant in living)
    return FamilyLine(
        name=_join_names(shown, carer),
        age=_join_ages(shown, on),
        carers=_describe_carer(carer, unborn) if carer else NO_CARER,
        lost=bool(infants) and not living,
    )


def _join_names(infants: Sequence[LineInfant], carer: LineCarer | None) -> str:
    """“Noah and Noha Testlake”; of nobody who has a name yet, whose baby it is."""
    named = [infant for infant in infants if infant.name]
    if not named:
        which = "Babies" if len(infants) > 1 else "Baby"
        if carer and carer.name:
            return f"{which} of {carer.name}"
        surname = next((infant.family_name for infant in infants if infant.family_name), "")
        return f"{which} {surname}" if surname else NOT_NAMED
    surnames = {infant.family_name for infant in named}
    together = len(named) > 1 and len(surnames) == 1
    names = [infant.given_name if together else infant.name for infant in named]
    joined = _join_words(names) + (f" {named[0].family_name}".rstrip() if together else "")
    return f"{joined} and a baby not yet named" if len(named) < len(infants) else joined


def _join_ages(infants: Sequence[LineInfant], on: date) -> str:
    """An age once for those who were carried together: “23 weeks, twins”."""
    groups: dict[Any, list[LineInfant]] = {}
    for number, infant in enumerate(infants):
        groups.setdefault(infant.carried_with or number, []).append(infant)
    ages = [_describe_age(group, on) for group in groups.values()]
    return _join_words(list(dict.fromkeys(filter(None, ages))))


def _describe_age(carried_together: list[LineInfant], on: date) -> str:
    first = carried_together[0]
    if first.lost_on:
        return describe_loss(first.loss, first.lost_on)
    several = MULTIPLES.get(len(carried_together), "")
    verb = "was due" if first.due and first.due < on else "due"  # nobody may have told us of the birth
    due = f"{verb} {format_near_day(first.due, on)}" if first.due else ""
    age = format_ages(Birth(first.born, first.weeks, first.due), on) if first.born else due
    return ", ".join(filter(None, (age, several)))


def _describe_carer(carer: LineCarer, unborn: bool) -> str:
    """“with Anna Testcase, mother”."""
    if carer.relationship == Relationship.MOTHER and unborn:
        words = "mother-to-be"
    else:
        words = RELATIONSHIP_WORDS.get(carer.relationship, "")
    return f"with {', '.join(filter(None, (carer.name, words)))}" if carer.name or words else ""


RELATIONSHIP_WORDS = {
    relationship.value: relationship.label.lower()
    for relationship in Relationship
    if relationship != Relationship.OTHER
}


def _join_words(words: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


FAMILY_HEADERS = ("Family", "Age", "Carers")


def build_family_cells(line: FamilyLine) -> tuple[str, str, str]:
    """The line in the three cells of FAMILY_HEADERS, for a list that is taken out as a file."""
    return line.name, line.age, line.carers.removeprefix("with ")


def describe_loss(loss: str, on: date) -> str:
    """“died 22 Nov 2026”, “stillborn …”: after the baby's name."""
    return f"{LOSS_WORDS[Loss(loss)]} {on.day} {on:%b %Y}"
