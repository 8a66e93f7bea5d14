"""Who may deliver an intervention, and what a competence and a sign-off may be. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import IntegerChoices, TextChoices


class Level(IntegerChoices):
    """How far somebody's competence goes."""

    AWARE = 1, "Aware"
    INTERVENE = 2, "Intervene"
    SUPERVISE = 3, "Supervise others"


DELIVERS = Level.INTERVENE  # from this level on somebody may deliver without supervision of it


class Needs(TextChoices):
    """What an intervention asks of whoever delivers it."""

    NOTHING = "nothing", "No recorded competence"
    COMPETENCE = "competence", "A recorded competence to intervene"
    ACCREDITATION = "accreditation", "A competence to intervene, with accreditation in date"


class Standing(TextChoices):
    """Whether somebody may deliver an intervention."""

    FREE = "free", "No competence required"
    MAY = "may", "May deliver"
    SUPERVISES = "supervises", "May deliver and supervise"
    EXPIRED = "expired", "Accreditation not in date"
    UNDER = "under", "Under supervision"


MAY_DELIVER = {Standing.FREE, Standing.MAY, Standing.SUPERVISES}


class Arrangement(TextChoices):
    """How an intervention is delivered by a lead who may not deliver it alone."""

    SUPERVISED = "supervised", "The lead delivers it under supervision"
    COLLEAGUE = "colleague", "Someone with the competence delivers it with the lead"
    NOT_YET = "not_yet", "It is not delivered until the lead is trained"


# The same of a group, which its facilitators deliver.
GROUP_ARRANGEMENTS = {
    Arrangement.SUPERVISED: "The facilitators deliver it under supervision",
    Arrangement.COLLEAGUE: "Someone with the competence delivers it with the facilitators",
    Arrangement.NOT_YET: "It is not delivered until a facilitator is trained",
}
# The level that a colleague needs for their part in an arrangement.
LEVEL_FOR_ARRANGEMENT = {Arrangement.SUPERVISED: Level.SUPERVISE, Arrangement.COLLEAGUE: Level.INTERVENE}


@dataclass(frozen=True)
class Held:
    """A competence as far as the rule asks: its level, whose accreditation it has, and until when."""

    level: int
    accredited_by: str = ""
    accredited_until: date | None = None


def is_in_date(held: Held, on: date) -> bool:
    """Accredited, and not past the last day."""
    return bool(held.accredited_by) and (held.accredited_until is None or held.accredited_until >= on)


def assess_standing(needs: str, held: Held | None, on: date) -> Standing:
    """Whether somebody with this competence, or none, may deliver what ``needs`` that much."""
    if needs == Needs.NOTHING:
        return Standing.FREE
    if held is None or held.level < DELIVERS:
        return Standing.UNDER
    if needs == Needs.ACCREDITATION and not is_in_date(held, on):
        return Standing.EXPIRED
    return Standing.SUPERVISES if held.level == Level.SUPERVISE else Standing.MAY


def find_competence_errors(
    *, trained_on: date | None, accredited_by: str, accredited_until: date | None, exists: bool,
    works_here: bool, on: date, person: str, site: str,
) -> dict[str, str]:  # fmt: skip
    """{field: what is wrong}, every error at once. ``exists``: they have one for this intervention already."""
    errors = {}
    if not works_here:
        errors["person"] = f"{person} does not work with families at {site}."
    if exists:
        errors["intervention"] = f"{person} has an entry for this intervention. Change that one instead."
    if trained_on and trained_on > on:
        errors["trained_on"] = "This date is in the future. Record the training when it is done."
    if accredited_until and trained_on and accredited_until < trained_on:
        errors["accredited_until"] = "Choose a last day that is not before the training."
    if accredited_until and not accredited_by:
        errors["accredited_by"] = "Enter who gave the accreditation."
    return errors


@dataclass(frozen=True)
class SignOffFacts:
    """What a supervisor wants to sign off. ``colleague``: a name, or ""; ``level``: of the colleague, 0 for none.

    ``colleague_delivers``: as the lead, or as a facilitator of the group.
    """

    arrangement: str
    is_own: bool
    has_ended: bool
    colleague: str
    colleague_delivers: bool
    level: int
    outside: str
    is_group: bool = False


def find_sign_off_errors(facts: SignOffFacts) -> dict[str, str]:
    """{field: what is wrong}, every error at once; "" is the field of what is wrong with the whole."""
    errors = {}
    if facts.has_ended:
        errors[""] = "This group is closed." if facts.is_group else "This intervention has ended."
    elif facts.is_own:
        yours = "You facilitate this group" if facts.is_group else "You lead this family’s work"
        errors[""] = f"{yours}. Ask another supervisor to sign off."
    if problem := _find_colleague_error(facts):
        errors["by_colleague"] = problem
    if facts.outside and facts.arrangement not in LEVEL_FOR_ARRANGEMENT:
        errors["by_outside"] = "Leave this empty: no one delivers it yet."
    return errors


def _find_colleague_error(facts: SignOffFacts) -> str:
    wanted = LEVEL_FOR_ARRANGEMENT.get(Arrangement(facts.arrangement))
    if wanted is None:
        return "Leave this empty: no one delivers it yet." if facts.colleague else ""
    if facts.colleague and facts.outside:
        return "Choose either a colleague or someone outside the service, not both."
    if not facts.colleague:
        return "" if facts.outside else "Choose a colleague, or enter someone outside the service."
    if facts.colleague_delivers:
        return f"Choose someone other than the {'facilitators' if facts.is_group else 'lead'}."
    if facts.level < wanted:
        level = Level(wanted).label.lower()
        return f"{facts.colleague} has no competence at the level “{level}” for this intervention."
    return ""


def get_notice_end(on: date, days: int) -> date:
    """The last day whose accreditations are spoken of on that day."""
    return on + timedelta(days=days)


def describe_standing(standing: Standing, name: str) -> str:
    """What the choice of an intervention says after its name; "" where it asks for nothing."""
    return SAID_OF_CHOICE.get(standing, "").format(name=name)


SAID_OF_CHOICE: Mapping[Standing, str] = {
    Standing.MAY: "{name} may deliver it",
    Standing.SUPERVISES: "{name} may deliver it",
    Standing.EXPIRED: "{name}’s accreditation is not in date: a supervisor signs off",
    Standing.UNDER: "{name} delivers it under supervision: a supervisor signs off",
}
