"""One-time links by which professionals without an account refer."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pairs.access.one_time_links import make_link_token
from pairs.service.refusals import ActionRefused
from pairs.submissions.actions import get_or_create_submission
from pairs.submissions.models import Submission
from pairs.web.absolute_urls import build_absolute_url
from referrals.actions.submit import make_referral
from referrals.models import Referral, ReferrerLink
from referrals.rules.choices import EntryPoint

LINK_DRAFT_KIND = "refer-by-link"  # of the draft that is written through a link


@transaction.atomic
def send_referrer_link(*, email: str) -> ReferrerLink:
    """A new link to this address: an address to go to and until when, and nothing about anybody."""
    token, digest = make_link_token()
    hours = settings.REFERRER_LINK_HOURS
    link = ReferrerLink.objects.create(
        email=email, token_hash=digest, expires_at=timezone.now() + timedelta(hours=hours)
    )
    lines = [
        _("You, or someone using this e-mail address, asked to refer a family. Open this link to start:"),
        build_absolute_url("referrer-link", token),
        _("It works for %(hours)s hours and sends one referral. You can return to it until then.")
        % {"hours": hours},
        _("If it was not you, ignore this e-mail. Please do not send information about a family by e-mail."),
    ]
    send_mail(_("Your link to refer a family"), "\n\n".join(lines), None, [email])
    return link


def get_referrer_link(token: str) -> ReferrerLink | None:
    """The link with this token, whether it still works or not."""
    return ReferrerLink.objects.with_token(token).first()


def is_link_expired(link: ReferrerLink) -> bool:
    """Has the link expired? A used link shows only its reference until then."""
    return link.expires_at <= timezone.now()


@transaction.atomic
def mark_link_opened(*, link: ReferrerLink) -> None:
    """Mark the link as opened and create its draft."""
    if link.opened_at is None:
        link.opened_at = timezone.now()
        link.save(update_fields=["opened_at"])
        get_or_create_submission(token=link.draft, user=None, kind=LINK_DRAFT_KIND)


def get_resume_path(link: ReferrerLink) -> str:
    """Path of the page where the draft was left, without the secret; '' when nothing is written yet."""
    return Submission.objects.of(None).filter(pk=link.draft).values_list("path", flat=True).first() or ""


@transaction.atomic
def refer_by_link(*, link: ReferrerLink, **details: Any) -> Referral:
    """The one referral of this link. Refused when it has sent one, or is over."""
    locked = ReferrerLink.objects.select_for_update().get(pk=link.pk)
    if locked.used_at or is_link_expired(locked):
        raise ActionRefused(_("This link no longer works. Ask for a new one."))
    referral = make_referral(by=None, entry_point=EntryPoint.EMAIL, **details | {"asker_email": locked.email})
    locked.used_at = timezone.now()
    locked.save(update_fields=["used_at"])
    return referral


def get_sent_reference(link: ReferrerLink) -> str:
    """The reference of the referral that this link sent."""
    sent = Submission.objects.of(None).filter(pk=link.draft).values("result_id")
    return Referral.objects.live().filter(pk__in=sent).values_list("reference", flat=True).first() or ""


def delete_expired_drafts() -> int:
    """Delete drafts of links that expired unsent; returns how many."""
    over = ReferrerLink.objects.filter(used_at=None, expires_at__lte=timezone.now()).values("draft")
    deleted, _each = Submission.objects.filter(
        user=None, kind=LINK_DRAFT_KIND, used_at=None, pk__in=over
    ).delete()
    return deleted
