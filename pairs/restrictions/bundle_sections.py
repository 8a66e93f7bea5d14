"""How the tables of restricted records enter a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

BUNDLE_SECTIONS = (
    BundleSection(
        "restrictions.FamilyRestriction",
        "Restrictions of the record",
        in_confidence=True,
        governance_only=True,
    ),
)
NOT_IN_BUNDLE = {"restrictions.OwnRecordAnswer": "what a member of staff said of whom they know"}
