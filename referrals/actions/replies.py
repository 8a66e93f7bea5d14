"""Replies: each to one named person, kept as it was sent."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from pairs.service.models import User
from pairs.service.refusals import Refused
from referrals.models import Referral, ReferralStatus, Reply
from referrals.rules.replying import ReplyDraft, owed_to, why_not_replies


@transaction.atomic
def send_replies(
    *, step: ReferralStatus, drafts: Sequence[ReplyDraft], about: str, owed: Sequence[str], by: User
) -> list[Reply]:
    """Keep each reply as it is sent. Refused by 'replies.<number>.<field>' while somebody owed one has none."""
    if why := why_not_replies(drafts, owed):
        raise Refused(why)
    return [_send(step, draft, about, by) for draft in drafts]


def _send(step: ReferralStatus, draft: ReplyDraft, about: str, by: User) -> Reply:
    kept = {name: value for name, value in asdict(draft).items() if name != "carer"}
    return Reply.objects.create(
        referral=step.referral,
        step=step,
        about=about,
        carer_id=draft.carer,
        written_by=by,
        sent_at=timezone.now(),
        sent_by=by,
        **kept,
    )


def owed_by(referral: Referral) -> tuple[str, ...]:
    """Who has to hear what becomes of this referral."""
    has_referrer = bool(referral.referrer_id or referral.asker_name or referral.asker_email)
    return owed_to(door=referral.door, has_referrer=has_referrer)
