"""Asks for a document's PDF, makes it and hands it out: judged anew each time."""

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.documents.document import Document, find_current_job, map_documents
from pairs.documents.fonts import collect_text, find_missing_letters_error
from pairs.jobs.actions import finish_job, report_progress, request_job
from pairs.jobs.models import Job
from pairs.service.refusals import ActionRefused

TASK = "documents.make_pdf"
OUTDATED_MESSAGE = "Something on this PDF has changed since it was made. Create it again."


def request_document_job(document: Document, key: str) -> Job:
    """The job that makes the PDF with this key. Asked for twice, made once; one that failed is tried again."""
    return request_job(task=TASK, key=key, document=document.name)


@transaction.atomic
def request_pdf(*, document: Document, record: Any) -> Any:
    """The record with the job that makes its PDF. Raises ActionRefused when it may not be told today."""
    today = timezone.localdate()
    found = document.get_records().get(pk=record.pk)
    paper = document.build_paper(found, today)
    # A letter that none of our fonts has would be missing on paper.
    if problem := paper["stopped"] or find_missing_letters_error(collect_text(paper)):
        raise ActionRefused(problem)
    found.job = request_document_job(document, document.build_key(found, paper))
    found.save(update_fields=["job"])
    return found


def make_pdf(job: Job) -> None:
    """One attempt. Of a record that is out of sight, or was asked for anew since, nothing is made.

    Raises LostClaim when the job is no longer ours.
    """
    from pairs.documents.pdf import render_document  # the worker's alone: the web never loads the renderer

    document = map_documents()[job.arguments["document"]]
    record = document.get_records().filter(job=job).first()
    if record is None:
        finish_job(job=job)
        return
    say_progress = partial(_say_progress, job)
    paper = document.prepare_paper(record, timezone.localdate(), say_progress)
    say_progress(80, "Making the PDF")
    save_pdf(job=job, document=document, record=record, paper=paper, file=render_document(document, paper))


def _say_progress(job: Job, per_cent: int, stage: str) -> None:
    report_progress(job=job, per_cent=per_cent, stage=stage)


@transaction.atomic
def save_pdf(*, job: Job, document: Document, record: Any, paper: Any, file: bytes) -> None:
    """File and record together, once. Raises LostClaim, and writes nothing, when the job is no longer ours."""
    finish_job(job=job, file=file)
    document.save_paper(record, paper)


def get_pdf(document: Document, record: Any, on: date) -> bytes | None:
    """The file as it was made; None until it is. Raises ActionRefused when it may no longer be told, or so."""
    paper = document.build_paper(record, on)
    if paper["stopped"]:
        raise ActionRefused(paper["stopped"])
    if record.job is None or record.job.status != Job.DONE or not record.job.file:
        return None
    if find_current_job(document, record, paper) is None:
        raise ActionRefused(OUTDATED_MESSAGE)
    return bytes(record.job.file)
