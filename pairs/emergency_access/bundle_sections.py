"""How emergency access enters a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

BUNDLE_SECTIONS = (
    BundleSection(
        "emergency_access.EmergencyAccess", "Emergency access", in_confidence=True, governance_only=True
    ),
)
