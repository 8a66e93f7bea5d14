"""What is done about two records of one person: merged, unmerged, told apart."""

from pairs.matching.actions.merging import (
    mark_looked_through,
    merge_families,
    merge_people,
    tell_apart,
    unmerge,
)

__all__ = [
    "mark_looked_through",
    "merge_families",
    "merge_people",
    "tell_apart",
    "unmerge",
]
