"""What made-up families and their practitioners say about what stands around them."""

from pairs.safeguarding.rules import ConcernDecision, FamilyTold

COMMUNICATION = (
    "Large print, please",
    "British Sign Language interpreter",
    "Texts in plain words",
    "Lip-reads",
)
ACCESS = ("No stairs: ground floor, or a lift", "A quiet room", "Room for a wheelchair and a pram")
DISABILITY = ("Hearing loss", "Chronic pain", "Dyslexia", "Type 1 diabetes")

# kind, role, organisation, closeness
PROFESSIONALS = (
    ("Health visitor", "Example Health Visiting Team", 2),
    ("Midwife", "Example Maternity Team", 2),
    ("GP", "Example Surgery", 3),
    ("Social worker", "Example Children’s Services", 2),
    ("Key person", "Example Nursery", 1),
)
KIN = (("Grandmother", 1), ("Grandfather", 2), ("Aunt", 2), ("Great-aunt", 3))
COMMUNITY = (
    ("Baby group leader", "Example Family Hub"),
    ("Imam", "Example Mosque"),
    ("Vicar", "Example Church"),
)
AGENCY = "Example Housing Association"
WITHDRAWN = "They would rather tell the nursery themselves."
NOT_TO = "Former partner (example)"
NOT_TOLD_WHY = "They asked us not to: a former partner has turned up before."

SOCIAL_WORKER = "Sam Example"
SOCIAL_WORKER_OF = "Example Council, family support team"
SOCIAL_WORKER_PHONE = "01632 960123"
STATUS_NOTE = "The plan is reviewed with the family and the nursery."
CONCERNS = (
    {
        "what": "There was no food in the house for the older child, and the parent had not eaten since yesterday.",
        "told": "The duty social worker, by telephone, on the same day.",
        "decision": ConcernDecision.REFERRED,
        "why": "The family needs practical help this week that we cannot give alone.",
        "family_told": FamilyTold.AGREED,
        "without_agreement": "",
    },
    {
        "what": "A parent said that an argument at home had frightened the baby.",
        "told": "The supervisor, on the same day.",
        "decision": ConcernDecision.SUPERVISION,
        "why": "Nobody was hurt. Talked through with the supervisor: we see them again on Thursday and ask.",
        "family_told": FamilyTold.AGREED,
        "without_agreement": "",
    },
    {
        "what": "A bruise on the cheek of a baby who does not move about yet.",
        "told": "The duty social worker and the paediatrician on call, within the hour.",
        "decision": ConcernDecision.REFERRED,
        "why": "A bruise in a baby who does not crawl is always looked into.",
        "family_told": FamilyTold.KNOWS,
        "without_agreement": "The baby’s safety could not wait until they agreed.",
    },
)
OUTCOME = "An assessment has begun. The social worker visits this week and will call us after."
CHALLENGE = "We were told that nothing would be done. We think the baby should be seen, and have said so."
CHALLENGED = "The team manager on duty (example)"
NOTE = "The parent rang to say that the food parcel had come."
APART = "An order says that the two do not meet."
APART_ORDER = "Non-molestation order (example)"
APART_DO = "Book on different days. Do not give one the other’s times."
LONE = "There is a large dog that is not used to visitors."
LONE_DO = "Ring from the gate and wait until it is shut away."
CHILDREN = ("Robin", "Ashley", "Charlie", "Frankie")
SCHOOL = "Example Primary School"
LETTER_PROGRESS = "We have met weekly. They tell us that bedtimes have become calmer, and we can see it."


def swap_letters(name: str) -> str:
    """The name with two of its letters exchanged, as hurried fingers do."""
    return name[:2] + name[3] + name[2] + name[4:] if len(name) > 3 else name
