"""Outstanding work of a family at the ending of an episode, collected from every app in one query.

What lower apps leave outstanding is listed here; a higher app has an ``outstanding_work`` module of its own
(pairs.service.hooks). Nothing is closed here: each item is closed on its own page, or handed on by name.
"""

from typing import Any

from django.utils import timezone

from interventions.endings.outstanding_interventions import INTERVENTION_PROVIDERS
from interventions.endings.outstanding_query import build_outstanding_query
from interventions.endings.rules.endings import OutstandingItem
from interventions.episodes.models import CareContact, Episode
from pairs.access.batch_query import Query, parse_date, parse_datetime, run_queries
from pairs.families.models import RiskAlert
from pairs.safeguarding.models import SafeguardingConcern
from pairs.safeguarding.rules import get_waiting_date
from pairs.service.hooks import list_hooks
from pairs.village.models import Letter
from pairs.web.formats import format_short_day


def list_outstanding_work(episode: Episode) -> list[OutstandingItem]:
    """All outstanding items of the episode and its family, those to settle first. One query."""
    builders = list_hooks("outstanding_work", "build_outstanding_queries")
    queries = [query for build in builders for query in build(episode)]
    return sorted(run_queries(queries), key=lambda each: (not each.settle, each.code, each.what))


def build_outstanding_queries(episode: Episode) -> list[Query]:
    """What this app and the lower ones leave outstanding."""
    return [build(episode) for build in (*RECORD_PROVIDERS, *INTERVENTION_PROVIDERS)]


def _query_unsigned_contacts(episode: Episode) -> Query:
    """Their author can still sign them after the ending."""
    rows = CareContact.objects.live().filter(episode=episode, signed_at=None)
    fields = {"at": "starts_at", "by": "practitioner__display_name"}

    def describe(row: dict[str, Any]) -> str:
        return f"Sign the contact of {format_short_day(timezone.localdate(parse_datetime(row['at'])))}"

    return build_outstanding_query("unsigned", rows, fields, describe, "care-contact", settle=False)


def _query_unclosed_alerts(episode: Episode) -> Query:
    rows = RiskAlert.objects.live().open().filter(family=episode.family_id)
    fields = {"what": "what", "by": "lead__display_name"}
    return build_outstanding_query("alert", rows, fields, lambda row: f"Risk alert: {row['what']}", "alert")


def _query_unanswered_concerns(episode: Episode) -> Query:
    """Safeguarding concerns that are waiting for an answer."""
    rows = SafeguardingConcern.objects.live().filter(family=episode.family_id).awaiting_answer()
    fields = {"by": "recorded_by__display_name", "family": "family_id"}
    fields |= {"chase_by": "chase_by", "steps": "step_days"}

    def describe(row: dict[str, Any]) -> str:
        steps = [(step["kind"], parse_date(step["ask_by"])) for step in row["steps"]]
        ask_by = get_waiting_date([("raised", parse_date(row["chase_by"])), *steps])
        return f"Safeguarding: ask for the answer by {format_short_day(ask_by)}" if ask_by else ""

    return build_outstanding_query("concern", rows, fields, describe, "safeguarding", of="family")


def _query_unsent_letters(episode: Episode) -> Query:
    """Draft letters, and signed ones not sent: no law sets a deadline, but both are easily forgotten."""
    rows = Letter.objects.live().filter(family=episode.family_id, sent_on=None)
    fields = {"signed_at": "signed_at", "by": "written_by__display_name"}

    def describe(row: dict[str, Any]) -> str:
        return "Send the signed letter" if row["signed_at"] else "Finish the draft letter"

    return build_outstanding_query("letter", rows, fields, describe, "letter", settle=False)


RECORD_PROVIDERS = (
    _query_unclosed_alerts,
    _query_unanswered_concerns,
    _query_unsigned_contacts,
    _query_unsent_letters,
)
