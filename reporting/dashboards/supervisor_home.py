"""What a supervisor sees first: alerts, supervision this week, families gone quiet, and work by practitioner."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Count, F, JSONField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, Now, TruncDate
from django.utils import timezone

from interventions.diary.models import query_next_appointment
from interventions.episodes.models import Episode, StarredContact
from interventions.episodes.models.contact_queries import query_last_seen
from interventions.episodes.models.episodes import EpisodeQuerySet
from interventions.supervision.models import PlannedSupervision, build_either_q
from pairs.access.batch_query import Query, build_user_name, parse_datetime
from pairs.access.scope import Scope, TemplateScope
from pairs.families.due import DueItem
from pairs.families.family_line import FamilyLine
from pairs.service.models import User
from pairs.web.local_days import get_local_day, get_local_time, get_monday, get_start_of_day
from pairs.web.url_cache import reverse_cached
from reporting.dashboards.caseload import BEREAVED, UNSEEN_AFTER
from reporting.dashboards.caseload_rows import describe_next_visit
from reporting.dashboards.due_groups import present_due_item

ALERT_CODES = ("risk_alert", "concern_answer")
LATE_CODE, UNSIGNED_CODE, COUNTERSIGN_CODE = "day_21", "unsigned_contact", "to_countersign"
# What of their sites' due items a supervisor is shown, whoever's they are.
WATCHED_CODES = (*ALERT_CODES, LATE_CODE, UNSIGNED_CODE, COUNTERSIGN_CODE)
MOST_ALERTS, MOST_QUIET, MOST_SESSIONS, MOST_LEADS = 7, 5, 20, 200
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class LeadWork:
    """One practitioner's open families at the supervised sites, in numbers."""

    id: UUID
    name: str
    families: int
    unseen: int
    reviews: int
    over_time: int  # over the 4-week standard
    unsigned: int  # notes they have not signed

    @property
    def seen(self) -> int:
        return self.families - self.unseen


@dataclass(frozen=True)
class SupervisedWork:
    """What was read of the sites that somebody supervises; ``items`` and ``alerts`` are due items."""

    leads: list[dict[str, Any]]
    quiet: list[dict[str, Any]]
    sessions: list[dict[str, Any]]
    stars: list[dict[str, Any]]
    items: list[DueItem]
    alerts: list[DueItem]

    @property
    def families(self) -> set[UUID]:
        """Whom its rows name."""
        named = {item.family_id for item in self.alerts[:MOST_ALERTS] if item.family_id}
        return named | {UUID(row["family"]) for row in self.quiet}


def sort_supervised_work(
    rows: Iterable[list[dict[str, Any]]],
    scope: Scope,
    found: Iterable[DueItem],
    needs: Collection[DueItem],
) -> SupervisedWork:
    """Of the rows of each of ``build_supervisor_queries``.

    ``found``: due items of WATCHED_CODES; ``needs``: those that are on the page already, and not shown as alerts.
    """
    sites = scope.sites("supervise")
    items = [item for item in found if item.site_id in sites]
    shown = {item.subject_id for item in needs if item.code in ALERT_CODES}
    alerts = [item for item in items if item.code in ALERT_CODES and item.subject_id not in shown]
    leads, sessions, stars = rows
    quiet = [row | {"lead": lead["name"]} for lead in leads for row in lead["quiet"]]
    longest = sorted(quiet, key=lambda row: (_get_quiet_since(row), row["family"]))[:MOST_QUIET]
    return SupervisedWork(leads, longest, sessions, stars, items, alerts)


def present_supervised_work(
    work: SupervisedWork, user: User, scope: Scope, lines: dict[UUID, FamilyLine], on: date
) -> dict[str, Any]:
    """For the page's template. ``lines``: of its families, as far as they are in scope."""
    counts = Counter((item.owner_id, item.code) for item in work.items if _is_counted(item, on))
    leads = [_parse_lead(row, counts) for row in work.leads]
    return {
        "alerts": [_present_alert(item, lines, on, scope) for item in work.alerts[:MOST_ALERTS]],
        "alert_count": len(work.alerts),
        "sessions": _present_sessions(user, work.sessions, work.stars, on),
        "quiet": [_present_quiet(row, lines, on) for row in work.quiet if UUID(row["family"]) in lines],
        "leads": leads,
        "figures": _build_figures(leads, work.items, on),
    }


# ---------------------------------------------------------------- what the database is asked
def build_supervisor_queries(scope: TemplateScope, on: date) -> list[Query]:
    """For somebody who supervises: each practitioner's work, planned sessions, stars."""
    return [
        _build_leads_query(_query_supervised_episodes(scope), on),
        _build_sessions_query(scope, on),
        _build_stars_query(scope),
    ]


def _query_supervised_episodes(scope: TemplateScope) -> EpisodeQuerySet:
    """Open work at the sites they supervise, each with the day since when nobody of the family was seen."""
    seen = Subquery(query_last_seen(OuterRef("pk")))
    rows = Episode.objects.visible_to(scope).open().filter(site__in=scope.sites("supervise"))
    return rows.annotate(seen_at=seen, quiet_since=Coalesce(TruncDate("seen_at"), F("opened_on")))


def _build_leads_query(episodes: EpisodeQuerySet, on: date) -> Query:
    """Each practitioner's open families in numbers, and of whom nobody was seen for 28 days.

    Both at once, since to find out when a family was last seen is most of what they cost.
    """
    is_quiet = Q(quiet_since__lte=on - UNSEEN_AFTER)
    coming = Subquery(query_next_appointment(Now()))
    quiet = JSONObject(family="family_id", seen="seen_at", opened="opened_on", next=coming)
    counted = (
        episodes.order_by()
        .values("lead_id", name=build_user_name("lead"))
        .annotate(
            families=Count("pk"),
            reviews=Count("pk", filter=Q(review_on__lte=on) & ~BEREAVED),
            quiet=JSONBAgg(quiet, filter=is_quiet, default=Value([], JSONField())),
        )
        .order_by("name", "lead_id")[:MOST_LEADS]
    )
    return Query(counted, {key: key for key in ("lead_id", "name", "families", "reviews", "quiet")})


def _build_sessions_query(scope: TemplateScope, on: date) -> Query:
    """Their own sessions that stand, from Monday on; the first after this week says when the next is."""
    mine = build_either_q(scope.user_id)
    monday = get_start_of_day(get_monday(on))
    rows = PlannedSupervision.objects.visible_to(scope).standing().filter(mine, starts_at__gte=monday)
    fields = {
        "id": "id",
        "at": "starts_at",
        "minutes": "minutes",
        "with": "supervisee_id",
        "by": "supervisor_id",
    }
    names = {"name": build_user_name("supervisee"), "supervisor": build_user_name("supervisor")}
    return Query(rows.order_by("starts_at")[:MOST_SESSIONS], fields | names)


def _build_stars_query(scope: TemplateScope) -> Query:
    """How many contacts each colleague has starred to talk about."""
    stars = StarredContact.objects.visible_to(scope).active()
    counted = stars.order_by().values("starred_by_id").annotate(stars=Count("pk"))
    return Query(counted, {"by": "starred_by_id", "stars": "stars"})


# ---------------------------------------------------------------- what the page is given
def _parse_lead(row: dict[str, Any], counts: Counter[tuple[UUID | None, str]]) -> LeadWork:
    """``counts``: of due items, by whose they are and their code."""
    lead = UUID(row["lead_id"])
    return LeadWork(
        id=lead,
        name=row["name"],
        families=row["families"],
        unseen=len(row["quiet"]),
        reviews=row["reviews"],
        over_time=counts[lead, LATE_CODE],
        unsigned=counts[lead, UNSIGNED_CODE],
    )


def _is_counted(item: DueItem, on: date) -> bool:
    """Of the 4-week standard only what is over it."""
    return item.code != LATE_CODE or item.due_on < on


def _present_alert(item: DueItem, lines: dict[UUID, FamilyLine], on: date, scope: Scope) -> dict[str, Any]:
    """By its family; by what it says of itself where there is none yet."""
    line = lines.get(item.family_id) if item.family_id else None
    href = reverse_cached("family", item.family_id) if line else None
    return present_due_item(item, on, scope) | {
        "line": line or FamilyLine(item.who or item.title),
        "family_href": href,
    }


def _get_quiet_since(row: dict[str, Any]) -> date:
    return get_local_day(parse_datetime(row["seen"])) if row["seen"] else date.fromisoformat(row["opened"])


def _present_quiet(row: dict[str, Any], lines: dict[UUID, FamilyLine], on: date) -> dict[str, Any]:
    family = UUID(row["family"])
    return {
        "line": lines[family],
        "family_href": reverse_cached("family", family),
        "days": (on - _get_quiet_since(row)).days,
        "seen": row["seen"] is not None,
        "next": describe_next_visit(parse_datetime(row["next"]), on),
        "lead": row["lead"],
    }


def _present_sessions(
    user: User, sessions: list[dict[str, Any]], stars: list[dict[str, Any]], on: date
) -> dict[str, Any]:
    """This week's, and when the next is where there is none."""
    counts = {row["by"]: row["stars"] for row in stars}
    monday = get_monday(on) + WEEK
    rows = [_present_session(user, row, counts, on) for row in sessions]
    week = [row for row in rows if row["at"].date() < monday]
    return {"rows": week, "next": next((row["at"] for row in rows if row not in week), None)}


def _present_session(user: User, row: dict[str, Any], counts: dict[str, int], on: date) -> dict[str, Any]:
    at = get_local_time(parse_datetime(row["at"]))
    gives = row["by"] == str(user.pk)
    return {
        "id": row["id"],
        "at": at,
        "when": describe_next_visit(at, on),
        "minutes": row["minutes"],
        "name": row["name"] if gives else row["supervisor"],
        "gives": gives,
        "colleague": row["with"],
        "over": at + timedelta(minutes=row["minutes"]) < timezone.now(),
        "stars": counts.get(row["with"], 0),
    }


def _build_figures(leads: list[LeadWork], items: Iterable[DueItem], on: date) -> list[dict[str, Any]]:
    """The supervised sites in numbers, each with the list it counts."""
    codes = Counter(item.code for item in items if _is_counted(item, on))
    caseload = reverse_cached("caseload")

    def link(**asked: str) -> str:
        return f"{caseload}?{urlencode({'whose': 'all'} | asked)}"

    return [
        {"count": sum(each.families for each in leads), "text": "Families in open work", "href": link()},
        {
            "count": sum(each.unseen for each in leads),
            "text": "Not seen for 28 days",
            "href": link(only="unseen-28"),
        },
        {
            "count": sum(each.reviews for each in leads),
            "text": "Plan review due",
            "href": link(only="review"),
        },
        {
            "count": codes[LATE_CODE],
            "text": "Over the 4-week standard",
            "href": f"{reverse_cached('waits')}?view=over",
        },
        {
            "count": codes[COUNTERSIGN_CODE],
            "text": "Notes to countersign",
            "href": reverse_cached("to-countersign"),
        },
    ]
