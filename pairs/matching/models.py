"""What was decided about two records: merged, with a ledger that can be played backwards, or not the same."""

import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pairs.access.records import Record, RecordQuerySet, live_q, valid_q
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family
from pairs.matching.rules.kinds import PersonKind, RecordKind


class MergeEffect(models.TextChoices):
    """What a merge did to a row."""

    MOVED = "moved", "Moved to the record kept"
    FILLED = "filled", "Taken over from the other record"
    SEALED = "sealed", "Hidden"
    DROPPED = "dropped", "Dropped: the record kept has it too"
    LEFT = "left", "Changed since, and not reverted"
    BACK = "back", "Written since, and returned with the person"


class MergeQuerySet(RecordQuerySet):
    def in_force(self) -> "MergeQuerySet":
        """Those that nobody has undone."""
        return self.filter(undone_at=None)

    def to_look_through(self) -> "MergeQuerySet":
        """Undone, and something was written while the two were one."""
        return self.filter(undone_at__isnull=False, looked_through_at=None)

    def newest_first(self) -> "MergeQuerySet":
        return self.select_related("by", "family").order_by("-at", "id")


@tracked
class Merge(Record):
    """Two records of one person (or family) made into one. Ids and no keys: the ledger itself is never moved."""

    family = ProtectedKey(Family, related_name="merges")
    kind = models.CharField(max_length=9, choices=RecordKind)
    kept_id = models.UUIDField()
    merged_id = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=300)
    by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    undone_reason = models.CharField(max_length=300, blank=True)
    looked_through_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When entries made while they were merged had been checked.",
    )
    looked_through_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    objects = MergeQuerySet.as_manager()
    privacy = {
        "clinical": "reason undone_reason",
        "operational": "kind kept_id merged_id at undone_at looked_through_at",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept_id=F("merged_id")), name="a_merge_is_of_two"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="a_merge_is_undone_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(looked_through_at=None, looked_through_by=None)
                | Q(looked_through_at__isnull=False, looked_through_by__isnull=False),
                name="a_merge_is_looked_through_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["merged_id"], condition=Q(undone_at=None), name="merged_away_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} merged on {self.at:%Y-%m-%d}"


class MergeStepQuerySet(RecordQuerySet):
    def in_force(self) -> "MergeStepQuerySet":
        """Of merges that nobody has undone. An adoption may have sealed the merge since: it holds all the same."""
        return self.filter(valid_q("merge__"), merge__undone_at=None)


class MergeStep(Record):
    """One row that a merge changed, or that an undoing left alone. Append-only; replayed from the last to the first."""

    belongs_to = "merge"
    family_path = "merge__family_id"

    merge = ProtectedKey(Merge, related_name="steps")
    order = models.PositiveIntegerField()
    what = models.CharField(max_length=7, choices=MergeEffect)
    model_label = models.CharField(max_length=80, help_text="app.Model")
    row_id = models.CharField(max_length=40)
    field = models.CharField(max_length=60, blank=True, help_text="Column as Django calls it (attname).")
    before = models.JSONField(null=True, help_text="The value; of a dropped row, all of them.")
    after = models.JSONField(null=True)
    into = models.UUIDField(null=True, blank=True, help_text="The row that a sealed one was merged into.")
    objects = MergeStepQuerySet.as_manager()
    privacy = {
        "identifies": "before after",
        "operational": "order what model_label row_id field into",
    }

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["merge", "order"], name="one_step_at_a_time")]
        indexes = [models.Index(fields=["row_id"], name="steps_of_row")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_what_display()


class NotTheSameQuerySet(RecordQuerySet):
    def id_tuples(self) -> set[Any]:
        """{(one id, other id)}, the smaller id first."""
        return set(self.live().values_list("one_id", "other_id"))


@tracked
class NotTheSame(Record):
    """Somebody looked at two likely duplicates and says they are two people: never offered again."""

    family = ProtectedKey(Family, related_name="told_apart")
    kind = models.CharField(max_length=9, choices=PersonKind)
    one_id = models.UUIDField(help_text="The smaller of the two ids.")
    other_id = models.UUIDField()
    reason = models.CharField(max_length=300)
    by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    at = models.DateTimeField()
    objects = NotTheSameQuerySet.as_manager()
    privacy = {"clinical": "reason", "operational": "kind one_id other_id at"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one_id__lt=F("other_id")), name="told_apart_in_order"),
            models.UniqueConstraint(
                fields=["one_id", "other_id"], condition=live_q(),
                name="told_apart_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return "Not the same"


def sort_two_ids(one: uuid.UUID, other: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """The pair as it is kept: PostgreSQL orders ids as Python does."""
    return (one, other) if one < other else (other, one)
