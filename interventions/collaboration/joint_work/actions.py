"""Actions on joint work: begin, change at a review, end."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from interventions.collaboration.models import JointWork
from interventions.collaboration.record_locks import lock_family_record, lock_record
from interventions.collaboration.rules import (
    find_joint_work_end_error,
    find_party_errors,
    find_review_date_error,
)
from pairs.families.models import Family
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all

EDITABLE_FIELDS = ("we_do", "they_do", "days", "they_share", "look_again_on", "episode")


@transaction.atomic
def begin_joint_work(*, family: Family, by: User, **agreed: Any) -> JointWork:
    """Record joint work: with whom, who does what and when, what they may share, start and review dates."""
    family = lock_family_record(family)
    member, who = agreed["member"], agreed["who"]
    strange = member is not None and member.family_id != family.pk
    refuse_all(
        lambda: _validate_joint_work(family, agreed["since"], agreed["look_again_on"], agreed["episode"]),
        find_party_errors(listed=member is not None, named=bool(who.strip())),
        {"member": "Choose someone of this family's village." if strange else ""},
    )
    return JointWork.objects.create(family=family, recorded_by=by, **agreed)


def _validate_joint_work(family: Family, since: date, look_again_on: date | None, episode: Any) -> None:
    strange = episode is not None and episode.family_id != family.pk
    refuse_all(
        {
            "look_again_on": find_review_date_error(look_again_on=look_again_on, since=since),
            "episode": "Choose an episode of this family." if strange else "",
        }
    )


@transaction.atomic
def change_joint_work(*, joint: JointWork, by: User, **agreed: Any) -> JointWork:
    """Save the new terms; the earlier ones stay in the history."""
    joint = _lock_current_joint_work(joint)
    agreed = {name: value for name, value in agreed.items() if name in EDITABLE_FIELDS}
    _validate_joint_work(joint.family, joint.since, agreed["look_again_on"], agreed["episode"])
    return joint.change(**agreed)


@transaction.atomic
def end_joint_work(*, joint: JointWork, ended_on: date, ended_because: str, by: User) -> JointWork:
    """End joint work, with its last day and the reason."""
    joint = _lock_current_joint_work(joint)
    if problem := find_joint_work_end_error(ended_on=ended_on, since=joint.since, on=timezone.localdate()):
        raise ActionRefused({"ended_on": problem})
    return joint.change(ended_on=ended_on, ended_because=ended_because, ended_by=by)


def _lock_current_joint_work(joint: JointWork) -> JointWork:
    found: JointWork = lock_record(JointWork.objects.select_related("family"), joint.pk)
    if found.ended_on:
        raise ActionRefused("This joint work has ended.")
    return found
