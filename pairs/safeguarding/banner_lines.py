"""What the person's banner says of safeguarding: the statuses that nobody may have to look for."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from pairs.access.batch_query import Query, build_person_name
from pairs.families.models import Family
from pairs.safeguarding.models import SafeguardingStatus
from pairs.safeguarding.rules import describe_status


def build_banner_line_queries(family: Family) -> list[Query]:
    """For the banner of every page of the family's record."""
    return [_build_status_query(family)]


def _build_status_query(family: Family) -> Query:
    """A line for each child protection plan, child looked after and MARAC, the oldest first."""
    rows = SafeguardingStatus.objects.for_banner(family)
    names = {
        "infant": build_person_name("infant"),
        "caregiver": build_person_name("caregiver"),
        "child": "child__name",
    }
    fields = {"since": "since", "kind": "kind", "categories": "categories", "court_order": "court_order"}

    def to_banner_line(row: dict[str, Any]) -> Iterator[dict[str, str]]:
        who = row["infant"] or row["caregiver"] or row["child"] or "Not yet named"
        href = reverse("safeguarding", args=[row["family"]])
        text = f"{who}: {describe_status(row['kind'], row['categories'], row['court_order'])}"
        yield {"text": text, "severity": "note", "href": href, "since": row["since"]}

    return Query(rows, fields | names | {"family": "family_id"}, to_banner_line)
