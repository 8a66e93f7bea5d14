"""How the tables of families enter a copy of what is held about one person."""

from pairs.service.bundle_sections import SELF, BundleSection

PERSON = ("caregiver", "infant")
BUNDLE_SECTIONS = (
    BundleSection("families.Infant", "Baby’s details", about=(SELF,), mentions=("carried_by",)),
    BundleSection("families.Caregiver", "Carer’s details", about=(SELF,), without=("phone_keys",)),
    BundleSection("families.Dyad", "Relationships", on="since", about=(SELF,)),
    BundleSection("families.Address", "Addresses", on="since", about=PERSON),
    BundleSection("families.FamilyMove", "Moves between our teams", on="offered_at"),
    BundleSection("families.UndoneLoss", "Losses recorded in error", on="lost_on", about=("infant",)),
    BundleSection("families.RiskAlert", "Risk alerts", in_confidence=True),
    BundleSection("families.RiskAlertStep", "What was done about risk alerts", on="at", in_confidence=True),
    BundleSection(
        "families.Caution", "Cautions", on="since", about=PERSON, mentions=("kept_from",), in_confidence=True
    ),
)
NOT_IN_BUNDLE = {
    "families.Family": "whether few may open it, and why, is in its restrictions",
    "families.Adoption": "a sealed birth identity is read by one road alone (docs/adr/0069-subject-access.md)",
}
