"""Exports a signed note as plain text for pasting elsewhere, with attendance and every amendment."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from interventions.episodes.contact_rules import ContactKind, CountersigningState


def format_note_as_text(contact: Any, *, name: str, notes: list[tuple[Any, list[Any]]]) -> str:
    """``contact`` comes from ``with_all``; ``notes``: [(current part, [earlier versions, newest first])]."""
    lines = [*_format_head(contact, name), ""]
    for part, before in notes:
        lines += [*_format_part(part, before), ""]
    return "\n".join([*lines, *_format_foot(contact)]).strip() + "\n"


def _format_head(contact: Any, name: str) -> list[str]:
    lines = [f"{name}: contact of {_format_time(contact.starts_at)}", contact.title]
    if contact.kind != ContactKind.MESSAGE:
        lines.append(f"{contact.minutes} minutes")
    lines += [f"Worked with: {each}" for each in contact.interventions.all()]
    lines += [f"{each.person}: {_format_attendance(each, contact)}" for each in contact.participants.all()]
    lines += [f"With {each}" for each in contact.colleagues.all()]
    if contact.is_late:
        lines.append(f"Late entry: written up on {_format_time(contact.created_at)}")
    return lines


def _format_attendance(participant: Any, contact: Any) -> str:
    if contact.kind == ContactKind.MESSAGE:
        return "written to or heard from"
    came = participant.get_attendance_display().lower()
    return f"{came}; {participant.baby.lower()}" if participant.baby else came


def _format_part(part: Any, before: list[Any]) -> list[str]:
    late = " Late entry." if part.is_late and not part.care_contact.is_late else ""
    lines = [f"{part.get_part_display()} (about: {part.about})", part.text]
    lines.append(f"Written by {part.written_by}, signed {_format_time(part.signed_at)}.{late}")
    for newer, older in zip([part, *before], before, strict=False):
        lines += [
            f"This is an amendment of {_format_time(newer.signed_at)}: {newer.amended_because}",
            f"Before, by {older.written_by}, signed {_format_time(older.signed_at)}:",
            older.text,
        ]
    return lines


def _format_foot(contact: Any) -> list[str]:
    verb = "Written by {}, signed" if contact.countersigning == CountersigningState.LEFT else "Signed by {}"
    lines = [f"{verb.format(contact.practitioner)} on {_format_time(contact.signed_at)}."]
    if contact.countersigning:
        lines.append(f"{contact.get_countersigning_display()}.")
    return lines


def _format_time(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M}"
