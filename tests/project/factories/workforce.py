"""The sample families' change of lead, and an absence at their site."""

from datetime import timedelta

from django.utils import timezone

from interventions.workforce.models import Absence, LeadChange


def create_workforce(home, cast):
    """A change of lead, with a reason that names the home; the worker is away from today on."""
    LeadChange.objects.create(
        episode=home.objects["episode_id"],
        before=cast["duty"],
        lead=home.worker,
        since=timezone.localdate(),
        why=f"Because {home.name}",
        by=home.worker,
    )
    away = Absence.objects.filter(person=home.worker).count()  # who works for several homes is not away twice
    begins = timezone.localdate() + timedelta(days=10 * away)
    home.objects["absence_id"] = Absence.objects.create(
        site=home.site, person=home.worker, starts_on=begins, ends_on=begins + timedelta(days=3)
    )
