"""How the tables of retention enter a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

BUNDLE_SECTIONS = tuple(
    BundleSection(model, title, in_confidence=True, governance_only=True)
    for model, title in (
        ("retention.RetentionHold", "Holds of the record"),
        ("retention.RetentionDecision", "Decisions on keeping the record"),
    )
)
