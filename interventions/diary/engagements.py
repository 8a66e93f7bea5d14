"""What staff are booked for besides visits: sessions of groups, consultations, supervision.

Each app tells of its own (`diary_entries.build_diary_queries`, see `pairs.service.hooks`), lower and higher ones alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Value
from django.urls import reverse
from django.utils import timezone

from interventions.diary.rules import Slot, describe_clashes
from interventions.episodes.rules import Location
from pairs.access.batch_query import PreparedBatch, Query, parse_datetime
from pairs.access.diary_questions import DiaryQuestion
from pairs.access.scope import Scope
from pairs.service.hooks import collect_from_hooks


@dataclass(frozen=True)
class Engagement:
    """One of them. ``kind`` and ``where`` name nobody; ``title`` is for those who may open it (``is_visible``)."""

    id: UUID
    starts_at: datetime
    minutes: int
    staff: frozenset[UUID]
    families: frozenset[UUID]
    site_id: UUID
    kind: str
    title: str
    where: str
    path: str
    is_visible: bool
    going: tuple[str, ...] = ()
    written_at: datetime | None = None
    changed_at: datetime | None = None
    changes: int = 0
    slot: Slot = field(init=False)

    def __post_init__(self) -> None:
        slot = Slot(self.id, self.starts_at, self.minutes, self.id, self.staff, families=self.families)
        object.__setattr__(self, "slot", slot)


def load_engagements(
    scope: Scope,
    start: datetime,
    end: datetime,
    *,
    staff: Iterable[UUID] = (),
    families: Iterable[UUID] = (),
    sites: Iterable[UUID] = (),
) -> list[Engagement]:
    """All that begin between the two times with any of these people or families, or at these sites, in order.

    Whoever may not see one still learns that the time is taken: a double booking helps nobody.
    """
    wanted = {"staff": list(staff), "families": list(families), "sites": list(sites)}
    rows = _ENGAGEMENT_BATCH.list_results(scope, start=start, end=end, **wanted)
    return sorted(map(_build_engagement, rows), key=lambda each: (each.starts_at, str(each.id)))


def _build_queries(scope: Scope, *, staff: UUID, families: UUID, sites: UUID, **span: Value) -> list[Query]:
    """Each of the three ids stands for a list."""
    asked = DiaryQuestion(scope, **span, staff=[staff], families=[families], sites=[sites])
    return collect_from_hooks("diary_entries", "build_diary_queries", asked)


_ENGAGEMENT_BATCH = PreparedBatch(_build_queries)


def _build_engagement(row: dict[str, Any]) -> Engagement:
    return Engagement(
        id=UUID(row["id"]),
        starts_at=parse_datetime(row["starts_at"]),
        minutes=row["minutes"],
        staff=frozenset(map(UUID, row["staff"])),
        families=frozenset(map(UUID, row.get("families", ()))),
        site_id=UUID(row["site"]),
        kind=row["kind"],
        title=row["title"],
        where=Location(row["where"]).label if row.get("where") else "",
        path=reverse(row["page"], args=[row["id"]] if row.get("page_of", True) else []),
        is_visible=row["visible"],
        going=tuple(row.get("going", ())),
        written_at=parse_datetime(row["written_at"]),
        changed_at=parse_datetime(row["changed_at"]),
        changes=row["changes"] or 0,
    )


def build_engagement_row(
    each: Engagement, found: Iterable[tuple[str, Slot]] = (), *, me: UUID
) -> dict[str, Any]:
    """One line of a diary; of somebody else's that the reader may not open, the time alone."""
    starts = timezone.localtime(each.starts_at)
    times = {"at": starts, "until": starts + timedelta(minutes=each.minutes)}
    if not each.is_visible and me not in each.staff:
        return times | {"taken": True}
    return times | {
        "engagement": True,
        "for_families": bool(each.families),
        "kind": each.kind,
        "title": each.title,
        "href": each.path if each.is_visible else "",
        "where": each.where,
        "going": each.going,
        "clashes": describe_clashes(found),
    }
