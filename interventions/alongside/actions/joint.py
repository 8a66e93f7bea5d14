"""Joint work: begun, changed when it is looked at again, ended."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from interventions.alongside.actions.locking import locked, locked_family
from interventions.alongside.models import JointWork
from interventions.alongside.rules import why_not_ended_on, why_not_look_again, why_not_party
from pairs.families.models import Family
from pairs.service.models import User
from pairs.service.refusals import Refused

CHANGES = ("we_do", "they_do", "days", "they_share", "look_again_on", "episode")


@transaction.atomic
def begin_joint_work(*, family: Family, by: User, **agreed: Any) -> JointWork:
    """With whom, who does what on which days, what they may tell us, from when, when to look again."""
    family = locked_family(family)
    member, who = agreed["member"], agreed["who"]
    _check(family, agreed["since"], agreed["look_again_on"], agreed["episode"])
    if problems := why_not_party(listed=member is not None, named=bool(who.strip())):
        raise Refused(problems)
    if member is not None and member.family_id != family.pk:
        raise Refused({"member": "Choose somebody of this family's village."})
    return JointWork.objects.create(family=family, recorded_by=by, **agreed)


def _check(family: Family, since: date, look_again_on: date | None, episode: Any) -> None:
    if problem := why_not_look_again(look_again_on=look_again_on, since=since):
        raise Refused({"look_again_on": problem})
    if episode is not None and episode.family_id != family.pk:
        raise Refused({"episode": "Choose an episode of this family."})


@transaction.atomic
def change_joint_work(*, joint: JointWork, by: User, **agreed: Any) -> JointWork:
    """What was agreed anew; what it was stays in the history."""
    joint = _going_on(joint)
    agreed = {name: value for name, value in agreed.items() if name in CHANGES}
    _check(joint.family, joint.since, agreed["look_again_on"], agreed["episode"])
    return joint.change(**agreed)


@transaction.atomic
def end_joint_work(*, joint: JointWork, ended_on: date, ended_because: str, by: User) -> JointWork:
    """The last day, and why."""
    joint = _going_on(joint)
    if problem := why_not_ended_on(ended_on=ended_on, since=joint.since, on=timezone.localdate()):
        raise Refused({"ended_on": problem})
    return joint.change(ended_on=ended_on, ended_because=ended_because, ended_by=by)


def _going_on(joint: JointWork) -> JointWork:
    found: JointWork = locked(JointWork.objects.select_related("family"), joint.pk)
    if found.ended_on:
        raise Refused("This joint work has ended.")
    return found
