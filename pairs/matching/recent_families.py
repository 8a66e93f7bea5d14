"""The families somebody opened last, as the access log remembers them."""

from typing import Any
from uuid import UUID

from pairs.audit.models import AccessEntry

MAX_LOG_ENTRIES = 200  # newest pages of theirs


def list_recently_opened(user: Any, *, most: int = 10) -> list[UUID]:
    """Ids, newest first. Who asks shows those of them that are still in scope."""
    entries = AccessEntry.objects.filter(user=user).exclude(opened=[]).order_by("-at")
    opened = entries.values_list("opened", flat=True)[:MAX_LOG_ENTRIES]
    return list(dict.fromkeys(family for families in opened for family in families))[:most]
