"""What the report itself adds to its equity tables."""

from reporting.evidence.pair_changes import PAIR_CHANGES
from reporting.evidence.still_waiting import STILL_WAITING

REPORT_SECTIONS = (STILL_WAITING, PAIR_CHANGES)
