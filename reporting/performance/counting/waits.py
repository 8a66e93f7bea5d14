"""Waits: the first contact, the national four-week measure, its steps, and who is still waiting on the last day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from pairs.access.batch_query import Query, parse_datetime, run_queries
from pairs.matching.counted import select_counted
from referrals.models import Referral
from referrals.rules.choices import UNDECIDED_STATUSES, ReferralState
from referrals.rules.clocks import (
    FOUR_WEEK_LIMIT_DAYS,
    FourWeekClock,
    calculate_four_week_clock,
    count_days_between,
)
from reporting.dashboards.referral_events import build_event_fields, parse_subjects
from reporting.evidence.indicators import Indicators
from reporting.performance.figures import Division, Section, Share, Spread, Whole, Window, divide

IN_TIME, LATE = f"Within {FOUR_WEEK_LIMIT_DAYS} days", f"After {FOUR_WEEK_LIMIT_DAYS} days"
# (words, weeks): how long somebody has waited at most. NHS England counts incomplete pathways over 4, 12 and 18 weeks.
STILL_WAITING = (("Up to 4 weeks", 4), ("Over 4, up to 12 weeks", 12), ("Over 12, up to 18 weeks", 18))
LONGEST = "Over 18 weeks"
WAITING_LABELS = (*(words for words, _ in STILL_WAITING), LONGEST)


@dataclass(frozen=True)
class MeasuredClock:
    """The clock of one person in one referral, and when that referral was received and decided."""

    clock: FourWeekClock
    received: date
    decided: date | None

    @property
    def national(self) -> FourWeekClock | None:
        """As the national measure counts it; None where it does not."""
        if self.clock.national:
            return self.clock.national
        return None if self.clock.outside else self.clock

    def waits_on(self, day: date) -> bool:
        """Whether they had neither a first contact nor an ending by that day."""
        begun = self.clock.start <= day
        return begun and not _is_by(self.clock.contact, day) and not _is_by(self.clock.ended, day)


def _is_by(event: date | None, day: date) -> bool:
    return event is not None and event <= day


def load_clocks(window: Window) -> list[MeasuredClock]:
    """Every clock that ran on a day of the window, of referrals at its sites."""
    rows = select_counted(Referral.objects.filter(received_at__lt=window.stop)).filter(window.at_sites())
    ran = (
        Q(status__in=UNDECIDED_STATUSES)
        | Q(decided_at__gte=window.start)
        | Q(episode__ended_on=None, episode__isnull=False)
        | Q(episode__ended_on__gte=window.first)
        | Q(status=ReferralState.ACCEPTED, episode=None)
        | Q(status=ReferralState.CONSULTATION)
    )
    return run_queries([Query(rows.filter(ran), build_event_fields(), _parse_clocks)])


def _parse_clocks(row: dict[str, Any]) -> Iterator[MeasuredClock]:
    received = timezone.localdate(parse_datetime(row["received"]))
    decided = timezone.localdate(parse_datetime(row["decided"])) if row["decided"] else None
    for person in parse_subjects(row):
        yield MeasuredClock(calculate_four_week_clock(person.events), received, decided)


def build_waits(window: Window, counted: Indicators | None) -> Section:
    """`counted`: the equity report's indicators of the same days, whose first contacts these are; None of a team."""
    clocks = load_clocks(window)
    return Section(
        "waits",
        "Waiting times",
        "First contacts of the period as the equity report counts them; the national four-week measure by the day on "
        "which its last step was done; and everyone who on the last day had had no first contact, by how long they "
        "had waited. No per cent is set nationally.",
        (
            *([count_first_contacts(counted)] if counted else ()),
            _count_four_weeks(clocks, window),
            *(_count_step(clocks, window, *step) for step in STEPS),
            count_waiting(clocks, window.last),
        ),
        (
            *(
                [Spread("Wait for the first contact", "first_contact", "days", _list_waits(counted))]
                if counted
                else ()
            ),
            Spread("Days to the four-week standard", "four_weeks", "days", _list_four_weeks(clocks, window)),
            *(
                Spread(f"Wait for {name}", key, "days", _list_step(clocks, window, field))
                for key, name, field in STEPS
            ),
        ),
    )


# (key, what is waited for, the field of a clock or of its referral)
STEPS = (
    ("wait_decision", "a decision", "decided"),
    ("wait_measure", "a first measure", "baseline"),
    ("wait_help", "a plan or an intervention", "help"),
)


def count_first_contacts(counted: Indicators) -> Whole:
    """First contacts, and how many of them came within four weeks."""
    total, in_time = (sum(counted.counts[name].values()) for name in ("first_contact", "within_limit"))
    return Whole(
        "first_contact",
        "Babies with a first contact",
        total,
        (Division("Wait", {IN_TIME: in_time, LATE: total - in_time}),),
        (Share(f"First contact within {FOUR_WEEK_LIMIT_DAYS} days", "Wait", (IN_TIME,)),),
    )


def _list_waits(counted: Indicators) -> Sequence[float]:
    return [days for waits in counted.waits.values() for days in waits]


def _list_four_weeks(clocks: Iterable[MeasuredClock], window: Window) -> Sequence[float]:
    """Days of each national clock that stopped in the window."""
    national = (each.national for each in clocks)
    return [
        count_days_between(each.start, each.stopped)
        for each in national
        if each and each.stopped and window.first <= each.stopped <= window.last
    ]


def _count_four_weeks(clocks: Iterable[MeasuredClock], window: Window) -> Whole:
    found = [IN_TIME if days <= FOUR_WEEK_LIMIT_DAYS else LATE for days in _list_four_weeks(clocks, window)]
    return Whole(
        "four_weeks",
        "National four-week measure: clocks that stopped",
        len(found),
        (divide("Four-week measure", (IN_TIME, LATE), found),),
        (
            Share(
                f"National four-week measure met within {FOUR_WEEK_LIMIT_DAYS} days",
                "Four-week measure",
                (IN_TIME,),
            ),
        ),
    )


def _list_step(clocks: Iterable[MeasuredClock], window: Window, field: str) -> Sequence[float]:
    """Days to this step, of those who reached it in the window."""
    found = []
    for each in clocks:
        day = each.decided if field == "decided" else getattr(each.clock, field)
        if day and window.first <= day <= window.last:
            found.append(count_days_between(each.received if field == "decided" else each.clock.start, day))
    return found


def _count_step(clocks: Iterable[MeasuredClock], window: Window, key: str, name: str, field: str) -> Whole:
    return Whole(key, f"Reached {name}", len(_list_step(clocks, window, field)))


def count_waiting(
    clocks: Iterable[MeasuredClock], on: date, heading: str = "Waiting for a first contact on the last day"
) -> Whole:
    """Who waits for a first contact on that day, by how long they have waited."""
    days = [count_days_between(each.clock.start, on) for each in clocks if each.waits_on(on)]
    return Whole(
        "waiting",
        heading,
        len(days),
        (divide("How long", WAITING_LABELS, _name_waits(days), chart=True),),
        tuple(
            Share(f"Waiting over {weeks} weeks", "How long", WAITING_LABELS[number + 1 :])
            for number, (_, weeks) in enumerate(STILL_WAITING)
        ),
    )


def _name_waits(days: Sequence[int]) -> list[str]:
    return [next((words for words, weeks in STILL_WAITING if each <= 7 * weeks), LONGEST) for each in days]
