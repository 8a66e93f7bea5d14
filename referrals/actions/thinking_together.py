"""A referral that is answered with a consultation: what was asked is carried over, and nobody tells it again."""

from django.utils import timezone

from pairs.families.actions import next_reference
from pairs.service.models import User
from referrals.models import Consultation, ConsultationStep, Referral

ASKERS = ("asker_name", "asker_role", "asker_group", "asker_organisation", "asker_phone", "asker_email")
LONGEST_WHO = 200


def consultation_of(referral: Referral, by: User) -> Consultation:
    """The consultation that this referral asks for: the open one it has already, or a new one."""
    held = Consultation.objects.live().open().filter(referral=referral).first()
    return held or _new(referral, by)


def _new(referral: Referral, by: User) -> Consultation:
    now = timezone.now()
    consultation = Consultation.objects.create(
        reference=next_reference("C", timezone.localdate(now)),
        site=referral.site,
        place=referral.place,
        family=referral.family,
        referral=referral,
        asked_by=referral.referrer,
        team=referral.team,
        asked_at=now,
        named=True,
        permission=referral.permission,
        permission_reason=referral.permission_reason,
        who=_who(referral),
        about=referral.noticed or referral.parent_says or "See the referral.",
        best_times=referral.best_times[:200],
        **{name: getattr(referral, name) for name in ASKERS},
    )
    ConsultationStep.objects.create(consultation=consultation, status="asked", at=now, by=by)
    return consultation


def _who(referral: Referral) -> str:
    people = (*referral.infants.live(), *referral.caregivers.live())
    return ", ".join(each.name for each in people if each.name)[:LONGEST_WHO]
