"""The Celery app, the worker's entry point. The relay sends the tasks of settings.TIMETABLE."""

import ctypes
import gc
import os
from typing import Any

from celery import Celery
from celery.signals import task_postrun, worker_before_create_process, worker_process_init

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


@worker_process_init.connect
def give_memory_back_after_tasks(**_: Any) -> None:
    """In a worker's process: a report leaves tens of megabytes free between what stays."""
    task_postrun.connect(give_memory_back)


def give_memory_back(**_: Any) -> None:
    """Hand freed pages back to the system; a C library other than glibc does so by itself, or has no way to ask."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
