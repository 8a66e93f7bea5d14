"""How the tables of the village enter a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

BUNDLE_SECTIONS = (
    BundleSection(
        "village.VillageMember", "People around the child", on="since", about=("infant",), in_confidence=True
    ),
    BundleSection("village.SharingAgreement", "Agreements to share", on="agreed_on", mentions=("agreed_by",)),
    BundleSection(
        "village.DisclosureLimit",
        "Limits on sharing",
        on="since",
        about=("infant", "caregiver"),
        mentions=("not_to_caregiver",),
        in_confidence=True,
    ),
    BundleSection("village.Letter", "Letters", on="signed_at", about=("about", "to_caregiver")),
    BundleSection(
        "village.LetterPart", "Parts of letters", on="signed_at", about=("caregiver", "letter__about")
    ),
)
NOT_IN_BUNDLE: dict[str, str] = {}
