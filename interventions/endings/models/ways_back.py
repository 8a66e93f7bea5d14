"""Return cards: how a family can come back to a site, in any language."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.service.models import Site
from pairs.web.typed_text import PHONE_LENGTH

ENGLISH = "English"


class WayBackQuerySet(models.QuerySet):
    def visible_to(self, scope: Any) -> "WayBackQuerySet":
        """All cards, for anybody who works with families; a card says nothing about a family."""
        return self if scope.may("read_families") else self.none()

    def in_order(self) -> "WayBackQuerySet":
        """Site by site, English first."""
        english = models.Case(models.When(language=ENGLISH, then=0), default=1)
        return self.select_related("site").order_by("-site__is_hub", "site__name", english, "language")

    def phone_of(self, site_id: uuid.UUID) -> str:
        """The site's phone number, or the service's if the site has no card."""
        cards = self.filter(site=site_id).in_order()
        return cards.values_list("phone", flat=True).first() or settings.SERVICE_PHONE


@tracked
class WayBack(models.Model):
    """The return card of one site in one language: whom to ring, in plain words. It names no family."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = ProtectedKey(Site, related_name="ways_back")
    language = models.CharField(max_length=60, default=ENGLISH)
    title = models.CharField(max_length=80)
    words = models.CharField(
        max_length=400, help_text="Such as: you can come back at any time. Ring and say…"
    )
    phone = models.CharField(max_length=PHONE_LENGTH)
    hours = models.CharField(max_length=120, blank=True, help_text="When the phone is answered.")
    objects = WayBackQuerySet.as_manager()
    privacy = {"public": "site language title words phone hours"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "language"], name="one_card_a_site_and_language"),
        ]

    def __str__(self) -> str:
        return f"{self.site}, {self.language}"
