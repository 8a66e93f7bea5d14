"""How groups enter a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

BUNDLE_SECTIONS = (
    BundleSection(
        "groups.GroupPlace", "Groups", on="joined_on", about=("people__infant", "people__caregiver")
    ),
)
NOT_IN_BUNDLE = {"groups.GroupNote": "a note about a group as a whole, which names no one"}
