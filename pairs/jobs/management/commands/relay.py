"""The job relay: each second, publish the ids of jobs that wait to the workers' queue, and what is due by the clock."""

import contextlib
import logging
import signal
import threading
from collections.abc import Iterator
from typing import Any

from celery import Celery
from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError as QueueDown

from pairs.jobs.actions import list_jobs_to_publish
from pairs.jobs.timetable import Timetable

log = logging.getLogger(__name__)

# The relay only sends: it needs the queue's address from the settings, and no task's code.
queue = Celery("pairs", set_as_current=False)
queue.config_from_object("django.conf:settings", namespace="CELERY")


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # they would load every page; `prepare_database` runs them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Publish what waits now, then stop.")
        parser.add_argument(
            "--timetable", action="store_true", help="Send what is due by the clock as well: one relay does."
        )

    def handle(self, *, once: bool, timetable: bool, **options: Any) -> None:
        stop = threading.Event()
        if not once:
            for signum in (signal.SIGTERM, signal.SIGINT):
                signal.signal(signum, lambda *_: stop.set())
        lines = settings.TIMETABLE if timetable else {}
        clock = Timetable(lines, app=queue, now=timezone.now())
        while not stop.is_set():
            publish_waiting_jobs()
            send_due_tasks(clock)
            if once or stop.wait(1):
                return


def publish_waiting_jobs() -> None:
    """Publish; when the queue or the database is away, say so and try again next second."""
    try:
        with tolerate_queue_outage():
            for job_id, task in list_jobs_to_publish(timezone.now()):
                queue.send_task(task, args=[str(job_id)], retry=False)
    except OperationalError:
        log.warning("The database is away.")
        connection.close()


def send_due_tasks(timetable: Timetable) -> None:
    """Send the tasks whose time has come; what cannot be sent stays due."""
    now = timezone.now()
    with tolerate_queue_outage():
        for name in timetable.due(now):
            task, expires = timetable.get_task(name)
            queue.send_task(task, expires=expires, retry=False)
            timetable.mark_sent(name, now)


@contextlib.contextmanager
def tolerate_queue_outage() -> Iterator[None]:
    """Say so in the log, and go on: the next second tries again."""
    try:
        yield
    except (QueueDown, OSError) as down:
        log.warning("The queue is away: %s", type(down).__name__)
