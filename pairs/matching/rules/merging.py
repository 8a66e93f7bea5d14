"""Which records may become one, and which never: said of what is known about the two, in words for people."""

from dataclasses import dataclass, field
from uuid import UUID

# Relationships of a child who lives away from the birth family: notes of the two families never join.
BRINGING_UP_ELSEWHERE = {"foster_carer", "kinship_carer", "adoptive_parent"}
TRACED = "01"  # NHS Data Dictionary, NHS number status: number present and verified


@dataclass(frozen=True)
class HeldPerson:
    """What the rules ask of one record of a person."""

    kind: str
    id: UUID
    live: bool = True
    pregnancy: UUID | None = None
    died: bool = False
    nhs_number: str = ""
    nhs_number_status: str = ""
    kept_apart: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True)
class HeldFamily:
    """What the rules ask of one record of a family."""

    id: UUID
    live: bool = True
    restricted: bool = False
    moving: bool = False
    relationships: frozenset[str] = field(default_factory=frozenset)
    kept_from: frozenset[UUID] = field(
        default_factory=frozenset
    )  # families of whom its people are kept apart


def why_not_one_person(kept: HeldPerson, merged: HeldPerson) -> str:
    """'' when the two records may be made one; else why not."""
    return next((why for holds, why in PERSON_REFUSALS if holds(kept, merged)), "")


def _itself(kept: HeldPerson, merged: HeldPerson) -> bool:
    return kept.id == merged.id


def _baby_and_carer(kept: HeldPerson, merged: HeldPerson) -> bool:
    return kept.kind != merged.kind


def _out_of_sight(kept: HeldPerson, merged: HeldPerson) -> bool:
    return not (kept.live and merged.live)


def _carried_together(kept: HeldPerson, merged: HeldPerson) -> bool:
    return kept.pregnancy is not None and kept.pregnancy == merged.pregnancy


def _one_has_died(kept: HeldPerson, merged: HeldPerson) -> bool:
    return kept.died != merged.died


def _traced_apart(kept: HeldPerson, merged: HeldPerson) -> bool:
    traced = kept.nhs_number_status == merged.nhs_number_status == TRACED
    return traced and kept.nhs_number != merged.nhs_number


def _kept_apart(kept: HeldPerson, merged: HeldPerson) -> bool:
    return merged.id in kept.kept_apart or kept.id in merged.kept_apart


PERSON_REFUSALS = (
    (_itself, "This is one and the same record."),
    (_baby_and_carer, "A baby and a carer are never one person."),
    (_out_of_sight, "One of these records is not in use any more."),
    (_carried_together, "These babies were carried together: twins are two people, each with a record."),
    (
        _one_has_died,
        "One of these records says that this person has died, and the other does not. Ask the family's"
        " practitioner, and put that right first.",
    ),
    (
        _traced_apart,
        "Both NHS numbers were traced and verified, and they differ: these are two people, or one number is wrong.",
    ),
    (_kept_apart, "These two are to be kept apart: a caution says so. They are two people."),
)


def why_not_one_family(kept: HeldFamily, merged: HeldFamily) -> str:
    """'' when the two families may be made one; else why not."""
    return next((why for holds, why in FAMILY_REFUSALS if holds(kept, merged)), "")


def _same_family(kept: HeldFamily, merged: HeldFamily) -> bool:
    return kept.id == merged.id


def _family_out_of_sight(kept: HeldFamily, merged: HeldFamily) -> bool:
    return not (kept.live and merged.live)


def _would_open_a_restricted_one(kept: HeldFamily, merged: HeldFamily) -> bool:
    return merged.restricted and not kept.restricted


def _on_the_move(kept: HeldFamily, merged: HeldFamily) -> bool:
    return kept.moving or merged.moving


def _brought_up_elsewhere(kept: HeldFamily, merged: HeldFamily) -> bool:
    return bool(kept.relationships & BRINGING_UP_ELSEWHERE) != bool(
        merged.relationships & BRINGING_UP_ELSEWHERE
    )


def _people_kept_apart(kept: HeldFamily, merged: HeldFamily) -> bool:
    return merged.id in kept.kept_from or kept.id in merged.kept_from


FAMILY_REFUSALS = (
    (_same_family, "This is one and the same family."),
    (_family_out_of_sight, "One of these records is not in use any more."),
    (_would_open_a_restricted_one, "One of these families is restricted. Keep the restricted record."),
    (
        _on_the_move,
        "One of these families is being moved to another site. Wait until the move and its hand-over are over.",
    ),
    (
        _brought_up_elsewhere,
        "In one of these families a foster, kinship or adoptive carer brings the child up, in the other not."
        " The notes of two families never join: leave both records, and ask information governance.",
    ),
    (
        _people_kept_apart,
        "A caution keeps somebody of one of these families apart from somebody of the other. Leave both records,"
        " or see first whether the caution still holds.",
    ),
)
