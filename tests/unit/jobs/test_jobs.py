"""A job is asked for once, claimed by one, kept alive while it is worked on, and tried again when it fails."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from pairs.jobs.actions import (
    MAX_ATTEMPTS,
    WORKER_KILLED,
    LostClaim,
    WorkRefused,
    claim_job,
    enqueue,
    fail_killed_jobs,
    finish_job,
    give_up_or_retry,
    list_jobs_to_publish,
    report_progress,
    work_on_job,
)
from pairs.jobs.models import Job, OutboxEmail

pytestmark = pytest.mark.django_db


@pytest.fixture
def job():
    return enqueue(task="jobs.nothing", key="one", of="a test")[0]


def get_later(seconds=3600):
    return timezone.now() + timedelta(seconds=seconds)


def reload_job(job):
    return Job.objects.get(pk=job.pk)


def test_asking_twice_makes_one(job):
    same, made = enqueue(task="jobs.nothing", key="one", of="another asking")
    assert (same.pk, made) == (job.pk, False)
    assert reload_job(job).arguments == {"of": "a test"}


def test_a_job_goes_with_the_transaction_that_asked_for_it():
    with transaction.atomic():
        enqueue(task="jobs.nothing", key="gone")
        transaction.set_rollback(True)
    assert not Job.objects.filter(key="gone").exists()


def test_one_worker_claims_it_and_the_next_gets_nothing(job):
    mine = claim_job(job.pk, timezone.now())
    assert (mine.status, mine.attempt) == (Job.RUNNING, 1)
    assert claim_job(job.pk, timezone.now()) is None


def test_a_claim_whose_lease_ran_out_can_be_taken_over(job):
    claim_job(job.pk, timezone.now())
    assert claim_job(job.pk, get_later()).attempt == 2


def test_the_attempt_number_fences_out_a_worker_that_wakes_up(job):
    asleep = claim_job(job.pk, timezone.now())
    awake = claim_job(job.pk, get_later())
    with pytest.raises(LostClaim):
        report_progress(job=asleep, per_cent=50, stage="Counting")
    with pytest.raises(LostClaim):
        finish_job(job=asleep, file=b"old")
    finish_job(job=awake, file=b"new")
    assert (bytes(reload_job(job).file), reload_job(job).progress) == (b"new", 100)


def test_a_finished_job_is_never_claimed_or_finished_again(job):
    mine = claim_job(job.pk, timezone.now())
    finish_job(job=mine)
    assert claim_job(job.pk, get_later()) is None
    with pytest.raises(LostClaim):
        finish_job(job=mine)


def test_a_failure_waits_longer_each_time_and_then_stops(job):
    waits = []
    for _ in range(MAX_ATTEMPTS):
        mine = claim_job(job.pk, get_later())
        before = timezone.now()
        give_up_or_retry(job=mine, failure="ValueError")
        waits.append((reload_job(job).publish_after - before).total_seconds())
    assert waits == sorted(waits)
    assert waits[0] == pytest.approx(10, abs=1)
    assert reload_job(job).status == Job.FAILED
    assert claim_job(job.pk, get_later(10**6)) is None


def test_working_on_it_hands_a_failure_to_the_next_attempt_without_a_persons_words(job):
    with pytest.raises(ValueError, match="Baby Smith"), work_on_job(job.pk):
        raise ValueError("Baby Smith")
    assert (reload_job(job).status, reload_job(job).failure) == (Job.QUEUED, "ValueError")


def test_working_on_what_is_somebody_elses_does_nothing(job):
    claim_job(job.pk, timezone.now())
    with work_on_job(job.pk) as mine:
        assert mine is None
    assert reload_job(job).attempt == 1


def test_work_that_is_refused_fails_at_once_and_says_why(job):
    with work_on_job(job.pk):
        raise WorkRefused("Nothing was published.")
    refused = reload_job(job)
    assert (refused.status, refused.attempt, refused.refusal) == (Job.FAILED, 1, "Nothing was published.")


def test_losing_the_claim_while_working_is_no_failure(job):
    with work_on_job(job.pk) as mine:
        claim_job(job.pk, get_later())
        report_progress(job=mine, per_cent=10, stage="Too late")
    assert (reload_job(job).attempt, reload_job(job).status, reload_job(job).failure) == (2, Job.RUNNING, "")


def test_what_waits_is_published_once_a_lease_until_somebody_claims_it(job, settings):
    now = timezone.now()
    assert list_jobs_to_publish(now) == [(job.pk, "jobs.nothing")]
    assert list_jobs_to_publish(now) == []
    lost = now + timedelta(seconds=settings.JOB_LEASE_SECONDS + 1)
    assert list_jobs_to_publish(lost) == [(job.pk, "jobs.nothing")]


def test_a_job_whose_worker_died_is_published_again(job):
    list_jobs_to_publish(timezone.now())
    claim_job(job.pk, timezone.now())
    assert list_jobs_to_publish(timezone.now()) == []
    assert list_jobs_to_publish(get_later()) == [(job.pk, "jobs.nothing")]


def test_a_finished_or_failed_job_is_not_published(job):
    finish_job(job=claim_job(job.pk, timezone.now()))
    assert list_jobs_to_publish(get_later()) == []


# ---------------------------------------------------------------- a worker that is killed outright reports nothing


def kill_workers_of(job):
    """Claim it as often as it can be, each time by a worker that dies."""
    claims = 0
    while claim_job(job.pk, get_later(3600 * (claims + 1))):
        claims += 1
    return claims


def test_a_job_that_kills_its_workers_fails_after_as_many_claims_as_tries(job):
    assert kill_workers_of(job) == MAX_ATTEMPTS
    much_later = get_later(10**6)
    assert list_jobs_to_publish(much_later) == []
    failed = reload_job(job)
    assert (failed.status, failed.failure, failed.lease_until) == (Job.FAILED, WORKER_KILLED, None)


def test_one_that_is_still_at_work_does_not_fail(job):
    for hour in range(MAX_ATTEMPTS):
        claim_job(job.pk, get_later(3600 * (hour + 1)))
    assert fail_killed_jobs(get_later(3600 * MAX_ATTEMPTS)) == 0
    assert reload_job(job).status == Job.RUNNING


def test_the_administrator_sees_what_failed_and_tries_it_again(client, cast, job):
    kill_workers_of(job)
    list_jobs_to_publish(get_later(10**6))
    client.force_login(cast["administrator"])
    page = client.get(reverse("failed-work")).content.decode()
    assert "The worker was killed each time" in page
    assert client.post(reverse("failed-work"), {"job": str(job.pk)}).status_code == 302
    assert reload_job(job).status == Job.QUEUED
    assert "No failed e-mails or documents" in client.get(reverse("failed-work")).content.decode()
    client.post(reverse("failed-work"), {"job": "no job"})
    client.force_login(cast["manager"])
    assert client.get(reverse("failed-work")).status_code == 403


def test_an_email_whose_key_is_gone_is_listed_without_its_text(client, cast, job, settings):
    OutboxEmail.objects.create(
        to=["gita@surgery.example"],
        subject="Your referral",
        body="A link",
        from_email="us@pairs.example",
        job=job,
    )
    Job.objects.filter(pk=job.pk).update(status=Job.FAILED, failure="No connection")
    settings.SECRET_KEY = "another key than it was written with, of fifty and more characters"
    client.force_login(cast["administrator"])
    page = client.get(reverse("failed-work"))
    assert page.status_code == 200
    assert "Your referral, to gita@surgery.example" in page.content.decode()
