"""How measures enter a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

BUNDLE_SECTIONS = (
    BundleSection("outcomes.Assessment", "Measures", on="completed_on", about=("dyad",), mentions=("rater",)),
    BundleSection(
        "outcomes.GoalRating", "Ratings of goals", on="rated_on", about=("goal__dyad",), mentions=("rater",)
    ),
    BundleSection("outcomes.MeasureLink", "Links to answer a measure", about=("dyad",)),
)
