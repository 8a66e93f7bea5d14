"""Keeps who sent a notice (pairs/service/hooks.py), beside the e-mails about referrals: one list of what failed."""

from uuid import UUID

from pairs.access.scope import load_scope
from pairs.jobs.models import OutboxEmail
from pairs.service.models import User
from referrals.models import SentEmail
from referrals.rules.failed_emails import FAILED_EMAIL_PERMISSIONS


def keep_notice(
    *, email: OutboxEmail, topic: str, address: str, recipient: str, site_id: UUID | None, by: User
) -> SentEmail | None:
    """The row by which its sender hears that it failed.

    None for somebody who works nowhere where such an e-mail is dealt with, such as a referrer: administrators see it
    among what failed.
    """
    sender_site = _find_sender_site(by, site_id)
    if sender_site is None:
        return None
    return SentEmail.objects.create(
        email=email,
        topic=topic,
        address=address,
        recipient=recipient[:160],
        sender_site_id=sender_site,
        sent_by=by,
    )


def _find_sender_site(by: User, site_id: UUID | None) -> UUID | None:
    """That site, or another of the sender's where they may deal with what failed; None for nowhere."""
    sites = load_scope(by).sites(*FAILED_EMAIL_PERMISSIONS)
    return site_id if site_id in sites else min(sites, default=None)
