"""What is looked at by the clock: that no family is without a lead, and that nothing sent by a leaver is lost."""

from datetime import datetime

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from interventions.workforce.lead_gaps import EpisodeGap, check_leads, get_last_check
from interventions.workforce.left_forms import list_supervisors_of, query_closed_with_forms
from pairs.jobs.notifications import send_link
from pairs.service.models import User
from pairs.web.absolute_urls import build_absolute_url


@shared_task(name="workforce.check_leads")
def check_that_families_have_leads() -> None:
    """Once a morning; whoever supervises or keeps accounts is told of what the morning before did not find,
    and of forms that came from closed accounts since."""
    before = get_last_check()
    with transaction.atomic():
        _tell_of_gaps(check_leads(timezone.localdate()))
        _tell_of_left_forms(before.checked_at if before else None)


def _tell_of_gaps(new: list[EpisodeGap]) -> None:
    if not new:
        return
    supervisors = User.objects.with_permission("supervise", at={each.site_id for each in new})
    people = {*supervisors, *User.objects.with_permission("manage_accounts")}
    send_link(people, "Families need a lead", build_absolute_url("hand-overs"))


def _tell_of_left_forms(since: datetime | None) -> None:
    """Of what came from accounts after they were closed, since the check before."""
    people = query_closed_with_forms(since)
    if people:
        told = {*list_supervisors_of(people), *User.objects.with_permission("manage_accounts")}
        send_link(told, "A form from a closed account needs a colleague", build_absolute_url("hand-overs"))
