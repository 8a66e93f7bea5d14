"""A letter as it stands on paper: printed from the browser and made as a PDF from these same lines."""

from datetime import date

from django.utils import timezone

from pairs.village.letters import REWRITE_MESSAGE, build_envelope, find_letter_problems, load_letter_policy
from pairs.village.models import Letter, LetterPart
from pairs.village.rules import SENDER
from pairs.web.formats import format_day


def build_printed_letter(letter: Letter, on: date) -> dict:
    """What the paper says today. A letter with something in it that may no longer be told says only that."""
    judge = load_letter_policy(letter, on)
    if find_letter_problems(letter, judge):
        return {"sender": SENDER, "stopped": REWRITE_MESSAGE, "title": "Letter to be rewritten"}
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


def _get_letter_date(letter: Letter) -> date:
    return timezone.localdate(letter.signed_at or letter.created_at)


def _get_part_heading(part: LetterPart) -> str:
    return "Contact details" if part.address_id or part.caregiver_id else str(part)
