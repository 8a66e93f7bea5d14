"""What forms of the API take by id or by code: sites, districts and colleagues."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ListApi
from pairs.service.models import Place, Site, User


class SiteOut(serializers.ModelSerializer):
    """A site: forms take its ``code``."""

    class Meta:
        model = Site
        fields = ["id", "code", "name"]


class PlaceOut(serializers.ModelSerializer):
    """A district: forms take its ``code``."""

    class Meta:
        model = Place
        fields = ["id", "code", "name"]


class ColleagueOut(serializers.ModelSerializer):
    """Somebody with an account: forms take the ``id``, and records name people by it."""

    name = serializers.CharField(source="display_name")

    class Meta:
        model = User
        fields = ["id", "username", "name"]


@policy.signed_in
class SiteList(ListApi):
    """The sites that are open today."""

    serializer_class = SiteOut

    def get_rows(self) -> list[Any]:
        return list(Site.objects.open_on(timezone.localdate()).order_by("name"))


@policy.signed_in
class PlaceList(ListApi):
    """The districts that the service covers."""

    serializer_class = PlaceOut

    def get_rows(self) -> list[Any]:
        return list(Place.objects.order_by("name"))


@policy.permission("read_families", "triage_referrals", "govern_records")
class ColleagueList(ListApi):
    """Who works at your sites, by name."""

    serializer_class = ColleagueOut

    def get_rows(self) -> list[Any]:
        sites = self.request.scope.sites("read_families", "triage_referrals", "govern_records")
        colleagues = User.objects.with_permission(
            "read_families", "write_records", "triage_referrals", at=sites
        )
        return list(colleagues)
