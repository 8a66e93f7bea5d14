"""What is done by the clock: once at the start, then at its minutes; what could not be sent stays due."""

from datetime import UTC, datetime, timedelta

import pytest
from kombu.exceptions import OperationalError as QueueDown

from pairs.jobs.management.commands import relay
from pairs.jobs.timetable import Timetable

NOW = datetime(2026, 11, 29, 1, 33, 20, tzinfo=UTC)
TIMETABLE_LINES = {
    "often": {"task": "jobs.often", "minute": "*/10", "expires": 600},
    "nightly": {"task": "jobs.nightly", "hour": "2", "minute": "40", "expires": 3600},
}


@pytest.fixture
def timetable():
    return Timetable(TIMETABLE_LINES, app=relay.queue, now=NOW)


@pytest.fixture
def sent_messages(monkeypatch):
    messages = []
    monkeypatch.setattr(relay.queue, "send_task", lambda task, **options: messages.append((task, options)))
    return messages


def test_every_line_is_due_at_the_start_since_it_may_have_been_missed(timetable):
    assert timetable.due(NOW) == ["often", "nightly"]


@pytest.mark.parametrize(
    ("name", "next_time"),
    [("often", NOW.replace(minute=40, second=0)), ("nightly", NOW.replace(hour=2, minute=40, second=0))],
)
def test_a_line_that_was_sent_is_due_again_at_its_next_minute(timetable, name, next_time):
    timetable.mark_sent(name, NOW)
    assert name not in timetable.due(next_time - timedelta(seconds=1))
    assert name in timetable.due(next_time)


def test_a_night_line_waits_for_the_next_night(timetable):
    for name in TIMETABLE_LINES:
        timetable.mark_sent(name, NOW.replace(hour=2, minute=40))
    assert timetable.due(NOW + timedelta(hours=23)) == ["often"]
    assert timetable.due(NOW + timedelta(hours=26)) == ["often", "nightly"]


def test_the_relay_sends_what_is_due_once(timetable, sent_messages):
    relay.send_due_tasks(timetable)
    relay.send_due_tasks(timetable)
    assert sent_messages == [
        ("jobs.often", {"expires": 600, "retry": False}),
        ("jobs.nightly", {"expires": 3600, "retry": False}),
    ]


def test_what_the_queue_could_not_take_stays_due(timetable, monkeypatch, caplog):
    def raise_queue_down(*arguments, **options):
        raise QueueDown("away")

    monkeypatch.setattr(relay.queue, "send_task", raise_queue_down)
    relay.send_due_tasks(timetable)
    assert timetable.due(NOW) == ["often", "nightly"]
    assert "The queue is away" in caplog.text


def test_every_line_of_the_settings_names_a_task_that_a_worker_has(settings):
    from config.celery import app

    app.loader.import_default_modules()
    lines = settings.TIMETABLE
    assert {line["task"] for line in lines.values()} <= set(app.tasks)
    assert Timetable(lines, app=relay.queue, now=NOW).due(NOW) == list(lines)
    for name in lines:
        Timetable(lines, app=relay.queue, now=NOW).mark_sent(name, NOW)
