"""A document is drawn in a process of its own: one that is too large is refused, and harms no other."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from pairs.documents import drawing_process, pdf
from pairs.documents.actions import TASK
from pairs.documents.drawing_process import ProcessEnded, run_in_process
from pairs.documents.pdf import TOO_LARGE, render_document
from pairs.jobs.actions import WorkRefused, enqueue, work_on_job
from pairs.jobs.models import Job
from pairs.service.refusals import ActionRefused
from pairs.village.documents import LETTER

MEGABYTE = 1024 * 1024
REFUSED = {"megabytes": 100, "refusal": "Too much"}


def print_sentences(monkeypatch, number):
    """In one paragraph: so long a text takes memory of its own, whatever is free already in this process."""
    words = "He slept through and woke calm. " * number
    page = f'<html lang="en"><head><title>A</title></head><body><p>{words}</p></body></html>'
    monkeypatch.setattr(pdf, "render_to_string", lambda *_: page)
    return render_document(LETTER, {})


def list_children():
    """Process ids of this one's children."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(each) for task in tasks for each in task.read_text().split()}


def test_a_document_that_is_merely_long_is_refused_and_the_next_is_printed(monkeypatch, settings):
    """A harmless text, and a limit that a letter keeps to."""
    settings.PDF_MEMORY_MB = 150
    assert print_sentences(monkeypatch, 1).startswith(b"%PDF")
    settings.PDF_MEMORY_MB = 40
    with pytest.raises(WorkRefused, match=TOO_LARGE):
        print_sentences(monkeypatch, 600_000)
    settings.PDF_MEMORY_MB = 150
    assert print_sentences(monkeypatch, 2).startswith(b"%PDF")


def test_what_is_made_comes_back_whole():
    made = run_in_process(lambda: os.urandom(3) * MEGABYTE, megabytes=0, refusal="")
    assert len(made) == 3 * MEGABYTE


def test_more_than_it_may_take_is_refused_and_as_much_is_not():
    with pytest.raises(WorkRefused, match="Too much"):
        run_in_process(lambda: bytes(200 * MEGABYTE), **REFUSED)
    assert len(run_in_process(lambda: bytes(20 * MEGABYTE), **REFUSED)) == 20 * MEGABYTE


@pytest.mark.parametrize("known", [True, False])
def test_without_a_limit_nothing_is_limited(monkeypatch, tmp_path, known):
    if not known:
        monkeypatch.setattr(drawing_process, "PROCESS_SIZE", tmp_path / "no such file")
    megabytes = 0 if known else 1
    assert len(run_in_process(lambda: bytes(40 * MEGABYTE), megabytes=megabytes, refusal="")) == 40 * MEGABYTE


def end_by(number):
    os.kill(os.getpid(), number)
    time.sleep(60)
    return b""


def test_a_library_that_ends_it_is_refused_and_a_kill_may_be_tried_again():
    with pytest.raises(WorkRefused, match="Too much"):
        run_in_process(lambda: end_by(signal.SIGSEGV), **REFUSED)
    with pytest.raises(ProcessEnded):
        run_in_process(lambda: end_by(signal.SIGKILL), **REFUSED)


class Untold(Exception):
    def __init__(self):
        super().__init__(threading.Lock())


@pytest.mark.parametrize(
    ("raised", "arrives"),
    [
        (ActionRefused({"": "No such letter"}), ActionRefused),
        (KeyError("x"), KeyError),
        (Untold(), RuntimeError),
    ],
)
def test_what_goes_wrong_in_it_goes_wrong_here(raised, arrives):
    def fail():
        raise raised

    with pytest.raises(arrives):
        run_in_process(fail, **REFUSED)


def test_one_that_is_told_to_stop_takes_it_along(monkeypatch):
    """As the time limit of a task does it: by an exception while the answer is awaited."""

    def stop(*_):
        raise TimeoutError

    before, old = list_children(), signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(TimeoutError):
            run_in_process(lambda: end_by(signal.SIGCONT), **REFUSED)
    finally:
        signal.signal(signal.SIGALRM, old)
    assert list_children() - before == set()


@pytest.mark.django_db
def test_whoever_asked_is_told_and_it_is_not_tried_again():
    job, _ = enqueue(task=TASK, key="too large")
    with work_on_job(job.pk):
        run_in_process(lambda: bytes(200 * MEGABYTE), megabytes=100, refusal="Too large.")
    job.refresh_from_db()
    assert (job.status, job.refusal, job.attempt) == (Job.FAILED, "Too large.", 1)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux ends a process with its parent")
def test_a_worker_that_is_killed_takes_it_along(tmp_path):
    """Killed outright, so that nothing of its own can tidy up."""
    told = tmp_path / "child"

    def report_and_wait():
        told.write_text(str(os.getpid()))
        time.sleep(60)
        return b""

    worker = os.fork()
    if worker == 0:
        try:
            run_in_process(report_and_wait, **REFUSED)
        finally:
            os._exit(0)
    child = wait_for(lambda: told.exists() and told.read_text())
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    assert wait_for(lambda: not is_running(int(child)))


def wait_for(find, seconds=30):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := find():
            return found
        time.sleep(0.05)
    return None


def is_running(process):
    status = Path(f"/proc/{process}/status")
    try:
        return "State:\tZ" not in status.read_text()
    except OSError:
        return False
