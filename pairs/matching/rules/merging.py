"""Which records may become one, and which never: said of what is known about the two, in words for people."""

from dataclasses import dataclass, field
from uuid import UUID

from pairs.families.choices import Relationship

# Relationships of a child who lives away from the birth family: notes of the two families never join.
ALTERNATIVE_CARE_RELATIONSHIPS = {
    Relationship.FOSTER_CARER,
    Relationship.KINSHIP_CARER,
    Relationship.ADOPTIVE_PARENT,
}
BORN_TOGETHER = (
    "These babies are recorded as born together: twins are two people, each with a record. If it is one "
    "baby recorded twice, first record on the baby’s page that they were not born together."
)
STATUS_TRACED = "01"  # NHS Data Dictionary, NHS number status: number present and verified


@dataclass(frozen=True)
class PersonMergeFacts:
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
class FamilyMergeFacts:
    """What the rules ask of one record of a family."""

    id: UUID
    live: bool = True
    restricted: bool = False
    moving: bool = False
    relationships: frozenset[str] = field(default_factory=frozenset)
    kept_from: frozenset[UUID] = field(
        default_factory=frozenset
    )  # families of whom its people are kept apart


def find_person_merge_error(kept: PersonMergeFacts, merged: PersonMergeFacts) -> str:
    """'' when the two records may be made one; else why not."""
    return next((why for holds, why in PERSON_REFUSALS if holds(kept, merged)), "")


def _is_same_record(kept: PersonMergeFacts, merged: PersonMergeFacts) -> bool:
    return kept.id == merged.id


def _is_baby_and_carer(kept: PersonMergeFacts, merged: PersonMergeFacts) -> bool:
    return kept.kind != merged.kind


def _is_either_hidden(kept: PersonMergeFacts, merged: PersonMergeFacts) -> bool:
    return not (kept.live and merged.live)


def _was_carried_together(kept: PersonMergeFacts, merged: PersonMergeFacts) -> bool:
    return kept.pregnancy is not None and kept.pregnancy == merged.pregnancy


def _has_only_one_died(kept: PersonMergeFacts, merged: PersonMergeFacts) -> bool:
    return kept.died != merged.died


def _has_two_traced_numbers(kept: PersonMergeFacts, merged: PersonMergeFacts) -> bool:
    traced = kept.nhs_number_status == merged.nhs_number_status == STATUS_TRACED
    return traced and kept.nhs_number != merged.nhs_number


def _must_be_kept_apart(kept: PersonMergeFacts, merged: PersonMergeFacts) -> bool:
    return merged.id in kept.kept_apart or kept.id in merged.kept_apart


PERSON_REFUSALS = (
    (_is_same_record, "These are the same record."),
    (_is_baby_and_carer, "A baby and a carer cannot be the same person."),
    (_is_either_hidden, "One of these records is no longer in use."),
    (_was_carried_together, BORN_TOGETHER),
    (
        _has_only_one_died,
        "One of these records says that this person has died, and the other does not. Ask the family's "
        "practitioner, and correct that first.",
    ),
    (
        _has_two_traced_numbers,
        "Both NHS numbers were traced and verified, and they differ: they are two people, or one number is wrong.",
    ),
    (
        _must_be_kept_apart,
        "A caution says that these two must be kept apart, so they are two different people.",
    ),
)


def find_family_merge_error(kept: FamilyMergeFacts, merged: FamilyMergeFacts) -> str:
    """'' when the two families may be made one; else why not."""
    return next((why for holds, why in FAMILY_REFUSALS if holds(kept, merged)), "")


def _is_same_family(kept: FamilyMergeFacts, merged: FamilyMergeFacts) -> bool:
    return kept.id == merged.id


def _is_either_family_hidden(kept: FamilyMergeFacts, merged: FamilyMergeFacts) -> bool:
    return not (kept.live and merged.live)


def _should_keep_restricted_record(kept: FamilyMergeFacts, merged: FamilyMergeFacts) -> bool:
    return merged.restricted and not kept.restricted


def _is_being_moved(kept: FamilyMergeFacts, merged: FamilyMergeFacts) -> bool:
    return kept.moving or merged.moving


def _is_brought_up_elsewhere(kept: FamilyMergeFacts, merged: FamilyMergeFacts) -> bool:
    return bool(kept.relationships & ALTERNATIVE_CARE_RELATIONSHIPS) != bool(
        merged.relationships & ALTERNATIVE_CARE_RELATIONSHIPS
    )


def _has_people_kept_apart(kept: FamilyMergeFacts, merged: FamilyMergeFacts) -> bool:
    return merged.id in kept.kept_from or kept.id in merged.kept_from


FAMILY_REFUSALS = (
    (_is_same_family, "These are the same family."),
    (_is_either_family_hidden, "One of these records is no longer in use."),
    (_should_keep_restricted_record, "One of these families is restricted. Keep the restricted record."),
    (
        _is_being_moved,
        "One of these families is being moved to another site. Wait until the move and handover are complete.",
    ),
    (
        _is_brought_up_elsewhere,
        "A foster, kinship or adoptive carer brings the child up in only one of these families. Their "
        "notes must stay separate: leave both records, and ask information governance.",
    ),
    (
        _has_people_kept_apart,
        "A caution keeps someone in one of these families apart from someone in the other. Leave both "
        "records, or first check whether the caution still applies.",
    ),
)
