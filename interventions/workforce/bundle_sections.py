"""How changes of lead enter a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

BUNDLE_SECTIONS = (
    BundleSection("workforce.LeadChange", "Changes of lead", on="since", about=("episode__focus",)),
)
