"""How endings enter a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

IN_FOCUS = ("episode__focus",)
BUNDLE_SECTIONS = (
    BundleSection("endings.Ending", "Endings", on="ended_on", about=IN_FOCUS),
    BundleSection("endings.EndingPart", "What has changed", on="ending__ended_on", about=("dyad",)),
    BundleSection(
        "endings.HandoverItem",
        "Outstanding at the ending",
        on="ending__ended_on",
        about=("ending__episode__focus",),
    ),
    BundleSection("endings.Reopening", "Endings that were undone", on="reopened_at", about=IN_FOCUS),
    BundleSection("endings.Keepsake", "Keepsakes", on="ready_at", about=("dyad",)),
    BundleSection("endings.KeepsakeLine", "Lines of keepsakes", on="ready_at", about=("keepsake__dyad",)),
    BundleSection("endings.TransitionPlan", "Transitions at 2 and 5", on="agreed_on", about=("infant",)),
)
