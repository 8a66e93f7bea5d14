"""What an app says of its tables for a copy of all that is held about one person (`pairs.subject_access`).

An app declares its own in `bundle_sections.py`: ``BUNDLE_SECTIONS``, and ``NOT_IN_BUNDLE`` with the reason for each
table that no copy has. `tests/project/test_bundle_sections.py` finds a table that is in neither.
"""

from dataclasses import dataclass

SELF = "self"  # of a table of people or relationships: the row itself is whom it is about


@dataclass(frozen=True)
class BundleSection:
    """One table of a family's records.

    ``model``: "episodes.NotePart". ``title``: the heading in the copy. ``on``: the field that dates an entry.
    ``about``: lookups of the babies, carers and relationships that a row is about, of which it is about all; where
    they lead to no one, ``else_about``; where that leads to no one either, the row is about the whole family, unless
    not ``whole_family``: then it is in nobody's copy. ``mentions``: lookups of people in another part in it.
    ``in_confidence``: often given in confidence, or by or about someone outside the family. ``without``: personal
    fields that say nothing to a reader, or that another entry says. ``governance_only``: clinicians do not read it.
    """

    model: str
    title: str
    on: str = "created_at"
    about: tuple[str, ...] = ()
    else_about: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    in_confidence: bool = False
    whole_family: bool = True
    without: tuple[str, ...] = ()
    governance_only: bool = False
