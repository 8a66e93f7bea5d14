"""The queue frozen or killed: nobody who saves waits for it, and what was asked for is done once it is back."""

import signal
import uuid

import pytest

from tests.faults.person import Person, a_family_of
from tests.faults.processes import eventually

pytestmark = pytest.mark.faults
LETTERS = """SELECT job.status, email.sent_at IS NOT NULL FROM jobs_outboxemail email
JOIN jobs_job job ON job.id = email.job_id JOIN families_riskalert alert ON alert.what = %s
WHERE email.body LIKE '%%' || alert.id || '%%'"""


@pytest.fixture(scope="module")
def own_service(start_service):
    """With a queue of its own; a message that is lost is sent again after a lease."""
    with start_service(own_valkey=True, env={"JOB_LEASE_SECONDS": "3"}) as service:
        yield service


@pytest.fixture
def person(own_service):
    return Person(own_service.base_url, "blackburn")


def raise_alert(person, words):
    return person.post(f"/families/{a_family_of(person)}/new-alert/", what=words)


def letters(service, words):
    with service.connect() as db:
        return db.execute(LETTERS, [words]).fetchall()


def all_sent(service, words):
    found = letters(service, words)
    return found if found and set(found) == {("done", True)} else None


def test_frozen(own_service, person):
    """The queue frozen: an alert is saved without waiting for it, and its e-mails go once it thaws"""
    words, valkey = f"Frozen {uuid.uuid4()}", own_service.process("valkey")
    valkey.send_signal(signal.SIGSTOP)
    try:
        answer = raise_alert(person, words)
        assert answer.status == 302
        assert answer.seconds < 2  # does not wait for the queue; not a measure of speed
        assert set(letters(own_service, words)) == {("queued", False)}
        assert person.get("/readyz").status == 200
    finally:
        valkey.send_signal(signal.SIGCONT)
    eventually(lambda: all_sent(own_service, words), within=60)


def test_killed(own_service, person):
    """The queue killed -9 and started again: alerts of before and during are e-mailed all the same"""
    before, during = f"Before {uuid.uuid4()}", f"During {uuid.uuid4()}"
    assert raise_alert(person, before).status == 302
    valkey = own_service.process("valkey")
    valkey.kill()
    valkey.wait()
    answer = raise_alert(person, during)
    assert answer.status == 302
    assert answer.seconds < 2
    assert set(letters(own_service, during)) == {("queued", False)}
    own_service.start("valkey")
    for words in (before, during):
        eventually(lambda words=words: all_sent(own_service, words), within=60)
    assert [own_service.process(name).poll() for name in ("web", "worker", "relay")] == [None] * 3
