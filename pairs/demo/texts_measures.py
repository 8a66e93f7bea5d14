"""What families say when they would rather not fill something in."""

RATHER_NOT = (
    "Too many forms this week.",
    "Would rather talk than tick boxes.",
    "Filled in something like it with the health visitor.",
    "Not today: the baby had a bad night.",
    "",
)
