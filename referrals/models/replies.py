"""What was answered, to whom and how: no referral ends without one."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.jobs.models import Job
from referrals.models.referral import Referral, ReferralStatus
from referrals.models.referred_people import ReferredCaregiver
from referrals.rules.choices import ReferralState, ReplyRecipient, ReplyTopic, ReplyWay


class ReplyQuerySet(RecordQuerySet):
    def to_referrers(self) -> "ReplyQuerySet":
        """What those who referred were told, in whatever way."""
        return self.live().filter(to=ReplyRecipient.REFERRER).exclude(way=ReplyWay.NONE)

    def asking_now(self) -> "ReplyQuerySet":
        """Questions to those who referred that their referrals wait for: asked by the newest step."""
        steps = ReferralStatus.objects.filter(referral=OuterRef("referral")).order_by("-at")
        asked = self.to_referrers().filter(about=ReplyTopic.QUESTION, step=Subquery(steps.values("pk")[:1]))
        return asked.filter(referral__status=ReferralState.MORE_ASKED)

    def told_to(self, scope: Scope) -> "ReplyQuerySet":
        """What this person was told of referrals that are theirs now; never what a family heard."""
        mine = self.to_referrers().filter(referral__referrer=scope.user_id)
        return mine.filter(referral__in=Referral.objects.made_by(scope))


@tracked
class Reply(Record):
    """A reply to one named person: a draft until it is sent, and as it was sent for ever after.

    ``way`` "none" is a reply that was decided not to give, with the reason: an unsafe address, no address at all.
    """

    belongs_to = "referral"
    family_path = "referral__family_id"

    referral = ProtectedKey(Referral, related_name="replies")
    step = ProtectedKey(
        ReferralStatus, null=True, related_name="replies", help_text="The step that it tells of."
    )
    about = models.CharField(max_length=10, choices=ReplyTopic)
    to = models.CharField(max_length=8, choices=ReplyRecipient)
    carer = ProtectedKey(
        ReferredCaregiver,
        null=True,
        related_name="replies",
        help_text="The one carer it is to; empty when it is to the referrer.",
    )
    recipient = models.CharField(max_length=160)
    way = models.CharField(max_length=9, choices=ReplyWay)
    why_none = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    address_lines = models.TextField(blank=True, help_text="As it is printed on the letter.")
    email = models.EmailField(blank=True)
    written_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    job = ProtectedKey(Job, null=True, related_name="+", help_text="Its PDF.")
    objects = ReplyQuerySet.as_manager()
    privacy = {
        "identifies": "recipient",
        "contact": "address_lines email",
        "clinical": "text why_none",
        "operational": "about to way sent_at",
    }

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(way=ReplyWay.NONE) | ~Q(why_none=""), name="no_reply_says_why"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="reply_sent_by_somebody",
            ),
            models.CheckConstraint(condition=Q(way=ReplyWay.NONE) | ~Q(text=""), name="reply_says_something"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="sent_is_sent",
                operation=pgtrigger.UpdateOf(
                    "text", "recipient", "way", "address_lines", "email", "to", "about"
                ),
                condition=pgtrigger.Q(old__sent_at__isnull=False),
            )
        ]

    @property
    def file_name(self) -> str:
        return f"{self.referral.reference}-letter.pdf"

    def __str__(self) -> str:
        return f"{self.get_about_display()}, to {self.recipient}"
