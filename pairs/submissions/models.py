"""One row from the first keystroke to the record: draft, wizard state, double-click token, idempotency key."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from pairs.access.page_author import KEPT_AFTER_CLOSING
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.service.models import User

DRAFT_OFFER_PERIOD = KEPT_AFTER_CLOSING


class SubmissionQuerySet(models.QuerySet):
    def of(self, user: User | None) -> "SubmissionQuerySet":
        return self.filter(user=user)

    def visible_to(self, scope: Scope) -> "SubmissionQuerySet":
        """A draft belongs to who typed it, and to nobody else."""
        return self.filter(user_id=scope.user_id) if scope.user_id else self.none()

    def unfinished(self) -> "SubmissionQuerySet":
        return self.filter(used_at=None)

    def begun(self) -> "SubmissionQuerySet":
        """Not saved yet, and not thrown away."""
        return self.unfinished().exclude(data={})

    def offered(self) -> "SubmissionQuerySet":
        """Not saved yet, newest first: pages recent enough to go on with, and forms of several pages, however old."""
        is_whole_page, is_recent = Q(data__has_key=""), Q(updated_at__gte=Now() - DRAFT_OFFER_PERIOD)
        mine = self.begun().filter(is_recent | ~is_whole_page, idempotency_key=None)
        return mine.exclude(path="").order_by("-updated_at")


class Submission(models.Model):
    """What somebody is filling in. Its id is the token in the form; once used, it names what came of it."""

    family_path = "about"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = ProtectedKey(settings.AUTH_USER_MODEL, null=True)
    kind = models.CharField(max_length=40, help_text="Which form, by the name of its address.")
    path = models.CharField(max_length=300, blank=True, help_text="Where to continue filling it in.")
    about = models.UUIDField(null=True, blank=True, help_text="The family it is about, once there is one.")
    data = models.JSONField(default=dict, help_text="Posted values by page: {page: {field: [values]}}.")
    version = models.PositiveIntegerField(default=1)
    idempotency_key = models.CharField(max_length=80, null=True, blank=True)
    words_digest = models.CharField(
        max_length=64,
        blank=True,
        help_text="Of what it said when it was saved: whether it is sent again as it was.",
    )
    result_id = models.UUIDField(null=True, blank=True)
    result_path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    used_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(
        null=True, blank=True, help_text="When its author was told, once, that it has not been sent."
    )
    objects = SubmissionQuerySet.as_manager()
    privacy = {
        "clinical": "data",
        "operational": "kind path about version idempotency_key words_digest result_id result_path created_at"
        " updated_at used_at reminded_at",
    }

    class Meta:
        indexes = [models.Index(fields=["user", "kind", "used_at"], name="submission_drafts")]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "idempotency_key"], name="idempotent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.created_at:%Y-%m-%d}"

    def discard(self) -> None:
        """Throw away what was typed; the row stays, since its id may be in a form that is open."""
        self.data = {}
        self.save(update_fields=["data", "updated_at"])
