"""What of this app says where a referral stands (pairs/service/hooks.py): its episode, and when the family was seen."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.utils import timezone

from interventions.episodes.models import CareContact, Episode
from pairs.access.batch_query import Query, parse_date, parse_datetime

MOST_MEETINGS = 2  # of each: whether it was once or more, and the newest day


def build_progress_queries(referrals: UUID) -> list[Query]:
    """Of the episodes of these referrals (a placeholder), while they are with the family of the referral."""
    episodes = Episode.objects.live().filter(referral__in=[referrals], family=F("referral__family"))
    kept = CareContact.objects.live().with_family().attended().filter(episode=OuterRef("pk"))
    newest = kept.newest_first().values("starts_at")[:MOST_MEETINGS]
    fields = {"referral": "referral_id", "ended": "ended_on", "met": ArraySubquery(newest)}
    return [Query(episodes, fields, _to_work)]


def _to_work(row: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    met = sorted(timezone.localtime(parse_datetime(text)) for text in row["met"])
    return [(row["referral"], {"opened": True, "ended_on": parse_date(row["ended"]), "meetings": tuple(met)})]
