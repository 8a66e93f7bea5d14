"""How work with others enters a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

BUNDLE_SECTIONS = (
    BundleSection(
        "collaboration.HubRequest",
        "Questions to the hub",
        on="asked_at",
        about=("episode__focus",),
        in_confidence=True,
    ),
    BundleSection(
        "collaboration.HubRequestStep",
        "Answers of the hub",
        on="at",
        about=("ask__episode__focus",),
        in_confidence=True,
    ),
    BundleSection("collaboration.JointWork", "Joint work", on="since", about=("episode__focus",)),
    BundleSection("collaboration.PeerSupport", "Peer support", on="linked_at", about=("caregiver",)),
    BundleSection(
        "collaboration.PeerLog",
        "Log of the peer supporter",
        on="day",
        about=("support__caregiver",),
        in_confidence=True,
    ),
)
