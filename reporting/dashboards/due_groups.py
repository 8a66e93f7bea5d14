"""What is due as the to-do page shows it: a card a family, with the acts in each row."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Now

from interventions.diary.models import query_next_appointment
from interventions.episodes.models import Episode, query_last_seen
from pairs.access.batch_query import PreparedBatch, Query, parse_datetime
from pairs.access.scope import NOBODY, FamiliesScope, Scope, TemplateScope
from pairs.families.due import SAFETY, DueItem
from pairs.families.family_line import NOT_NAMED, FamilyLine
from pairs.families.family_lines import load_visible_family_lines
from pairs.web.formats import format_plural
from pairs.web.local_days import get_local_day
from pairs.web.url_cache import reverse_cached
from referrals.referral_lines import load_referral_lines
from reporting.dashboards.caseload_rows import describe_next_visit
from reporting.dashboards.due_acts import (
    DUE_BY,
    NAMED_DAYS,
    UNKNOWN_ACT,
    describe_due_day,
    get_due_act,
    get_due_kind,
)
from reporting.dashboards.links import lead_in

REFERRAL_CODES = {"unread_referral", "awaiting_triage", "referral_news", "day_21"}
DECISION_CODES = {"case_decision", "case_decision_undated"}
SAFETY_FIRST, OVERDUE, TODAY, SOON, LATER, NO_DAY = DAY_SECTIONS = (
    "Safety", "Overdue", "Today", "Next 7 days", "Later", "No set day",
)  # fmt: skip


def is_overdue(item: DueItem, on: date) -> bool:
    """Its day was set, and is over."""
    return item.kind != SAFETY and get_due_act(item).day == DUE_BY and item.due_on < on


def get_day_section(item: DueItem, on: date) -> str:
    """Which part of a list by date it is in."""
    if item.kind == SAFETY:
        return SAFETY_FIRST
    if get_due_act(item).day != DUE_BY:
        return NO_DAY
    days = (item.due_on - on).days
    if days <= 0:
        return OVERDUE if days else TODAY
    return SOON if days <= NAMED_DAYS else LATER


def present_due_item(item: DueItem, on: date, scope: Scope) -> dict[str, Any]:
    """A due item as components/due_list.html and the to-do page draw it, for whoever has that scope."""
    chip = describe_due_day(item, on)
    href = lead_in(scope, item.href, at=item.site_id, of=item.family_id)
    target = (item.subject_id, item.code)
    is_decision = item.code in DECISION_CODES
    return {
        "title": item.title,
        "href": href,
        "severity": chip.severity,
        "chip": chip.text,
        "button": get_due_act(item).button if href == item.href else UNKNOWN_ACT.button,
        "who": item.who,
        "when": chip.text if item.kind != SAFETY else None,
        "why": item.why,
        "done_href": reverse_cached("decision-done", item.subject_id) if is_decision else None,
        "decide": reverse_cached("due-decision", *target) if item.kind != SAFETY else None,
        "reassign": reverse_cached("due-reassignment", *target),
    }


@dataclass
class DueGroup:
    """What is due about one family, or about a referral or whatever else has no family: the most pressing first.

    ``done``: what was ticked off today, which stays in sight with its way back.
    """

    family: UUID | None
    items: list[DueItem] = field(default_factory=list)
    done: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_about_safety(self) -> bool:
        return any(item.kind == SAFETY for item in self.items)


def group_due_items(
    items: Sequence[DueItem], on: date, *, done: Sequence[dict[str, Any]] = ()
) -> list[DueGroup]:
    """Those with something about safety first, then overdue, then soonest; last, where all is done."""
    groups: dict[Any, DueGroup] = {}
    for item in sorted(items, key=lambda item: get_due_rank(item, on)):
        key = item.family_id or _get_referral_id(item) or item.who or item.title
        groups.setdefault(key, DueGroup(item.family_id)).items.append(item)
    for row in done:
        family = UUID(row["family"])
        groups.setdefault(family, DueGroup(family)).done.append(row)
    return list(groups.values())


def present_due_groups(
    scope: Scope, groups: Sequence[DueGroup], on: date, *, with_contacts: bool = True
) -> list[dict[str, Any]]:
    """Each group as the to-do page draws it, with when the family was seen and will be."""
    lines = load_visible_family_lines(scope, {group.family for group in groups if group.family}, on)
    contacts = _load_contacts(list(lines), on) if with_contacts else {}
    return build_due_groups(scope, groups, on, lines, contacts)


def build_due_groups(
    scope: Scope,
    groups: Sequence[DueGroup],
    on: date,
    lines: dict[UUID, FamilyLine],
    contacts: dict[UUID, str],
) -> list[dict[str, Any]]:
    """The same of families whose ``lines`` were read already: those in scope."""
    referrals = [
        _get_referral_id(item) for group in groups if group.family not in lines for item in group.items[:1]
    ]
    named = load_referral_lines(filter(None, referrals), on)
    shown = (group for group in groups if group.items or group.family in lines)
    return [_build_group(group, scope, on, lines, contacts, named) for group in shown]


def _build_group(
    group: DueGroup,
    scope: Scope,
    on: date,
    lines: dict[UUID, FamilyLine],
    contacts: dict[UUID, str],
    named: dict[UUID, FamilyLine],
) -> dict[str, Any]:
    """Of a family that is not in scope, what is due stands by what it is about, and nothing done is told."""
    family = group.family if group.family in lines else None
    line = lines[family] if family else _describe_unrecorded(group.items[0], named)
    href = reverse_cached("family", family) if family else None
    about = {"line": line, "family_href": href}
    return {
        "family": family,
        "line": line,
        "href": href,
        "contact": contacts.get(family, "") if family and not line.lost else "",
        "rows": [_present_row(item, on, scope, about) for item in group.items],
        "done": group.done if family else [],
    }


def _describe_unrecorded(item: DueItem, named: dict[UUID, FamilyLine]) -> FamilyLine:
    """Whom an item without an open record is about. A referral that names no one yet goes by its reference."""
    line = named.get(_get_referral_id(item)) if _get_referral_id(item) else None
    if line is None:
        return FamilyLine(item.who or item.title)
    return replace(line, name=f"{NOT_NAMED}, {item.who}") if line.name == NOT_NAMED and item.who else line


def _present_row(item: DueItem, on: date, scope: Scope, about: dict[str, Any]) -> dict[str, Any]:
    """An item with what a list in another order needs: whose it is, and where it belongs."""
    placed = {"rank": get_due_rank(item, on), "date": get_day_section(item, on), "kind": get_due_kind(item)}
    return present_due_item(item, on, scope) | about | placed


def _get_referral_id(item: DueItem) -> UUID | None:
    return item.referral_id or (item.subject_id if item.code in REFERRAL_CODES else None)


def get_due_rank(item: DueItem, on: date) -> tuple[int, date, str]:
    """For sorting: safety first, then what is over its day, then by day."""
    order = 0 if item.kind == SAFETY else 1 if is_overdue(item, on) else 2
    return order, item.due_on, item.title


def _load_contacts(families: list[UUID], on: date) -> dict[UUID, str]:
    """{family: “Seen 10 days ago · next today 13:00”} of those with open work."""
    found = _CONTACTS_BATCH.list_results(NOBODY, families=families) if families else []
    return {UUID(row["family"]): _describe_contacts(row, on) for row in found}


def _describe_contacts(row: dict[str, str | None], on: date) -> str:
    seen = parse_datetime(row["seen"])
    days = (on - get_local_day(seen)).days if seen else None
    words = (
        "Not seen yet"
        if days is None
        else "Seen today"
        if not days
        else f"Seen {format_plural(days, 'day')} ago"
    )
    coming = describe_next_visit(parse_datetime(row["next"]), on)
    return f"{words} · next {coming}" if coming else f"{words} · nothing booked"


def _build_contacts_query(_: TemplateScope, families: UUID) -> list[Query]:
    rows = Episode.objects.visible_to(FamiliesScope(families)).open()
    seen, coming = Subquery(query_last_seen(OuterRef("pk"))), Subquery(query_next_appointment(Now()))
    return [Query(rows, {"family": "family_id", "seen": seen, "next": coming})]


_CONTACTS_BATCH = PreparedBatch(_build_contacts_query)
