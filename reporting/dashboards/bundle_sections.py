"""Why no table of the dashboards is in a copy of what is held about one person."""

WORKED_OUT = "worked out from the records each day"
NOT_IN_BUNDLE = {
    "dashboards.DueDecision": "when staff put off a piece of work: what the work is about is in its own record",
    "dashboards.CachedDueItem": WORKED_OUT,
    "dashboards.CachedEpisode": WORKED_OUT,
}
