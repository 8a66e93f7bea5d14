"""What is open about a family, and so moves with it; and where the family lives now."""

from datetime import datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from interventions.alongside.models import HubAsk
from interventions.diary.models import Appointment
from interventions.episodes.models import Episode, InterventionWait, leads_at
from interventions.plans.models import CoWorker
from pairs.families.actions import link_to_family
from pairs.families.models import Address, Dyad, FamilyGrant, RiskAlert
from pairs.geography.lookup import look_up
from pairs.geography.rules import place_of
from pairs.service.models import Place
from referrals.models import Referral
from reporting.desk.models import DueDecision
from reporting.desk.moves.ledger import shift


def open_episodes(family):
    return Episode.objects.live().open().filter(family=family)


def open_referrals(family):
    """Not yet decided, or accepted and still without the episode that was asked for."""
    of_family = Referral.objects.live().filter(family=family)
    return of_family.undecided() | of_family.filter(status="accepted", episode=None)


def open_alerts(family):
    return RiskAlert.objects.live().open().filter(family=family)


def booked_visits(family):
    return Appointment.objects.live().planned().filter(family=family)


def open_asks(family):
    """What the hub was asked and has not answered: it goes along, and so does the access it gave."""
    return HubAsk.objects.live().open().filter(family=family)


def move_open_work(family, *, site, lead, ledger):
    """Open work and its lead go along. What has ended stays where it was done: it counts there."""
    for row in [*open_episodes(family), *open_alerts(family)]:
        shift(row, ledger, site=site, lead=lead)
    for referral in open_referrals(family):
        shift(referral, ledger, site=site)
    for wait in InterventionWait.objects.live().waiting().filter(episode__family=family):
        shift(wait, ledger, site=site)
    _end_co_work(family, site, ledger)
    there = leads_at(site.pk)
    for visit in booked_visits(family):
        shift(visit, ledger, site=site)
        if not there.filter(pk=visit.practitioner_id).exists():
            shift(visit, ledger, practitioner=lead)
    for ask in open_asks(family):
        shift(ask, ledger, answer_to=lead)
    handed_on = DueDecision.objects.filter(family_id=family.pk).exclude(handed_to=None)
    for decision in handed_on.exclude(handed_to__in=leads_at(site.pk)):
        shift(decision, ledger, handed_to=lead)  # else it would wait for somebody who no longer sees it


def _end_co_work(family, site, ledger):
    """Who works on it beside the lead, and does not see it there, has their last day today."""
    today = timezone.localdate()
    rows = CoWorker.objects.live().current(today).filter(episode__in=open_episodes(family))
    for row in rows.filter(until=None).exclude(user__in=leads_at(site.pk)):
        shift(row, ledger, until=max(today, row.since))


def move_grants(move, *, leads, by, ledger):
    """A restricted family goes on needing a grant: the new lead gets one, those who led lose theirs in time."""
    own = FamilyGrant.objects.live().filter(family=move.family, purpose=FamilyGrant.CARE)
    if move.family.restricted and not own.filter(user=move.lead).exists():
        grant = link_to_family(
            family=move.family, user=move.lead, purpose=FamilyGrant.CARE, reason="Leads after a move", by=by
        )
        # Called back, it ends as if on the day it was given.
        ledger.append([grant._meta.label, str(grant.pk), "expires_at", grant.created_at.isoformat(), None])
    ends = _end_of(move.hand_over_until)
    leaving = own.filter(user__in=leads).exclude(user__in=leads_at(move.to_site_id))
    for grant in leaving.exclude(expires_at__lte=ends):
        shift(grant, ledger, expires_at=ends)


def _end_of(day):
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def place_now(family, on):
    """The place where the main carer lives now; None when it is not known, or is nobody's business (a refuge)."""
    main = Dyad.objects.live().current().filter(family=family, main_carer=True)
    addresses = Address.objects.live().current().filter(caregiver__in=main.values("caregiver"))
    newest = (F("since").desc(nulls_last=True), "-created_at")
    for address in addresses.exclude(kind="refuge").exclude(postcode="").order_by(*newest):
        found = look_up(address.postcode, on)
        place = found and place_of(found.lad_code, found.lsoa_name, found.icb_code, Place.objects.all())
        if place:
            return place
    return None


def elsewhere(family):
    """Open work at a site that does not hold the family: what came later than a move that was called back."""
    here = family.site_id
    episodes = open_episodes(family).exclude(site=here).select_related("site", "lead")
    return [*episodes, *open_referrals(family).exclude(site=here).select_related("site")]
