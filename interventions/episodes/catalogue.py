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
