"""Says from which outreach session a referral came."""

from django.db import transaction
from django.utils import timezone

from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from referrals.models import Referral
from referrals.outreach.models import OutreachSession


@transaction.atomic
def link_outreach(*, referral: Referral, session: OutreachSession | None, by: User) -> Referral:
    """Refused for a session that was cancelled, or held after the referral was received."""
    session = OutreachSession.objects.select_for_update().get(pk=session.pk) if session else None
    if session and session.cancelled_at:
        raise ActionRefused({"outreach_session": "This session was cancelled."})
    if session and timezone.localdate(session.starts_at) > timezone.localdate(referral.received_at):
        raise ActionRefused({"outreach_session": "This session was held after the referral was received."})
    return referral.change(outreach_session=session)
