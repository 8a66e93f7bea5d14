"""What is looked at by the clock: that no family is without a lead."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from interventions.workforce.lead_gaps import EpisodeGap, check_leads
from pairs.jobs.notifications import send_link
from pairs.service.models import User
from pairs.web.absolute_urls import build_absolute_url


@shared_task(name="workforce.check_leads")
def check_that_families_have_leads() -> None:
    """Once a morning; whoever supervises or keeps accounts is told of what the morning before did not find."""
    with transaction.atomic():
        _tell_of_gaps(check_leads(timezone.localdate()))


def _tell_of_gaps(new: list[EpisodeGap]) -> None:
    if not new:
        return
    supervisors = User.objects.with_permission("supervise", at={each.site_id for each in new})
    people = {*supervisors, *User.objects.with_permission("manage_accounts")}
    send_link(people, "Families need a lead", build_absolute_url("hand-overs"))
