"""How supervision enters a copy of what is held about one person: what was decided about the family."""

from pairs.service.bundle_sections import BundleSection

BUNDLE_SECTIONS = (
    BundleSection(
        "supervision.CaseDecision", "Decided in supervision", on="session__held_on", in_confidence=True
    ),
)
