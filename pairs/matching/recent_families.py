"""The families somebody opened last, as the access log remembers them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, TextField, Value

from pairs.access.batch_query import Query
from pairs.audit.models import AccessEntry, AccessEntryQuerySet
from pairs.service.models import User

MAX_LOG_ENTRIES = 200  # newest pages of theirs


def list_recently_opened(user: Any, *, most: int = 10) -> list[UUID]:
    """Ids, newest first. Who asks shows those of them that are still in scope."""
    return _take_first(_query_opened(user).values_list("ids", flat=True), most)


def build_recently_opened_query(user: Any) -> Query:
    """The same for a batch of queries: its row is for ``read_recently_opened``."""
    return Query(User.objects.filter(pk=user), {"opened": ArraySubquery(_query_opened(user).values("ids"))})


def read_recently_opened(rows: Iterable[dict[str, Any]], *, most: int) -> list[UUID]:
    return _take_first((ids for row in rows for ids in row["opened"]), most)


def _query_opened(user: Any) -> AccessEntryQuerySet:
    """``ids``: of the families that an entry opened, as one text: in an array of arrays all are of one length."""
    rows = AccessEntry.objects.filter(user=user).exclude(opened=[]).order_by("-at")
    as_text = Func("opened", Value(" "), function="ARRAY_TO_STRING", output_field=TextField())
    return rows.annotate(ids=as_text)[:MAX_LOG_ENTRIES]


def _take_first(opened: Iterable[str], most: int) -> list[UUID]:
    found: dict[str, None] = {}
    for ids in opened:
        found.update(dict.fromkeys(ids.split()))
        if len(found) >= most:
            break
    return [UUID(family) for family in found][:most]
