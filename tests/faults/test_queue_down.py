"""The queue frozen or killed: nobody who saves waits for it, and what was asked for is done once it is back."""

import signal
import uuid

import pytest

from tests.faults.http_user import HttpUser, find_family_id
from tests.faults.processes import wait_until

pytestmark = pytest.mark.faults
# What an e-mail says is encrypted, and gone once it is sent. One alert is raised after the other here, so that an
# alert's own are those from it on until the next.
EMAILS_SQL = """SELECT job.status, email.sent_at IS NOT NULL FROM jobs_outboxemail email
JOIN jobs_job job ON job.id = email.job_id JOIN families_riskalert alert ON alert.what = %s
WHERE email.created_at >= alert.created_at AND NOT EXISTS (SELECT FROM families_riskalert later
    WHERE later.created_at > alert.created_at AND later.created_at <= email.created_at)"""


@pytest.fixture(scope="module")
def private_service(start_service):
    """With a queue of its own; a message that is lost is sent again after a lease."""
    with start_service(own_valkey=True, env={"JOB_LEASE_SECONDS": "3"}) as service:
        yield service


@pytest.fixture
def practitioner(private_service):
    return HttpUser(private_service.base_url, "blackburn")


def raise_alert(person, words):
    return person.post(f"/families/{find_family_id(person)}/new-alert/", what=words)


def list_emails(service, words):
    with service.connect() as db:
        return db.execute(EMAILS_SQL, [words]).fetchall()


def find_sent_emails(service, words):
    found = list_emails(service, words)
    return found if found and set(found) == {("done", True)} else None


def test_frozen(private_service, practitioner):
    """The queue frozen: an alert is saved without waiting for it, and its e-mails go once it thaws"""
    words, valkey = f"Frozen {uuid.uuid4()}", private_service.get_process("valkey")
    valkey.send_signal(signal.SIGSTOP)
    try:
        answer = raise_alert(practitioner, words)
        assert answer.status == 302
        assert answer.seconds < 2  # does not wait for the queue; not a measure of speed
        assert set(list_emails(private_service, words)) == {("queued", False)}
        assert practitioner.get("/readyz").status == 200
    finally:
        valkey.send_signal(signal.SIGCONT)
    wait_until(lambda: find_sent_emails(private_service, words), within=60)


def test_killed(private_service, practitioner):
    """The queue killed -9 and started again: alerts of before and during are e-mailed all the same"""
    before, during = f"Before {uuid.uuid4()}", f"During {uuid.uuid4()}"
    assert raise_alert(practitioner, before).status == 302
    valkey = private_service.get_process("valkey")
    valkey.kill()
    valkey.wait()
    answer = raise_alert(practitioner, during)
    assert answer.status == 302
    assert answer.seconds < 2
    assert set(list_emails(private_service, during)) == {("queued", False)}
    private_service.start("valkey")
    for words in (before, during):
        wait_until(lambda words=words: find_sent_emails(private_service, words), within=60)
    assert [private_service.get_process(name).poll() for name in ("web", "worker", "relay")] == [None] * 3
