"""Where else families can turn: the signposting directory, kept by place."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from pairs.database.history import tracked
from pairs.service.models import Place
from pairs.web.typed_text import PHONE_LENGTH

DIRECTORY_KEEPERS = ("supervise", "manage_accounts")
DIRECTORY_READERS = ("triage_referrals", "read_families", "manage_accounts")


class DestinationQuerySet(models.QuerySet):
    def visible_to(self, scope: Any) -> "DestinationQuerySet":
        """Read by whoever triages or works with families, and by administrators, who keep it with supervisors."""
        return self if scope.may(*DIRECTORY_READERS) else self.none()

    def with_places(self) -> "DestinationQuerySet":
        """As the directory lists them: one more query for the districts."""
        return self.prefetch_related("places").order_by("name")

    def offered(self) -> "DestinationQuerySet":
        return self.filter(retired_on=None)

    def for_place(self, place: Place | None) -> "DestinationQuerySet":
        """Those of the place, and those that are for everywhere; all of them where the place is not known."""
        return self.offered().of_place(place) if place else self.offered()

    def of_place(self, place: Place) -> "DestinationQuerySet":
        """The same, the retired ones among them."""
        return self.filter(Q(places=place) | Q(places=None)).distinct()


@tracked
class Destination(models.Model):
    """A service, group or person a family can be pointed to. Retired, never deleted: letters name it."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    offers = models.CharField(max_length=300, help_text="What families get there, in plain words.")
    phone = models.CharField(max_length=PHONE_LENGTH, blank=True)
    website = models.URLField(blank=True)
    email = models.EmailField(blank=True)
    how_to_start = models.CharField(
        max_length=200, blank=True, help_text="Such as: ring, or ask your health visitor."
    )
    places = models.ManyToManyField(
        Place, blank=True, related_name="destinations", help_text="None: everywhere."
    )
    checked_on = models.DateField(null=True, blank=True, help_text="When this entry was last checked.")
    retired_on = models.DateField(null=True, blank=True)
    objects = DestinationQuerySet.as_manager()
    privacy = {
        "public": "name offers phone website email how_to_start places",
        "operational": "checked_on retired_on",
    }

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@tracked
class DestinationPlace(Destination.places.through):
    """For which places it was kept: history of the list."""

    class Meta:
        proxy = True
