"""Loads where referrals stand for whoever made them: what the family agreed, and what happened since, in one query."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from pairs.access.batch_query import PreparedBatch, Query, parse_date, parse_datetime
from pairs.access.scope import NOBODY, TemplateScope
from pairs.service.hooks import list_hooks
from pairs.service.models import User
from referrals.models import Consultation
from referrals.rules.choices import ConsultationStatus, ReferralState
from referrals.rules.referrer_progress import Progress, WorkFacts, describe_progress, read_facts
from referrals.rules.referrer_visibility import describe_agreed_sharing, may_see_progress
from referrals.summary import load_agreements

MAX_CONSULTATIONS = 1000  # the slice keeps their order inside a union query


@dataclass(frozen=True)
class ReferrerView:
    """What one referrer may know of one referral. ``topics``: of the family's agreement; None where there is none."""

    progress: Progress
    facts: WorkFacts
    shared: bool
    topics: frozenset[str] | None
    agreed: tuple[str, ...]  # a sentence each
    contact: User | None  # the named contact


def load_referrer_views(user: User, referrals: Sequence[Any]) -> dict[UUID, ReferrerView]:
    """{referral: what this person may know of it}, of referrals that they or their team made."""
    if not referrals:
        return {}
    agreements, facts = load_agreements(user, referrals), _load_facts(user, referrals)
    return {
        each.pk: _build_view(each, agreements.get(each.family_id), facts.get(str(each.pk), ()))
        for each in referrals
    }


def _build_view(referral: Any, topics: frozenset[str] | None, rows: Iterable[Any]) -> ReferrerView:
    shared = may_see_progress(permission=referral.permission, agreed=topics)
    facts = read_facts(rows)
    progress = describe_progress(referral, facts, shared=shared, agreed=topics, now=timezone.localtime())
    accepted = referral.status == ReferralState.ACCEPTED
    return ReferrerView(
        progress=progress,
        facts=facts,
        shared=shared,
        topics=topics,
        agreed=tuple(describe_agreed_sharing(topics)) if shared else (),
        contact=referral.lead if shared and accepted else None,
    )


def _load_facts(user: User, referrals: Sequence[Any]) -> dict[str, list[dict[str, Any]]]:
    """{referral: rows that each hold some of the fields of WorkFacts}: one query, however many."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    ids = [each.pk for each in referrals]
    for pk, row in _FACTS_BATCH.list_results(NOBODY, referrals=ids, user=user.pk):
        found[pk].append(row)
    return found


def _build_fact_queries(scope: TemplateScope, referrals: UUID, user: UUID) -> list[Query]:
    hooks = list_hooks("referral_progress", "build_progress_queries")
    return [*(query for build in hooks for query in build(referrals)), _query_consultations(referrals, user)]


def _query_consultations(referrals: UUID, user: UUID) -> Query:
    """Those that this person asked for about it, the newest last."""
    rows = Consultation.objects.live().filter(referral__in=[referrals], asked_by=user)
    rows = rows.exclude(status=ConsultationStatus.WITHDRAWN).order_by("asked_at")[:MAX_CONSULTATIONS]
    fields = {"referral": "referral_id", "status": "status", "arranged": "arranged_for", "held": "held_on"}
    return Query(rows, fields, _to_consultation)


def _to_consultation(row: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    known = {"consultation": row["status"], "arranged_for": parse_datetime(row["arranged"])}
    return [(row["referral"], known | {"held_on": parse_date(row["held"])})]


_FACTS_BATCH = PreparedBatch(_build_fact_queries)
