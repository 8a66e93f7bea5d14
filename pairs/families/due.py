"""Due items: the interface of every app's due.py, and what is due about people and alerts.

An app's due.py offers ``build_due_queries(scope, on, families=None)``: queries (for the given families, at most
1,000, or for everything in scope) whose rows the app's rules turn into items. Where nothing but the family
decides who may see an item, the query belongs in ``build_family_due_queries`` instead: its items are computed ahead
and cached until something about the family changes or the day ends (reporting.dashboards.due_cache).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery, Value

from pairs.access.batch_query import Query, build_person_name, parse_date, parse_datetime, parse_uuid
from pairs.access.scope import Scope
from pairs.families.birth_rules import MAX_DISAGREEMENT
from pairs.families.choices import AlertStepKind
from pairs.families.models import Infant, RiskAlert, RiskAlertStep
from pairs.families.rules import get_trace_due_date
from pairs.web.formats import format_short_day
from pairs.web.local_days import get_local_day
from pairs.web.url_cache import reverse_cached

SAFETY, CLINICAL, DATA_QUALITY = "safety", "clinical", "data quality"
MAX_FAMILIES = 1000


@dataclass(frozen=True)
class DueItem:
    """One thing the rules say is due: which rule, about which row, by when, and where to deal with it."""

    code: str
    kind: str
    title: str
    subject_id: UUID
    href: str
    due_on: date
    family_id: UUID | None = None
    site_id: UUID | None = None
    owner_id: UUID | None = None  # whose it is first; None: whoever works at the site
    who: str = ""  # the family or reference, for the list
    why: str = ""
    referral_id: UUID | None = None  # which it is about, of an item whose subject is something else


@dataclass(frozen=True)
class DueQuery(Query):
    """A query all of whose items are of one kind: a page that shows none of that kind does not ask it."""

    kind: str = ""


def is_asked_for(asked: Query, kinds: Iterable[str]) -> bool:
    """Whether any of its items may be of one of the kinds."""
    return not isinstance(asked, DueQuery) or asked.kind in kinds


def build_due_item(
    row: Mapping[str, Any], *, code: str, kind: str, title: str, page: str, of: str = "id", **more: Any
) -> DueItem:
    """What a row speaks of that is called ``id`` and, where it says so, ``family``, ``site``, ``owner`` and ``who``.

    ``page``: the name of the address where one deals with it, of the row's ``of``. ``more``: what the row does not
    say by these names; without ``due_on`` it is due from the day of its time ``at``.
    """
    known: dict[str, Any] = {f"{name}_id": parse_uuid(row.get(name)) for name in ("family", "site", "owner")}
    if "due_on" not in more:
        known["due_on"] = get_local_day(parse_datetime(row["at"]))
    href, who = reverse_cached(page, row[of]), row.get("who") or ""
    facts = {
        "code": code,
        "kind": kind,
        "title": title,
        "subject_id": UUID(row["id"]),
        "href": href,
        "who": who,
    }
    return DueItem(**facts | known | more)


def always_due(**facts: Any) -> Callable[[dict[str, Any]], list[DueItem]]:
    """For a Query each of whose rows is due: makes ``build_due_item`` of it with these facts."""
    return lambda row: [build_due_item(row, **facts)]


def in_families(families: Iterable[UUID] | None, path: str = "family") -> Q:
    """A filter to these families, or none for everything in scope."""
    return Q() if families is None else Q(**{f"{path}__in": list(families)[:MAX_FAMILIES]})


def start_when_possible(due_on: date, known_on: date) -> date:
    """A day by which something is due, and never one before it could first be done: before anybody here knew of it."""
    return max(due_on, known_on)


def build_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Open risk alerts (safety): before there is a family they are their site's."""
    return [_build_alerts_query(scope, families)]


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """NHS numbers to trace at six weeks (data quality); babies long past their due date (clinical)."""
    return [_build_nhs_number_query(scope, on, families), _build_overdue_birth_query(scope, on, families)]


def _build_alerts_query(scope: Scope, families: Iterable[UUID] | None) -> Query:
    rows = RiskAlert.objects.visible_to(scope).open().filter(in_families(families))
    fields: dict[str, Any] = {"id": "id", "at": "created_at", "seen_at": "seen_at", "who": "about"}
    fields |= {"family": "family_id", "site": "site_id", "owner": "lead_id"}
    # A value of each alert's own: of an EXISTS PostgreSQL would read every step there ever was.
    acted = RiskAlertStep.objects.filter(alert=OuterRef("pk"), kind=AlertStepKind.ACTION)
    fields["acted"] = Subquery(acted.values(acted=Value(True))[:1])

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        yield build_due_item(
            row,
            code="risk_alert",
            kind=SAFETY,
            title=_get_alert_title(row),
            page="alert",
        )

    return Query(rows, fields, to_due_item)


def _get_alert_title(row: dict[str, Any]) -> str:
    """What is next: look at it, act, and once something was done close it. Its day tells two alerts apart."""
    raised = format_short_day(parse_datetime(row["at"]))
    if row["acted"]:
        return f"Close or update risk alert of {raised}"
    return f"{'Act on' if row['seen_at'] else 'Review'} risk alert of {raised}"


def _build_overdue_birth_query(scope: Scope, on: date, families: Iterable[UUID] | None) -> Query:
    """An unborn baby three weeks past the due date: born by now, or lost, and nobody has said so."""
    rows = Infant.objects.visible_to(scope).unborn().filter(in_families(families))
    rows = rows.filter(estimated_due_date__lt=on - MAX_DISAGREEMENT)
    fields = {"id": "id", "due": "estimated_due_date", "reference": "reference", "name": build_person_name()}
    fields |= {"family": "family_id", "site": "family__site_id"}

    def to_due_item(row: dict[str, str]) -> Iterator[DueItem]:
        yield build_due_item(
            row,
            code="birth_not_registered",
            kind=CLINICAL,
            title="Check whether this baby has been born, and record the outcome",
            page="birth",
            due_on=date.fromisoformat(row["due"]) + MAX_DISAGREEMENT,
            who=row["name"] or row["reference"],
            why="Due date passed more than three weeks ago. Ask gently: there may have been a loss.",
        )

    return Query(rows, fields, to_due_item)


def _build_nhs_number_query(scope: Scope, on: date, families: Iterable[UUID] | None) -> Query:
    rows = Infant.objects.visible_to(scope).active().filter(in_families(families), nhs_number=None)
    fields = {"id": "id", "born": "birth_date", "reference": "reference", "name": build_person_name()}
    fields |= {"family": "family_id", "site": "family__site_id", "since": "created_at"}

    def to_due_item(row: dict[str, str]) -> Iterator[DueItem]:
        due = get_trace_due_date(born=parse_date(row["born"]), nhs_number=None, lost=False)
        if due and due <= on:
            yield build_due_item(
                row,
                code="nhs_number_trace",
                kind=DATA_QUALITY,
                title="Trace the baby’s NHS number",
                page="infant-details",
                due_on=start_when_possible(due, get_local_day(parse_datetime(row["since"]))),
                who=row["name"] or row["reference"],
            )

    return Query(rows.exclude(birth_date=None), fields, to_due_item)
