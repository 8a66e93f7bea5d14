"""The ways of working the service offers, in order. SNOMED codes are filled in locally, never guessed.

Source: the service's mission, feature 19 (the agreed pathway's list of interventions).
"""

# code, name, shape
CATALOGUE = [
    ("video-interaction-guidance", "Video Interaction Guidance", "cycles"),
    ("circle-of-security-8-individual", "Circle of Security, 8 to 10 sessions, individual", "sessions"),
    ("circle-of-security-8-group", "Circle of Security, 8 to 10 sessions, group", "group"),
    ("circle-of-security-20-individual", "Circle of Security, 20 sessions, individual", "sessions"),
    ("circle-of-security-20-group", "Circle of Security, 20 sessions, group", "group"),
    ("parent-infant-psychotherapy", "Parent-infant psychotherapy", "open"),
    ("watch-wait-and-wonder", "Watch, Wait and Wonder", "sessions"),
    ("vipp", "VIPP (video feedback for positive parenting)", "sessions"),
    ("vipp-sd", "VIPP-SD (with sensitive discipline)", "sessions"),
    ("nbo", "Newborn Behavioural Observations (NBO)", "sessions"),
    ("nbas", "Neonatal Behavioural Assessment Scale (NBAS)", "sessions"),
    ("mellow", "Mellow programmes", "group"),
    ("family-therapy", "Family therapy", "open"),
    ("mentalization-based", "Mentalization-based work", "open"),
    ("emdr", "Eye movement desensitisation and reprocessing (EMDR)", "sessions"),
    ("compassion-focused-therapy", "Compassion-focused therapy", "sessions"),
    ("behavioural-activation", "Behavioural activation", "sessions"),
    ("watch-me-play", "Watch Me Play", "sessions"),
    ("infant-massage", "Infant massage", "group"),
    ("psychoeducation", "Psychoeducation", "sessions"),
    ("peer-support", "Peer support", "open"),
]
OFFERED_FIRST = "video-interaction-guidance"

# What the agreed pathway says of them (its chapter on interventions): direct work, one family or a group, is for
# Getting Help and Getting More Help; peer support is valued at every level of need. Where it says nothing, neither
# do we: whoever keeps the list fills it in.
_DIRECT, _EVERYBODY = ["help", "more_help"], ["thriving", "advice", "help", "more_help", "risk_support"]
THRIVE = {
    "video-interaction-guidance": _DIRECT,
    "circle-of-security-8-individual": _DIRECT,
    "circle-of-security-8-group": _DIRECT,
    "circle-of-security-20-individual": _DIRECT,
    "circle-of-security-20-group": _DIRECT,
    "parent-infant-psychotherapy": _DIRECT,
    "watch-wait-and-wonder": _DIRECT,
    "vipp": _DIRECT,
    "vipp-sd": _DIRECT,
    "mellow": _DIRECT,
    "family-therapy": _DIRECT,
    "mentalization-based": _DIRECT,
    "watch-me-play": _DIRECT,
    "peer-support": _EVERYBODY,
}
# Sessions as the name itself says them, and whether it is for one family or a group.
SESSIONS = {
    "circle-of-security-8-individual": (8, 10),
    "circle-of-security-8-group": (8, 10),
    "circle-of-security-20-individual": (20, 20),
    "circle-of-security-20-group": (20, 20),
}
GIVEN = {
    "circle-of-security-8-individual": "individual",
    "circle-of-security-8-group": "group",
    "circle-of-security-20-individual": "individual",
    "circle-of-security-20-group": "group",
    "mellow": "group",
}


def facts_of(code):
    """The fields of one way of working that its source fills in."""
    few, many = SESSIONS.get(code, (None, None))
    return {
        "thrive": THRIVE.get(code, []),
        "given": GIVEN.get(code, ""),
        "sessions_from": few,
        "sessions_to": many,
    }
