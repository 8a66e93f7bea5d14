"""What of this app a colleague or a site holds (pairs/service/hooks.py): booked visits."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from interventions.diary.models import Appointment
from pairs.service.models import Site, User
from pairs.service.work_to_hand_over import HeldWork, LeadWork


def list_held_work(user: User) -> list[HeldWork]:
    """Visits that are booked, and those not written up, whether this person leads them or goes along."""
    return [_count_visits(Appointment.objects.going_on().of_person(user))]


def list_site_work(site: Site) -> list[HeldWork]:
    """Visits booked at the site."""
    return [_count_visits(Appointment.objects.going_on().filter(site=site))]


def list_lead_work(lead: User, family_id: UUID) -> list[LeadWork]:
    """The visits to the family that are still to come; those of days gone by are this person's to write up."""
    rows = (
        Appointment.objects.live()
        .going_on()
        .filter(family=family_id, practitioner=lead, episode__isnull=False, starts_at__gte=timezone.now())
    )
    return [LeadWork(rows, "practitioner")]


def _count_visits(rows: QuerySet[Appointment]) -> HeldWork:
    return HeldWork(rows.count(), "booked visit", "booked visits", "diary", "read_families")
