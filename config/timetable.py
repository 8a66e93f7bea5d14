"""What is done by the clock. config.settings takes it; pairs/jobs/timetable.py reads it."""

# Scheduled tasks (UTC), idempotent: {name: task, minute and hour as in crontab, seconds after which it is skipped}.
TIMETABLE = {
    "last month's report": {"task": "evidence.ask_for_last_month", "minute": "*/10", "expires": 600},
    "the monthly summary": {
        "task": "evidence.rebuild_monthly_counts",
        "hour": "3",
        "minute": "10",
        "expires": 3600,
    },
    "its service report": {"task": "performance.ask_for_last_month", "minute": "*/10", "expires": 600},
    "roles that begin or end today": {"task": "service.apply_role_terms", "minute": "*/10", "expires": 600},
    "families that would be without a lead": {
        "task": "workforce.check_leads",
        "hour": "6",
        "minute": "30",
        "expires": 3600,
    },
    "postcodes that were not known": {
        "task": "families.retry_lookups",
        "hour": "2",
        "minute": "40",
        "expires": 3600,
    },
    "referrals begun and not sent": {
        "task": "referrals.remind_of_unsent",
        "minute": "*/30",
        "expires": 1800,
    },
    "drafts of links that ran out": {
        "task": "referrals.forget_unsent_drafts",
        "minute": "20",
        "expires": 3600,
    },
    "group sessions that were cancelled ahead": {
        "task": "groups.write_cancellations",
        "hour": "2",
        "minute": "50",
        "expires": 3600,
    },
    "what is due, for families that changed": {
        "task": "dashboards.refresh_due_items",
        "minute": "*",
        "expires": 60,
    },
    "numbers of their to-do list, for whoever asked": {
        "task": "dashboards.send_digests",
        "minute": "*/10",
        "expires": 600,
    },
    "what is new and due in the week, for whoever asked": {
        "task": "dashboards.send_weekly_digests",
        "minute": "5-55/10",
        "expires": 600,
    },
    "history and access log, signed": {
        "task": "audit.sign_history",
        "hour": "2",
        "minute": "20",
        "expires": 3600,
    },
    "alerts that no one has seen": {
        "task": "families.escalate_unseen_alerts",
        "minute": "*/10",
        "expires": 600,
    },
    "referrals that no one has read": {"task": "referrals.chase_unread", "minute": "*/5", "expires": 300},
}
