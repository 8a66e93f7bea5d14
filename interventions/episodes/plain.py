"""A signed note as plain text, to be pasted elsewhere: who, when, how, who came, the words, every amendment."""

from django.utils import timezone


def plain_text(contact, *, name, notes):
    """``contact`` fetched ``with_all``; ``notes``: [(standing part, [what it was before, newest first])]."""
    lines = [*_head(contact, name), ""]
    for part, before in notes:
        lines += [*_part(part, before), ""]
    return "\n".join([*lines, *_foot(contact)]).strip() + "\n"


def _head(contact, name):
    lines = [f"{name}: contact of {_clock(contact.starts_at)}", contact.title]
    if contact.kind != "message":
        lines.append(f"{contact.minutes} minutes")
    lines += [f"Worked with: {each}" for each in contact.interventions.all()]
    lines += [f"{each.person}: {_came(each, contact)}" for each in contact.participants.all()]
    lines += [f"With {each}" for each in contact.colleagues.all()]
    if contact.is_late:
        lines.append(f"Late entry: written up on {_clock(contact.created_at)}")
    return lines


def _came(participant, contact):
    if contact.kind == "message":
        return "written to or heard from"
    came = participant.get_attendance_display().lower()
    return f"{came}; {participant.baby.lower()}" if participant.baby else came


def _part(part, before):
    late = " Late entry." if part.is_late and not part.care_contact.is_late else ""
    lines = [f"{part.get_part_display()} (about: {part.about})", part.text]
    lines.append(f"Written by {part.written_by}, signed {_clock(part.signed_at)}.{late}")
    for newer, older in zip([part, *before], before, strict=False):
        lines += [
            f"This is an amendment of {_clock(newer.signed_at)}: {newer.amended_because}",
            f"Before, by {older.written_by}, signed {_clock(older.signed_at)}:",
            older.text,
        ]
    return lines


def _foot(contact):
    lines = [f"Signed by {contact.practitioner} on {_clock(contact.signed_at)}."]
    if contact.countersigning:
        lines.append(f"{contact.get_countersigning_display()}.")
    return lines


def _clock(moment):
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M}"
