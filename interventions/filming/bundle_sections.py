"""How films enter a copy of what is held about one person: that they were made, and with whose consent."""

from pairs.service.bundle_sections import BundleSection

BUNDLE_SECTIONS = (
    BundleSection(
        "filming.FilmCycle",
        "Films",
        on="filmed_on",
        about=("dyad",),
        mentions=("consent_by", "copy_given_to"),
    ),
)
