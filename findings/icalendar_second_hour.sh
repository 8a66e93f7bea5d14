#!/bin/sh
# An appointment in the hour that comes twice, written by icalendar.
#
# On the night the clocks go back, half past one comes twice; Python tells the two apart by `fold`. A local time with a zone
# in an iCalendar file always means the first (RFC 5545, 3.3.5), so the second can only be written in UTC. icalendar writes it
# as the local time all the same: what began at 01:30 and ended an hour later ends when it began, an hour early for
# whoever subscribes to the calendar. Nothing is said, neither when it is written nor when it is read.
# What PaIRS does: its calendars are in UTC throughout (interventions/diary/calendar_feed.py).
#
# Run by hand, outside CI: it installs into a temporary folder, and fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 tzdata==2026.6
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar

LONDON = ZoneInfo("Europe/London")
begin = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
end = datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON)

event = icalendar.Event()
event.add("uid", "on-call")
event.add("dtstart", begin)
event.add("dtend", end)
calendar = icalendar.Calendar()
calendar.add_component(event)
written = calendar.to_ical().decode()
again = icalendar.Calendar.from_ical(written).walk("VEVENT")[0]

print(f"Python {sys.version.split()[0]}, icalendar {icalendar.__version__}")
print(f"given    {begin.astimezone(UTC):%H:%M} to {end.astimezone(UTC):%H:%M} UTC")
print(*(f"written  {line}" for line in written.splitlines() if line.startswith("DT")), sep="\n")
print(f"read     {again.start.astimezone(UTC):%H:%M} to {again.end.astimezone(UTC):%H:%M} UTC")
assert end.astimezone(UTC) - begin.astimezone(UTC) == datetime(1, 1, 1, 1) - datetime(1, 1, 1)
assert again.start.astimezone(UTC) == again.end.astimezone(UTC) == begin.astimezone(UTC), "the behaviour has changed"
PYTHON
