"""Opens a consultation from a referral, carrying over what was asked."""

from django.utils import timezone

from pairs.families.actions import allocate_reference
from pairs.service.models import User
from referrals.models import Consultation, ConsultationStep, Referral
from referrals.rules.choices import ConsultationRoute, ConsultationStatus

ASKER_FIELDS = ("asker_name", "asker_role", "asker_group", "asker_organisation", "asker_phone", "asker_email")


def get_or_create_consultation(referral: Referral, by: User) -> Consultation:
    """The consultation that this referral asks for: the open one it has already, or a new one."""
    held = Consultation.objects.live().open().filter(referral=referral).first()
    return held or _create_consultation(referral, by)


def _create_consultation(referral: Referral, by: User) -> Consultation:
    now = timezone.now()
    consultation = Consultation.objects.create(
        reference=allocate_reference("C", timezone.localdate(now)),
        site=referral.site,
        place=referral.place,
        place_assumed=referral.place_assumed,
        family=referral.family,
        referral=referral,
        asked_by=referral.referrer,
        team=referral.team,
        asked_at=now,
        came_by=ConsultationRoute.REFERRAL,
        named=True,
        permission=referral.permission,
        permission_reason=referral.permission_reason,
        who=_format_named_people(referral),
        about=referral.noticed or referral.parent_says or "See the referral.",
        best_times=referral.best_times,
        **{name: getattr(referral, name) for name in ASKER_FIELDS},
    )
    ConsultationStep.objects.create(consultation=consultation, status=ConsultationStatus.ASKED, at=now, by=by)
    return consultation


def _format_named_people(referral: Referral) -> str:
    people = (*referral.infants.live(), *referral.caregivers.live())
    return ", ".join(each.name for each in people if each.name)
