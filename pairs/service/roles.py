"""What each role may do at the site where it is held: the one table of roles and permissions."""

from django.db.models import TextChoices

# Permission on a Site → what it lets a person do there. They are object permissions (django-guardian):
# nobody holds one for the whole country.
PERMISSIONS = {
    "make_referrals": "refer a family and follow the referral",
    "triage_referrals": "read new referrals and decide what happens next",
    "read_families": "open the records of families at the site",
    "write_records": "write in those records: care contacts, measures, plans, endings",
    "register_people": "correct names, dates and addresses; register a birth",
    "supervise": "review caseloads and record supervision",
    "support_families": "be linked to families as a peer supporter",
    "read_reports": "ask for reports and read them: numbers, never names",
    "open_in_emergency": "read a record they have no access to, in an emergency, for a short time",
    "govern_records": "see the access log, sealed copies and restricted families",
    "manage_accounts": "create accounts and maintain code lists; cannot read notes",
}


class Role(TextChoices):
    """What somebody is at a site."""

    PRACTITIONER = "practitioner", "Practitioner"
    TRAINEE = "trainee", "Trainee"
    SUPERVISOR = "supervisor", "Supervisor"
    DUTY = "duty", "Duty"
    REFERRER = "referrer", "Referrer"
    PEER_SUPPORTER = "peer_supporter", "Peer supporter"
    MANAGER = "manager", "Manager"
    GOVERNANCE = "governance", "Information governance lead"
    ADMINISTRATOR = "administrator", "System administrator"


ROLE_PERMISSIONS: dict[str, set[str]] = {
    Role.PRACTITIONER: {"read_families", "write_records", "register_people", "open_in_emergency"},
    # A trainee does a practitioner's work; what they sign is countersigned (interventions.episodes.contact_rules).
    Role.TRAINEE: {"read_families", "write_records", "register_people"},
    Role.SUPERVISOR: {
        "read_families",
        "write_records",
        "register_people",
        "triage_referrals",
        "supervise",
        "open_in_emergency",
    },
    Role.DUTY: {"triage_referrals", "read_families", "register_people", "open_in_emergency"},
    Role.REFERRER: {"make_referrals"},
    Role.PEER_SUPPORTER: {"support_families"},
    Role.MANAGER: {"read_reports"},
    Role.GOVERNANCE: {"govern_records"},
    Role.ADMINISTRATOR: {"manage_accounts"},
}

# Permission on a Family → what it lets a person do with it: object permissions as well, written by grants alone.
FAMILY_PERMISSIONS = {
    "read_families": "open the records of this family",
    "write_records": "write in the records of this family",
    "support_families": "be linked to this family as a peer supporter",
}


class GrantPurpose(TextChoices):
    """Why one person was given access to one family beyond their sites."""

    CARE = "care", "Direct care"
    THOUGHT = "thought", "Thinking together"
    CO_WORK = "co_work", "Co-work"
    PEER_SUPPORT = "peer_support", "Peer support"
    EMERGENCY = "emergency", "Emergency access"


# What access to one family, given to one person beyond their sites, lets them do in its records: purpose →
# permissions. A grant takes effect only for somebody who holds the permission at some site.
GRANT_PERMISSIONS: dict[str, set[str]] = {
    GrantPurpose.CARE: {"read_families"},
    GrantPurpose.THOUGHT: {"read_families"},
    GrantPurpose.CO_WORK: {"read_families", "write_records"},
    GrantPurpose.PEER_SUPPORT: {"support_families"},
    GrantPurpose.EMERGENCY: {"read_families"},
}
# Of these, what a request that may write does not see: whoever gave it to themselves reads, and changes nothing.
READ_ONLY_PURPOSES = {GrantPurpose.EMERGENCY}
# Of these, what opens a restricted family: somebody thought of the restriction when they gave it.
RESTRICTED_ACCESS_PURPOSES = {GrantPurpose.CARE, GrantPurpose.PEER_SUPPORT}


def get_role_name(code: str) -> str:
    """The role as people say it."""
    return Role(code).label


def get_purpose_permissions(purpose: str) -> set[str]:
    """The permissions (codenames on Family) that a grant carries; none for a purpose that is no more."""
    return GRANT_PERMISSIONS.get(purpose, set())


def get_role_permissions(code: str) -> set[str]:
    """The permissions (codenames on Site) that the role carries."""
    return ROLE_PERMISSIONS[code]
