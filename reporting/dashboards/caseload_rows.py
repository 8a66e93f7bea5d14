"""What a row of the caseload says of a family: in short words and chips, for the page and the CSV file. No queries."""

from datetime import date
from typing import Any
from uuid import UUID

from interventions.episodes.due import assess_missed_contacts
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, SAFETY, DueItem
from pairs.families.family_line import FamilyLine
from pairs.web.formats import format_near_day, format_plural, format_short_day
from pairs.web.local_days import get_local_day, get_local_time
from pairs.web.url_cache import reverse_cached
from referrals.rules.clocks import FOUR_WEEK_LIMIT_DAYS
from reporting.dashboards.episode_status import EpisodeStatus

Chip = tuple[str, str]  # words, colour
MOST_CHIPS = 2
SEEN_LIMIT_DAYS = 28
CSV_HEADERS = (
    *("Family", "Age", "With", "Lead", "Opened", "Days since seen", "Next visit", "Clock or review", "Goals"),
    *("Pair", "To do"),
)


def build_unopened_row(referral: Any, line: FamilyLine, on: date, scope: Scope) -> dict[str, Any]:
    """A family that was accepted, and how long it has waited for its episode."""
    since = get_local_day(referral.decided_at or referral.received_at)
    may = scope.may("write_records", at=referral.family.site_id, of=referral.family_id)
    return {
        "line": line,
        "cautions": referral.cautions,
        "family_href": reverse_cached("family", referral.family_id),
        "site": referral.family.site,
        "days": (on - since).days,
        "href": reverse_cached("open-episode", referral.pk) if may else None,
    }


def build_episode_row(
    episode: Any,
    line: FamilyLine,
    on: date,
    scope: Scope,
    *,
    due: list[DueItem],
    status: EpisodeStatus | None,
    undecided: int = 0,
) -> dict[str, Any]:
    """An episode with its family, clock, pair and the first thing to do.

    Of a family whose only baby has died nothing is counted or reviewed; ``undecided``: its visits to keep or cancel.
    """
    status = None if line.lost else status
    may = scope.may("write_records", at=episode.site_id, of=episode.family_id) and not episode.ended_on
    seen = (on - get_local_day(episode.last_seen_at)).days if episode.last_seen_at else None
    return {
        "line": line,
        "chips": _list_chips(episode, due),
        "cautions": episode.cautions,
        "family_href": reverse_cached("family", episode.family_id),
        "episode_href": reverse_cached("episode", episode.pk),
        "lead": episode.lead,
        "opened": episode.opened_on,
        "days_open": ((episode.ended_on or on) - episode.opened_on).days,
        "ended": episode.ended_on,
        "days_since_seen": seen,
        "long_unseen": seen is not None and seen >= SEEN_LIMIT_DAYS,
        "next": describe_next_visit(episode.next_at, on),
        "goals": episode.live_goals,
        "clock": status and status.clock,
        "pair": status and status.pair,
        "plan_agreed_on": episode.plan_agreed_on,
        "review_on": episode.review_on,
        "clock_chip": build_clock_chip(status and status.clock, episode, on, lost=line.lost),
        "steps_left": _describe_steps(status and status.clock),
        "pair_chip": build_pair_chip(status and status.pair),
        "pair_text": _describe_pair(status and status.pair),
        "due": [
            *_list_decisions(undecided, episode.family_id),
            *({"title": item.title, "href": item.href, "kind": item.kind} for item in due),
        ],
        "contact_href": reverse_cached("new-contact", episode.pk) if may and not line.lost else None,
        "book_href": reverse_cached("new-appointment", episode.pk) if may and not line.lost else None,
        "measure_href": reverse_cached("choose-measure", episode.pk) if may and not line.lost else None,
    }


def _list_decisions(undecided: int, family: UUID) -> list[dict[str, str]]:
    """The visits that a loss has stopped, as the first thing to do."""
    if not undecided:
        return []
    title = f"{format_plural(undecided, 'visit')} to keep or cancel"
    return [{"title": title, "href": reverse_cached("family", family), "kind": CLINICAL}]


def _list_chips(episode: Any, due: list[DueItem]) -> list[Chip]:
    """The most pressing first: safety, then missed contacts."""
    found = [("Risk alert", "red")] if any(item.code == "risk_alert" for item in due) else []
    if not found and any(item.kind == SAFETY for item in due):
        found.append(("Safety", "red"))
    if not episode.ended_on and assess_missed_contacts(episode.attendances)[0]:
        found.append(("Missed contacts", "orange"))
    return found[:MOST_CHIPS]


def describe_next_visit(at: Any, on: date) -> str:
    """“Today 11:00”, “Wed 2 Dec 10:30”."""
    if not at:
        return ""
    local = get_local_time(at)
    day = "Today" if local.date() == on else f"{local:%a} {format_near_day(local.date(), on)}"
    return f"{day} {local:%H:%M}"


def build_clock_chip(
    clock: dict[str, Any] | None, episode: Any, on: date, *, lost: bool = False
) -> Chip | None:
    """The four-week clock until it is met, then the review of the plan; red only beyond their day.

    ``lost``: neither runs on after a loss.
    """
    if episode.ended_on:
        return (f"Ended {format_short_day(episode.ended_on)}", "grey")
    if lost:
        return None
    if clock and clock["missing"]:
        if clock["days"] > FOUR_WEEK_LIMIT_DAYS:
            return (f"4-week: over, day {clock['days']}", "red")
        return (f"4-week: day {clock['days']}", "orange" if clock["speak"] else "grey")
    if not episode.review_on:
        return ("No review date", "grey") if episode.plan_agreed_on else ("No plan yet", "orange")
    late = (on - episode.review_on).days
    if late > 0:
        return (f"Review overdue {late} d", "red")
    return (
        ("Review due today", "orange")
        if not late
        else (f"Review {format_near_day(episode.review_on, on)}", "grey")
    )


def _describe_steps(clock: dict[str, Any] | None) -> str:
    return f"{format_plural(len(clock['missing']), 'step')} left" if clock and clock["missing"] else ""


def build_pair_chip(pair: dict[str, Any] | None) -> Chip | None:
    """None where nothing is known of one."""
    if not pair:
        return None
    if pair["paired"]:
        return ("Measured twice", "green")
    return ("Measured once", "blue") if pair["until"] else ("No pair yet", "orange")


def _describe_pair(pair: dict[str, Any] | None) -> str:
    """The measure; when to repeat it by."""
    if not pair:
        return ""
    if pair["until"] and not pair["paired"]:
        return f"Repeat by {pair['until']}"
    return pair["measure"] or ""


def build_csv_row(row: dict[str, Any]) -> tuple[Any, ...]:
    """Its cells."""
    return (
        row["line"].name,
        row["line"].age,
        row["line"].carers.removeprefix("with "),
        row["lead"],
        row["opened"],
        "" if row["days_since_seen"] is None else row["days_since_seen"],
        row["next"],
        row["clock_chip"][0] if row["clock_chip"] else "",
        row["goals"],
        row["pair_chip"][0] if row["pair_chip"] else "",
        "; ".join(item["title"] for item in row["due"]),
    )
