"""kill -9 of the worker while it makes a report: another attempt makes it, once and whole."""

import os
from dataclasses import dataclass

import pytest

from tests.faults.person import Person
from tests.faults.processes import eventually, family_of, kill, kill_whole, needs_proc

pytestmark = [pytest.mark.faults, needs_proc]
LEASE = 3
LONG = os.environ.get("PAIRS_LONG")
MOMENTS = {
    "claimed": "status = 'running'",
    "counting": "status = 'running' AND progress >= 5",
    "protecting small numbers": "status = 'running' AND progress >= 40",
    "making the PDF": "status = 'running' AND progress >= 80",
}
REPORTS = "SELECT id, job_id, snapshot, computed_at FROM evidence_report"
JOB = "SELECT status, attempt, file FROM jobs_job WHERE id = %s"


@dataclass
class Asked:
    """A report the manager has asked for on the page."""

    service: object
    db: object
    manager: Person
    path: str

    @property
    def id(self):
        return self.path.split("/")[2]

    def reached(self, moment):
        here = f"SELECT 1 FROM jobs_job JOIN evidence_report r ON r.job_id = jobs_job.id WHERE r.id = %s AND {moment}"
        return bool(self.db.execute(here, [self.id]).fetchone())

    def wait_for(self, moment):
        eventually(lambda: self.reached(MOMENTS[moment]), within=60, every=0.005)


@pytest.fixture(scope="module")
def own_service(start_service):
    """One copy for all of these, with a lease short enough to wait for."""
    with start_service(env={"JOB_LEASE_SECONDS": str(LEASE)}) as service:
        yield service


@pytest.fixture
def asked(own_service):
    """Each time a month nobody has asked for yet."""
    with own_service.connect() as db:
        manager = Person(own_service.base_url, "manager")
        answer = manager.post("/reports/", month=next_month(db))
        assert answer.status == 302, answer.text
        yield Asked(own_service, db, manager, answer.location)


def next_month(db):
    """Last month, and for every later test the month before."""
    back = db.execute("SELECT count(*) FROM evidence_report").fetchone()[0] + 1
    month = "to_char(date_trunc('month', now()) - make_interval(months => %s), 'YYYY-MM')"
    return db.execute(f"SELECT {month}", [back]).fetchone()[0]


@pytest.mark.parametrize("moment", MOMENTS if LONG else ["counting"])
def test_worker_killed(asked, moment):
    """The worker killed -9 with all its children while it makes a report: made once, by the next attempt"""
    asked.wait_for(moment)
    kill_whole(asked.service.process("worker"))
    nothing_half_written(asked)
    asked.service.start("worker")
    made_once_and_whole(asked)


@pytest.mark.parametrize("moment", MOMENTS if LONG else ["making the PDF"])
def test_only_the_child_killed(asked, moment):
    """Only the child that makes the report killed -9: the worker lives on, and the report is made once"""
    worker = asked.service.process("worker")
    asked.wait_for(moment)
    kill(family_of(worker.pid))
    nothing_half_written(asked)
    made_once_and_whole(asked)
    assert worker.poll() is None


def nothing_half_written(asked):
    """Killed on the way: no figures, no paper; the page goes on showing how far it was."""
    _, job, snapshot, computed_at = the_report(asked)
    status, attempt, file = asked.db.execute(JOB, [job]).fetchone()
    assert (status, attempt, file, snapshot, computed_at) == ("running", 1, None, None, None)
    page = asked.manager.get(f"{asked.path}progress/")
    assert page.status == 200
    assert asked.manager.get(f"{asked.path}pdf/").status == 404


def made_once_and_whole(asked):
    eventually(lambda: asked.reached("status = 'done'"), within=60)
    report, job, snapshot, computed_at = the_report(asked)
    _, attempt, file = asked.db.execute(JOB, [job]).fetchone()
    assert attempt >= 2
    assert file.startswith(b"%PDF")
    assert b"%%EOF" in file[-1024:]
    assert computed_at
    assert [period["kind"] for period in snapshot["periods"]] == ["month", "quarter", "year"]
    assert snapshot["definitions"]
    computed = "SELECT count(*) FROM evidence_reportevent WHERE pgh_obj_id = %s AND computed_at IS NOT NULL"
    assert asked.db.execute(computed, [report]).fetchone() == (1,)
    shown_to_the_manager(asked, file)


def shown_to_the_manager(asked, file):
    assert "100" in asked.manager.get(f"{asked.path}progress/").text
    assert "Download PDF" in asked.manager.get(asked.path).text
    assert asked.manager.get(f"{asked.path}pdf/").body == bytes(file)


def the_report(asked):
    """The one row of its month and version."""
    same = f"{REPORTS} WHERE (month, version) = (SELECT month, version FROM evidence_report WHERE id = %s)"
    (row,) = asked.db.execute(same, [asked.id]).fetchall()
    assert str(row[0]) == asked.id
    return row
