"""Figures of today for teams, exact: each is counted by the query of the list that it opens."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, F, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone

from interventions.episodes.models import CareContact, Episode
from interventions.supervision.agreement_rows import list_agreement_rows
from pairs.access.batch_query import run_queries
from pairs.access.requests import ScopedRequest
from pairs.matching.counted import select_counted
from pairs.service.models import Site
from pairs.web.local_days import get_monday, get_start_of_day
from pairs.web.url_cache import reverse_cached
from referrals.models import Consultation, Referral
from referrals.rules.clocks import FOUR_WEEK_LIMIT_DAYS
from reporting.dashboards.caseload import ALL, CASELOAD_FILTERS
from reporting.dashboards.wait_pages import WAIT_READERS
from reporting.dashboards.waits import build_waiting_query
from reporting.performance.control_charts import ControlChart, build_control_chart

TEAM_READERS = ("read_families", "supervise", "triage_referrals")
CHARTED_WEEKS = 26
Figure = dict[str, Any]  # of components/figures.html: count, text, href


def list_team_figures(request: ScopedRequest, on: date) -> list[Figure]:
    """Of all sites in scope; only what the reader has a list of."""
    found: list[Figure] = []
    if request.scope.may("read_families"):
        found += _list_caseload_figures(request)
    if request.scope.may(*WAIT_READERS):
        found += _list_waiting_figures(request, on)
    if request.scope.may("triage_referrals", "write_records"):
        rows = Consultation.objects.visible_to(request.scope).open()
        found.append(_build_figure(rows.count(), "consultations to hold", "consultations"))
    if request.scope.may("supervise"):
        late = sum(row.standing.overdue_days > 0 for row in list_agreement_rows(request))
        found.append(_build_figure(late, "supervision overdue", "supervision"))
    return found


def _list_caseload_figures(request: ScopedRequest) -> list[Figure]:
    """As the caseload shows all of one's sites."""
    on = timezone.localdate()
    episodes = Episode.objects.visible_to(request.scope).open().with_work()
    return [
        _build_figure(
            episodes.filter(which(on)).count(),
            words,
            "caseload",
            **({"whose": ALL} | ({"only": only} if only else {})),
        )
        for only, words in CASELOAD_WORDS.items()
        for _, which in (CASELOAD_FILTERS[only],)
    ]


CASELOAD_WORDS = {"": "open episodes", "unseen-28": "not seen for 28 days", "review": "plan reviews due"}


def _list_waiting_figures(request: ScopedRequest, on: date) -> list[Figure]:
    """As the page of waiting times lists them: in all, and by site."""
    waiting = run_queries([build_waiting_query(request.scope, on)])
    by_site = Counter(each.site for each in waiting)
    late = sum(each.clock.days(on) > FOUR_WEEK_LIMIT_DAYS for each in waiting)
    figures = [_build_figure(len(waiting), f"clocks running, {late} over four weeks", "waits")]
    names = dict(Site.objects.filter(pk__in=by_site).values_list("pk", "name"))
    if len(names) > 1:
        figures += [
            _build_figure(by_site[pk], f"clocks running at {name}", "waits", site=str(pk))
            for pk, name in names.items()
        ]
    return figures


def _build_figure(count: int, text: str, page: str, **query: str) -> Figure:
    return {
        "count": count,
        "text": text,
        "href": reverse_cached(page) + (f"?{urlencode(query)}" if query else ""),
    }


# ---------------------------------------------------------------- by week
def list_control_charts(sites: Sequence[UUID], on: date) -> list[ControlChart]:
    """Whole weeks before this one, of these sites: referrals received, and contacts held."""
    first = get_monday(on) - timedelta(weeks=CHARTED_WEEKS)
    between = Q(at__gte=get_start_of_day(first), at__lt=get_start_of_day(get_monday(on)))
    referrals = select_counted(Referral.objects.filter(site__in=sites))
    contacts = (
        select_counted(CareContact.objects.all()).with_family().attended().filter(episode__site__in=sites)
    )
    return [
        build_control_chart(
            "Referrals received each week", _count_weeks(referrals, "received_at", between, first)
        ),
        build_control_chart(
            "Contacts attended each week", _count_weeks(contacts, "starts_at", between, first)
        ),
    ]


def _count_weeks(rows: Any, moment: str, between: Q, first: date) -> list[tuple[date, int]]:
    """(Monday, count) of every week, those without any too."""
    counted = rows.annotate(at=F(moment)).filter(between).annotate(week=TruncWeek("at")).order_by()
    found = {
        timezone.localdate(row["week"]): row["n"] for row in counted.values("week").annotate(n=Count("pk"))
    }
    weeks = (first + timedelta(weeks=number) for number in range(CHARTED_WEEKS))
    return [(monday, found.get(monday, 0)) for monday in weeks]
