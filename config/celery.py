"""The Celery app, the worker's entry point. The relay sends the tasks of settings.TIMETABLE."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_before_create_process

from pairs.database.history import make_history_models_when_asked

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# `prepare_database` has run the system checks; here they would load what no task uses.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

make_history_models_when_asked()

app = Celery("pairs")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_before_create_process.connect
def freeze_memory(**_: Any) -> None:
    """Keep memory shared after the fork: garbage collection would write to every page and so copy it."""
    gc.freeze()
