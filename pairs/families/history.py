"""What stood in a record before: earlier values of a field, and until when, from the history kept by triggers."""

from django.utils import timezone

from pairs.families.rules import earlier_values


def earlier(record, *fields):
    """{field: [(value, the day it was replaced), …] newest first}; one query. The record has been fetched in scope."""
    versions = list(record.events.order_by("pgh_id").values_list("pgh_created_at", *fields))
    return {
        field: [
            (value, timezone.localdate(until))
            for value, until in earlier_values([(version[0], version[place]) for version in versions])
        ]
        for place, field in enumerate(fields, 1)
    }
