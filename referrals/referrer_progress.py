"""Loads where referrals stand for whoever made them: what the family agreed, and what happened since, in one query."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from pairs.access.batch_query import PreparedBatch, Query, parse_date, parse_datetime
from pairs.access.scope import NOBODY, TemplateScope
from pairs.service.hooks import list_hooks
from pairs.service.models import User
from referrals.models import Addition, Consultation, Reply
from referrals.rules.choices import UNDECIDED_STATUSES, ConsultationStatus, ReferralState
from referrals.rules.referrer_progress import Progress, WorkFacts, describe_progress, read_facts
from referrals.rules.referrer_visibility import describe_agreed_sharing, may_see_progress
from referrals.rules.reply_drafts import get_question
from referrals.summary import load_agreements

MAX_FACTS = 1000  # the slice keeps their order inside a union query


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
    own = (_query_consultations, _query_questions, _query_told)
    return [
        *(query for build in hooks for query in build(referrals)),
        *(query(referrals, user) for query in own),
        *_query_additions(referrals),
    ]


def _query_consultations(referrals: UUID, user: UUID) -> Query:
    """Those that this person asked for about it, the newest last."""
    rows = Consultation.objects.live().filter(referral__in=[referrals], asked_by=user)
    rows = rows.exclude(status=ConsultationStatus.WITHDRAWN).order_by("asked_at")[:MAX_FACTS]
    fields = {"referral": "referral_id", "status": "status", "arranged": "arranged_for", "held": "held_on"}
    return Query(rows, fields, _to_consultation)


def _to_consultation(row: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    known = {"consultation": row["status"], "arranged_for": parse_datetime(row["arranged"])}
    return [(row["referral"], known | {"held_on": parse_date(row["held"])})]


def _query_questions(referrals: UUID, user: UUID) -> Query:
    """Those that wait for an answer; their words for the one who was asked alone."""
    rows = Reply.objects.asking_now().filter(referral__in=[referrals]).order_by("sent_at")[:MAX_FACTS]
    mine = ExpressionWrapper(Q(referral__referrer=user), output_field=BooleanField())
    return Query(
        rows, {"referral": "referral_id", "text": "text", "at": "sent_at", "mine": mine}, _to_question
    )


def _to_question(row: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    question = get_question(row["text"]) if row["mine"] else ""
    return [(row["referral"], {"question": question, "asked_at": parse_datetime(row["at"])})]


def _query_told(referrals: UUID, user: UUID) -> Query:
    """Which of them this person has heard of from us."""
    told = Reply.objects.to_referrers().filter(referral__in=[referrals], referral__referrer=user)
    return Query(
        told.order_by().values("referral").distinct(),
        {"referral": "referral_id"},
        lambda row: [(row["referral"], {"told": True})],
    )


def _query_additions(referrals: UUID) -> list[Query]:
    """When whoever referred added to an undecided one, and when they asked us to withdraw it: the newest last."""
    among = Addition.objects.filter(referral__in=[referrals], referral__status__in=UNDECIDED_STATUSES)
    kinds = {"added_at": among.by_referrers(), "withdrawal_asked_at": among.asking_to_withdraw()}
    fields = {"referral": "referral_id", "at": "at"}
    return [
        Query(rows.order_by("at")[:MAX_FACTS], fields, partial(_to_moment, name))
        for name, rows in kinds.items()
    ]


def _to_moment(name: str, row: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(row["referral"], {name: parse_datetime(row["at"])})]


_FACTS_BATCH = PreparedBatch(_build_fact_queries)
