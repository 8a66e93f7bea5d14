"""The referrer who comes to the first visit is told when it is, and that they were told is kept."""

from django.db import transaction
from django.utils import timezone

from pairs.jobs.notifications import EmailTopic
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.village.disclosure_facts import load_shared_with_referrer
from pairs.web.absolute_urls import build_absolute_url
from referrals.actions.sent_emails import send_referral_email
from referrals.models import Referral
from referrals.rules.choices import ReferralState, ReplyWay
from referrals.rules.referrer_visibility import may_see_progress

TELLING_WAYS = [
    (ReplyWay.EMAIL.value, "By e-mail, with the reference only: they sign in to see when it is"),
    (ReplyWay.PHONE.value, "I called them"),
    (ReplyWay.IN_PERSON.value, "I told them in person"),
]
NOT_AGREED = (
    "The family has not agreed to share progress with them. Ask the family, or tell them in person what "
    "the family agrees to."
)
NO_ACCOUNT = "They have no account. Call them, or tell them in person."


@transaction.atomic
def tell_referrer_of_first_visit(
    *, referral: Referral, how: str, by: User, told_before: str | None = None
) -> Referral:
    """Whoever referred knows when the first visit is. An e-mail holds the reference and a link, and nothing else.

    ``told_before``: ``format_when_told`` as it was seen; refused if a colleague has told them since. None: not asked.
    """
    found = Referral.objects.select_for_update(of=("self",)).select_related("referrer").get(pk=referral.pk)
    if found.status != ReferralState.ACCEPTED or not found.first_visit_together:
        raise ActionRefused("The referrer is not joining the first visit for this referral.")
    if told_before is not None and told_before != format_when_told(found):
        raise ActionRefused("A colleague has told them meanwhile. Nothing more is needed.")
    if how not in dict(TELLING_WAYS):
        raise ActionRefused({"how": "Choose how they were told."})
    if how == ReplyWay.EMAIL:
        _send_invitation(found, by)
    found.change(referrer_told_at=timezone.now(), referrer_told_how=how)
    return found


def format_when_told(referral: Referral) -> str:
    """The moment at which the referrer was told last; "" for never."""
    return referral.referrer_told_at.isoformat() if referral.referrer_told_at else ""


def _send_invitation(referral: Referral, by: User) -> None:
    account = referral.referrer
    if account is None or not account.is_active or not account.email:
        raise ActionRefused({"how": NO_ACCOUNT})
    family_id = referral.family_id
    assert family_id  # an accepted referral has a family
    agreed = load_shared_with_referrer(account, {family_id}, timezone.localdate())
    if not may_see_progress(permission=referral.permission, agreed=agreed.get(family_id)):
        raise ActionRefused({"how": NOT_AGREED})
    link = build_absolute_url("referral", referral.pk)
    words = f"A joint first visit is booked. Sign in to PaIRS to see when:\n\n{link}\n"
    send_referral_email(
        referral=referral,
        topic=EmailTopic.FIRST_VISIT,
        subject=f"The first visit of {referral.reference}",
        text=words,
        address=account.email,
        recipient=str(account),
        by=by,
    )
