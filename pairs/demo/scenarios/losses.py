"""Families whose baby dies in the last days: what is so of them from then on is what a service does after a loss.

Nothing is planned, written or prepared with the child in mind. Their lead rings, says who stays with parents whose
baby died, and asks for nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db.models import Max
from django.utils import timezone

from interventions.episodes.actions import record_care_contact
from interventions.episodes.models import CareContact
from interventions.episodes.rules import Location, Mechanism
from interventions.supervision.models import CaseDecision
from pairs.demo import texts
from pairs.demo.calendar import get_working_day
from pairs.demo.scenarios.diary import book_visit
from pairs.demo.scenarios.endings import FIRST_LEAD
from pairs.demo.scenarios.village import FamilyContext
from pairs.families.actions import record_loss
from pairs.families.choices import Loss
from pairs.families.models import FamilyGrant, RiskAlert

LOSSES = 3
KNOWN_FAMILIES = 16  # the first of them have other stories
SINCE_LOSS = 9  # days, at most
CALL_MINUTES = 20


def choose_losses(found: Sequence[FamilyContext]) -> list[FamilyContext]:
    """Those who lose a baby: whose baby was last met, and last spoken of, some days ago.

    Twins first, then the youngest of the lead as whom most people sign in.
    """
    fit = [each for each in found[KNOWN_FAMILIES:] if _may_lose(each)]
    twins = [each for each in fit if len(each.infants) > 1][:1]
    single = [each for each in fit if len(each.infants) == 1]
    single.sort(key=lambda each: (each.by.username != FIRST_LEAD, each.on - each.infants[0].birth_date))
    return [replace(each, grieving=True) for each in [*twins, *single[: LOSSES - len(twins)]]]


def _may_lose(context: FamilyContext) -> bool:
    if not context.episode or any(not baby.birth_date or baby.lost_on for baby in context.infants):
        return False
    quiet = context.ago(4)
    family = context.family
    return (
        _choose_day_of_loss(context) <= quiet
        and not RiskAlert.objects.filter(
            family=family, created_at__date__gte=context.ago(SINCE_LOSS)
        ).exists()
        and not CaseDecision.objects.filter(
            family=family, session__held_on__gte=context.ago(SINCE_LOSS)
        ).exists()
        and not FamilyGrant.objects.filter(family=family).exists()
    )


def _choose_day_of_loss(context: FamilyContext) -> date:
    """After the last contact of any kind, and never before the birth."""
    contacts = CareContact.objects.filter(episode__family=context.family)
    last = contacts.aggregate(last=Max("starts_at"))["last"]
    days = [context.ago(SINCE_LOSS), context.infants[-1].birth_date]
    days += [timezone.localdate(last) + timedelta(days=1)] if last else []
    return max(day for day in days if day)


def seed_loss(context: FamilyContext, *, booked: bool) -> None:
    """The loss is told; a visit that was ``booked`` before it waits for somebody to keep or cancel it."""
    if booked and context.episode:
        book_visit(context, context.episode, times=1)
    lost_on = _choose_day_of_loss(context)
    record_loss(infant=context.infants[-1], loss=Loss.DEATH, lost_on=lost_on, by=context.by)
    seed_condolence(context, lost_on)


def seed_condolence(context: FamilyContext, lost_on: date) -> None:
    """The lead rings on the last working day, and tells them who is there for parents whose baby died."""
    episode, day = context.episode, get_working_day(context.ago(1))
    if episode is None or day <= max(lost_on, episode.opened_on):
        return
    carer = context.carers[0]
    record_care_contact(
        episode=episode,
        starts_at=timezone.make_aware(datetime.combine(day, time(11, 30))),
        minutes=CALL_MINUTES,
        mechanism=Mechanism.TELEPHONE,
        location=Location.ELSEWHERE,
        participants=[(carer, "attended")],
        interventions=[],
        notes={"happened": texts.CONDOLENCE, "next": texts.AFTER_CONDOLENCE},
        subjects={"happened": carer, "next": carer},
        sign=True,
        by=context.by,
    )
