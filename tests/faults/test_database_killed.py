"""PostgreSQL killed -9 in a burst of saves: what was answered for is there, whole; the rest is whole or absent."""

import contextlib
import http.client
import threading
import uuid

import pytest

from tests.faults.http_user import HttpUser, find_family_id, get_status
from tests.faults.processes import kill_process_tree, needs_proc, wait_until

pytestmark = [pytest.mark.faults, needs_proc]
# One alert, and how many it has of each: history, first steps and theirs.
ALERT_COUNTS_SQL = """SELECT alert.what,
 (SELECT count(*) FROM families_riskalertevent event WHERE event.pgh_obj_id = alert.id),
 (SELECT count(*) FROM families_riskalertstep step
    JOIN families_riskalertstepevent event ON event.pgh_obj_id = step.id WHERE step.alert_id = alert.id)
FROM families_riskalert alert WHERE alert.what LIKE %s"""
# What an e-mail says is encrypted, and gone once it is sent: those since the first alert with such words, with jobs.
LETTERS_SQL = """SELECT count(*) FROM jobs_outboxemail email JOIN jobs_job job ON job.id = email.job_id
WHERE email.subject = 'A risk alert needs you today' AND email.created_at >=
    (SELECT min(alert.created_at) FROM families_riskalert alert WHERE alert.what LIKE %s)"""


@pytest.fixture
def private_service(start_service):
    with start_service(own_postgres=True, own_valkey=True, env={"JOB_LEASE_SECONDS": "3"}) as service:
        yield service


class AlertBurst:
    """Four threads that raise alert after alert, and remember which were answered for."""

    def __init__(self, service, mark):
        self.mark, self.acknowledged, self.stop = mark, [], threading.Event()
        self.person = HttpUser(service.base_url, "blackburn")
        self.path = f"/families/{find_family_id(self.person)}/new-alert/"
        self.threads = [threading.Thread(target=self.raise_until_stopped) for _ in range(4)]
        for thread in self.threads:
            thread.start()

    def raise_until_stopped(self):
        while not self.stop.is_set():
            with contextlib.suppress(OSError, http.client.HTTPException):
                self.raise_alert_once()

    def raise_alert_once(self):
        words = f"{self.mark} {uuid.uuid4()}"
        answer = self.person.post(self.path, what=words)
        if answer.status == 302:
            self.acknowledged.append(words)
        return answer

    def stop_and_join(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()


def test_killed_in_a_burst(private_service):
    """PostgreSQL killed -9 in a burst of saves: every save that was answered for is there, with its history and jobs"""
    burst = AlertBurst(private_service, "Burst")
    try:
        wait_until(lambda: len(burst.acknowledged) >= 30, within=30)
        kill_process_tree(private_service.get_process("postgres"))
        assert get_status(private_service.base_url, "/readyz") == 503
    finally:
        burst.stop_and_join()
    private_service.start("postgres")
    private_service.wait_until_ready()
    assert burst.raise_alert_once().status == 302
    check_acknowledged_saved(private_service, burst)
    assert [private_service.get_process(name).poll() for name in ("web", "worker", "relay")] == [None] * 3


def check_acknowledged_saved(service, burst):
    with service.connect() as db:
        found = db.execute(ALERT_COUNTS_SQL, [f"{burst.mark} %"]).fetchall()
        assert set(burst.acknowledged) <= {row[0] for row in found}
        assert {row[1:3] for row in found} == {(1, 1)}
        (letters,) = db.execute(LETTERS_SQL, [f"{burst.mark} %"]).fetchone()
        (each,) = db.execute(
            LETTERS_SQL, [burst.acknowledged[-1]]
        ).fetchone()  # raised alone, after the others
        assert each >= 1
        assert letters == each * len(found)  # the same people are notified of each
        left = f"{LETTERS_SQL} AND email.sent_at IS NULL"
        wait_until(lambda: db.execute(left, [f"{burst.mark} %"]).fetchone() == (0,), within=60)
