"""All apps' facts for the head of a family's record, in one query."""

from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, Now

from interventions.diary.models import Appointment
from interventions.episodes.models import Episode, Goal, query_last_seen
from interventions.episodes.models.contact_queries import build_recent_attendances
from outcomes.models import Assessment
from pairs.access.batch_query import Query, build_user_name
from pairs.access.prepared_records import PreparedRecords
from pairs.access.scope import NOBODY, FamiliesScope, OpenFamilyScope, TemplateScope
from pairs.families.banner import build_banner_queries
from pairs.families.models import Caregiver, Family, RiskAlert
from referrals.models import Referral
from referrals.rules.choices import ReferralState
from reporting.dashboards.timeline import add_up_events, build_event_total

MAX_VISITS = 8


def load_header_facts(family: Family) -> dict[str, Any]:
    """{what: rows} of a family that the caller has fetched in scope; what the banner says "above"; "counts" by tab;
    how many "entries" the timeline has.
    """
    return read_header_facts(family, _HEADER_RECORDS.rows(NOBODY, family=family.pk))


def read_header_facts(family: Family, parts: dict[str, list[Any]]) -> dict[str, Any]:
    """The same of ``build_header_parts``, for a page that reads them together with its own."""
    return build_header_facts(parts["header"], add_up_events(family, parts["told"]))


def build_header_facts(said: list[list[dict[str, Any]]], entries: int) -> dict[str, Any]:
    """The same of what ``build_header_queries`` say, for a page that has read the timeline's entries."""
    facts = dict(zip(FACT_QUERY_BUILDERS, said, strict=False))
    above = [line for lines in said[len(FACT_QUERY_BUILDERS) :] for line in lines]
    return facts | {"above": above, "counts": facts["counts"][0], "entries": entries}


def build_header_parts(_: TemplateScope, family: UUID) -> dict[str, Any]:
    """Of whichever family they are asked about: the caller fetches it in scope."""
    return {"header": build_header_queries(family), "told": build_event_total(family)}


def build_header_queries(family: UUID) -> list[Query]:
    """Without the number of entries."""
    scope, whoever = OpenFamilyScope(family), Family(pk=family)
    own = [ask(scope, whoever) for ask in FACT_QUERY_BUILDERS.values()]
    return [*own, *build_banner_queries(whoever)]


_HEADER_RECORDS = PreparedRecords(build_header_parts)


def _build_alerts_query(scope: FamiliesScope, family: Family) -> Query:
    rows = RiskAlert.objects.visible_to(scope).open().filter(family=family)
    return Query(rows, {"id": "id", "what": "what"})


def _build_episodes_query(scope: FamiliesScope, family: Family) -> Query:
    rows = Episode.objects.visible_to(scope).filter(family=family)
    fields = {"id": "id", "opened_on": "opened_on", "ended_on": "ended_on", "lead": build_user_name("lead")}
    fields |= {"review_on": "review_on", "plan_agreed_on": "plan_agreed_on"}
    seen, came = Subquery(query_last_seen(OuterRef("pk"))), build_recent_attendances(OuterRef("pk"))
    return Query(rows, fields | {"seen": seen, "attendances": came})


def _build_waiting_query(scope: FamiliesScope, family: Family) -> Query:
    """Accepted, and no episode opened yet."""
    rows = Referral.objects.visible_to(scope).filter(
        family=family, status=ReferralState.ACCEPTED, episode=None
    )
    return Query(rows, {"id": "id", "reference": "reference"})


def _build_visits_query(scope: FamiliesScope, family: Family) -> Query:
    """The next few that are booked, and go on."""
    coming = Appointment.objects.visible_to(scope).going_on().filter(family=family, starts_at__gte=Now())
    fields = {"id": "id", "at": "starts_at", "how": "mechanism", "where": "location"}
    return Query(coming.in_time()[:MAX_VISITS], fields | {"by": build_user_name("practitioner")})


def _build_undecided_query(scope: FamiliesScope, family: Family) -> Query:
    """Those that a loss has stopped, from today on."""
    rows = Appointment.objects.visible_to(scope).to_keep_or_cancel().filter(family=family)
    return Query(rows.in_time()[:MAX_VISITS], {"id": "id", "at": "starts_at"})


def _build_counts_query(scope: FamiliesScope, family: Family) -> Query:
    """How much there is on a tab: goals of open work, measures, carers whose record the family holds."""
    goals = Goal.objects.visible_to(scope).current().filter(episode__ended_on=None)
    counts = {
        "plan": _count_rows(goals, "episode__family"),
        "measures": _count_rows(Assessment.objects.visible_to(scope), "episode__family"),
        "carers": _count_rows(Caregiver.objects.visible_to(scope), "family"),
    }
    return Query(Family.objects.filter(pk=family.pk), counts)


def _count_rows(rows: Any, path: str) -> Coalesce:
    counted = rows.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


FACT_QUERY_BUILDERS = {
    "alerts": _build_alerts_query,
    "episodes": _build_episodes_query,
    "waiting": _build_waiting_query,
    "visits": _build_visits_query,
    "undecided": _build_undecided_query,
    "counts": _build_counts_query,
}
