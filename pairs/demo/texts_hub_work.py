"""Words of the demo's consultations without a request, its training and its outreach. All made up."""

# who asked (name, group, organisation), came by, about, thoughts, agreed, minutes, others (group, organisation)
LOGGED_CONSULTATIONS = [
    (
        ("Mel Example", "midwife", "Example Maternity"),
        "drop_in",
        "A mother who says that her baby does not like her.",
        "What the baby may be showing when he turns away, and what she may see in it.",
        "Mel asks what feeding is like, and comes back to the next clinic.",
        25,
        [("health_visitor", "Example Health Visiting")],
    ),
    (
        ("Noor Example", "early_years", "Example Nursery"),
        "drop_in",
        "A child of two who does not cry when she is left.",
        "Goodbyes and reunions, and one person who is there for both.",
        "The nursery names a key person and tells the parents why.",
        30,
        [("early_years", "Example Nursery"), ("family_hub", "Example Family Hub")],
    ),
    (
        ("Sam Example", "social_worker", "Example Council"),
        "phone",
        "Whether contact twice a week is too much for a baby of four months.",
        "What the baby needs before and after; who holds him in between.",
        "Sam keeps a diary of the days with the foster carer.",
        20,
        [],
    ),
    (
        ("Gita Example", "gp", "Example Surgery"),
        "phone",
        "A father who comes every week with a baby who is well.",
        "What worries him; that he is the one who comes.",
        "Gita asks him how he is, and offers our leaflet.",
        15,
        [],
    ),
]
HAPPENED_NEXT = "The nursery says that she now cries, and is comforted by her key person."
FEEDBACK_WORDS = "I had only seen the mother. Now I look at the baby first."

FIRST_NAMES = (
    "Abi", "Bea", "Cal", "Dee", "Eli", "Fay", "Gus", "Hal", "Ivy", "Jas", "Kit", "Lou", "May", "Ned", "Oz", "Pia",
)  # fmt: skip
# group, level, organisation, district: attendees take them in turn
ATTENDEES = [
    ("health_visitor", "universal", "Example Health Visiting", "blackburn-with-darwen"),
    ("midwife", "universal", "Example Maternity", "blackburn-with-darwen"),
    ("early_years", "early_years", "Example Nursery", "hyndburn"),
    ("social_worker", "social_care", "Example Council", "blackburn-with-darwen"),
    ("health_visitor", "universal", "Example Health Visiting", "hyndburn"),
    ("mental_health", "cyp_mental_health", "Example Young Minds", "blackpool"),
    ("gp", "family_facing", "Example Surgery", "blackpool"),
    ("health_visitor", "enhanced", "Example Health Visiting", "blackpool"),
]
# name, who trains, topics, people, sessions as weeks ago (below nought: to come)
PROGRAMMES = [
    (
        "Babies and their relationships: a first day",
        "hub",
        ("attachment", "attachment-security"),
        14,
        (20, 19),
    ),
    ("Ghosts in the nursery, two mornings", "blackburn", ("ghosts-in-the-nursery",), 9, (8, 7)),
    ("Families in distress: holding and being held", "hyndburn", ("families-in-distress",), 7, (2, -3)),
]
# district, group, number: made up, as its source says
WORKFORCE = [
    ("blackburn-with-darwen", "universal", 62),
    ("blackburn-with-darwen", "social_care", 48),
    ("hyndburn", "universal", 31),
    ("blackpool", "enhanced", 4),
]
WORKFORCE_SOURCE = "Made up for this demo"
# site, who leads, community, venue, partner, weeks ago, parents, children, heard
OUTREACH = [
    (
        "blackburn-with-darwen",
        "blackburn",
        "Families in temporary accommodation",
        "Example House",
        "Example Housing",
        9,
        7,
        11,
        "There is nowhere to put a baby down. People want to be asked about that first.",
    ),
    (
        "blackburn-with-darwen",
        "blackburn",
        "Young parents",
        "Example Youth Centre",
        "Example Young Parents",
        3,
        5,
        6,
        "They expect to be judged. A film of a baby who plays was what they talked about.",
    ),
    (
        "hyndburn",
        "hyndburn",
        "Women who have just come to England",
        "Example Community Centre",
        "Example Sisters",
        5,
        12,
        9,
        "Word comes from a neighbour, and never from a leaflet.",
    ),
]
