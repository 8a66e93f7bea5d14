"""For the administrator: e-mails that could not be sent, and PDFs and reports that could not be made."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page
from pairs.jobs.actions import WORKER_KILLED, retry_failed_job
from pairs.jobs.models import Job
from pairs.submissions.actions import parse_token

# What a task is called; of the others the key says what they are.
TASK_WORDS = {"jobs.deliver_email": "E-mail", "documents.make_pdf": "PDF"}


@policy.permission("manage_accounts")
def list_failed_work(request: ScopedRequest) -> HttpResponse:
    """What failed as often as it was tried, newest first; POST tries one of them again."""
    failed = Job.objects.visible_to(request.scope).failed()
    if request.method == "POST":
        if _retry(request, failed):
            messages.success(request, "We will try it once more.")
        return redirect("failed-work")
    # Without the body: it may be encrypted with a key that is no longer ours, and is not shown.
    page = get_visible_page(request, failed.select_related("email").defer("email__body"))
    return render(request, "dashboards/failed_work.html", {"page": page, "rows": list(map(_build_row, page))})


def _retry(request: ScopedRequest, failed: Any) -> bool:
    posted = parse_token(request.POST.get("job"))
    job = failed.filter(pk=posted).first() if posted else None
    return bool(job) and retry_failed_job(job_id=job.pk)


def _build_row(job: Job) -> dict[str, Any]:
    """An e-mail by its subject and addressee, which name nobody of a family; anything else by its key."""
    email = getattr(job, "email", None)
    what = f"{email.subject}, to {', '.join(email.to)}" if email else job.key
    killed = job.failure == WORKER_KILLED
    return {
        "job": job,
        "title": f"{TASK_WORDS.get(job.task, 'Report')}: {what}",
        "why": "The worker was killed each time: it may need more memory." if killed else job.failure,
    }
