"""Why drafts are not in a copy of what is held about one person."""

NOT_IN_BUNDLE = {
    "submissions.Submission": "what someone is still writing is in no record until they save it",
}
