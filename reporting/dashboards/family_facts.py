"""All apps' data for the family page in one query: rows of plain values for reporting.dashboards.family."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import JSONObject, Now

from interventions.collaboration.presenters import build_hub_request_query, build_joint_work_query
from interventions.diary.models import Appointment
from interventions.episodes.chronology import build_colleagues_array, build_participants_array
from interventions.episodes.models import CareContact, Episode, Goal, InterventionUse
from interventions.supervision.models import CaseDecision
from outcomes.models import GoalRating
from pairs.access.batch_query import PreparedBatch, Query, build_person_name
from pairs.access.records import live_q
from pairs.access.scope import NOBODY, FamiliesScope, TemplateScope
from pairs.families import completeness_queries
from pairs.families.banner import build_banner_queries
from pairs.families.models import Address, Caregiver, Dyad, Family, FamilyGrant, RiskAlert
from referrals.models import Referral

MAX_CONTACTS = 8


def load_family_facts(family: Family, on: date) -> dict[str, Any]:
    """{what: rows} about one family that the caller has fetched in scope; what the banner says "above"; "gaps"."""
    rows = _FACT_BATCH.rows(NOBODY, on, family=family.pk)
    others = zip(
        _FACT_BATCH.list_queries(NOBODY, on, family=family.pk)[len(FACT_QUERY_BUILDERS) :],
        rows[len(FACT_QUERY_BUILDERS) :],
        strict=True,
    )
    said = [each for question, found in others for row in found for each in question.to_items(row)]
    above = [each for each in said if isinstance(each, dict)]  # the others are (family, gap)
    gaps = [each[1] for each in said if not isinstance(each, dict)]
    return dict(zip(FACT_QUERY_BUILDERS, rows, strict=False)) | {"above": above, "gaps": gaps}


def _build_fact_queries(_: TemplateScope, on: date, family: UUID) -> list[Query]:
    """Of whichever family they are asked about: the caller has fetched it in scope."""
    scope, whoever = FamiliesScope(family), Family(pk=family)
    own = [ask(scope, whoever) for ask in FACT_QUERY_BUILDERS.values()]
    return [
        *own,
        *build_banner_queries(whoever),
        *completeness_queries.build_completeness_queries(scope, on, [family]),
    ]


_FACT_BATCH = PreparedBatch(_build_fact_queries)


def _build_alerts_query(scope: FamiliesScope, family: Family) -> Query:
    rows = RiskAlert.objects.visible_to(scope).open().filter(family=family)
    fields = {"id": "id", "what": "what", "at": "created_at", "by": "raised_by__display_name"}
    return Query(rows, fields | {"seen_at": "seen_at"})


def _build_addresses_query(scope: FamiliesScope, family: Family) -> Query:
    rows = Address.objects.visible_to(scope).filter(family=family, infant=None).current()
    fields = ("caregiver_id", "kind", "lines", "postcode", "since")
    return Query(rows, {name: name for name in fields})


def _build_unrelated_query(scope: FamiliesScope, family: Family) -> Query:
    """Carers of the family who are in no relationship of today."""
    related = Dyad.objects.live().current().filter(live_q("infant__"), caregiver=OuterRef("pk"))
    rows = Caregiver.objects.visible_to(scope).filter(~Exists(related), family=family)
    return Query(rows, {name: name for name in ("id", "given_name", "family_name", "created_at")})


def _build_referrals_query(scope: FamiliesScope, family: Family) -> Query:
    rows = Referral.objects.visible_to(scope).filter(family=family)
    fields = {"id": "id", "reference": "reference", "at": "received_at", "status": "status"}
    return Query(rows, fields | {"episode": "episode__id"})


def _build_episodes_query(scope: FamiliesScope, family: Family) -> Query:
    rows = Episode.objects.visible_to(scope).filter(family=family)
    uses = InterventionUse.objects.live().filter(episode=OuterRef("pk"), ended_on=None).order_by("started_on")
    fields = {"id": "id", "opened_on": "opened_on", "ended_on": "ended_on", "review_on": "review_on"}
    ways = ArraySubquery(uses.values("intervention__name"))
    return Query(rows, fields | {"lead": "lead__display_name", "site": "site_id", "ways": ways})


def _build_contacts_query(scope: FamiliesScope, family: Family) -> Query:
    newest = (
        CareContact.objects.visible_to(scope).filter(episode__family=family).newest_first()[:MAX_CONTACTS]
    )
    fields = {
        "id": "id",
        "at": "starts_at",
        "how": "mechanism",
        "where": "location",
        "came": build_participants_array(),
    }
    fields |= {"kind": "kind", "with": build_colleagues_array()}
    return Query(newest, fields | {"by": "practitioner__display_name", "signed_at": "signed_at"})


def _build_visits_query(scope: FamiliesScope, family: Family) -> Query:
    """The next few that are booked, and go on."""
    coming = Appointment.objects.visible_to(scope).going_on().filter(family=family, starts_at__gte=Now())
    fields = {"id": "id", "at": "starts_at", "how": "mechanism", "where": "location"}
    return Query(coming.in_time()[:MAX_CONTACTS], fields | {"by": "practitioner__display_name"})


def _build_goals_query(scope: FamiliesScope, family: Family) -> Query:
    rows = Goal.objects.visible_to(scope).current()
    rows = rows.filter(episode__family=family, episode__ended_on=None)
    ratings = GoalRating.objects.live().filter(goal=OuterRef("pk")).order_by("rated_on", "created_at")
    scores = ArraySubquery(ratings.values(row=JSONObject(score="score", on="rated_on")))
    fields = {"id": "id", "words": "words", "set_on": "set_on", "created_at": "created_at", "dyad": "dyad_id"}
    names = {"infant": build_person_name("dyad__infant"), "carer": build_person_name("dyad__caregiver")}
    return Query(rows, fields | names | {"episode": "episode_id", "ratings": scores})


def _build_decisions_query(scope: FamiliesScope, family: Family) -> Query:
    rows = CaseDecision.objects.visible_to(scope).filter(family=family, done_at=None)
    fields = {"decision": "decision", "do_by": "do_by", "owner": "owner__display_name", "at": "created_at"}
    return Query(rows, fields)


def _build_grants_query(scope: FamiliesScope, family: Family) -> Query:
    """Who else reaches this family; whoever reads its page may know them."""
    rows = FamilyGrant.objects.live().filter(family=family)
    fields = {"purpose": "purpose", "who": F("user__display_name"), "until": "expires_at", "why": "reason"}
    return Query(rows, fields)


FACT_QUERY_BUILDERS = {
    "alerts": _build_alerts_query,
    "addresses": _build_addresses_query,
    "unrelated": _build_unrelated_query,
    "referrals": _build_referrals_query,
    "episodes": _build_episodes_query,
    "contacts": _build_contacts_query,
    "visits": _build_visits_query,
    "goals": _build_goals_query,
    "decisions": _build_decisions_query,
    "grants": _build_grants_query,
    "joint": build_joint_work_query,
    "asks": build_hub_request_query,
}
