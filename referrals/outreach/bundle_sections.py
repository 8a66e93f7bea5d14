"""Why outreach is not in a copy of what is held about one person."""

NOT_IN_BUNDLE = {"outreach.OutreachSession": "it names no family"}
