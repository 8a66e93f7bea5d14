"""What is done about two records of one person: merged, unmerged, told apart."""

from pairs.matching.actions.merging import merge_families, merge_people, merged_into, tell_apart, unmerge

__all__ = ["merge_families", "merge_people", "merged_into", "tell_apart", "unmerge"]
