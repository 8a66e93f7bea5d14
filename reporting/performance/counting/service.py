"""The service itself: families' feedback, supervision, staff and caseload by site, need and reach, the plan."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from interventions.posts.establishment import list_site_rows, list_years
from interventions.posts.models import PlanLine, Post
from interventions.posts.rules import get_weekly_capacity
from interventions.posts.staffing_model import PLAN_YEAR
from interventions.supervision.frequency import annotate_standing, read_standing
from interventions.supervision.models import SupervisionAgreement, SupervisionKind, SupervisionSession
from interventions.supervision.rules import COUNTED_DAYS, Standing
from outcomes.experience.models import ExperienceAnswer
from outcomes.experience.rules import QUESTIONS
from pairs.service.models import Site
from pairs.service.report_sections import SectionTable
from pairs.web.formats import format_amount
from reporting.evidence.experience import ANSWER_BANDS, PublishedPeriod, list_published_periods
from reporting.performance.figures import Section, Window

COUNTED_WEEKS = COUNTED_DAYS // 7
NONE_DUE = "None due"


# ---------------------------------------------------------------- families' feedback
def build_experience(window: Window) -> Section:
    """The newest quarters that are shown, by site: published once, by a rule of their own (ADR 27)."""
    sites = Site.objects.filter(Q() if window.sites is None else Q(pk__in=window.sites)).order_by("name")
    newest = [(site, period) for site in sites if (period := _get_newest_period(site, window.last))]
    return Section(
        "experience",
        "Family feedback",
        "What families answered to the service’s own four questions, by site, in the newest quarters that are shown. "
        "The questions are no published instrument and are never scored; who answered is not known, so there is no "
        "response rate.",
        made=tuple(_draw_answers(site, period) for site, period in newest),
    )


def _get_newest_period(site: Site, on: date) -> PublishedPeriod | None:
    """Of the quarters that were shown by that day."""
    answers = list(ExperienceAnswer.objects.filter(site=site))
    periods = list_published_periods(site, answers, on)
    return periods[-1] if periods else None


def _draw_answers(site: Site, period: PublishedPeriod) -> dict[str, Any]:
    rows = [
        [str(words), *(count.text for count in period.answers[name])] for name, words in QUESTIONS.items()
    ]
    return {
        "title": f"{site.name}, {period.name}: {period.total.text} answers",
        "headers": ["Question", *ANSWER_BANDS],
        "rows": rows,
        "too_small": [],
    }


# ---------------------------------------------------------------- supervision
def build_supervision(window: Window) -> Section:
    """Sessions held beside those due in the twelve weeks before the last day. Staff, not families: shown as it is."""
    headers: tuple[str, ...] = (
        "Kind",
        "Agreements",
        "Sessions held in the period",
        f"Due in {COUNTED_WEEKS} weeks",
        f"Held in {COUNTED_WEEKS} weeks",
        "Held of those due",
        f"Overdue {window.end_in_words}",
    )
    rows = [(kind.label, *_format_compliance(*figures)) for kind, figures in load_compliance(window).items()]
    if window.is_one_day:  # which has no period beside it
        headers, *rows = ((*cells[:2], *cells[3:]) for cells in (headers, *rows))
    return Section(
        "supervision",
        "Supervision",
        f"Agreements in force {window.end_in_words}. "
        f"Sessions due and held are of the {COUNTED_WEEKS} weeks before it: "
        "an hour a week in the first three years of work with under-twos, an hour every two weeks after that, pro "
        "rata, unless the two agreed otherwise (Parent-Infant Foundation, self-audit tool). Absences are left out.",
        tables=(SectionTable("Supervision due and held, by kind", headers, rows),),
    )


def load_compliance(window: Window) -> dict[SupervisionKind, tuple[list[Standing], int]]:
    """{kind: where each agreement stands on the last day, and sessions held in the window}; none with neither."""
    agreements = SupervisionAgreement.objects.live().going_on(window.last).filter(window.at_sites())
    standings: dict[str, list[Standing]] = defaultdict(list)
    for agreement in annotate_standing(agreements, timezone.now()):
        standings[agreement.kind].append(_read_standing_then(agreement, window.last))
    held = SupervisionSession.objects.live().filter(
        window.at_sites(), held_on__range=(window.first, window.last)
    )
    sessions = Counter(held.values_list("kind", flat=True))
    kinds = [kind for kind in SupervisionKind if standings[kind] or sessions[kind]]
    return {kind: (standings[kind], sessions[kind]) for kind in kinds}


def _read_standing_then(agreement: Any, on: date) -> Standing:
    """As it stood on that day: of sessions that were held later nobody knew."""
    agreement.held_days = [day for day in agreement.held_days if day <= on]
    return read_standing(agreement, on)


def _format_compliance(standings: Sequence[Standing], sessions: int) -> tuple[str, ...]:
    due, held = (
        sum(each.expected for each in standings),
        sum(min(each.held, each.expected) for each in standings),
    )
    overdue = sum(each.overdue_days > 0 for each in standings)
    share = f"{100 * held // due}%" if due else NONE_DUE
    return tuple(map(str, (len(standings), sessions, due, held, share, overdue)))


# ---------------------------------------------------------------- staff beside the caseload
def load_direct_staff(window: Window) -> dict[UUID, Decimal]:
    """{site: whole-time equivalents of filled posts with direct work on the last day}."""
    posts = Post.objects.live().funded_on(window.last).with_filled(window.last)
    sites = Site.objects.filter(Q() if window.sites is None else Q(pk__in=window.sites))
    return {row.site.pk: row.direct for row in list_site_rows(sites, posts, window.last)}


def build_capacity(window: Window) -> Section:
    """Whole-time equivalents with direct work by site."""
    staff = load_direct_staff(window)
    names = dict(Site.objects.filter(pk__in=staff).order_by("name").values_list("pk", "name"))
    rows = [(name, format_amount(staff[pk]), _format_capacity(staff[pk])) for pk, name in names.items()]
    elsewhere = " The open episodes of each site are under Caseload, posts by role group under Workforce."
    pointer = "" if window.is_one_day else elsewhere
    return Section(
        "capacity",
        "Capacity",
        f"Whole-time equivalents of filled posts with direct work with families {window.end_in_words}, "
        "and the contacts a week that they can give, where the service has set how many one whole-time equivalent can."
        + pointer,
        tables=(
            SectionTable(
                "Staff with direct work, by site",
                ("Site", "Whole-time equivalents with direct work", "Contacts a week they can give"),
                rows,
            ),
        ),
    )


def _format_capacity(direct: Decimal) -> str:
    capacity = get_weekly_capacity(direct, settings.CONTACTS_A_WEEK_PER_WTE)
    return "Not set" if capacity is None else format_amount(capacity)


# ---------------------------------------------------------------- the plan
def build_plan(window: Window) -> Section:
    """What the recorded posts will have funded by the end of each financial year, and which sites are to open."""
    posts = list(Post.objects.live().filter(Q(funded_until=None) | Q(funded_until__gte=window.last)))
    planned = sum((line.at_start + line.additional for line in PlanLine.objects.all()), Decimal(0))
    recommended = sum((line.recommended for line in PlanLine.objects.all()), Decimal(0))
    years = list_years(posts, window.last, PLAN_YEAR)
    coming = Site.objects.filter(opens_on__gt=window.last).order_by("opens_on", "name")
    return Section(
        "plan",
        f"Plan to {PLAN_YEAR}",
        "Posts and sites as they are recorded now. Posts are the service’s own and say nothing of a family.",
        tables=(
            SectionTable(
                f"Posts funded by the end of each year; planned by {PLAN_YEAR}: {format_amount(planned)}, recommended: "
                f"{format_amount(recommended)} whole-time equivalents",
                ("Financial year", "Whole-time equivalents funded", "Of those planned"),
                [
                    (year.name, format_amount(year.funded), _format_share(year.funded, planned))
                    for year in years
                ],
            ),
            SectionTable(
                "Sites that are to open",
                ("Site", "Opens"),
                [(site.name, f"{site.opens_on:%-d %B %Y}") for site in coming],
            ),
        ),
    )


def _format_share(part: Decimal, whole: Decimal) -> str:
    return f"{int(100 * part / whole)}%" if whole else "Not planned"


# ---------------------------------------------------------------- need
@dataclass(frozen=True)
class PlaceNeed:
    """How many children under five a place has, how many of them need the service, and who says so."""

    population: int
    percent: Decimal

    @property
    def need(self) -> float:
        return float(self.population * self.percent / 100)


def add_needs(members: Iterable[str], needs: Mapping[str, PlaceNeed]) -> tuple[int, float] | None:
    """(population, need) of these places together; None where one of them is not recorded."""
    found = [needs.get(name) for name in members]
    if not found or not all(found):
        return None
    return sum(each.population for each in found if each), sum(each.need for each in found if each)
