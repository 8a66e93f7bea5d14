"""The worker's front door. What is done by the clock is in settings.TIMETABLE, and the relay sends it."""

import gc
import os

from celery import Celery
from celery.signals import worker_before_create_process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# `prepare_database` has run the system checks; here they would load what no task uses.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("pairs")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_before_create_process.connect
def freeze_memory(**_):
    """What is loaded before the fork stays one copy: the garbage collector would touch each page, and so copy it."""
    gc.freeze()
