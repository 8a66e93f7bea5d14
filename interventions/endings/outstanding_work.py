"""Outstanding work of a family at the ending of an episode, collected from every app in one query.

What lower apps leave outstanding is listed here; a higher app has an ``outstanding_work`` module of its own
(pairs.service.hooks). Nothing is closed here: each item is closed on its own page, or handed on by name.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from interventions.endings.outstanding_interventions import INTERVENTION_PROVIDERS
from interventions.endings.rules.endings import OutstandingItem
from interventions.episodes.models import CareContact, Episode
from pairs.access.batch_query import Query, parse_date, parse_datetime, run_queries
from pairs.families.models import RiskAlert
from pairs.safeguarding.models import SafeguardingConcern
from pairs.safeguarding.rules import get_waiting_date
from pairs.service.hooks import list_hooks
from pairs.village.models import Letter
from pairs.web.jinja_environment import format_short_day


def list_outstanding_work(episode: Episode) -> list[OutstandingItem]:
    """All outstanding items of the episode and its family, those to settle first. One query."""
    builders = list_hooks("outstanding_work", "build_outstanding_queries")
    queries = [query for build in builders for query in build(episode)]
    return sorted(run_queries(queries), key=lambda each: (not each.settle, each.code, each.what))


def build_outstanding_queries(episode: Episode) -> list[Query]:
    """What this app and the lower ones leave outstanding."""
    return [build(episode) for build in (*RECORD_PROVIDERS, *INTERVENTION_PROVIDERS)]


def _query_unsigned_contacts(episode: Episode) -> Query:
    rows = CareContact.objects.live().filter(episode=episode, signed_at=None)
    fields = {"id": "id", "at": "starts_at", "by": "practitioner__display_name"}

    def to_outstanding_item(row: dict[str, str]) -> Iterator[OutstandingItem]:
        when = format_short_day(timezone.localdate(parse_datetime(row["at"])))
        href = reverse("care-contact", args=[row["id"]])
        # Its author can still sign it after the ending.
        yield OutstandingItem(
            "unsigned", UUID(row["id"]), f"Sign the contact of {when}", href, row["by"], settle=False
        )

    return Query(rows, fields, to_outstanding_item)


def _query_unclosed_alerts(episode: Episode) -> Query:
    rows = RiskAlert.objects.live().open().filter(family=episode.family_id)
    fields = {"id": "id", "what": "what", "lead": "lead__display_name"}

    def to_outstanding_item(row: dict[str, str]) -> Iterator[OutstandingItem]:
        href = reverse("alert", args=[row["id"]])
        yield OutstandingItem(
            "alert", UUID(row["id"]), f"Risk alert: {row['what'][:120]}", href, row["lead"] or ""
        )

    return Query(rows, fields, to_outstanding_item)


def _query_unanswered_concerns(episode: Episode) -> Query:
    """Safeguarding concerns that are waiting for an answer."""
    rows = SafeguardingConcern.objects.live().filter(family=episode.family_id).awaiting_answer()
    fields = {"id": "id", "by": "recorded_by__display_name", "family": "family_id"}
    fields |= {"chase_by": "chase_by", "steps": "step_days"}

    def to_outstanding_item(row):
        steps = [(step["kind"], parse_date(step["ask_by"])) for step in row["steps"]]
        ask_by = get_waiting_date([("raised", parse_date(row["chase_by"])), *steps])
        if ask_by:
            what = f"Safeguarding: ask for the answer by {format_short_day(ask_by)}"
            href = reverse("safeguarding", args=[row["family"]])
            yield OutstandingItem("concern", UUID(row["id"]), what, href, row["by"])

    return Query(rows, fields, to_outstanding_item)


def _query_unsent_letters(episode: Episode) -> Query:
    """Draft letters, and signed ones not sent: no law sets a deadline, but both are easily forgotten."""
    rows = Letter.objects.live().filter(family=episode.family_id, sent_on=None)
    fields = {"id": "id", "signed_at": "signed_at", "by": "written_by__display_name"}

    def to_outstanding_item(row: dict[str, Any]) -> Iterator[OutstandingItem]:
        what = "Send the letter that is signed" if row["signed_at"] else "Finish the letter begun"
        href = reverse("letter", args=[row["id"]])
        yield OutstandingItem("letter", UUID(row["id"]), what, href, row["by"], settle=False)

    return Query(rows, fields, to_outstanding_item)


RECORD_PROVIDERS = (
    _query_unclosed_alerts,
    _query_unanswered_concerns,
    _query_unsigned_contacts,
    _query_unsent_letters,
)
