"""How the tables of safeguarding enter a copy of what is held about one person: each held for a decision."""

from pairs.service.bundle_sections import BundleSection

BUNDLE_SECTIONS = (
    BundleSection("safeguarding.HouseholdChild", "Other children at home", in_confidence=True),
    BundleSection(
        "safeguarding.SafeguardingStatus",
        "Safeguarding status",
        on="since",
        about=("infant", "caregiver"),
        in_confidence=True,
    ),
    BundleSection(
        "safeguarding.SafeguardingConcern",
        "Safeguarding concerns",
        on="noticed_on",
        about=("infant", "caregiver"),
        in_confidence=True,
    ),
    BundleSection(
        "safeguarding.ConcernStep",
        "What was done about safeguarding concerns",
        on="at",
        about=("concern__infant", "concern__caregiver"),
        in_confidence=True,
    ),
)
