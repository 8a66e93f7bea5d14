"""What is done by the clock: the lines of settings.TIMETABLE, and which of them are due."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from celery import Celery
from celery.schedules import crontab


class Timetable:
    """Every line is due once when it begins, since it may have been missed, and then by its minutes and hours (UTC).

    Each task looks at what is there before it does anything, so one run too many does no harm.
    """

    def __init__(self, lines: Mapping[str, Mapping[str, Any]], *, app: Celery, now: datetime) -> None:
        self._lines, self._app = lines, app
        self._due_at = dict.fromkeys(lines, now)

    def due(self, now: datetime) -> list[str]:
        """The names of the lines whose time has come."""
        return [name for name, at in self._due_at.items() if at <= now]

    def get_task(self, name: str) -> tuple[str, int]:
        """The task's name, and after how many seconds nobody need begin it any more."""
        return self._lines[name]["task"], self._lines[name]["expires"]

    def mark_sent(self, name: str, now: datetime) -> None:
        """It is due again at its next minute after now. A line that is not marked stays due."""
        line = self._lines[name]
        when = crontab(minute=line["minute"], hour=line.get("hour", "*"), nowfun=lambda: now, app=self._app)
        self._due_at[name] = now + when.remaining_estimate(now)
