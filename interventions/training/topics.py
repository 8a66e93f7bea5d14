"""The topics that a new service starts with.

Source: the agreed pathway for parent-infant services of the North West Coast, section 4.5 (joint working,
consultation and training): topics to include, but not limited to.
"""

TOPIC_SOURCE = "North West Coast pathway for parent-infant services, section 4.5"
TOPICS = [
    ("attachment", "Attachment and bonding"),
    ("attachment-security", "Antecedents to attachment security (sensitive responsiveness, mentalization)"),
    ("ghosts-in-the-nursery", "Ghosts in the nursery"),
    ("perinatal-mental-health", "Perinatal mental health: opportunities and impacts"),
    ("complex-trauma", "Complex trauma and relationships: opportunities and impacts"),
    ("life-cycle", "Couple and family life cycle changes in the perinatal period"),
    ("neonatal-journeys", "Neonatal journeys"),
    ("families-in-distress", "Working with families in distress (containment and reciprocity)"),
]
