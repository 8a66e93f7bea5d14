"""kill -9 of the worker while it makes a report: another attempt makes it, once and whole, and tells of it once."""

import contextlib
import os
from collections import Counter
from dataclasses import dataclass

import pytest

from tests.faults.http_user import HttpUser
from tests.faults.mailbox import Mailbox, open_mailbox
from tests.faults.processes import kill, kill_process_tree, list_descendants, needs_proc, wait_until

pytestmark = [pytest.mark.faults, needs_proc]
LEASE_SECONDS = 3
LONG_RUN = os.environ.get("PAIRS_LONG")
JOB_MOMENTS = {
    "claimed": "status = 'running'",
    "counting": "status = 'running' AND progress >= 5",
    "protecting small numbers": "status = 'running' AND progress >= 40",
    "drawing tables": "status = 'running' AND progress >= 75",
    "making the PDF": "status = 'running' AND progress >= 80",
}
REPORT_SQL = "SELECT id, job_id, snapshot, computed_at FROM evidence_report"
JOB_SQL = "SELECT status, attempt, file FROM jobs_job WHERE id = %s"
WAITING_SQL = "SELECT 1 FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
EMAILS_SQL = """SELECT email."to"->>0, email.id, email.sent_at IS NOT NULL
    FROM jobs_outboxemail email WHERE email.subject = %s"""


@dataclass
class RequestedReport:
    """A report the manager has asked for on the page."""

    service: object
    db: object
    manager: HttpUser
    path: str
    mailbox: Mailbox

    @property
    def id(self):
        return self.path.split("/")[2]

    def has_reached(self, moment):
        here = f"SELECT 1 FROM jobs_job JOIN evidence_report r ON r.job_id = jobs_job.id WHERE r.id = %s AND {moment}"
        return bool(self.db.execute(here, [self.id]).fetchone())

    def wait_for(self, moment):
        wait_until(lambda: self.has_reached(JOB_MOMENTS[moment]), within=60, every=0.005)


@pytest.fixture(scope="module")
def mailbox():
    with open_mailbox() as mailbox:
        yield mailbox


@pytest.fixture(scope="module")
def private_service(start_service, mailbox):
    """One copy for all of these, with a lease short enough to wait for."""
    with start_service(env={"JOB_LEASE_SECONDS": str(LEASE_SECONDS), **mailbox.environment}) as service:
        yield service


@pytest.fixture
def requested_report(private_service, mailbox):
    """Each time a month nobody has asked for yet."""
    with private_service.connect() as db:
        manager = HttpUser(private_service.base_url, "manager")
        answer = manager.post("/reports/", month=find_unreported_month(db))
        assert answer.status == 302, answer.text
        yield RequestedReport(private_service, db, manager, answer.location, mailbox)


def find_unreported_month(db):
    """Last month, and for every later test the month before."""
    back = db.execute("SELECT count(*) FROM evidence_report").fetchone()[0] + 1
    month = "to_char(date_trunc('month', now()) - make_interval(months => %s), 'YYYY-MM')"
    return db.execute(f"SELECT {month}", [back]).fetchone()[0]


@pytest.mark.parametrize("moment", JOB_MOMENTS if LONG_RUN else ["counting"])
def test_worker_killed(requested_report, moment):
    """The worker killed -9 with all its children while it makes a report: made once, by the next attempt"""
    requested_report.wait_for(moment)
    kill_process_tree(requested_report.service.get_process("worker"))
    check_nothing_half_written(requested_report)
    requested_report.service.start("worker")
    check_made_and_told_once(requested_report)


@pytest.mark.parametrize("moment", JOB_MOMENTS if LONG_RUN else ["making the PDF"])
def test_only_the_child_killed(requested_report, moment):
    """Only the child that makes the report killed -9: the worker lives on, and the report is made once"""
    worker = requested_report.service.get_process("worker")
    requested_report.wait_for(moment)
    kill(list_descendants(worker.pid))
    check_nothing_half_written(requested_report)
    check_made_and_told_once(requested_report)
    assert worker.poll() is None


def test_worker_killed_while_it_stores(requested_report):
    """The worker killed -9 between its first and its last write: nothing of it stays, and the report is made once"""
    service = requested_report.service
    with hold_report_row(requested_report) as holder:
        waiting = WAITING_SQL, [holder.info.backend_pid]
        wait_until(lambda: requested_report.db.execute(*waiting).fetchone(), within=60)
        kill_process_tree(service.get_process("worker"))
        check_nothing_half_written(requested_report)
    service.start("worker")
    check_made_and_told_once(requested_report)


@contextlib.contextmanager
def hold_report_row(asked):
    """Whoever writes to the report meanwhile waits."""
    with asked.service.connect() as holder, holder.transaction():
        holder.execute("SELECT FROM evidence_report WHERE id = %s FOR UPDATE", [asked.id])
        yield holder


@pytest.mark.parametrize("at", ["open", "acknowledges"])
def test_worker_killed_while_it_sends(requested_report, mailbox, at):
    """The worker killed -9 before an e-mail is taken, and after, before it hears so: everybody is told once"""
    mailbox.leave_waiting(getattr(mailbox, at))
    wait_until(mailbox.kept_waiting.is_set, within=60)
    kill_process_tree(requested_report.service.get_process("worker"))
    mailbox.answer_everybody()
    requested_report.service.start("worker")
    check_made_and_told_once(requested_report, attempts=1)


def check_nothing_half_written(asked):
    """Killed on the way: no figures, no paper; the page goes on showing how far it was."""
    _, job, snapshot, computed_at = get_report_row(asked)
    status, attempt, file = asked.db.execute(JOB_SQL, [job]).fetchone()
    assert (status, attempt, file, snapshot, computed_at) == ("running", 1, None, None, None)
    page = asked.manager.get(f"{asked.path}progress/")
    assert page.status == 200
    assert asked.manager.get(f"{asked.path}pdf/").status == 404


def check_made_and_told_once(asked, attempts=2):
    check_made_once(asked, attempts)
    check_told_once(asked)


def check_made_once(asked, attempts=2):
    """``attempts``: how many it took, or more."""
    wait_until(lambda: asked.has_reached("status = 'done'"), within=60)
    report, job, snapshot, computed_at = get_report_row(asked)
    _, attempt, file = asked.db.execute(JOB_SQL, [job]).fetchone()
    assert attempt >= attempts
    assert file.startswith(b"%PDF")
    assert b"%%EOF" in file[-1024:]
    assert computed_at
    assert [period["kind"] for period in snapshot["periods"]] == ["month", "quarter", "year"]
    assert snapshot["definitions"]
    computed = "SELECT count(*) FROM evidence_reportevent WHERE pgh_obj_id = %s AND computed_at IS NOT NULL"
    assert asked.db.execute(computed, [report]).fetchone() == (1,)
    check_shown_to_manager(asked, file)


def check_told_once(asked):
    """Each reader has one e-mail. One that was sent, and not noted as sent, comes again as the same message."""
    month = asked.db.execute("SELECT month FROM evidence_report WHERE id = %s", [asked.id]).fetchone()[0]
    subject = f"Service and equity report, {month:%B %Y} is ready"

    def list_emails():
        return asked.db.execute(EMAILS_SQL, [subject]).fetchall()

    wait_until(lambda: all(sent for _, _, sent in list_emails()), within=60)
    stored = {address: str(email) for address, email, _ in list_emails()}
    assert stored
    assert len(stored) == len(list_emails())
    came = [each for each in asked.mailbox.received if " ".join(each["Subject"].split()) == subject]
    names = {(each["To"], each["Message-ID"].strip("<>").partition("@")[0]) for each in came}
    assert names == set(stored.items())
    assert max(Counter(each["To"] for each in came).values()) <= 2


def check_shown_to_manager(asked, file):
    assert "100" in asked.manager.get(f"{asked.path}progress/").text
    assert "Download PDF" in asked.manager.get(asked.path).text
    assert asked.manager.get(f"{asked.path}pdf/").body == bytes(file)


def get_report_row(asked):
    """The one row of its month, version and edition."""
    which = "month, version, edition"
    same = f"{REPORT_SQL} WHERE ({which}) = (SELECT {which} FROM evidence_report WHERE id = %s)"
    (row,) = asked.db.execute(same, [asked.id]).fetchall()
    assert str(row[0]) == asked.id
    return row
