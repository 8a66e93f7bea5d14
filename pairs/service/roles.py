"""What each role may do at the site where it is held: the one table of roles and permissions."""

# Permission on a Site → what it lets a person do there. They are object permissions (django-guardian):
# nobody holds one for the whole country.
PERMISSIONS = {
    "make_referrals": "refer a family and follow the referral",
    "triage_referrals": "read new referrals and decide what happens next",
    "read_families": "open the records of families held at the site",
    "write_records": "write in those records: care contacts, measures, plans, endings",
    "register_people": "correct names, dates and addresses; register a birth",
    "supervise": "review caseloads and record supervision",
    "support_families": "be linked to families as a peer supporter",
    "read_reports": "ask for reports and read them: numbers, never names",
    "govern_records": "see who looked, sealed copies and restricted families",
    "manage_accounts": "create accounts and hold code lists; read no notes",
}

ROLES = {
    "practitioner": ("Practitioner", {"read_families", "write_records", "register_people"}),
    # A trainee does a practitioner's work; what they sign is countersigned (interventions.episodes.contact_rules).
    "trainee": ("Trainee", {"read_families", "write_records", "register_people"}),
    "supervisor": (
        "Supervisor",
        {"read_families", "write_records", "register_people", "triage_referrals", "supervise"},
    ),
    "duty": ("Duty", {"triage_referrals", "read_families", "register_people"}),
    "referrer": ("Referrer", {"make_referrals"}),
    "peer_supporter": ("Peer supporter", {"support_families"}),
    "manager": ("Manager", {"read_reports"}),
    "governance": ("Information governance lead", {"govern_records"}),
    "administrator": ("System administrator", {"manage_accounts"}),
}

# Permission on a Family → what it lets a person do with it: object permissions as well, written by grants alone.
FAMILY_PERMISSIONS = {
    "read_families": "open the records of this family",
    "write_records": "write in the records of this family",
    "support_families": "be linked to this family as a peer supporter",
}

# What access to one family, given to one person beyond their sites, lets them do in its records: purpose → words
# and permissions. A grant takes effect only for somebody who holds the permission at some site.
GRANT_PURPOSES = {
    "care": ("Direct care", {"read_families"}),
    "thought": ("Thinking together", {"read_families"}),
    "co_work": ("Co-work", {"read_families", "write_records"}),
    "peer_support": ("Peer support", {"support_families"}),
}
# Of these, what opens a restricted family: somebody thought of the restriction when they gave it.
RESTRICTED_ACCESS_PURPOSES = {"care", "peer_support"}


def get_role_name(code: str) -> str:
    """The role as people say it."""
    return ROLES[code][0]


def get_purpose_permissions(purpose: str) -> set[str]:
    """The permissions (codenames on Family) that a grant carries; none for a purpose that is no more."""
    _, permissions = GRANT_PURPOSES.get(purpose, ("", set()))
    return permissions


def get_role_permissions(code: str) -> set[str]:
    """The permissions (codenames on Site) that the role carries."""
    return ROLES[code][1]
