"""A letter as it stands on paper: printed from the browser and made as a PDF from these same lines."""

import hashlib
from datetime import date

from django.http import Http404, HttpResponse
from django.utils import timezone

from pairs.jobs.models import Job
from pairs.service.refusals import ActionRefused
from pairs.village.letters import REWRITE_MESSAGE, build_envelope, find_letter_problems, load_letter_policy
from pairs.village.models import Letter, LetterPart
from pairs.village.rules import SENDER
from pairs.web.jinja_environment import format_day

PDF_OUTDATED_MESSAGE = (
    "Something on this PDF has changed since it was made, such as the address. Make it again."
)


def build_printed_letter(letter: Letter, on: date) -> dict:
    """What the paper says today. A letter with something in it that may no longer be told says only that."""
    judge = load_letter_policy(letter, on)
    if find_letter_problems(letter, judge):
        return {"sender": SENDER, "stopped": REWRITE_MESSAGE, "title": "A letter to be written anew"}
    envelope = build_envelope(letter, judge)
    return {
        "sender": SENDER,
        "site": str(letter.family.site),
        "stopped": "",
        "title": f"Letter of {format_day(_get_letter_date(letter))}",
        "to": envelope.lines,
        "by_hand": bool(envelope.why_not),
        "on": format_day(_get_letter_date(letter)),
        "text": letter.text,
        "parts": [(_get_part_heading(part), part.text) for part in letter.parts.all()],
        "signed_by": str(letter.signed_by or ""),
        "profession": letter.signed_by.profession if letter.signed_by else "",
    }


def compute_pdf_key(letter: Letter, on: date) -> str:
    """One PDF for the same lines: when an address or a wish about post has changed since, it is made anew."""
    lines = repr(sorted(build_printed_letter(letter, on).items()))
    return f"letter:{letter.pk}:{hashlib.sha256(lines.encode()).hexdigest()[:16]}"


def find_current_pdf(letter: Letter, on: date) -> Job | None:
    """The PDF's job, made or being made, when what it says is what the paper says today."""
    return letter.job if letter.job and letter.job.key == compute_pdf_key(letter, on) else None


def build_pdf_response(letter: Letter, on: date) -> HttpResponse:
    """The file as it was made; 404 until it is. Raises ActionRefused when it may no longer be told or posted so."""
    if find_letter_problems(letter, load_letter_policy(letter, on)):
        raise ActionRefused(REWRITE_MESSAGE)
    if letter.job is None or letter.job.status != Job.DONE:
        raise Http404
    if find_current_pdf(letter, on) is None:
        raise ActionRefused(PDF_OUTDATED_MESSAGE)
    response = HttpResponse(bytes(letter.job.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{letter.file_name}"'
    return response


def _get_letter_date(letter: Letter) -> date:
    return timezone.localdate(letter.signed_at or letter.created_at)


def _get_part_heading(part: LetterPart) -> str:
    return "Contact details" if part.address_id or part.caregiver_id else str(part)
