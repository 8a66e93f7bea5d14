"""The families we hold: infants and caregivers, dyads, addresses, alerts and cautions, moves."""

from pairs.families.models.addresses import Address
from pairs.families.models.alerts import Caution, RiskAlert, RiskAlertStep, build_caution_kinds
from pairs.families.models.family import (
    Family,
    FamilyGrant,
    FamilyMove,
    Sequence,
    build_family_within_q,
    query_moving_families,
)
from pairs.families.models.life_events import Adoption, UndoneLoss
from pairs.families.models.people import (
    Caregiver,
    Dyad,
    ExclusionGroup,
    Infant,
    Person,
    build_bereaved_q,
    is_nhs_number_held,
)
from pairs.families.models.permissions import FamilyPermission

__all__ = [
    "Address",
    "Adoption",
    "Caregiver",
    "Caution",
    "Dyad",
    "ExclusionGroup",
    "Family",
    "FamilyGrant",
    "FamilyMove",
    "FamilyPermission",
    "Infant",
    "Person",
    "RiskAlert",
    "RiskAlertStep",
    "Sequence",
    "UndoneLoss",
    "build_bereaved_q",
    "build_caution_kinds",
    "build_family_within_q",
    "is_nhs_number_held",
    "query_moving_families",
]
