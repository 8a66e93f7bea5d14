"""The service today: numbers for managers, protected; and for teams, exact, each opening the list it counts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from reporting.evidence.gaps import GAP_TEXT, list_gap_trends
from reporting.evidence.rules import build_month_period, get_newest_month_due
from reporting.performance.drawing import draw_section
from reporting.performance.figures import Window
from reporting.performance.published import ExactPublisher
from reporting.performance.sections import build_work_sections
from reporting.performance.service_now import build_service_now
from reporting.performance.team_figures import TEAM_READERS, list_control_charts, list_team_figures

YOUR_SITES = "Your sites"


@policy.permission("read_reports")
def show_service_now(request: ScopedRequest) -> HttpResponse:
    """Waits, caseload, consultation, supervision and capacity today, and the sites side by side. Never a name."""
    on = timezone.localdate()
    context = {
        "on": on,
        "now": build_service_now(request.scope, on),
        "gaps": list_gap_trends(request.scope),
        "gap_text": GAP_TEXT,
    }
    return render(request, "performance/service_now.html", context)


@policy.permission(*TEAM_READERS)
def show_team_figures(request: ScopedRequest) -> HttpResponse:
    """One's sites in exact numbers: today's open their lists; by week with control limits; and the last month."""
    on = timezone.localdate()
    sites = frozenset(request.scope.sites(*TEAM_READERS))
    month = build_month_period(get_newest_month_due(on))
    window, publisher = Window(month.first, month.last, sites), ExactPublisher()
    context = {
        "on": on,
        "month": month,
        "figures": list_team_figures(request, on),
        "charts": list_control_charts(list(sites), on),
        "sections": [
            draw_section(each, publisher, month.name, YOUR_SITES)
            for each in build_work_sections(window, None)
        ],
    }
    return render(request, "performance/team_figures.html", context)
