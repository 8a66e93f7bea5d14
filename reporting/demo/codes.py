"""The service's concerns and ways of working, for as long as no room has laid its own list."""

# code, in the family's voice, in the professional's
CONCERNS = [
    ("bond", "I don't feel close to my baby", "Bond or closeness"),
    ("cues", "I can't tell what my baby wants", "Reading the baby's cues"),
    ("birth", "The birth is still with me", "Frightening or traumatic birth"),
    ("loss", "We lost a baby before", "Loss before or in this pregnancy"),
    ("own-childhood", "My own childhood gets in the way", "Parent's own early experience"),
    ("mood", "I feel low or worried", "Parent's low mood or anxiety"),
    ("crying-sleep-feeding", "Crying, sleep or feeding is hard", "Crying, sleep or feeding"),
    ("apart", "We have had to be apart", "Separation, neonatal care included"),
]
# code, name, shape
INTERVENTIONS = [
    ("vig", "Video Interaction Guidance", "cycles"),
    ("parent-infant-psychotherapy", "Parent-infant psychotherapy", "open"),
    ("watch-wait-wonder", "Watch, Wait and Wonder", "sessions"),
    ("baby-massage", "Baby massage", "group"),
    ("relationship-support", "Relationship-based support at home", "open"),
]
