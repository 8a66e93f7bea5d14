"""Choices of referral: statuses, responses, grounds of permission, groupings, meeting places."""

STATUSES = [
    ("received", "Received"),
    ("read", "Read"),
    ("more_asked", "More asked for"),
    ("accepted", "Accepted"),
    ("consultation", "Consultation"),
    ("not_accepted", "Not for us now"),
    ("withdrawn", "Withdrawn"),
]
RESPONSES = [
    ("direct", "Direct work"),
    ("joint", "Joint working"),
    ("consultation", "Consultation"),
    ("none", "Not for us now"),
]
PERMISSION_BASES = [
    ("parent_agrees", "The parent agrees to this referral"),
    ("lawful_basis", "There is a lawful basis without the parent's agreement"),
]
# i-THRIVE needs-based groupings, as the service uses them (provisional at triage).
THRIVE_GROUPINGS = [
    ("advice", "Getting Advice"),
    ("help", "Getting Help"),
    ("more_help", "Getting More Help"),
    ("risk_support", "Getting Risk Support"),
    ("thriving", "Thriving"),
]
PREFERRED_PLACES = [
    ("", "No preference"),
    ("home", "At home"),
    ("hub", "Family hub"),
    ("phone", "By phone"),
    ("video", "By video"),
]
# Who asks, in plain words. The national staff-group codes could not be verified and are not guessed.
PROFESSIONAL_GROUPS = [
    ("health_visitor", "Health visitor"),
    ("midwife", "Midwife"),
    ("gp", "GP or practice nurse"),
    ("neonatal", "Neonatal team"),
    ("paediatrics", "Paediatrics"),
    ("mental_health", "Mental health"),
    ("social_worker", "Social worker"),
    ("early_years", "Nursery or early years"),
    ("family_hub", "Family hub"),
    ("voluntary", "Voluntary sector"),
    ("other", "Another profession"),
]
# NHS Data Dictionary, source of referral for mental health: those whose label is verified and who send families
# of babies. Anybody else is M6.
SOURCES = [
    ("A1", "GP practice"),
    ("A2", "Health visitor"),
    ("A3", "Other primary health care"),
    ("A4", "Maternity service"),
    ("B1", "Self"),
    ("B2", "Carer or relative"),
    ("C1", "Social services"),
    ("C2", "Education service, nursery included"),
    ("C3", "Housing service"),
    ("E1", "Police"),
    ("E2", "Courts"),
    ("E3", "Probation service"),
    ("F2", "Hospital paediatrics"),
    ("F3", "Community paediatrics"),
    ("G3", "Other independent sector mental health"),
    ("G4", "Voluntary sector"),
    ("H1", "Emergency department"),
    ("H2", "Other hospital specialty"),
    ("M1", "Asylum services"),
    ("M3", "Out of area agency"),
    ("M6", "Other service or agency"),
    ("M7", "Single point of access"),
    ("N3", "NHS Talking Therapies"),
    ("P1", "Internal referral"),
]
REPLY_TO = [("referrer", "The referrer"), ("family", "The family")]
REPLY_ABOUT = [("answer", "The answer"), ("question", "A question"), ("withdrawn", "The withdrawal")]
REPLY_WAYS = [
    ("letter", "Letter"),
    ("email", "E-mail with the reference alone"),
    ("phone", "Told on the phone"),
    ("in_person", "Told in person"),
    ("none", "No reply to them"),
]
WITHDRAWN_BY = [
    ("family", "The family"),
    ("referrer", "Whoever referred"),
    ("service", "Nobody; we close it for another reason"),
]
FAMILY_KNOWS = [
    ("told", "Yes, I have told them"),
    ("tell", "No; please tell them"),
    ("unsafe", "No, and it is not safe to tell them"),
]
MATCH_ANSWERS = [("same", "The same person"), ("different", "Not the same"), ("asked", "The hub will check")]
CONSULTATION_STATUSES = [
    ("asked", "Asked for"),
    ("arranged", "Arranged"),
    ("held", "Held"),
    ("withdrawn", "Withdrawn"),
]
CONSULTATION_OUTCOMES = [
    ("advice", "Thought about together"),
    ("joint", "A visit together"),
    ("referral", "A referral to us"),
    ("elsewhere", "Help from somebody else"),
]
DECIDED_STATUSES = {"accepted", "consultation", "not_accepted", "withdrawn"}


# The status each response leads to.
STATUS_BY_RESPONSE = {
    "direct": "accepted",
    "joint": "accepted",
    "consultation": "consultation",
    "none": "not_accepted",
}


def get_source_group(code: str) -> str:
    """The NHS Data Dictionary group of a source of referral, by its first letter."""
    groups = {
        "A": "Primary health care", "B": "Self or carer", "C": "Local authority", "D": "Employer", "E": "Justice",
        "F": "Child health", "G": "Independent or voluntary", "H": "Acute", "I": "Other mental health trust",
    }  # fmt: skip
    return groups.get(code[:1], "Other")
