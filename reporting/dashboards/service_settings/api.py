"""The API of sites and districts, for an administrator: through the pages' own forms."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ActionApi, ListApi, RecordApi
from pairs.geography.models import ImportRun
from pairs.service.models import Place, Site
from reporting.dashboards.service_settings import record_forms


class SiteSettingsOut(serializers.ModelSerializer):
    """A site with its days; a planned one has no ``opens_on``."""

    class Meta:
        model = Site
        fields = ["id", "code", "name", "is_hub", "opens_on", "closes_on"]


class PlaceSettingsOut(serializers.ModelSerializer):
    """A district, and the code of the site that serves it."""

    covering_site = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Place
        fields = ["id", "code", "name", "lad_code", "covering_site"]


@policy.permission("manage_accounts", POST="manage_accounts")
class SiteSettingsList(record_forms.AddSite, ListApi):
    """GET: every site, open, planned or closed. POST: add a satellite."""

    serializer_class = SiteSettingsOut

    def get_rows(self) -> QuerySet[Any]:
        return Site.objects.order_by("-is_hub", "opens_on", "name")


@policy.permission("manage_accounts", PATCH="manage_accounts")
class SiteSettingsDetail(record_forms.ChangeSite, RecordApi):
    """GET: one site. PATCH: change its name, opening date or last day."""

    serializer_class = SiteSettingsOut


@policy.permission("manage_accounts")
class PlaceSettingsList(ListApi):
    """Every district with the site that serves it."""

    serializer_class = PlaceSettingsOut

    def get_rows(self) -> QuerySet[Any]:
        return Place.objects.select_related("covering_site").order_by("name")


@policy.permission("manage_accounts", PATCH="manage_accounts")
class PlaceSettingsDetail(record_forms.ChangePlace, RecordApi):
    """GET: one district. PATCH: change which site serves it."""

    serializer_class = PlaceSettingsOut


class ImportRunOut(serializers.ModelSerializer):
    """A check or taking of an official file: ``status`` of its job, ``progress`` in per cent, and its result."""

    status = serializers.CharField(source="job.status")
    progress = serializers.IntegerField(source="job.progress")

    class Meta:
        model = ImportRun
        fields = [
            "id",
            "kind",
            "file_name",
            "takes",
            "partial",
            "asked_at",
            "status",
            "progress",
            "refusal",
            "result",
        ]


@policy.permission("manage_accounts", POST="manage_accounts")
class ImportRunList(record_forms.CheckFile, ListApi):
    """GET: official files checked and taken, newest first. POST: check a file of the folder, which changes nothing."""

    serializer_class = ImportRunOut

    def get_rows(self) -> QuerySet[Any]:
        return ImportRun.objects.newest_first()


@policy.permission("manage_accounts")
class ImportRunTaking(record_forms.TakeFile, ActionApi):
    """Take the file of a check: what would change is changed."""

    serializer_class = ImportRunOut
