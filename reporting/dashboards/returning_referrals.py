"""Who comes back: a referral whose baby had work or a referral here that ended within the year before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from interventions.endings.previous_episode import PreviousEpisode, find_previous_episode
from interventions.episodes.due import to_local_day
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.records import live_q
from pairs.access.requests import ScopedRequest
from pairs.access.scope import NOBODY
from pairs.web.formats import format_short_day
from referrals.models import Referral
from referrals.models.referral import ReferralQuerySet
from referrals.rules.clocks import is_return
from reporting.dashboards.referral_events import (
    build_closing_fields,
    get_end_date,
    query_others,
    query_same_babies,
)

EARLIER_REFERRAL_FIELDS = build_closing_fields() | {
    "ended": "episode__ended_on",
    "family": "family_id",
}


def find_returns(referrals: Iterable[Referral]) -> dict[UUID, tuple[date, str]]:
    """{referral id: (last ending before it, sentence)} where a family returns within a year: one query.

    The referrals were fetched in scope. A restricted family's past is not shown on another's referral.
    """
    ids = [referral.pk for referral in referrals]
    if not ids:
        return {}
    found = {row.pk: _find_newest_ending(row) for row in _EARLIER_REFERRALS.rows(NOBODY, referrals=ids)}
    return {pk: ending for pk, ending in found.items() if ending}


@dataclass(frozen=True)
class EarlierWork:
    """What was before a referral: the sentence about a return or '', and the families it was with."""

    returns: str
    families: frozenset[UUID]


def read_earlier_work(referral: Referral, rows: Iterable[Referral]) -> EarlierWork:
    """Of one referral that was fetched in scope, and its row of ``query_with_earlier``."""
    rows = list(rows)
    endings = filter(None, map(_find_newest_ending, rows))
    families = {row["family"] for each in rows for row in each.others} | {referral.family_id}
    return EarlierWork(next((words for _, words in endings), ""), frozenset(filter(None, families)))


def load_previous_episode(
    request: ScopedRequest, referral: Referral, before: EarlierWork
) -> PreviousEpisode | None:
    """What the family that comes back told us last time, for readers who may open that record."""
    received = timezone.localdate(referral.received_at)
    if not before.families:
        return None
    return find_previous_episode(request, families=set(before.families), received=received)


def query_with_earlier(referrals: UUID) -> ReferralQuerySet:
    """These referrals, each with what was before it: ``others``."""
    theirs = Q(family__restricted=False) | Q(family=None) | Q(family=OuterRef("family"))
    before = query_others(query_same_babies()).filter(
        theirs, live_q("episode__"), received_at__lt=OuterRef("received_at")
    )
    facts = JSONObject(**EARLIER_REFERRAL_FIELDS, worked=F("episode__pk"))
    asked = Referral.objects.filter(pk__in=[referrals]).only("received_at")
    return asked.annotate(others=ArraySubquery(before.values(row=facts)))


_EARLIER_REFERRALS = PreparedQuery(lambda scope, referrals: query_with_earlier(referrals))


def _find_newest_ending(referral: Referral) -> Any:
    received = to_local_day(referral.received_at.isoformat())
    endings = [(get_end_date(row), bool(row["worked"])) for row in referral.others]
    within = [each for each in endings if each[0] and is_return(ended=each[0], received=received)]
    if not within:
        return None
    ended, worked = max(within)
    what = "earlier work ended" if worked else "earlier referral closed"
    return ended, f"Returning family: {what} on {format_short_day(ended)}."
