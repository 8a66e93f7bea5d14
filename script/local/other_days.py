"""script/prove calendar: the suite's unit and project tests on other days than today.

Every process of a run, PostgreSQL's too, has its clock shifted by libfaketime. On a day like today nothing tells apart
local time and UTC, a month and thirty days, or a birthday and the day before: in the night when the clocks go forward,
on a summer evening, on a leap day and in the last hour of a year something does.
"""

import os
import subprocess
import sys
from calendar import isleap
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from script.local.state_folder import ROOT
from script.local.suite import PARALLEL_OPTIONS
from script.local.text_table import format_table

LIBRARIES = Path("/usr/lib")
INSTALL = "apt-get install --no-install-recommends libfaketime"
TESTS = ("tests/unit", "tests/project")
# What waits by real time beside the shifted one, and why it is left out.
NOT_SHIFTED = {
    "tests/project/test_migrations.py": "PostgreSQL's timers, as of a lock, never end then",
    "tests/unit/submissions/test_deadlocks.py": "the same",
    "tests/unit/jobs/test_concurrent_claims.py::test_a_long_job_renews_its_lease": "a lease runs by real time",
}


def find_last_sunday(year: int, month: int) -> date:
    """The day on which the clocks change, in March and October (Summer Time Order 2002)."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def list_moments(after: date) -> Iterator[tuple[datetime, str]]:
    """The next of each, in UTC, and what is different then."""
    years = range(after.year, after.year + 9)
    evening = time(23, 20)

    def find_next(days: Sequence[date]) -> date:
        return min(day for day in days if day > after)

    forward = find_next([find_last_sunday(year, 3) for year in years])
    back = find_next([find_last_sunday(year, 10) for year in years])
    leap = find_next([date(year, 2, 29) for year in years if isleap(year)])
    yield datetime.combine(forward, time(0, 50)), "the clocks go forward"
    yield (
        datetime.combine(find_next([date(year, 6, 29) for year in years]), evening),
        "tomorrow in local time",
    )
    yield datetime.combine(back, time(0, 50)), "the clocks go back"
    yield datetime.combine(find_next([date(year, 12, 31) for year in years]), evening), "the year ends"
    yield datetime.combine(leap, time(9)), "a leap day"


def find_library() -> Path:
    """Raises SystemExit with the line that installs it."""
    found = sorted(LIBRARIES.glob("*/faketime/libfaketime.so.1"))
    if not found:
        raise SystemExit(f"The clock is shifted by libfaketime. On Debian or Ubuntu:\n\n    sudo {INSTALL}")
    return found[0]


def run_on(moment: datetime, library: Path, arguments: Sequence[str]) -> int:
    """Pytest's exit status of a run that begins at that moment."""
    # By so much from now, and not to a fixed moment: each process would begin at that one when it starts.
    offset = int((moment.replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds())
    shifted = {"LD_PRELOAD": str(library), "FAKETIME": f"+{offset}s", "TZ": "UTC"}
    left_out = [f"--deselect={test}" for test in NOT_SHIFTED]
    command = [sys.executable, "-m", "pytest", "-q", *PARALLEL_OPTIONS, *left_out, *(arguments or TESTS)]
    environment = os.environ | shifted | {"FAKETIME_DONT_RESET": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def main(arguments: Sequence[str]) -> None:
    """Run the tests at each of the moments; with arguments, these tests and pytest's options."""
    library = find_library()
    rows = []
    for moment, what in list_moments(date.today()):
        print(f"\n{moment:%d %B %Y, %H:%M} UTC: {what}\n", flush=True)
        rows.append(
            (f"{moment:%d %b %Y, %H:%M}", what, "FAILED" if run_on(moment, library, arguments) else "held")
        )
    print("\n" + format_table(["moment, UTC", "what is different", "the suite"], rows))
    if any(held == "FAILED" for *_, held in rows):
        raise SystemExit(1)
