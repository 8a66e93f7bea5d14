"""A letter as it stands on paper: printed from the browser and made as a PDF from these same lines."""

import hashlib
from datetime import date

from django.utils import timezone

from pairs.jobs.models import Job
from pairs.service.pages import day
from pairs.village.letters import WRITE_ANEW, envelope_of, judge_of, why_not_whole
from pairs.village.models import Letter
from pairs.village.rules import SENDER


def paper_of(letter: Letter, on: date) -> dict:
    """What the paper says today. A letter with something in it that may no longer be told says only that."""
    judge = judge_of(letter, on)
    if why_not_whole(letter, judge):
        return {"sender": SENDER, "stopped": WRITE_ANEW, "title": "A letter to be written anew"}
    envelope = envelope_of(letter, judge)
    return {
        "sender": SENDER,
        "site": str(letter.family.site),
        "stopped": "",
        "title": f"Letter of {day(_dated(letter))}",
        "to": envelope.lines,
        "by_hand": bool(envelope.why_not),
        "on": day(_dated(letter)),
        "text": letter.text,
        "parts": [(_heading(part), part.text) for part in letter.parts.all()],
        "signed_by": str(letter.signed_by or ""),
        "profession": letter.signed_by.profession if letter.signed_by else "",
    }


def pdf_key(letter: Letter, on: date) -> str:
    """One PDF for the same lines: when an address or a wish about post has changed since, it is made anew."""
    lines = repr(sorted(paper_of(letter, on).items()))
    return f"letter:{letter.pk}:{hashlib.sha256(lines.encode()).hexdigest()[:16]}"


def pdf_of_today(letter: Letter, on: date) -> Job | None:
    """The PDF's job, made or being made, when what it says is what the paper says today."""
    return letter.job if letter.job and letter.job.key == pdf_key(letter, on) else None


def _dated(letter):
    return timezone.localdate(letter.signed_at or letter.created_at)


def _heading(part):
    return "Contact details" if part.address_id or part.caregiver_id else str(part)
