"""Why no table of retention is in a copy of what is held about one person."""

NOT_IN_BUNDLE = {
    "retention.RetentionHold": "for how long a record is kept: it says nothing of a person",
    "retention.RetentionDecision": "for how long a record is kept: it says nothing of a person",
}
