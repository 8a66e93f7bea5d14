"""Renders a calendar feed (iCalendar, RFC 5545) from plain rows. It names nobody.

Times are written in UTC, so that no clock-change rules are needed; programs show them in their own zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

CRLF = "\r\n"
MAX_LINE_OCTETS = 75  # octets, RFC 5545 section 3.1
REFRESH_INTERVAL = "PT1H"


@dataclass(frozen=True)
class CalendarEntry:
    """One visit or engagement: id, time, length, a summary that names nobody, and the page to open."""

    id: UUID
    written_at: datetime
    starts_at: datetime
    minutes: int
    summary: str
    where: str
    href: str
    changed_at: datetime | None = None  # never, where it is None
    changes: int = 0  # how often: a program that has an older version takes the newer one


def render_calendar(name: str, entries: Iterable[CalendarEntry]) -> str:
    """The whole calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//PaIRS//Diary//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH_INTERVAL}",
        f"X-PUBLISHED-TTL:{REFRESH_INTERVAL}",
        *(line for entry in entries for line in _render_event(entry)),
        "END:VCALENDAR",
    ]
    return "".join(fold_line(line) + CRLF for line in lines)


def _render_event(entry: CalendarEntry) -> list[str]:
    changed_at = entry.changed_at or entry.written_at
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.id}@pairs",
        f"DTSTAMP:{format_utc(changed_at)}",
        f"CREATED:{format_utc(entry.written_at)}",
        f"LAST-MODIFIED:{format_utc(changed_at)}",
        f"SEQUENCE:{entry.changes}",
        f"DTSTART:{format_utc(entry.starts_at)}",
        f"DTEND:{format_utc(entry.starts_at + timedelta(minutes=entry.minutes))}",
        f"SUMMARY:{escape_text(entry.summary)}",
        f"LOCATION:{escape_text(entry.where)}",
        f"DESCRIPTION:{escape_text('Open in PaIRS: ' + entry.href)}",
        f"URL:{entry.href}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def format_utc(moment: datetime) -> str:
    """20261121T093000Z."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escape_text(text: str) -> str:
    """Escape a text value: backslash, comma, semicolon and line breaks (RFC 5545 section 3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def fold_line(line: str) -> str:
    """Fold a line at 75 octets, continued on lines that begin with a space; no character is split."""
    pieces, piece, room = [], "", MAX_LINE_OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", MAX_LINE_OCTETS - 1
        piece, room = piece + character, room - size
    return f"{CRLF} ".join([*pieces, piece])
