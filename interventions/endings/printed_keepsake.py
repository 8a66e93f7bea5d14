"""The printed keepsake: the preview, the print page and the PDF are all built here from the same lines."""

import hashlib

from django.utils import timezone

from interventions.endings.keepsake_excerpts import KeepsakePolicy, list_keepsake_excerpts
from interventions.endings.models import Keepsake
from pairs.web.formats import format_day

NOT_PRINTABLE = (
    "A line of this keepsake is no longer on the record, or no longer only about this baby and carer. "
    "Create a new version."
)


def build_printed_keepsake(keepsake: Keepsake) -> dict:
    """The print context of a keepsake from Keepsake.objects.whole(); only the refusal if not printable."""
    stopped = find_print_error(keepsake)
    if stopped:
        return {"title": "Keepsake to be recreated", "stopped": stopped}
    return {
        "title": keepsake.title,
        "stopped": "",
        "for_whom": _format_both_names(keepsake),
        "opening": keepsake.opening,
        "lines": [line.text for line in keepsake.lines.all()],
        "closing": keepsake.closing,
        "made": format_day(keepsake.ready_at or keepsake.created_at),
    }


def _format_both_names(keepsake: Keepsake) -> str:
    """The given names of the two; no number, no address, nothing clinical."""
    infant, carer = keepsake.dyad.infant, keepsake.dyad.caregiver
    return " and ".join(filter(None, [infant.given_name, carer.given_name]))


def find_print_error(keepsake: Keepsake) -> str:
    """Why the keepsake may not be printed; '' when it may. Lines whose note was amended since are allowed."""
    theirs = {line.note_id for line in list_keepsake_excerpts(keepsake.dyad, amended=True)}
    if not all(line.note_id in theirs for line in keepsake.lines.all()):
        return NOT_PRINTABLE
    return KeepsakePolicy(keepsake.dyad, timezone.localdate()).disclosure_problem


def compute_keepsake_digest(keepsake: Keepsake) -> str:
    """A digest of the exact text: only the version that was checked can become ready."""
    said = [keepsake.title, keepsake.opening, keepsake.closing, *(line.text for line in keepsake.lines.all())]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]
