"""The relay publishes ids, goes on when the queue is away, and sends again what was lost."""

import logging

import pytest
from django.core.management import call_command
from django.db import OperationalError
from kombu.exceptions import OperationalError as QueueDown

from pairs.jobs.actions import enqueue
from pairs.jobs.management.commands import relay

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr(
        relay.queue, "send_task", lambda task, args, **options: messages.append((task, args, options))
    )
    return messages


def test_it_publishes_the_task_and_the_id_alone(sent):
    job, _ = enqueue(task="jobs.nothing", key="one", secret="not for the queue")
    call_command("relay", once=True)
    assert sent == [("jobs.nothing", [str(job.pk)], {"retry": False})]


@pytest.mark.parametrize("problem", [QueueDown("away"), ConnectionRefusedError("away"), OSError("away")])
def test_it_goes_on_when_the_queue_is_away(monkeypatch, caplog, problem):
    def away(*arguments, **options):
        raise problem

    monkeypatch.setattr(relay.queue, "send_task", away)
    enqueue(task="jobs.nothing", key="one")
    with caplog.at_level(logging.WARNING):
        relay.publish_waiting()
    assert "The queue is away" in caplog.text


def test_it_goes_on_when_the_database_is_away(monkeypatch, caplog):
    def away(*arguments, **options):
        raise OperationalError("away")

    closed = []
    monkeypatch.setattr(relay, "due_for_publishing", away)
    monkeypatch.setattr(relay.connection, "close", lambda: closed.append(True))
    relay.publish_waiting()
    assert closed == [True]
    assert "The database is away" in caplog.text


def test_what_could_not_be_sent_is_sent_after_the_lease(sent, monkeypatch, settings):
    settings.JOB_LEASE_SECONDS = -1
    enqueue(task="jobs.nothing", key="one")
    relay.publish_waiting()
    relay.publish_waiting()
    assert len(sent) == 2
