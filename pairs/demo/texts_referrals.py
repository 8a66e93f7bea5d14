"""Words around made-up referrals: what everybody hears, what is added later, who else asks, what is thought about."""

# By what became of it: to whoever referred, to the family.
ANSWERS = {
    "accepted": (
        "Thank you for referring. We will work with the family, and will contact them to offer a first appointment.",
        "Thank you for letting us hear from you. We would like to meet you, and will contact you to find a good time.",
    ),
    "consultation": (
        "Thank you. We would like to think about this with you first, and will ring to arrange a time.",
        "We have talked with the person who referred you. They stay beside you, and we help them think.",
    ),
    "not_accepted": (
        "Thank you. This is not for us at the moment; we have told the family where to turn instead.",
        "Thank you for asking. Somebody else can help better with this now. You can come back to us at any time.",
    ),
    "withdrawn": (
        "The family would rather not go on with this now. You can refer again at any time.",
        "As you asked, we have put this aside. You can come back to us at any time.",
    ),
}
QUESTION = "We would like to know a little more before we decide. When is a good time to ring you?"
REOPENED = "They rang: things have changed, and they would like to meet us after all."
NOT_TOLD = (
    "The parent does not know of the referral; the social worker tells them first (example).",
    "No safe way to reach them is known yet (example).",
)
ADDED = (
    "The parent knows, and is glad. Grandmother lives with them and helps at night.",
    "The best person to ring is the mother, after ten.",
    "They have moved in with an aunt for now; the phone number stays.",
)
# Professionals without an account: name, role, group, organisation, NHS source of referral.
ASKERS = (
    ("Rhona Specimen", "Neonatal nurse", "neonatal", "Example Hospitals Trust", "F2"),
    ("Silas Trialston", "Nursery manager", "early_years", "Sample Nursery", "C2"),
    ("Tamsin Mockridge", "Family hub worker", "family_hub", "Example Council", "M6"),
    ("Umar Draftley", "Charity worker", "voluntary", "Families Together (example)", "G4"),
)
HELPERS = (("Vera Sampleby", "Aunt"), ("Wilf Demowood", "Friend"), ("Xenia Testlake", "Peer supporter"))
# Named or not, what they would like to think about, who it is.
CONSULTATIONS = (
    ("asked", False, "A toddler who goes to anybody at nursery. What may he be telling us?", ""),
    (
        "asked",
        True,
        "A mother who cannot bear the crying, and is ashamed of it.",
        "The Sampleby family (example)",
    ),
    ("arranged", False, "Twins, and only one of them is talked about.", ""),
    ("arranged", True, "A father who stays in the doorway when I visit.", "The Mockridge family (example)"),
    ("held", False, "How to speak about feeding when every visit has become about weight.", ""),
    ("held", True, "A baby who looks away, and parents who are very tired.", "The Specimen family (example)"),
    ("withdrawn", False, "A family that has moved on since.", ""),
)
THOUGHTS = "We thought about the baby's side of it, and about one small thing to try on the next visit."
CONSULTATION_WITHDRAWN = "They have moved away; nothing more is asked of us."
