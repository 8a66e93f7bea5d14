"""A calendar as programs read it (iCalendar, RFC 5545): pure text from plain rows, with no name of anybody in it.

Every moment is written in UTC, so that no program has to know when the clocks change; it shows them in its own zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

CRLF = "\r\n"
LONGEST_LINE = 75  # octets, RFC 5545 section 3.1
REFRESH = "PT1H"


@dataclass(frozen=True)
class Entry:
    """One visit: which, when, for how long, in words that name nobody, and the page to open."""

    id: UUID
    written_at: datetime
    starts_at: datetime
    minutes: int
    summary: str
    where: str
    href: str


def calendar(name: str, entries: Iterable[Entry]) -> str:
    """The whole calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//PaIRS//Diary//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        *(line for entry in entries for line in _event(entry)),
        "END:VCALENDAR",
    ]
    return "".join(folded(line) + CRLF for line in lines)


def _event(entry: Entry) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.id}@pairs",
        f"DTSTAMP:{in_utc(entry.written_at)}",
        f"DTSTART:{in_utc(entry.starts_at)}",
        f"DTEND:{in_utc(entry.starts_at + timedelta(minutes=entry.minutes))}",
        f"SUMMARY:{escaped(entry.summary)}",
        f"LOCATION:{escaped(entry.where)}",
        f"DESCRIPTION:{escaped('Open in PaIRS: ' + entry.href)}",
        f"URL:{entry.href}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def in_utc(moment: datetime) -> str:
    """20261121T093000Z."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """A text value: backslash, comma, semicolon and line breaks as RFC 5545 section 3.3.11 writes them."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> str:
    """A line of at most 75 octets, the rest on lines that begin with a space; no character is cut in two."""
    pieces, piece, room = [], "", LONGEST_LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", LONGEST_LINE - 1
        piece, room = piece + character, room - size
    return f"{CRLF} ".join([*pieces, piece])
