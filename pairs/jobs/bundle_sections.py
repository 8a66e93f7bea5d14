"""Why no table of jobs and e-mails is in a copy of what is held about one person."""

NOT_IN_BUNDLE = {
    "jobs.OutboxEmail": "an e-mail holds a reference and a link, and is emptied once it is sent",
}
