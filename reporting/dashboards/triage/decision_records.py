"""What the decision page shows beside the look-up of named people, in one prepared statement."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from pairs.access.batch_query import Query
from pairs.access.prepared_records import PreparedRecords, attach_rows
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import annotate_family_id, get_parts_or_404, record_listed_rows
from pairs.families.models import RiskAlert
from pairs.service.models import Place, Site, Team, User
from pairs.submissions.form_submission import query_unfinished_drafts
from pairs.submissions.models import Submission
from referrals.forms.decision import list_possible_leads
from referrals.matching import AnswersByPerson, build_answers_query
from referrals.models import (
    Addition,
    Concern,
    Destination,
    Referral,
    ReferredCaregiver,
    ReferredInfant,
)
from reporting.dashboards.returning_referrals import EarlierWork, query_with_earlier, read_earlier_work
from reporting.dashboards.triage.capacity import (
    SiteCapacity,
    query_open_episodes,
    query_undecided,
    query_waiting,
)

SHOWN_OF_RELATED = {
    "site": [each.name for each in Site._meta.concrete_fields],
    "place": [each.name for each in Place._meta.concrete_fields],
    "team": [each.name for each in Team._meta.concrete_fields],
    "referrer": ["display_name", "username", "email"],
    "first_read_by": ["display_name", "username"],
}


@dataclass(frozen=True)
class DecisionRecords:
    """A referral in triage with its people and concerns at hand, and what one decides by."""

    referral: Any
    answers: AnswersByPerson
    worries: list[RiskAlert]
    additions: list[Addition]
    destinations: list[Destination]
    leads: list[User]
    led: dict[str, int]  # by the id of who leads: open episodes
    capacity: list[SiteCapacity]
    before: EarlierWork
    drafts: list[Submission]  # decisions begun by whoever asks, and not saved


def get_decision_records(request: ScopedRequest, referral_id: UUID, kind: str) -> DecisionRecords:
    """In scope or 404; to be triaged at its site or 403. ``kind``: of the drafts of this page."""
    parts = get_parts_or_404(request, _RECORDS, kind, may="triage_referrals", referral=referral_id)
    (referral,) = parts["referral"]
    for name in ("infants", "caregivers", "concerns"):
        attach_rows(referral, name, parts[name])
    for shown in (parts["worries"], parts["additions"]):
        record_listed_rows(request, shown)
    undecided, waiting = (_add_up(parts[name], "site") for name in ("undecided", "waiting"))
    at_site, led = (_add_up(parts["episodes"], of) for of in ("site", "lead"))
    return DecisionRecords(
        referral=referral,
        answers=dict(parts["answers"]),
        worries=parts["worries"],
        additions=parts["additions"],
        destinations=parts["destinations"],
        leads=parts["leads"],
        led=led,
        capacity=[
            SiteCapacity(
                site,
                undecided.get(str(site.pk), 0),
                waiting.get(str(site.pk), 0),
                at_site.get(str(site.pk), 0),
            )
            for site in parts["sites"]
        ],
        before=read_earlier_work(referral, parts["before"]),
        drafts=parts["drafts"],
    )


def _add_up(rows: list[dict[str, Any]], of: str) -> Counter[str]:
    counts = Counter[str]()
    for row in rows:
        counts[row[of]] += row["many"]
    return counts


def _build_parts(scope: TemplateScope, kind: str, referral: UUID) -> dict[str, Any]:
    named = {"referral": referral}
    related = [f"{of}__{name}" for of, names in SHOWN_OF_RELATED.items() for name in names]
    own = [each.name for each in Referral._meta.concrete_fields]
    asked = Referral.objects.visible_to(scope).filter(pk=referral).with_withdrawal_request()
    asked = asked.select_related(*SHOWN_OF_RELATED)
    return {
        "referral": annotate_family_id(asked).only(*own, *related),
        "infants": ReferredInfant.objects.live().filter(**named),
        "caregivers": ReferredCaregiver.objects.live().filter(**named),
        "concerns": Concern.objects.filter(pk__in=_query_concern_ids(referral)),
        "answers": build_answers_query(referral),
        "worries": _query_worries(scope, referral),
        "additions": _query_additions(scope, referral),
        "destinations": _query_destinations(referral),
        "leads": list_possible_leads().only("display_name", "username"),
        "sites": Site.objects.open_on(timezone.localdate()),
        "undecided": _count_by(query_undecided(), site="site"),
        "waiting": _count_by(query_waiting(), site="family__site"),
        "episodes": _count_by(query_open_episodes(), site="site", lead="lead"),
        "before": query_with_earlier(referral),
        "drafts": query_unfinished_drafts(scope.user_id, kind),
    }


_RECORDS = PreparedRecords(_build_parts)


def _count_by(rows: QuerySet[Any], **by: str) -> Query:
    """How many rows there are of each. ``by``: the name in the counts, and the field."""
    return Query(rows.order_by().values(*by.values()).annotate(many=Count("pk")), by | {"many": "many"})


def _query_concern_ids(referral: UUID) -> QuerySet[Any]:
    return Referral.concerns.through.objects.filter(referral=referral).values("concern")


def _query_worries(scope: TemplateScope, referral: UUID) -> QuerySet[Any]:
    references = Referral.objects.filter(pk=referral).values("reference")
    open_alerts = annotate_family_id(RiskAlert.objects.visible_to(scope).open())
    return open_alerts.filter(about__in=references).only("what", "about", "family")


def _query_additions(scope: TemplateScope, referral: UUID) -> QuerySet[Any]:
    rows = annotate_family_id(Addition.objects.visible_to(scope).filter(referral=referral))
    return rows.select_related("by").only("at", "text", "by__display_name", "by__username")


def _query_destinations(referral: UUID) -> QuerySet[Any]:
    """``Destination.objects.for_place`` of the referral's district, which is not known before this is run."""
    asked = Referral.objects.filter(pk=referral)
    places = Destination.places.through.objects.filter(destination=OuterRef("pk"))
    here = places.filter(place__in=asked.values("place"))
    unknown = asked.filter(place_assumed=True)
    return Destination.objects.offered().filter(Q(Exists(unknown)) | ~Exists(places) | Exists(here))
