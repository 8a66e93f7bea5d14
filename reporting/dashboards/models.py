"""What a person decided about a due item; and what is due for families, worked out ahead of the pages that show it."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Collate

from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked


@tracked
class DueDecision(models.Model):
    """Snoozed until when, or handed to whom, and why. The due item itself is derived each time."""

    family_path = "family_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40, help_text="Which rule, e.g. awaiting_triage.")
    subject_id = models.UUIDField(help_text="Which row the rule speaks of.")
    family_id = models.UUIDField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    handed_to = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    why = models.CharField(max_length=200)
    decided_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)
    privacy = {"operational": "code subject_id family_id snoozed_until decided_at", "clinical": "why"}

    class Meta:
        indexes = [models.Index(fields=["subject_id", "code", "-decided_at"], name="newest_due_decision")]


# As Python sorts text: pages sort what is kept and what is worked out afresh together.
LIST_ORDER = ("due_on", Collate("title", "C"), "id")


class CachedDueItem(models.Model):
    """One due item of a family as the rules said it last (pairs.families.due.DueItem), decisions applied.

    Valid while its family has no FamilyChange and DueCacheDay is today (reporting.dashboards.due_cache).
    No foreign keys, since nothing may depend on a cache.
    """

    family_path = "family_id"

    id = models.BigAutoField(primary_key=True)
    family_id = models.UUIDField()
    family_site_id = models.UUIDField(
        help_text="The family's own site: a list asks about no other site's families."
    )
    site_id = models.UUIDField(null=True)
    owner_id = models.UUIDField(null=True)
    is_snoozed = models.BooleanField(
        default=False, help_text="A person put it off: no list shows it, and the rule says it all the same."
    )
    kind = models.CharField(max_length=12)
    due_on = models.DateField()
    code = models.CharField(max_length=40)
    title = models.TextField()
    subject_id = models.UUIDField()
    href = models.TextField()
    who = models.TextField(blank=True)
    why = models.TextField(blank=True)
    privacy = {
        "operational": "family_id family_site_id site_id owner_id is_snoozed kind due_on code subject_id href",
        "clinical": "title who why",
    }

    class Meta:
        indexes = [
            models.Index(fields=["family_id"], name="kept_due_of_family"),
            models.Index(fields=["subject_id", "code"], name="kept_due_of_subject"),
            # Just as the lists are ordered, so that a page of fifty reads no more of them.
            models.Index("kind", "owner_id", *LIST_ORDER, name="kept_due_of_owner"),
            models.Index("kind", *LIST_ORDER, name="kept_due_in_order"),
            models.Index(fields=["code"], name="kept_due_by_code"),
        ]


class CachedEpisode(models.Model):
    """What a caseload says of an open episode beside what is due: its four weeks, and how its pair of measures stands.

    Worked out and kept with the family's due items (reporting.dashboards.episode_status.EpisodeStatus).
    """

    family_path = "family_id"

    id = models.BigAutoField(primary_key=True)
    family_id = models.UUIDField(db_index=True)
    episode_id = models.UUIDField()
    clock = models.JSONField(null=True)
    pair = models.JSONField(null=True)
    privacy = {"operational": "family_id episode_id", "clinical": "clock pair"}


class FamilyChange(models.Model):
    """Something was written about this family (None: about every family) since its due items were worked out.

    Triggers add a row in the writing transaction (reporting.dashboards.triggers). Rows are added and deleted,
    never updated, so that writers do not wait for each other.
    """

    family_path = "family_id"

    id = models.BigAutoField(primary_key=True)
    family_id = models.UUIDField(null=True, db_index=True)
    privacy = {"operational": "family_id"}


class DueCacheDay(models.Model):
    """The day for which all kept items were worked out. One row; none before the first time."""

    family_path = None

    id = models.SmallAutoField(primary_key=True)
    day = models.DateField()
    privacy = {"operational": "day"}


class DailyDigestQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "DailyDigestQuerySet":
        """One's own alone."""
        return self.filter(user=scope.user_id)

    def waiting(self, on: date) -> "DailyDigestQuerySet":
        """Wanted, and not looked at on that day."""
        return self.filter(Q(looked_on=None) | Q(looked_on__lt=on), wanted=True)

    def waiting_for_week(self, monday: date) -> "DailyDigestQuerySet":
        """Wanted once a week, and not looked at in the week that begins on that day."""
        return self.filter(Q(week_looked_on=None) | Q(week_looked_on__lt=monday), weekly=True)


class DailyDigest(models.Model):
    """Who asked for the numbers of their to-do list by e-mail, daily or weekly; no row for whoever never chose."""

    family_path = None

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    wanted = models.BooleanField(default=False)
    looked_on = models.DateField(
        null=True, blank=True, help_text="The last day it was looked at, whether anything was sent or not."
    )
    weekly = models.BooleanField(default=False)
    week_looked_on = models.DateField(
        null=True, blank=True, help_text="The last day it was looked at for the week, or asked for."
    )
    objects = DailyDigestQuerySet.as_manager()
    privacy = {"staff": "wanted weekly", "operational": "looked_on week_looked_on"}
