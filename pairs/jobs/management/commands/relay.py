"""The job relay: each second, publish the ids of jobs that wait to the workers' queue."""

import logging
import signal
import threading

from celery import Celery
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError as QueueDown

from pairs.jobs.actions import due_for_publishing

log = logging.getLogger(__name__)

# The relay only sends: it needs the queue's address from the settings, and no task's code.
queue = Celery("pairs", set_as_current=False)
queue.config_from_object("django.conf:settings", namespace="CELERY")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Publish what waits now, then stop.")

    def handle(self, *, once, **options):
        stop = threading.Event()
        if not once:
            for signum in (signal.SIGTERM, signal.SIGINT):
                signal.signal(signum, lambda *_: stop.set())
        while not stop.is_set():
            publish_waiting()
            if once or stop.wait(1):
                return


def publish_waiting():
    """Publish; when the queue or the database is away, say so and try again next second."""
    try:
        for job_id, task in due_for_publishing(timezone.now()):
            queue.send_task(task, args=[str(job_id)], retry=False)
    except (QueueDown, OSError) as down:
        log.warning("The queue is away: %s", type(down).__name__)
    except OperationalError:
        log.warning("The database is away.")
        connection.close()
