"""Asking the hub: asked, taken on, answered, declined, made longer, ended; access comes and goes with it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from interventions.alongside.actions.locking import locked, locked_family
from interventions.alongside.models import AskStep, HubAsk
from interventions.alongside.rules import (
    ANSWERED,
    ASKED,
    DECLINED,
    ENDED,
    TAKEN,
    WANTS,
    names_in,
    why_not_ask,
    why_not_step,
    why_not_until,
)
from interventions.episodes.models import Episode, leads_at
from pairs.families.actions import end_access, link_to_family, next_reference
from pairs.families.models import Family
from pairs.service.links import full_address
from pairs.service.models import Site, User
from pairs.service.refusals import Refused


@transaction.atomic
def ask_hub(
    *, family: Family, wants: str, question: str, urgency: str, episode: Episode | None, by: User
) -> HubAsk:
    """Ask the hub to think about a family, or to work with it. It reads the question; the record stays shut."""
    family = locked_family(family)
    hub = Site.objects.hub()
    problems = why_not_ask(
        held_by_hub=family.site_id == hub.pk,
        restricted=family.restricted,
        named=names_in(question, known_names(family)),
    )
    if problems:
        raise Refused(problems)
    if episode is not None and episode.family_id != family.pk:
        raise Refused({"episode": "Choose an episode of this family."})
    now = timezone.now()
    ask = HubAsk.objects.create(
        reference=next_reference("A", timezone.localdate()),
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
    _step(ask, ASKED, "", by, now)
    _tell(leads_at(hub.pk), "The hub is asked for help", ask, by=by)
    return ask


def known_names(family: Family) -> list[str]:
    """Names and NHS numbers of everybody in a family from ``with_people()``."""
    carers = [*family.caregivers.live(), *(dyad.caregiver for dyad in family.dyads.all())]
    people: list[Any] = [*family.infants.all(), *carers]
    names = {name for each in people for name in (each.given_name, each.family_name, each.said_as)}
    return sorted(filter(None, {*names, *(each.nhs_number for each in people)}))


@transaction.atomic
def take_ask(*, ask: HubAsk, until: date, by: User) -> HubAsk:
    """Take it on: from now until that day this colleague reads the record, and for co-work writes in it."""
    ask = _locked(ask, to=TAKEN)
    _check_may_open(ask.family)
    if ask.asked_by_id == by.pk:
        raise Refused("You asked this yourself. It needs somebody else's eyes.")
    if problem := why_not_until(until=until, on=timezone.localdate()):
        raise Refused({"until": problem})
    taken = HubAsk.objects.live().filter(family=ask.family, wants=ask.wants, status=TAKEN, taken_by=by)
    if taken.exists():
        raise Refused("You are helping with this family already. Answer that first, or make it longer.")
    now = timezone.now()
    ask.change(status=TAKEN, taken_by=by, taken_at=now, until=until)
    _let_in(ask, by, until)
    _step(ask, TAKEN, "", by, now)
    _tell([ask.answer_to], "The hub has taken on what you asked", ask, by=by)
    return ask


def _let_in(ask: HubAsk, colleague: User, until: date) -> None:
    """Access until the end of the last day, given by whoever asked."""
    link_to_family(
        family=ask.family,
        user=colleague,
        purpose=ask.wants,
        reason=f"{dict(WANTS)[ask.wants]}: {ask.reference}",
        by=ask.asked_by,
        expires_at=end_of(until),
    )


def end_of(day: date) -> datetime:
    """The moment at which that day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _check_may_open(family: Family) -> None:
    if family.restricted:
        raise Refused(
            "This family's record was restricted since. Speak with your information governance lead."
        )


@transaction.atomic
def answer_ask(*, ask: HubAsk, words: str, by: User) -> HubAsk:
    """What the hub thought, or what came of working together: kept in the family's record. Access ends now."""
    ask = _locked(ask, to=ANSWERED)
    if ask.taken_by_id != by.pk:
        raise Refused("Only whoever took this on can answer it.")
    return _close(ask, ANSWERED, words, by, tell=[ask.answer_to])


@transaction.atomic
def decline_ask(*, ask: HubAsk, words: str, by: User) -> HubAsk:
    """Not now, and why; nobody opened the record."""
    ask = _locked(ask, to=DECLINED)
    return _close(ask, DECLINED, words, by, tell=[ask.answer_to])


@transaction.atomic
def end_ask(*, ask: HubAsk, words: str, by: User) -> HubAsk:
    """Not needed any more, from either side: access ends now."""
    ask = _locked(ask, to=ENDED)
    return _close(ask, ENDED, words, by, tell=[ask.answer_to, ask.taken_by])


@transaction.atomic
def prolong_ask(*, ask: HubAsk, until: date, by: User) -> HubAsk:
    """A new last day, said by the side that holds the family; given again where it had run out."""
    ask = locked(HubAsk.objects.with_people(), ask.pk)
    if ask.status != TAKEN or ask.taken_by is None:
        raise Refused("Nobody has access through this now.")
    _check_may_open(ask.family)
    if problem := why_not_until(until=until, on=timezone.localdate()):
        raise Refused({"until": problem})
    _shut(ask)
    ask.change(until=until)
    _let_in(ask, ask.taken_by, until)
    _tell([ask.taken_by], "Your access to a family was made longer or shorter", ask, by=by)
    return ask


def _close(ask: HubAsk, status: str, words: str, by: User, *, tell: Iterable[User | None]) -> HubAsk:
    if not words.strip():
        raise Refused({"words": "Say it in a few words."})
    now = timezone.now()
    ask.change(status=status, closed_at=now)
    _shut(ask)
    _step(ask, status, words, by, now)
    _tell(tell, "What was asked of the hub has moved on", ask, by=by)
    return ask


def _shut(ask: HubAsk) -> None:
    if ask.taken_by:
        end_access(family=ask.family, user=ask.taken_by, purpose=ask.wants)


def _locked(ask: HubAsk, *, to: str) -> HubAsk:
    """The ask under a lock, if the step is legal: of two who take it on, the first has it."""
    found: HubAsk = locked(HubAsk.objects.with_people(), ask.pk)
    if problem := why_not_step(status=found.status, to=to):
        raise Refused(problem)
    return found


def _step(ask: HubAsk, status: str, words: str, by: User, at: datetime) -> None:
    AskStep.objects.create(ask=ask, status=status, words=words, by=by, at=at)


def _tell(people: Iterable[User | None], subject: str, ask: HubAsk, *, by: User) -> None:
    """One e-mail a person with a link and nothing else; none to whose act it is."""
    known = {person.pk: person for person in people if person is not None and person.is_active}
    for person in sorted(known.values(), key=lambda each: each.username):
        if person.email and person.pk != by.pk:
            link = full_address("ask", ask.pk)
            send_mail(subject, f"Sign in to PaIRS to read it:\n\n{link}\n", None, [person.email])
