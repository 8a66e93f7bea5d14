"""The link by which a professional without an account refers: asked for, opened, used once, and forgotten."""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pairs.access.models import digest
from pairs.service.links import full_address
from pairs.service.refusals import Refused
from pairs.submissions.actions import own_submission
from pairs.submissions.models import Submission
from referrals.actions.doors import make_referral
from referrals.models import Referral, ReferrerLink

KIND = "refer-by-link"  # of the draft that is written through a link


@transaction.atomic
def send_link(*, email: str) -> ReferrerLink:
    """A new link to this address: an address to go to and until when, and nothing about anybody."""
    token = secrets.token_urlsafe(32)
    hours = settings.REFERRER_LINK_HOURS
    link = ReferrerLink.objects.create(
        email=email, token_hash=digest(token), expires_at=timezone.now() + timedelta(hours=hours)
    )
    lines = [
        _(
            "Somebody, we hope you, asked to refer a family from this e-mail address. Open this link to begin:"
        ),
        full_address("referrer-link", token),
        _("It works for %(hours)s hours and sends one referral. You can come back to it until then.")
        % {"hours": hours},
        _("If it was not you, you need do nothing. Please do not write about a family by e-mail."),
    ]
    send_mail(_("Your link to refer a family"), "\n\n".join(lines), None, [email])
    return link


def link_of(token: str) -> ReferrerLink | None:
    """The link with this token, whether it still works or not."""
    return ReferrerLink.objects.filter(token_hash=digest(token)).first()


def is_over(link: ReferrerLink) -> bool:
    """Too late to write with it; one that has sent its referral only tells the reference, and that a little longer."""
    return link.expires_at <= timezone.now()


@transaction.atomic
def open_link(*, link: ReferrerLink) -> None:
    """Whoever holds the address has come: from now on there is a draft, whose pages can be written."""
    if link.opened_at is None:
        link.opened_at = timezone.now()
        link.save(update_fields=["opened_at"])
        own_submission(token=link.draft, user=None, kind=KIND)


def go_on_at(link: ReferrerLink) -> str:
    """The path of the page that the draft was left at; '' when nothing is written yet."""
    return Submission.objects.of(None).filter(pk=link.draft).values_list("path", flat=True).first() or ""


@transaction.atomic
def refer_by_link(*, link: ReferrerLink, **details: Any) -> Referral:
    """The one referral of this link. Refused when it has sent one, or is over."""
    locked = ReferrerLink.objects.select_for_update().get(pk=link.pk)
    if locked.used_at or is_over(locked):
        raise Refused(_("This link does not work any more. Ask for a new one."))
    referral = make_referral(by=None, door="email", **details | {"asker_email": locked.email})
    locked.used_at = timezone.now()
    locked.save(update_fields=["used_at"])
    return referral


def reference_sent(link: ReferrerLink) -> str:
    """The reference of the referral that this link sent."""
    sent = Submission.objects.of(None).filter(pk=link.draft).values("result_id")
    return Referral.objects.live().filter(pk__in=sent).values_list("reference", flat=True).first() or ""


def forget_unsent_drafts() -> int:
    """What was written by a link that ran out unsent is nobody's any more: it is deleted. Returns how many drafts."""
    over = ReferrerLink.objects.filter(used_at=None, expires_at__lte=timezone.now()).values("draft")
    deleted, _each = Submission.objects.filter(user=None, kind=KIND, used_at=None, pk__in=over).delete()
    return deleted
