"""The sections of the service report in their order, of any window: whole service or some sites."""

from collections.abc import Iterator

from reporting.evidence.indicators import Indicators
from reporting.performance.counting.caseload import build_caseload
from reporting.performance.counting.contacts import build_contacts, build_seen
from reporting.performance.counting.demand import build_decisions, build_demand
from reporting.performance.counting.endings import build_endings, build_goals, build_outcomes
from reporting.performance.counting.help import build_groups, build_interventions, build_peer_support
from reporting.performance.counting.service import (
    build_capacity,
    build_experience,
    build_plan,
    build_supervision,
)
from reporting.performance.counting.waits import build_waits
from reporting.performance.figures import Section, Window


def build_work_sections(window: Window, counted: Indicators | None) -> Iterator[Section]:
    """Of the work with families. `counted`: the equity report's indicators of the same days, of the whole service."""
    yield build_demand(window)
    yield build_decisions(window)
    yield build_waits(window, counted)
    yield build_caseload(window)
    yield build_contacts(window)
    if counted:
        yield build_seen(counted)
    yield build_interventions(window)
    yield build_groups(window)
    yield build_peer_support(window)
    yield build_endings(window)
    yield build_outcomes(window, counted)
    yield build_goals(window)


def build_service_sections(window: Window) -> Iterator[Section]:
    """Of the service itself; what other apps add of theirs stands between the first and the rest."""
    yield build_experience(window)
    yield build_supervision(window)
    yield build_capacity(window)
    yield build_plan(window)
