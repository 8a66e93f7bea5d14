"""A job is asked for once, claimed by one, kept alive while it is worked on, and tried again when it fails."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from pairs.jobs.actions import (
    MAX_ATTEMPTS,
    LostClaim,
    claim,
    due_for_publishing,
    enqueue,
    finish,
    give_up_or_retry,
    report_progress,
    working_on,
)
from pairs.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job():
    return enqueue(task="jobs.nothing", key="one", of="a test")[0]


def later(seconds=3600):
    return timezone.now() + timedelta(seconds=seconds)


def again(job):
    return Job.objects.get(pk=job.pk)


def test_asking_twice_makes_one(job):
    same, made = enqueue(task="jobs.nothing", key="one", of="another asking")
    assert (same.pk, made) == (job.pk, False)
    assert again(job).arguments == {"of": "a test"}


def test_a_job_goes_with_the_transaction_that_asked_for_it():
    with transaction.atomic():
        enqueue(task="jobs.nothing", key="gone")
        transaction.set_rollback(True)
    assert not Job.objects.filter(key="gone").exists()


def test_one_worker_claims_it_and_the_next_gets_nothing(job):
    mine = claim(job.pk, timezone.now())
    assert (mine.status, mine.attempt) == (Job.RUNNING, 1)
    assert claim(job.pk, timezone.now()) is None


def test_a_claim_whose_lease_ran_out_can_be_taken_over(job):
    claim(job.pk, timezone.now())
    assert claim(job.pk, later()).attempt == 2


def test_the_attempt_number_fences_out_a_worker_that_wakes_up(job):
    asleep = claim(job.pk, timezone.now())
    awake = claim(job.pk, later())
    with pytest.raises(LostClaim):
        report_progress(job=asleep, per_cent=50, stage="Counting")
    with pytest.raises(LostClaim):
        finish(job=asleep, file=b"old")
    finish(job=awake, file=b"new")
    assert (bytes(again(job).file), again(job).progress) == (b"new", 100)


def test_a_finished_job_is_never_claimed_or_finished_again(job):
    mine = claim(job.pk, timezone.now())
    finish(job=mine)
    assert claim(job.pk, later()) is None
    with pytest.raises(LostClaim):
        finish(job=mine)


def test_a_failure_waits_longer_each_time_and_then_stops(job):
    waits = []
    for _ in range(MAX_ATTEMPTS):
        mine = claim(job.pk, later())
        before = timezone.now()
        give_up_or_retry(job=mine, failure="ValueError")
        waits.append((again(job).publish_after - before).total_seconds())
    assert waits == sorted(waits)
    assert waits[0] == pytest.approx(10, abs=1)
    assert again(job).status == Job.FAILED
    assert claim(job.pk, later(10**6)) is None


def test_working_on_it_hands_a_failure_to_the_next_attempt_without_a_persons_words(job):
    with pytest.raises(ValueError, match="Baby Smith"), working_on(job.pk):
        raise ValueError("Baby Smith")
    assert (again(job).status, again(job).failure) == (Job.QUEUED, "ValueError")


def test_working_on_what_is_somebody_elses_does_nothing(job):
    claim(job.pk, timezone.now())
    with working_on(job.pk) as mine:
        assert mine is None
    assert again(job).attempt == 1


def test_losing_the_claim_while_working_is_no_failure(job):
    with working_on(job.pk) as mine:
        claim(job.pk, later())
        report_progress(job=mine, per_cent=10, stage="Too late")
    assert (again(job).attempt, again(job).status, again(job).failure) == (2, Job.RUNNING, "")


def test_what_waits_is_published_once_a_lease_until_somebody_claims_it(job, settings):
    now = timezone.now()
    assert due_for_publishing(now) == [(job.pk, "jobs.nothing")]
    assert due_for_publishing(now) == []
    lost = now + timedelta(seconds=settings.JOB_LEASE_SECONDS + 1)
    assert due_for_publishing(lost) == [(job.pk, "jobs.nothing")]


def test_a_job_whose_worker_died_is_published_again(job):
    due_for_publishing(timezone.now())
    claim(job.pk, timezone.now())
    assert due_for_publishing(timezone.now()) == []
    assert due_for_publishing(later()) == [(job.pk, "jobs.nothing")]


def test_a_finished_or_failed_job_is_not_published(job):
    finish(job=claim(job.pk, timezone.now()))
    assert due_for_publishing(later()) == []
