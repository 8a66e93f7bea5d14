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
def sent_messages(monkeypatch):
    messages = []
    monkeypatch.setattr(
        relay.queue, "send_task", lambda task, args, **options: messages.append((task, args, options))
    )
    return messages


def test_it_publishes_the_task_and_the_id_alone(sent_messages):
    job, _ = enqueue(task="jobs.nothing", key="one", secret="not for the queue")
    call_command("relay", once=True)
    assert sent_messages == [("jobs.nothing", [str(job.pk)], {"retry": False})]


@pytest.mark.parametrize("problem", [QueueDown("away"), ConnectionRefusedError("away"), OSError("away")])
def test_it_goes_on_when_the_queue_is_down(monkeypatch, caplog, problem):
    def raise_problem(*arguments, **options):
        raise problem

    monkeypatch.setattr(relay.queue, "send_task", raise_problem)
    enqueue(task="jobs.nothing", key="one")
    with caplog.at_level(logging.WARNING):
        relay.publish_waiting_jobs()
    assert "The queue is away" in caplog.text


def test_it_goes_on_when_the_database_is_down(monkeypatch, caplog):
    def raise_operational_error(*arguments, **options):
        raise OperationalError("away")

    closed = []
    monkeypatch.setattr(relay, "list_jobs_to_publish", raise_operational_error)
    monkeypatch.setattr(relay.connection, "close", lambda: closed.append(True))
    relay.publish_waiting_jobs()
    assert closed == [True]
    assert "The database is away" in caplog.text


def test_what_could_not_be_sent_is_sent_after_the_lease(sent_messages, monkeypatch, settings):
    settings.JOB_LEASE_SECONDS = -1
    enqueue(task="jobs.nothing", key="one")
    relay.publish_waiting_jobs()
    relay.publish_waiting_jobs()
    assert len(sent_messages) == 2
