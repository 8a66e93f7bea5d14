"""Outstanding work of a family, which moves with it; and the family's current place."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from interventions.collaboration.hub_consultation.actions import get_end_of_day
from interventions.collaboration.models import HubRequest
from interventions.diary.models import Appointment
from interventions.episodes.models import Episode, InterventionWait, query_possible_leads
from interventions.episodes.models.episodes import EpisodeQuerySet
from interventions.plans.models import CoWorker
from pairs.database.change_ledger import change_and_record, record_reverted_value
from pairs.families.actions import ensure_care_access
from pairs.families.choices import AddressKind
from pairs.families.models import Address, Dyad, Family, FamilyGrant, RiskAlert
from pairs.families.models.alerts import RiskAlertQuerySet
from pairs.geography.lookup import look_up_postcode
from pairs.geography.rules import find_place
from pairs.service.models import Place, Site, User
from pairs.service.roles import GrantPurpose
from referrals.models import Referral
from referrals.models.referral import ReferralQuerySet
from referrals.rules.choices import ReferralState
from reporting.dashboards.models import DueDecision


def query_open_episodes(family: Family) -> EpisodeQuerySet:
    return Episode.objects.live().open().filter(family=family)


def query_open_referrals(family: Family) -> ReferralQuerySet:
    """Not yet decided, or accepted and still without the episode that was asked for."""
    of_family = Referral.objects.live().filter(family=family)
    return of_family.undecided() | of_family.filter(status=ReferralState.ACCEPTED, episode=None)


def query_open_alerts(family: Family) -> RiskAlertQuerySet:
    return RiskAlert.objects.live().open().filter(family=family)


def query_booked_visits(family: Family) -> QuerySet[Any]:
    return Appointment.objects.live().planned().filter(family=family)


def query_coming_visits(family: Family) -> QuerySet[Any]:
    """Those still to come, soonest first: the booked ones of days gone by are for the contacts' record."""
    coming = Appointment.objects.going_on().filter(family=family, starts_at__gte=timezone.now())
    return coming.select_related("practitioner", "room__site").in_time()


def query_open_hub_requests(family: Family) -> QuerySet[Any]:
    """What the hub was asked and has not answered: it goes along, and so does the access it gave."""
    return HubRequest.objects.live().open().filter(family=family)


def move_open_work(family: Family, *, site: Site, lead: User | None, ledger: list[list[str]]) -> None:
    """Open work and its lead go along. What has ended stays where it was done: it counts there."""
    for row in [*query_open_episodes(family), *query_open_alerts(family)]:
        change_and_record(row, ledger, site=site, lead=lead)
    for referral in query_open_referrals(family):
        change_and_record(referral, ledger, site=site)
    for wait in InterventionWait.objects.live().waiting().filter(episode__family=family):
        change_and_record(wait, ledger, site=site)
    _end_co_work(family, site, ledger)
    there = query_possible_leads(site.pk)
    for visit in query_booked_visits(family):
        change_and_record(visit, ledger, site=site)
        if not there.filter(pk=visit.practitioner_id).exists():
            change_and_record(visit, ledger, practitioner=lead)
    for ask in query_open_hub_requests(family):
        change_and_record(ask, ledger, answer_to=lead)
    handed_on = DueDecision.objects.filter(family_id=family.pk).exclude(handed_to=None)
    for decision in handed_on.exclude(handed_to__in=query_possible_leads(site.pk)):
        change_and_record(
            decision, ledger, handed_to=lead
        )  # or it would stay with somebody who cannot see it


def _end_co_work(family: Family, site: Site, ledger: list[list[str]]) -> None:
    """Who works on it beside the lead, and does not see it there, has their last day today."""
    today = timezone.localdate()
    rows = CoWorker.objects.live().current(today).filter(episode__in=query_open_episodes(family))
    for row in rows.filter(until=None).exclude(user__in=query_possible_leads(site.pk)):
        change_and_record(row, ledger, until=max(today, row.since))


def move_grants(move: Any, *, leads: list[User], by: User, ledger: list[Any]) -> None:
    """A restricted family goes on needing a grant: the new lead gets one, those who led lose theirs in time."""
    grant = ensure_care_access(family=move.family, user=move.lead, reason="Leads after a move", by=by)
    if grant:
        # Called back, it ends as if on the day it was given.
        record_reverted_value(grant, ledger, "expires_at", grant.created_at)
    own = FamilyGrant.objects.live().filter(family=move.family, purpose=GrantPurpose.CARE)
    ends = get_end_of_day(move.hand_over_until)
    leaving = own.filter(user__in=leads).exclude(user__in=query_possible_leads(move.to_site_id))
    for grant in leaving.exclude(expires_at__lte=ends):
        change_and_record(grant, ledger, expires_at=ends)


def find_current_place(family: Family, on: date) -> Any:
    """The place where the main carer lives now; None when it is not known, or is nobody's business (a refuge)."""
    main = Dyad.objects.live().current().filter(family=family, main_carer=True)
    addresses = Address.objects.live().current().filter(caregiver__in=main.values("caregiver"))
    newest = (F("since").desc(nulls_last=True), "-created_at")
    for address in addresses.exclude(kind=AddressKind.REFUGE).exclude(postcode="").order_by(*newest):
        found = look_up_postcode(address.postcode, on)
        place = found and find_place(found.lad_code, found.lsoa_name, found.icb_code, Place.objects.all())
        if place:
            return place
    return None


def list_work_at_other_sites(family: Family) -> list[Referral]:
    """Open work at a site that does not hold the family: what came later than a move that was called back."""
    here = family.site_id
    episodes = query_open_episodes(family).exclude(site=here).select_related("site", "lead")
    return [*episodes, *query_open_referrals(family).exclude(site=here).select_related("site")]
