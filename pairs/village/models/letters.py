"""Letters: to whom, about which children, what they carry; frozen once signed."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from pairs.access.records import Record, RecordQuerySet
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Address, Caregiver, Family, Infant
from pairs.jobs.models import Job
from pairs.village.models.members import VillageMember
from pairs.village.models.sharing import build_exactly_one
from pairs.village.rules import LetterTopic, SendingMethod


class LetterQuerySet(RecordQuerySet):
    def whole(self) -> "LetterQuerySet":
        """With its recipient, its children and its parts; the PDF stays where it is."""
        parts = LetterPart.objects.select_related("caregiver", "address").order_by("created_at", "id")
        rows = self.select_related(
            "family__site", "to_caregiver", "to_member", "to_user__team", "written_by", "signed_by", "job"
        ).defer("job__file")
        return rows.prefetch_related("about", models.Prefetch("parts", parts))

    def with_recipient(self) -> "LetterQuerySet":
        """For a list: to whom it is and who wrote it, in the same query."""
        named = self.select_related("to_caregiver", "to_member", "to_user__team", "written_by", "job")
        return named.defer("job__file", "text")

    def newest_first(self) -> "LetterQuerySet":
        return self.order_by("-created_at", "id")


@tracked
class Letter(Record):
    """A letter of ours: a draft until it is signed, and then as it is."""

    family = ProtectedKey(Family, related_name="letters")
    to_caregiver = ProtectedKey(Caregiver, null=True, related_name="letters")
    to_member = ProtectedKey(VillageMember, null=True, related_name="letters")
    to_user = ProtectedKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", help_text="The referrer the family."
    )
    about = models.ManyToManyField(Infant, related_name="letters")
    text = models.TextField()
    written_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    sent_how = models.CharField(max_length=6, choices=SendingMethod, blank=True)
    sent_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    job = models.OneToOneField(
        Job, null=True, blank=True, on_delete=models.PROTECT, related_name="letter", help_text="Its PDF."
    )
    objects = LetterQuerySet.as_manager()
    privacy = {"clinical": "text about", "operational": "signed_at sent_on sent_how"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=build_exactly_one("to_caregiver", "to_member", "to_user"), name="a_letter_is_to_one"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="a_letter_is_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None, sent_how="", sent_by=None)
                | (
                    Q(sent_on__isnull=False, sent_by__isnull=False, signed_at__isnull=False) & ~Q(sent_how="")
                ),
                name="a_letter_is_sent_once_signed",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_is_frozen",
                operation=pgtrigger.UpdateOf("text", "written_by_id", "signed_at", "signed_by_id"),
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Letter to {self.to}"

    @property
    def to(self) -> Any:
        """Whom it is to."""
        return self.to_caregiver or self.to_member or self.to_user

    @property
    def status(self) -> Any:
        return "sent" if self.sent_on else "signed" if self.signed_at else "draft"

    @property
    def file_name(self) -> str:
        return f"pairs-letter-{self.created_at:%Y-%m-%d}.pdf"


@tracked
class LetterPart(Record):
    """What a letter carries beside its text, each by what it tells: words about the plan, somebody's address."""

    belongs_to = "letter"
    family_path = "letter__family_id"

    letter = ProtectedKey(Letter, related_name="parts")
    what = models.CharField(max_length=20, choices=LetterTopic)
    caregiver = ProtectedKey(Caregiver, null=True, related_name="+")
    address = ProtectedKey(Address, null=True, related_name="+")
    text = models.TextField()
    signed_at = models.DateTimeField(null=True, blank=True)
    privacy = {"clinical": "what text", "operational": "signed_at"}

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="signed_is_frozen",
                operation=pgtrigger.UpdateOf("text", "what", "signed_at") | pgtrigger.Delete,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_what_display()


@tracked
class LetterAbout(Letter.about.through):
    """Which children a letter is about: history of the list."""

    class Meta:
        proxy = True
