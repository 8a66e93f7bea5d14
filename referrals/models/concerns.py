"""The relationship concerns that can be named, in two voices."""

from django.db import models
from django.db.models import Q

from pairs.database.history import tracked


class ConcernQuerySet(models.QuerySet):
    def offered(self) -> "ConcernQuerySet":
        """What a form offers: neither retired nor reworded since."""
        return self.filter(retired_on=None)


@tracked
class Concern(models.Model):
    """A relationship concern in two voices, the family's and the professional's. Retired, never deleted.

    Other words are another version of the same code: what was ticked in a referral keeps the words it had.
    """

    code = models.SlugField()
    version = models.PositiveSmallIntegerField(default=1)
    family_voice = models.CharField(max_length=120)
    professional_voice = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)
    objects = ConcernQuerySet.as_manager()
    privacy = {"public": "code version family_voice professional_voice order retired_on"}

    class Meta:
        ordering = ["order", "code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="concern_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(retired_on=None), name="one_wording_offered"
            ),
        ]

    def __str__(self) -> str:
        return self.professional_voice
