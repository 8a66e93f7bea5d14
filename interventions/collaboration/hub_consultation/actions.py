"""Actions on a request to the hub: ask, accept, answer, decline, extend, end. Access follows the request."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from interventions.collaboration.models import HubRequest, HubRequestStep
from interventions.collaboration.record_locks import lock_family_record, lock_record
from interventions.collaboration.rules import (
    HubHelp,
    HubRequestStatus,
    find_access_end_error,
    find_hub_request_errors,
    find_hub_step_error,
    find_names_in_text,
)
from interventions.episodes.models import Episode, query_possible_leads
from pairs.families.actions import allocate_reference, end_family_access, grant_family_access
from pairs.families.models import Family
from pairs.jobs.notifications import EmailTopic, notify_colleagues
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url
from pairs.web.local_days import get_start_of_day


@transaction.atomic
def ask_hub(
    *, family: Family, wants: str, question: str, urgency: str, episode: Episode | None, by: User
) -> HubRequest:
    """Ask the hub for a consultation or for co-work. It reads the question; the record stays closed."""
    family = lock_family_record(family)
    hub = Site.objects.hub()
    problems = find_hub_request_errors(
        held_by_hub=family.site_id == hub.pk,
        restricted=family.restricted,
        named=find_names_in_text(question, list_names_and_numbers(family)),
    )
    if problems:
        raise ActionRefused(problems)
    if episode is not None and episode.family_id != family.pk:
        raise ActionRefused({"episode": "Choose an episode of this family."})
    now = timezone.now()
    ask = HubRequest.objects.create(
        reference=allocate_reference("A", timezone.localdate()),
        family=family,
        episode=episode,
        to_site=hub,
        wants=wants,
        question=question,
        urgency=urgency,
        asked_by=by,
        asked_at=now,
        answer_to=by,
    )
    _record_hub_step(ask, HubRequestStatus.ASKED, "", by, now)
    _notify_of_hub_request(query_possible_leads(hub.pk), "New request to the hub", ask, by=by)
    return ask


def list_names_and_numbers(family: Family) -> list[str]:
    """Names and NHS numbers of everybody in a family from ``with_people()``."""
    carers = [*family.caregivers.live(), *(dyad.caregiver for dyad in family.dyads.all())]
    people: list[Any] = [*family.infants.all(), *carers]
    names = {name for each in people for name in (each.given_name, each.family_name, each.said_as)}
    return sorted(filter(None, {*names, *(each.nhs_number for each in people)}))


@transaction.atomic
def accept_hub_request(*, ask: HubRequest, until: date, by: User) -> HubRequest:
    """Accept the request: until that day this colleague may read the record and, for co-work, write in it."""
    ask = _lock_for_hub_step(ask, to=HubRequestStatus.TAKEN)
    _validate_not_restricted(ask.family)
    if ask.asked_by_id == by.pk:
        raise ActionRefused("You made this request yourself. Someone else must take it.")
    if problem := find_access_end_error(until=until, on=timezone.localdate()):
        raise ActionRefused({"until": problem})
    taken = HubRequest.objects.live().filter(
        family=ask.family, wants=ask.wants, status=HubRequestStatus.TAKEN, taken_by=by
    )
    if taken.exists():
        raise ActionRefused(
            "You are already helping with this family. Answer that request first, or extend it."
        )
    now = timezone.now()
    ask.change(status=HubRequestStatus.TAKEN, taken_by=by, taken_at=now, until=until)
    _grant_hub_access(ask, by, until)
    _record_hub_step(ask, HubRequestStatus.TAKEN, "", by, now)
    _notify_of_hub_request([ask.answer_to], "The hub has accepted your request", ask, by=by)
    return ask


def _grant_hub_access(ask: HubRequest, colleague: User, until: date) -> None:
    """Grant access until the end of the last day, in the name of whoever asked."""
    grant_family_access(
        family=ask.family,
        user=colleague,
        purpose=ask.wants,
        reason=f"{HubHelp(ask.wants).label}: {ask.reference}",
        by=ask.asked_by,
        expires_at=get_end_of_day(until),
    )


def get_end_of_day(day: date) -> datetime:
    """Midnight at the end of the day."""
    return get_start_of_day(day + timedelta(days=1))


def _validate_not_restricted(family: Family) -> None:
    if family.restricted:
        raise ActionRefused(
            "This family's record was restricted since. Speak with your information governance lead."
        )


@transaction.atomic
def answer_hub_request(*, ask: HubRequest, words: str, by: User) -> HubRequest:
    """Save the hub's answer, or what came of the co-work, in the family's record. Access ends now."""
    ask = _lock_for_hub_step(ask, to=HubRequestStatus.ANSWERED)
    if ask.taken_by_id != by.pk:
        raise ActionRefused("Only the person who accepted this request can answer it.")
    return _close_hub_request(ask, HubRequestStatus.ANSWERED, words, by, tell=[ask.answer_to])


@transaction.atomic
def decline_hub_request(*, ask: HubRequest, words: str, by: User) -> HubRequest:
    """Decline the request with a reason; nobody has opened the record."""
    ask = _lock_for_hub_step(ask, to=HubRequestStatus.DECLINED)
    return _close_hub_request(ask, HubRequestStatus.DECLINED, words, by, tell=[ask.answer_to])


@transaction.atomic
def end_hub_request(*, ask: HubRequest, words: str, by: User) -> HubRequest:
    """End a request that is no longer needed, from either side. Access ends now."""
    ask = _lock_for_hub_step(ask, to=HubRequestStatus.ENDED)
    return _close_hub_request(ask, HubRequestStatus.ENDED, words, by, tell=[ask.answer_to, ask.taken_by])


@transaction.atomic
def extend_hub_access(*, ask: HubRequest, until: date, by: User) -> HubRequest:
    """Change the last day of access: the asking site decides. Access that has expired is granted again."""
    ask = lock_record(HubRequest.objects.with_people(), ask.pk)
    if ask.status != HubRequestStatus.TAKEN or ask.taken_by is None:
        raise ActionRefused("No one has access through this request now.")
    _validate_not_restricted(ask.family)
    if problem := find_access_end_error(until=until, on=timezone.localdate()):
        raise ActionRefused({"until": problem})
    _end_hub_access(ask)
    ask.change(until=until)
    _grant_hub_access(ask, ask.taken_by, until)
    _notify_of_hub_request([ask.taken_by], "Your access to a family has changed", ask, by=by)
    return ask


def _close_hub_request(
    ask: HubRequest, status: HubRequestStatus, words: str, by: User, *, tell: Iterable[User | None]
) -> HubRequest:
    if not words.strip():
        raise ActionRefused({"words": "Enter a few words."})
    now = timezone.now()
    ask.change(status=status, closed_at=now)
    _end_hub_access(ask)
    _record_hub_step(ask, status, words, by, now)
    _notify_of_hub_request(tell, "Update on a request to the hub", ask, by=by)
    return ask


def _end_hub_access(ask: HubRequest) -> None:
    if ask.taken_by:
        end_family_access(family=ask.family, user=ask.taken_by, purpose=ask.wants)


def _lock_for_hub_step(ask: HubRequest, *, to: HubRequestStatus) -> HubRequest:
    """Lock the request if the step is allowed: of two colleagues who accept at once, the first wins."""
    found: HubRequest = lock_record(HubRequest.objects.with_people(), ask.pk)
    if problem := find_hub_step_error(status=found.status, to=to):
        raise ActionRefused(problem)
    return found


def _record_hub_step(ask: HubRequest, status: HubRequestStatus, words: str, by: User, at: datetime) -> None:
    HubRequestStep.objects.create(ask=ask, status=status, words=words, by=by, at=at)


def _notify_of_hub_request(people: Iterable[User | None], subject: str, ask: HubRequest, *, by: User) -> None:
    """E-mail each active person a link and nothing else; the acting user gets none."""
    link, site_id = build_absolute_url("ask", ask.pk), ask.family.site_id
    notify_colleagues(people, subject, link, topic=EmailTopic.HUB_REQUEST, site_id=site_id, by=by)
