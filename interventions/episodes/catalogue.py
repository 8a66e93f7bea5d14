"""The interventions the service offers, in order. SNOMED codes are filled in locally, never guessed.

Source: the service's mission, feature 19 (the agreed pathway's list of interventions).
"""

from typing import Any

from interventions.episodes.rules import DeliveryFormat, InterventionShape

# code, name, shape
INTERVENTION_CATALOGUE = [
    ("video-interaction-guidance", "Video Interaction Guidance", InterventionShape.CYCLES),
    (
        "circle-of-security-8-individual",
        "Circle of Security, 8 to 10 sessions, individual",
        InterventionShape.SESSIONS,
    ),
    ("circle-of-security-8-group", "Circle of Security, 8 to 10 sessions, group", InterventionShape.GROUP),
    (
        "circle-of-security-20-individual",
        "Circle of Security, 20 sessions, individual",
        InterventionShape.SESSIONS,
    ),
    ("circle-of-security-20-group", "Circle of Security, 20 sessions, group", InterventionShape.GROUP),
    ("parent-infant-psychotherapy", "Parent-infant psychotherapy", InterventionShape.OPEN),
    ("watch-wait-and-wonder", "Watch, Wait and Wonder", InterventionShape.SESSIONS),
    ("vipp", "VIPP (video feedback for positive parenting)", InterventionShape.SESSIONS),
    ("vipp-sd", "VIPP-SD (with sensitive discipline)", InterventionShape.SESSIONS),
    ("nbo", "Newborn Behavioural Observations (NBO)", InterventionShape.SESSIONS),
    ("nbas", "Neonatal Behavioural Assessment Scale (NBAS)", InterventionShape.SESSIONS),
    ("mellow", "Mellow programmes", InterventionShape.GROUP),
    ("family-therapy", "Family therapy", InterventionShape.OPEN),
    ("mentalization-based", "Mentalization-based work", InterventionShape.OPEN),
    ("emdr", "Eye movement desensitisation and reprocessing (EMDR)", InterventionShape.SESSIONS),
    ("compassion-focused-therapy", "Compassion-focused therapy", InterventionShape.SESSIONS),
    ("behavioural-activation", "Behavioural activation", InterventionShape.SESSIONS),
    ("watch-me-play", "Watch Me Play", InterventionShape.SESSIONS),
    ("infant-massage", "Infant massage", InterventionShape.GROUP),
    ("psychoeducation", "Psychoeducation", InterventionShape.SESSIONS),
    ("peer-support", "Peer support", InterventionShape.OPEN),
]
DEFAULT_INTERVENTION = "video-interaction-guidance"

# From the agreed pathway (its chapter on interventions): direct work, one family or a group, is for
# Getting Help and Getting More Help; peer support is valued at every level of need. Where it is silent, the
# entry is left out, for the service to fill in.
_DIRECT_WORK_GROUPINGS, _ALL_GROUPINGS = (
    ["help", "more_help"],
    ["thriving", "advice", "help", "more_help", "risk_support"],
)
GROUPINGS_BY_CODE = {
    "video-interaction-guidance": _DIRECT_WORK_GROUPINGS,
    "circle-of-security-8-individual": _DIRECT_WORK_GROUPINGS,
    "circle-of-security-8-group": _DIRECT_WORK_GROUPINGS,
    "circle-of-security-20-individual": _DIRECT_WORK_GROUPINGS,
    "circle-of-security-20-group": _DIRECT_WORK_GROUPINGS,
    "parent-infant-psychotherapy": _DIRECT_WORK_GROUPINGS,
    "watch-wait-and-wonder": _DIRECT_WORK_GROUPINGS,
    "vipp": _DIRECT_WORK_GROUPINGS,
    "vipp-sd": _DIRECT_WORK_GROUPINGS,
    "mellow": _DIRECT_WORK_GROUPINGS,
    "family-therapy": _DIRECT_WORK_GROUPINGS,
    "mentalization-based": _DIRECT_WORK_GROUPINGS,
    "watch-me-play": _DIRECT_WORK_GROUPINGS,
    "peer-support": _ALL_GROUPINGS,
}
# Numbers of sessions, and individual or group, as given in the intervention's own name.
SESSION_COUNTS = {
    "circle-of-security-8-individual": (8, 10),
    "circle-of-security-8-group": (8, 10),
    "circle-of-security-20-individual": (20, 20),
    "circle-of-security-20-group": (20, 20),
}
DELIVERY_FORMATS = {
    "circle-of-security-8-individual": DeliveryFormat.INDIVIDUAL,
    "circle-of-security-8-group": DeliveryFormat.GROUP,
    "circle-of-security-20-individual": DeliveryFormat.INDIVIDUAL,
    "circle-of-security-20-group": DeliveryFormat.GROUP,
    "mellow": DeliveryFormat.GROUP,
}


def get_catalogue_facts(code: str) -> dict[str, Any]:
    """The fields of one intervention that the source gives."""
    few, many = SESSION_COUNTS.get(code, (None, None))
    return {
        "thrive": GROUPINGS_BY_CODE.get(code, []),
        "given": DELIVERY_FORMATS.get(code, ""),
        "sessions_from": few,
        "sessions_to": many,
    }
