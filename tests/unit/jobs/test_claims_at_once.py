"""Two workers at the same moment, on connections of their own: one gets the job, and the lease is kept alive."""

import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from pairs.jobs.actions import claim, enqueue, finish, working_on
from pairs.jobs.models import Job

pytestmark = pytest.mark.parametrize("cloned_database", ["prepared"], indirect=True)


def at_once(act, times):
    """The results of the act, called so many times at a barrier."""
    barrier, results = threading.Barrier(times), []

    def one():
        barrier.wait()
        try:
            results.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_eight_workers_one_claims_the_job(cloned_database):
    job, _ = enqueue(task="jobs.nothing", key="race")
    claims = at_once(lambda: claim(job.pk, timezone.now()), 8)
    assert [each.attempt for each in claims if each] == [1]


def test_of_eight_who_ask_one_makes_the_job(cloned_database):
    made = at_once(lambda: enqueue(task="jobs.nothing", key="asked")[1], 8)
    assert sorted(made) == [False] * 7 + [True]
    assert Job.objects.filter(key="asked").count() == 1


def test_a_long_job_keeps_its_lease(cloned_database, settings):
    settings.JOB_LEASE_SECONDS = 1
    job, _ = enqueue(task="jobs.nothing", key="long")
    with working_on(job.pk) as mine:
        time.sleep(1.5)
        assert claim(job.pk, timezone.now()) is None
        finish(job=mine)
    assert Job.objects.get(pk=job.pk).status == Job.DONE
