"""The worker's front door, and the static timetable that beat reads."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("pairs")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Nothing is asked twice: each task looks at what is there first, so that a missed night heals by itself.
app.conf.beat_schedule = {
    "last month's report": {
        "task": "evidence.ask_for_last_month",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "postcodes that were not known": {
        "task": "families.retry_lookups",
        "schedule": crontab(hour="2", minute="40"),
        "options": {"expires": 3600},
    },
    "referrals begun and not sent": {
        "task": "referrals.remind_of_unsent",
        "schedule": crontab(minute="*/30"),
        "options": {"expires": 1800},
    },
    "drafts of links that ran out": {
        "task": "referrals.forget_unsent_drafts",
        "schedule": crontab(minute="20"),
        "options": {"expires": 3600},
    },
    "group sessions that were cancelled ahead": {
        "task": "groups.write_cancellations",
        "schedule": crontab(hour="2", minute="50"),
        "options": {"expires": 3600},
    },
    "what is due, for families that changed": {
        "task": "desk.refresh_due_items",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "alerts that nobody has seen": {
        "task": "families.escalate_unseen_alerts",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "referrals that nobody has read": {
        "task": "referrals.chase_unread",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
}
