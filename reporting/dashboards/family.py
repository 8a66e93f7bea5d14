"""The overview of a family: goals, what happened last, what is to do, the plan, the people, what is missing."""

from datetime import date
from itertools import islice
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from outcomes.goals_in_short import GoalInShort, GoalRatingRow, build_goal_in_short
from pairs.access import policy
from pairs.access.batch_query import parse_date
from pairs.access.requests import ScopedRequest
from pairs.families.due import DATA_QUALITY
from pairs.families.events import Event
from pairs.families.family_lines import describe_family
from pairs.families.record_pages import render_family_tab
from pairs.web.url_cache import reverse_cached
from reporting.dashboards.caseload_rows import build_clock_chip, build_pair_chip
from reporting.dashboards.due_cache import list_work_for_families
from reporting.dashboards.due_groups import get_due_rank, present_due_item
from reporting.dashboards.family_facts import NEWEST_EVENTS, get_overview_facts
from reporting.dashboards.family_header import choose_current_episode
from reporting.dashboards.links import present_gaps
from reporting.dashboards.people import list_people_in_short
from reporting.dashboards.timeline import present_event

GENTLY_LEFT_OUT = {"goal", "letter"}


@policy.permission("read_families", "govern_records")
def show_family(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """One family in short, within twelve queries whatever its size."""
    on, scope = timezone.localdate(), request.scope
    found = get_overview_facts(request, family_id, on)
    family, facts, header = found.family, found.rows, found.header
    line = describe_family(family, on)
    items, statuses = list_work_for_families(scope, on, [family.pk])
    due = [item for item in items if not (line.lost and item.kind == DATA_QUALITY)]
    newest = _select_newest(found.newest, family, lost=line.lost)
    context = {
        "lost": line.lost,
        "goals": [] if line.lost else present_goals_in_short(facts["goals"]),
        "entries": [present_event(event, request.user.pk) for event in newest],
        "earlier": header["entries"] - len(newest),
        "due": [
            present_due_item(item, on, scope) for item in sorted(due, key=lambda item: get_due_rank(item, on))
        ],
        "decisions": [
            row | {"do_by": parse_date(row["do_by"])} for row in sorted(facts["decisions"], key=_get_day)
        ],
        "plan": _present_plan(
            choose_current_episode(header["episodes"]), facts, statuses, on, lost=line.lost
        ),
        "waiting": _present_waiting(request, family, header["waiting"]),
        "people": list_people_in_short(family, facts["unrelated"], on),
        "gaps": [] if line.lost else present_gaps(scope, found.gaps, family_id=family.pk, at=family.site_id),
        "header_facts": header,
        "line": line,
    }
    return render_family_tab(request, "dashboards/family.html", family, "overview", **context)


def _select_newest(events: list[Event], family: Any, *, lost: bool) -> list[Event]:
    """The newest few. Goals and letters about a baby who has died are in the timeline, and not before one's eyes."""
    gone = {infant.pk for infant in family.infants.all() if infant.lost_on}
    shown = (
        event for event in events if not (event.kind in GENTLY_LEFT_OUT and (lost or event.people & gone))
    )
    return list(islice(shown, NEWEST_EVENTS))


def _get_day(row: dict[str, Any]) -> str:
    return row["at"]


def present_goals_in_short(rows: list[dict[str, Any]]) -> list[GoalInShort]:
    """Goals as templates/episodes/components/goals_in_short.html shows them: words, ratings, the last of them.

    Nobody grieves over a goal: one about a baby who has died is left out.
    """
    living = [row for row in rows if not row["lost_on"]]
    return [_present_goal(row) for row in sorted(living, key=lambda row: row["created_at"])]


def _present_goal(row: dict[str, Any]) -> GoalInShort:
    carer = row["carer"] or "carer not yet named"
    return build_goal_in_short(
        id=row["id"],
        words=row["words"],
        whose=f"{row['infant'] or 'Baby not yet named'} and {carer}",
        rater=carer,
        ratings=[
            GoalRatingRow(day, rating["score"])
            for rating in row["ratings"]
            if (day := parse_date(rating["on"]))
        ],
    )


def _present_plan(
    episode: dict[str, Any] | None,
    facts: dict[str, Any],
    statuses: dict[UUID, Any],
    on: date,
    *,
    lost: bool,
) -> dict[str, Any] | None:
    """The plan of the current episode in three lines; None before there is one."""
    if episode is None:
        return None
    status = None if lost else statuses.get(UUID(episode["id"]))
    shown = {
        name: parse_date(episode[name]) for name in ("opened_on", "ended_on", "review_on", "plan_agreed_on")
    }
    ways = [row["way"] for row in facts["ways"] if row["episode"] == episode["id"]]
    chips = (
        build_clock_chip(status and status.clock, SimpleNamespace(**shown), on, lost=lost),
        build_pair_chip(status and status.pair),
    )
    return shown | {
        "lead": episode["lead"],
        "ways": ways,
        "chips": [chip for chip in chips if chip],
    }


def _present_waiting(request: ScopedRequest, family: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Accepted referrals without an episode, with what may be done about them."""
    may = request.scope.may("write_records", at=family.site_id, of=family.pk)
    return [
        {
            "reference": row["reference"],
            "href": reverse_cached("referral", row["id"]),
            "open_href": reverse_cached("open-episode", row["id"]) if may else None,
            "book_href": reverse_cached("new-first-visit", row["id"]) if may else None,
        }
        for row in rows
    ]
