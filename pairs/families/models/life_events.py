"""What the law or a mistake changes in a child's record: an adoption, and a loss that was recorded wrongly."""

from django.conf import settings
from django.db import models

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.choices import Loss
from pairs.families.models.family import Family
from pairs.families.models.people import Infant


class AdoptionQuerySet(RecordQuerySet):
    def including_sealed(self, scope: Scope) -> "AdoptionQuerySet":
        """For governance of the site that held the birth family, and nobody else."""
        return self.filter(family__site__in=scope.sites("govern_records"))


@tracked
class Adoption(Record):
    """The one pointer between a birth identity and the child's record after adoption.

    It is sealed from the start, and so is the birth identity: no page but governance's ever follows it.
    """

    family = ProtectedKey(Family, related_name="adoptions")
    birth_infant = models.OneToOneField(Infant, on_delete=models.PROTECT, related_name="+")
    new_infant = models.OneToOneField(Infant, on_delete=models.PROTECT, related_name="+")
    adopted_on = models.DateField()
    recorded_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    sealed_rows = models.JSONField(default=dict, help_text="Ids of what was sealed with it, by table.")
    objects = AdoptionQuerySet.as_manager()
    privacy = {"sensitive": "adopted_on", "operational": "sealed_rows"}

    def __str__(self) -> str:
        return f"Adoption of {self.adopted_on}"


@tracked
class UndoneLoss(Record):
    """A loss that was recorded by mistake: what had been said, why it was taken back, and by whom."""

    family = ProtectedKey(Family, related_name="undone_losses")
    infant = ProtectedKey(Infant, related_name="undone_losses")
    loss = models.CharField(max_length=12, choices=Loss)
    lost_on = models.DateField()
    reason = models.CharField(max_length=300)
    undone_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    privacy = {"sensitive": "loss lost_on", "clinical": "reason"}

    def __str__(self) -> str:
        return f"{self.get_loss_display()} of {self.lost_on}, taken back"
