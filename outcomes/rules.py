"""The rules of outcomes: timepoints; scoring and pairing live in their own modules."""

TIMEPOINTS = [("start", "Start"), ("review", "Review"), ("end", "End")]
