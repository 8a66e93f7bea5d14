"""Which counts of a service report are the same as counts of the equity report, or sums of them.

A reader has both, so what one says of a number is known in the other: they are attacked together (`protection.py`),
with the equity report's tables by two axes, its other periods that overlap, the months of its trend and its table of
those who are better (`beside.py`).
Every other count stands apart, and why is said here: it counts something else than the equity report, or the same
people by another day, so that no sum of one gives the other. A test (`test_recount.py`) finds a count or a table that
is in neither list.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from interventions.episodes.rules import NOT_BROUGHT_RATE_BASE, Attendance
from reporting.evidence.pair_changes import PAIR_CHANGES, PAIR_COUNT
from reporting.performance.counting.endings import NONE_FITS, PAIRED, UNPAIRED
from reporting.performance.counting.service import PLAN_YEAR
from reporting.performance.counting.waits import IN_TIME
from reporting.performance.figures import Whole

EXPECTED = tuple(each.label for each in Attendance if each in NOT_BROUGHT_RATE_BASE)


@dataclass(frozen=True)
class Same:
    """These labels of one axis of a whole (no labels: the whole itself) are counted in the equity report as `count`."""

    count: str
    labels: tuple[str, ...] = ()

    def get_axis(self, whole: Whole) -> str:
        return next(each.axis for each in whole.divisions if set(self.labels) <= set(each.counts))


# {name of a whole: what of it the equity report counts too}
SAME_COUNTS: Mapping[str, tuple[Same, ...]] = {
    "referred": (Same("referred"),),
    "decided": (
        Same("accepted", ("Accepted",)),
        Same("not_accepted", ("Not accepted",)),
    ),
    "accepted": (Same("accepted"),),
    "not_accepted": (Same("not_accepted"),),
    "seen": (Same("seen"),),
    "first_contact": (Same("first_contact"), Same("within_limit", (IN_TIME,))),
    "baby_attendances": (
        Same("expected", tuple(each.label for each in Attendance if each in NOT_BROUGHT_RATE_BASE)),
        Same("not_brought", (Attendance.NOT_BROUGHT.label,)),
    ),
    "ended": (Same("ended"),),
    "ended_by_pair": (
        Same("ended"),
        Same("ended_engaged", (PAIRED, UNPAIRED, NONE_FITS)),
        Same("ended_fitting", (PAIRED, UNPAIRED)),
        Same("ended_none_fits", (NONE_FITS,)),
        Same("ended_with_pair", (PAIRED,)),
    ),
}

# Tables of the equity report that divide one of its counts once more: {section: the count}. Attacked beside it.
DIVIDED_AGAIN: Mapping[str, str] = {PAIR_CHANGES.title: PAIR_COUNT}

_WORK = "Episodes, contacts or families are counted; the equity report counts babies and their attendances."
_OTHER_DAY = (
    "Babies by a clock or a day of its own: who is in it may be outside every count of the equity report."
)
_NO_BABIES = "Carers, staff, other professionals, sessions or posts are counted, and no babies."
_HELP = "Uses of an intervention or places in a group are counted; a baby can have several or none."
# {name of a whole, or "section " and the title of one with tables: why no sum of the equity report's counts is in it}
APART: Mapping[str, str] = {
    **dict.fromkeys(
        ("caseload", "opened", "ended_episodes", "contacts", "attended", "after_birth", "worked", "liaison", "messages",
         "peer_families", "peer_logs"), _WORK,
    ),
    **dict.fromkeys(("four_weeks", "waiting", "wait_decision", "wait_measure", "wait_help"), _OTHER_DAY),
    **dict.fromkeys(("carer_attendances", "sessions", "register"), _NO_BABIES),
    **dict.fromkeys(("uses_begun", "uses_open", "intervention_waits", "group_places"), _HELP),
    "goals_set": "Goals are counted; an episode has several or none.",
    "goals": "Goals are counted; an episode has several or none.",
    "pairs": "Pairs of one scale are counted; a baby's pair can be by several scales, or by another.",
    "section Still waiting": (
        "Babies waiting on one day, since any day; each row lies within the one before, and what is left between two "
        "numbers rounded to the nearest five is three numbers or more."
    ),
    **dict.fromkeys(
        ("section Consultation", "section Outreach", "section Training delivered", "section Workforce",
         "section Family feedback", "section Supervision", "section Capacity",
         f"section Plan to {PLAN_YEAR}"), _NO_BABIES,
    ),
}  # fmt: skip
