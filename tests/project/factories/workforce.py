"""The sample families' change of lead, an absence at their site, and work that was handed over."""

from datetime import timedelta

from django.utils import timezone

from interventions.workforce.models import Absence, HandedWork, HandOver, LeadChange


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
    home.objects["colleague_id"] = home.worker
    home.objects["hand_over_id"] = HandOver.objects.create(
        leaver=home.worker, by=home.colleague, why=f"Because {home.name}"
    )
    HandedWork.objects.create(
        hand_over=home.objects["hand_over_id"],
        site=home.site,
        family=home.family,
        kind="booked visit",
        what="Visit of a day",
        to=home.colleague,
    )
