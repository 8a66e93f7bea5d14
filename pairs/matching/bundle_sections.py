"""Why no table of merges is in a copy of what is held about one person."""

JOINED = "how two records were joined: what they held is in the record that was kept"
NOT_IN_BUNDLE = {
    "matching.Merge": JOINED,
    "matching.MergeStep": JOINED,
    "matching.NotTheSame": "two people were compared, and one of them is someone else",
}
