"""Who leads an episode: changed inside its site, with everything that goes along."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import Episode, query_possible_leads
from interventions.plans.actions.team import lock_open_episode
from interventions.plans.models import CoWorker
from interventions.plans.rules import find_day_error
from interventions.workforce.models import LeadChange
from pairs.database.change_ledger import change_and_record, create_and_record, record_reverted_value
from pairs.families.actions import ensure_care_access
from pairs.jobs.notifications import EmailTopic, notify_colleagues
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.service.work_to_hand_over import HandOverStep, pass_on_with_lead
from pairs.web.absolute_urls import build_absolute_url


@transaction.atomic
def change_lead(
    *, episode: Episode, lead: User, since: date, why: str, former_stays: bool, by: User
) -> LeadChange:
    """Make the colleague the lead; booked visits, alerts and requests of the former lead go along.

    ``former_stays``: the former lead is a co-worker from that day on. Raises ActionRefused with every error at once.
    """
    episode = lock_open_episode(episode)
    _validate_change(episode, lead, since)
    before = episode.lead
    change = pass_on_lead(episode, lead, HandOverStep(leaver=before, by=by, on=since, why=why, ledger=[]))
    if former_stays:
        CoWorker.objects.create(episode=episode, user=before, why="Led until now", since=since)
    link = build_absolute_url("episode", episode.pk)
    subject = "You are the lead of a family"
    notify_colleagues([lead], subject, link, topic=EmailTopic.LEAD, site_id=episode.site_id, by=by)
    return change


def pass_on_lead(episode: Episode, to: Any, step: HandOverStep) -> LeadChange:
    """The lead changes, with what goes along; each change is in the step's ledger."""
    change_and_record(episode, step.ledger, lead=to)
    pass_on_with_lead(episode.family_id, to, step)
    _end_own_co_work(episode, to, step)
    grant = ensure_care_access(family=episode.family, user=to, reason="Leads the work now", by=step.by)
    if grant:
        record_reverted_value(grant, step.ledger, "expires_at", grant.created_at)
    said: dict[str, Any] = {"before": step.leaver, "lead": to, "since": step.on, "why": step.why}
    return create_and_record(LeadChange, step.ledger, episode=episode, by=step.by, **said)


def _validate_change(episode: Episode, lead: User, since: date) -> None:
    errors: dict[str, Any] = {}
    if lead.pk == episode.lead_id:
        errors["lead"] = f"{lead} is the lead already."
    elif not query_possible_leads(episode.site_id).filter(pk=lead.pk).exists():
        errors["lead"] = f"Choose a colleague who writes records at {episode.site}."
    today = timezone.localdate()
    last = episode.lead_changes.live().order_by("since").last()
    if problem := find_day_error(day=since, opened=episode.opened_on, ended=None, on=today):
        errors["since"] = problem
    elif last and since < last.since:
        errors["since"] = (
            f"{last.lead} became the lead on {last.since:%-d %B %Y}. Choose that day or a later one."
        )
    if errors:
        raise ActionRefused(errors)


def _end_own_co_work(episode: Episode, lead: User, step: HandOverStep) -> None:
    """A co-worker who becomes the lead co-works until the day before, or on the first day alone."""
    for row in CoWorker.objects.live().current(step.on).filter(episode=episode, user=lead):
        last_day = max(row.since, step.on - timedelta(days=1))
        change_and_record(row, step.ledger, until=last_day)
