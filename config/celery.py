"""The worker's front door, and the static timetable that beat reads."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("pairs")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
