"""The worker killed a hundred times while it works, at moments drawn by lot: each job is done once, none is lost."""

import os
import random
import time
from collections import Counter

import pytest

from tests.faults.http_user import HttpUser, find_family_id
from tests.faults.processes import kill, kill_process_tree, list_descendants, needs_proc, wait_until
from tests.faults.test_worker_killed import (
    RequestedReport,
    check_made_once,
    find_unreported_month,
    mailbox,  # noqa: F401
    private_service,  # noqa: F401
)

pytestmark = [pytest.mark.faults, needs_proc]
KILL_COUNT = 100 if os.environ.get("PAIRS_LONG") else 3
KILLS_OF_ONE = (
    3  # a job is tried five times; on a machine as busy as this makes it, a lease may run out by itself
)
STATUS_SQL = (
    "SELECT job.status, job.attempt FROM jobs_job job JOIN evidence_report ON job_id = job.id "
    "WHERE evidence_report.id = %s"
)
UNFINISHED_SQL = "SELECT task, status, failure FROM jobs_job WHERE status <> 'done'"
EMAILS_SQL = "SELECT id FROM jobs_outboxemail WHERE sent_at >= %s"
UNSENT_SQL = "SELECT id FROM jobs_outboxemail WHERE sent_at IS NULL AND stopped_at IS NULL"


class KilledWorker:
    """Reports, one after the other, and alerts with their e-mails, while the worker is killed again and again."""

    def __init__(self, service, db, mailbox):  # noqa: F811
        self.service, self.db, self.mailbox, self.dice = service, db, mailbox, random.Random(20)
        self.manager = HttpUser(service.base_url, "manager")
        self.practitioner = HttpUser(service.base_url, "blackburn")
        self.alert_path = f"/families/{find_family_id(self.practitioner)}/new-alert/"
        self.killed: Counter = Counter()

    def ask_for_report(self):
        answer = self.manager.post("/reports/", month=find_unreported_month(self.db))
        return self.follow(answer)

    def ask_for_edition(self, report):
        """The same month counted anew, as its next edition."""
        return self.follow(self.manager.post(f"{report.path}correct/", reason="The worker was killed"))

    def follow(self, answer):
        assert answer.status == 302, answer.text
        return RequestedReport(self.service, self.db, self.manager, answer.location, self.mailbox)

    def raise_alert(self):
        """Something for the worker to send meanwhile."""
        answer = self.practitioner.post(self.alert_path, what=f"While it is killed {self.killed.total()}")
        assert answer.status == 302

    def get_status(self, report):
        return self.db.execute(STATUS_SQL, [report.id]).fetchone()

    def measure_seconds(self, report):
        """How long the work on one takes that nobody disturbs, to draw the moments from."""
        wait_until(lambda: self.get_status(report)[0] != "queued", within=120, every=0.01)
        began = time.monotonic()
        self.wait_until_done(report)
        return time.monotonic() - began

    def kill_at_random(self, report, attempt, seconds):
        """Kill the worker with its children, or these alone, during this attempt; whether it was still at work."""
        wait_until(lambda: self.has_begun(report, attempt), within=120, every=0.01)
        time.sleep(self.dice.uniform(0, seconds))
        how = self.dice.choice(["the worker and its children", "the children alone"])
        worker = self.service.get_process("worker")
        if how == "the children alone":
            kill(list_descendants(worker.pid))
        else:
            kill_process_tree(worker)
            self.service.start("worker")
        hit = self.get_status(report) == ("running", attempt)
        self.killed[how] += hit
        return hit

    def wait_until_done(self, report):
        wait_until(lambda: self.get_status(report)[0] == "done", within=120)

    def has_begun(self, report, attempt):
        status, tried = self.get_status(report)
        return status == "done" or tried >= attempt


def test_a_hundred_kills(private_service, mailbox, record_property):  # noqa: F811
    """The worker or its children killed -9 at moments drawn by lot: every report made once, every e-mail sent"""
    with private_service.connect() as db:
        began = db.execute("SELECT now()").fetchone()[0]
        work = KilledWorker(private_service, db, mailbox)
        report = work.ask_for_report()
        seconds, reports = work.measure_seconds(report), 0
        while work.killed.total() < KILL_COUNT:
            report, reports = work.ask_for_edition(report), reports + 1
            hits = kill_one_several_times(work, report, seconds)
            work.wait_until_done(report)
            check_made_once(report, attempts=1 + hits)
        wait_until(lambda: not db.execute(UNSENT_SQL).fetchall(), within=120)
        wait_until(lambda: not db.execute(UNFINISHED_SQL).fetchall(), within=120)
        sent = check_every_email_left(mailbox, db, began)
    for how, times in work.killed.items():
        record_property("lost", (how, times, 0))
    record_property("lost", ("reports made meanwhile, each once", reports, 0))
    record_property("lost", ("e-mails sent meanwhile, each once or more", sent, 0))


def kill_one_several_times(work, report, seconds):
    """How often it was, until a kill came too late: the report was made before it."""
    most = min(KILLS_OF_ONE, KILL_COUNT - work.killed.total())
    for attempt in range(1, most + 1):
        work.raise_alert()
        if not work.kill_at_random(report, attempt, seconds):
            return attempt - 1
    return most


def check_every_email_left(mailbox, db, began):  # noqa: F811
    """Each that the database says is sent is among what was delivered; returns how many."""
    delivered = "".join(each.as_string() for each in mailbox.received)
    sent = [str(row[0]) for row in db.execute(EMAILS_SQL, [began])]
    assert sent
    assert [each for each in sent if each not in delivered] == []
    return len(sent)
