"""A keepsake as it stands on paper: looked at, printed from the browser and made as a PDF from the same lines."""

import hashlib

from django.utils import timezone

from interventions.endings.lines import Guard, lines_for
from interventions.endings.models import Keepsake
from pairs.service.pages import day

STOPPED = (
    "A line of this keepsake is no longer on the record, or no longer about these two alone. "
    "Begin another version."
)


def paper_of(keepsake: Keepsake) -> dict:
    """What the paper says; nothing of it once a line has left the record. From Keepsake.objects.whole()."""
    stopped = why_not_whole(keepsake)
    if stopped:
        return {"title": "A keepsake to be made anew", "stopped": stopped}
    return {
        "title": keepsake.title,
        "stopped": "",
        "for_whom": _for_whom(keepsake),
        "opening": keepsake.opening,
        "lines": [line.text for line in keepsake.lines.all()],
        "closing": keepsake.closing,
        "made": day(keepsake.ready_at or keepsake.created_at),
    }


def _for_whom(keepsake):
    """The two of them by their given names; no number, no address, nothing of a clinic."""
    infant, carer = keepsake.dyad.infant, keepsake.dyad.caregiver
    return " and ".join(filter(None, [infant.given_name, carer.given_name]))


def why_not_whole(keepsake: Keepsake) -> str:
    """'' while every line may still stand, else why it is not printed. Words that were amended since may stay."""
    theirs = {line.note_id for line in lines_for(keepsake.dyad, amended=True)}
    if not all(line.note_id in theirs for line in keepsake.lines.all()):
        return STOPPED
    return Guard(keepsake.dyad, timezone.localdate()).why_not_at_all


def seal_of(keepsake: Keepsake) -> str:
    """A mark of the very words: what was looked at is what becomes ready."""
    said = [keepsake.title, keepsake.opening, keepsake.closing, *(line.text for line in keepsake.lines.all())]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]
