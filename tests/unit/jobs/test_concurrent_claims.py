"""Two workers at the same moment, on connections of their own: one gets the job, and the lease is kept alive."""

import time

import pytest
from django.utils import timezone

from pairs.jobs.actions import claim_job, enqueue, finish_job, work_on_job
from pairs.jobs.models import Job
from tests.at_once import run_at_once

pytestmark = pytest.mark.parametrize("cloned_database", ["prepared"], indirect=True)


def test_of_eight_workers_one_claims_the_job(cloned_database):
    job, _ = enqueue(task="jobs.nothing", key="race")
    claims = run_at_once([lambda: claim_job(job.pk, timezone.now())] * 8)
    assert [each.attempt for each in claims if each] == [1]


def test_of_eight_who_ask_one_makes_the_job(cloned_database):
    made = run_at_once([lambda: enqueue(task="jobs.nothing", key="asked")[1]] * 8)
    assert sorted(made) == [False] * 7 + [True]
    assert Job.objects.filter(key="asked").count() == 1


def test_a_long_job_renews_its_lease(cloned_database, settings):
    settings.JOB_LEASE_SECONDS = 1
    job, _ = enqueue(task="jobs.nothing", key="long")
    with work_on_job(job.pk) as mine:
        time.sleep(1.5)
        assert claim_job(job.pk, timezone.now()) is None
        finish_job(job=mine)
    assert Job.objects.get(pk=job.pk).status == Job.DONE
