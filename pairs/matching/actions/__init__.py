"""What is done about two records of one person: merged, unmerged, told apart."""

from pairs.matching.actions.merging import (
    find_merge_target,
    mark_looked_through,
    merge_families,
    merge_people,
    tell_apart,
    unmerge,
)

__all__ = [
    "find_merge_target",
    "mark_looked_through",
    "merge_families",
    "merge_people",
    "tell_apart",
    "unmerge",
]
