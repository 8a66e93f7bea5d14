"""E-mails that someone here sent: so that whoever sent one hears when it did not arrive."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.jobs.models import Job, OutboxEmail
from pairs.jobs.notifications import EmailTopic
from pairs.service.models import Site
from referrals.models.referral import Referral, build_referral_within_q
from referrals.models.replies import Reply
from referrals.rules.choices import FailedEmailAnswer
from referrals.rules.failed_emails import FAILED_EMAIL_PERMISSIONS


class SentEmailQuerySet(RecordQuerySet):
    def failed(self) -> "SentEmailQuerySet":
        """Tried as often as an e-mail is tried, and not told in another way since."""
        return self.filter(email__job__status=Job.FAILED, settled_at=None)

    def _within(self, scope: Scope) -> "SentEmailQuerySet":
        """Of a referral in scope; a notice, which names no family, is for its sender's colleagues."""
        notices = Q(referral=None, sender_site__in=scope.sites(*FAILED_EMAIL_PERMISSIONS))
        return self.filter(build_referral_within_q(scope, "referral__") | notices)


@tracked
class SentEmail(Record):
    """An e-mail about a referral, or a notice of other work: who sent it and to whom, and what they did if it failed.

    Its text is in the outbox, and only until it has left.
    """

    belongs_to = "referral"
    family_path = "referral__family_id"

    referral = ProtectedKey(Referral, null=True, related_name="sent_emails")
    sender_site = ProtectedKey(
        Site,
        null=True,
        related_name="+",
        help_text="Where its sender works, of a notice that is about no referral.",
    )
    reply = ProtectedKey(
        Reply, null=True, related_name="sent_emails", help_text="The reply that it tells of."
    )
    email = models.OneToOneField(OutboxEmail, on_delete=models.PROTECT, related_name="about_referral")
    topic = models.CharField(max_length=11, choices=EmailTopic)
    recipient = models.CharField(max_length=160)
    address = models.EmailField(help_text="Where it was sent last; earlier ones are in the history.")
    sent_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    sent_again_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    settled_how = models.CharField(max_length=10, choices=FailedEmailAnswer, blank=True)
    settled_note = models.CharField(max_length=300, blank=True)
    objects = SentEmailQuerySet.as_manager()
    privacy = {
        "identifies": "recipient",
        "contact": "address",
        "clinical": "settled_note",
        "operational": "email topic sent_again_at settled_at settled_how",
    }

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(referral=None, reply=None, sender_site__isnull=False)
                | Q(referral__isnull=False, sender_site=None),
                name="email_is_about_a_referral_or_a_notice",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settled_how="")
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settled_how=""),
                name="email_is_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}, to {self.recipient}"

    @property
    def site_id(self) -> UUID | None:
        """Of the referral, or where the sender of a notice works: for who may act."""
        return self.referral.site_id if self.referral else self.sender_site_id
