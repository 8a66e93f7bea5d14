"""What the person’s banner says of emergency access: who else reads the record, and until when."""

from collections.abc import Iterator
from typing import Any

from django.db.models.functions import Now

from pairs.access.batch_query import Query, parse_datetime
from pairs.emergency_access.models import EmergencyAccess
from pairs.families.models import Family
from pairs.web.formats import format_time


def build_banner_line_queries(family: Family) -> list[Query]:
    """A line for each use that has not ended."""
    rows = EmergencyAccess.objects.live().to_review().filter(family=family, until__gt=Now())
    fields = {"since": "created_at", "until": "until", "who": "opened_by__display_name"}

    def to_banner_line(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        until = format_time(parse_datetime(row["until"]))
        text = f"Emergency access: {row['who']} can read this record until {until}, and write nothing."
        yield {"text": text, "severity": "note", "href": None, "since": row["since"]}

    return [Query(rows, fields, to_banner_line)]
