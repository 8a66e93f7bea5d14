"""The families somebody opened last, as the access log remembers them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pairs.access.batch_query import Query
from pairs.audit.models import AccessEntry, AccessEntryQuerySet

MAX_LOG_ENTRIES = 200  # newest pages of theirs


def list_recently_opened(user: Any, *, most: int = 10) -> list[UUID]:
    """Ids, newest first. Who asks shows those of them that are still in scope."""
    return _take_first(_query_opened(user).values_list("opened", flat=True), most)


def build_recently_opened_query(user: Any) -> Query:
    """The same for a batch of queries: its rows are for ``read_recently_opened``."""
    return Query(_query_opened(user), {"opened": "opened"})


def read_recently_opened(rows: Iterable[dict[str, Any]], *, most: int) -> list[UUID]:
    return _take_first(([UUID(family) for family in row["opened"]] for row in rows), most)


def _query_opened(user: Any) -> AccessEntryQuerySet:
    return AccessEntry.objects.filter(user=user).exclude(opened=[]).order_by("-at")[:MAX_LOG_ENTRIES]


def _take_first(opened: Iterable[Iterable[UUID]], most: int) -> list[UUID]:
    return list(dict.fromkeys(family for families in opened for family in families))[:most]
