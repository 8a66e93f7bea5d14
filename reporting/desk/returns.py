"""Who comes back: a referral whose baby had work or a referral here that ended within the year before."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils import timezone

from interventions.endings.before import Story, story_before
from interventions.episodes.due import day_of
from pairs.access.prepared import PreparedQuery
from pairs.access.records import live_q
from pairs.access.scope import NOBODY
from pairs.service.pages import short_day
from referrals.models import Referral
from referrals.rules.clocks import is_return
from reporting.desk.spells import ended_on, same_babies

BEFORE = {
    "received": "received_at",
    "decided": "decided_at",
    "status": "status",
    "ended": "episode__ended_on",
    "family": "family_id",
}


def returns_of(referrals: Iterable[Referral]) -> dict[UUID, tuple[date, str]]:
    """{referral id: (day of the newest ending before it, words for a person)} of those who come back: one query.

    For referrals that the caller has fetched in scope. Of a restricted family nothing is said to another's readers.
    """
    ids = [referral.pk for referral in referrals]
    if not ids:
        return {}
    found = {row.pk: _newest_ending(row) for row in _with_those_before.rows(NOBODY, referrals=ids)}
    return {pk: ending for pk, ending in found.items() if ending}


def story_of(request: HttpRequest, referral: Referral) -> Story | None:
    """What the family that comes back told us last time, for readers who may open that record."""
    found = _with_those_before.rows(NOBODY, referrals=[referral.pk])
    before = [row["family"] for each in found for row in _before(each)]
    families = {family for family in [*before, referral.family_id] if family}
    received = timezone.localdate(referral.received_at)
    return story_before(request, families=families, received=received) if families else None


def _with_before(scope, referrals):
    theirs = Q(family__restricted=False) | Q(family=None) | Q(family=OuterRef("family"))
    before = Referral.objects.live().filter(theirs).exclude(pk=OuterRef("pk"))
    before = before.filter(live_q("episode__"), received_at__lt=OuterRef("received_at"))
    facts = JSONObject(**BEFORE, worked=F("episode__pk"))
    asked = Referral.objects.filter(pk__in=[referrals]).only("received_at")
    # Two lists: no index serves an "or" of them.
    return asked.annotate(
        **{
            name: ArraySubquery(before.filter(pk__in=named.values("referral")).values(row=facts))
            for name, named in same_babies().items()
        }
    )


_with_those_before = PreparedQuery(_with_before)


def _before(referral):
    """The rows of both lists; one that stands in both is there twice."""
    return [*referral.others, *referral.said]


def _newest_ending(referral):
    received = day_of(referral.received_at.isoformat())
    endings = [(ended_on(row), bool(row["worked"])) for row in _before(referral)]
    within = [each for each in endings if each[0] and is_return(ended=each[0], received=received)]
    if not within:
        return None
    ended, worked = max(within)
    what = "our work together ended" if worked else "an earlier referral was closed"
    return ended, f"They come back: {what} on {short_day(ended)}."
