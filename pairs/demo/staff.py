"""Who works in the demo: those who can sign in, and colleagues who carry the rest of the work. A table, no database."""

PASSWORD = "demo-pairs-2026"
STAFFED = ("blackpool", "blackburn-with-darwen", "hyndburn")
FAMILIES_PER_COLLEAGUE = 300

# username: (display name, profession, [(role, site)], team)
CAST = {
    "hub": ("Hana Hub", "Parent-infant psychotherapist", [("practitioner", "blackpool")], None),
    "blackburn": ("Bilal Blackburn", "Parent-infant practitioner", [("practitioner", STAFFED[1])], None),
    "trainee": ("Tess Trainee", "Trainee parent-infant practitioner", [("trainee", STAFFED[1])], None),
    "hyndburn": ("Hettie Hyndburn", "Parent-infant practitioner", [("practitioner", "hyndburn")], None),
    "supervisor": ("Sunita Supervisor", "Clinical lead", [("supervisor", site) for site in STAFFED], None),
    "duty": ("Dermot Duty", "Duty clinician", [("duty", site) for site in STAFFED], None),
    "healthvisitor": ("Helen Visitor", "Health visitor", [("referrer", "blackpool")], "east"),
    "healthvisitor2": ("Harvey Visitor", "Health visitor", [("referrer", "blackpool")], "west"),
    "peer": ("Priya Peer", "Peer supporter", [("peer_supporter", STAFFED[1])], None),
    "manager": ("Mary Manager", "Service manager", [("manager", "blackpool")], None),
    "governance": (
        "Gwen Governance",
        "Information governance lead",
        [("governance", site) for site in STAFFED],
        None,
    ),
    "administrator": ("Ade Administrator", "System administrator", [("administrator", "blackpool")], None),
}
# code: (name, organisation, NHS source of referral)
TEAMS = {
    "east": ("East health visitors", "Example Community Trust", "A2"),
    "west": ("West health visitors", "Example Community Trust", "A2"),
    "coast": ("Coast health visitors", "Example Community Trust", "A2"),
    "maternity": ("Community midwives", "Example Hospitals Trust", "A4"),
    "practice": ("Sample Lane Surgery", "Sample Lane Surgery", "A1"),
    "children": ("Children and families", "Example Council", "C1"),
    "nursery": ("Demo Road Nursery", "Example Council", "C2"),
    "ward": ("Children's ward", "Example Hospitals Trust", "F2"),
    "paediatrics": ("Community paediatrics", "Example Community Trust", "F3"),
    "voluntary": ("Families Together (example)", "Families Together (example)", "G4"),
}
# The referrers besides the cast: username → (name, profession, team)
REFERRERS = {
    "visitor-1": ("Iona Modelford", "Health visitor", "coast"),
    "visitor-2": ("Jamal Testlake", "Health visitor", "coast"),
    "midwife": ("Kezia Exampleton", "Community midwife", "maternity"),
    "gp": ("Lorcan Demowood", "General practitioner", "practice"),
    "social-worker": ("Maeve Sampleby", "Social worker", "children"),
    "nursery-nurse": ("Nadia Mockridge", "Nursery nurse", "nursery"),
    "ward-sister": ("Osian Trialston", "Ward sister", "ward"),
    "paediatrician": ("Parveen Draftley", "Paediatrician", "paediatrics"),
    "family-worker": ("Quentin Specimen", "Family worker", "voluntary"),
}
COLLEAGUE_NAMES = (
    "Anwen Testlake",
    "Basma Exampleton",
    "Callum Demowood",
    "Dilys Sampleby",
    "Ehsan Mockridge",
    "Fern Trialston",
    "Gareth Draftley",
    "Husna Specimen",
)


def list_colleagues_at(site: str, families: int) -> list[str]:
    """Usernames of the site's practitioners who are not of the cast; more of them where there is more work."""
    count = max(2, families // FAMILIES_PER_COLLEAGUE)
    return [f"{site}-{number}" for number in range(1, count + 1)]


def list_colleagues(families: int) -> dict[str, tuple]:
    """Everybody who cannot sign in, as in CAST."""
    found = {
        username: (
            COLLEAGUE_NAMES[(number * len(STAFFED) + STAFFED.index(site)) % len(COLLEAGUE_NAMES)],
            "Parent-infant practitioner",
            [("practitioner", site)],
            None,
        )
        for site in STAFFED
        for number, username in enumerate(list_colleagues_at(site, families))
    }
    found["information-governance"] = (
        "Idris Trialston",
        "Information governance officer",
        [("governance", site) for site in STAFFED],
        None,
    )
    for username, (name, profession, team) in REFERRERS.items():
        found[username] = name, profession, [("referrer", "blackpool")], team
    return found


def list_referrers(source: str) -> list[str]:
    """Usernames of the other referrers whose teams have that NHS source of referral."""
    return [username for username, (*_, team) in REFERRERS.items() if TEAMS[team][2] == source]
