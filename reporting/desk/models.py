"""The only thing the worklist remembers: what a person decided about a due item."""

import uuid

from django.conf import settings
from django.db import models

from pairs.service.history import tracked


@tracked
class DueDecision(models.Model):
    """Snoozed until when, or handed to whom, and why. The due item itself is derived each time."""

    family_path = "family_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40, help_text="Which rule, e.g. awaiting_triage.")
    subject_id = models.UUIDField(help_text="Which row the rule speaks of.")
    family_id = models.UUIDField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(max_length=200)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)
    privacy = {"operational": "code subject_id family_id snoozed_until decided_at", "clinical": "why"}

    class Meta:
        indexes = [models.Index(fields=["subject_id", "code", "-decided_at"], name="newest_due_decision")]
