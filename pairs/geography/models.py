"""Official reference data: neighbourhoods and their deprivation, postcodes, and where each came from."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pairs.database.fields import ProtectedKey
from pairs.jobs.models import Job


class AreaQuerySet(models.QuerySet["Area"]):
    def newest_first(self) -> "AreaQuerySet":
        return self.order_by("-imd_version")


class Area(models.Model):
    """One LSOA in one release of the English Indices of Deprivation (rank 1 is the most deprived)."""

    privacy = {"public": "lsoa_code imd_version lsoa_name lad_code lad_name imd_rank imd_decile imd_score"}

    lsoa_code = models.CharField(max_length=9)
    imd_version = models.PositiveSmallIntegerField(help_text="The release's year: 2019 or 2025.")
    lsoa_name = models.CharField(max_length=100)
    lad_code = models.CharField(max_length=9)
    lad_name = models.CharField(max_length=100)
    imd_rank = models.PositiveIntegerField()
    imd_decile = models.PositiveSmallIntegerField(help_text="National decile as published, never re-ranked.")
    imd_score = models.DecimalField(max_digits=6, decimal_places=3)

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lsoa_code", "imd_version"], name="area_once_a_release"),
            models.CheckConstraint(condition=Q(imd_decile__range=(1, 10)), name="area_decile_1_to_10"),
            models.CheckConstraint(condition=Q(imd_rank__gte=1), name="area_rank_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.lsoa_name} ({self.imd_version})"


class Postcode(models.Model):
    """A postcode of the ONS directory and the areas its grid point falls in, ended ones included."""

    privacy = {"public": "postcode lsoa_code lad_code icb_code terminated_on"}

    postcode = models.CharField(primary_key=True, max_length=8, help_text="As spoken: FY1 1AA.")
    lsoa_code = models.CharField(max_length=9)
    lad_code = models.CharField(max_length=9)
    icb_code = models.CharField(max_length=9, blank=True, help_text="Blank outside England.")
    terminated_on = models.DateField(null=True, blank=True, help_text="First day of the month it ended.")

    def __str__(self) -> str:
        return self.postcode


class AreaBoard(models.Model):
    """The integrated care board that an LSOA belongs to (ONS look-up)."""

    privacy = {"public": "lsoa_code lsoa_name lad_code icb_code"}

    lsoa_code = models.CharField(primary_key=True, max_length=9)
    lsoa_name = models.CharField(max_length=100)
    lad_code = models.CharField(max_length=9)
    icb_code = models.CharField(max_length=9)

    def __str__(self) -> str:
        return f"{self.lsoa_name}: {self.icb_code}"


class PopulationQuerySet(models.QuerySet["Population"]):
    def of_everyone(self) -> "PopulationQuerySet":
        """By LSOA, whatever the ethnic group."""
        return self.filter(ethnic_group="")

    def by_ethnic_group(self) -> "PopulationQuerySet":
        """By district and ethnic group."""
        return self.exclude(ethnic_group="")


class Population(models.Model):
    """Children aged 0 to 4 who lived in an area in a year: an LSOA, or one ethnic group of a district."""

    privacy = {"public": "area_code area_name lad_code year ethnic_group aged_0_to_4"}

    area_code = models.CharField(
        max_length=9, help_text="An LSOA; a district where an ethnic group is given."
    )
    area_name = models.CharField(max_length=100)
    lad_code = models.CharField(max_length=9)
    year = models.PositiveSmallIntegerField(help_text="Mid-year of an estimate; the year of a census.")
    ethnic_group = models.CharField(
        max_length=10, blank=True, help_text="One of the Census 2021 five groups; blank: everyone."
    )
    aged_0_to_4 = models.PositiveIntegerField()

    objects = PopulationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "ethnic_group", "year"], name="population_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_name} {self.year}: {self.aged_0_to_4}"


class ImportKind(models.TextChoices):
    """Which official file."""

    DEPRIVATION = "deprivation", "Indices of Deprivation, File 7"
    POSTCODES = "postcodes", "ONS postcode directory"
    POPULATION = "population", "ONS population by LSOA and single year of age"
    ETHNICITY = "ethnicity", "Census population aged 0 to 4 by ethnic group and district"
    BOARDS = "boards", "ONS look-up from LSOA to integrated care board"


class Import(models.Model):
    """An official file that was read: it exists only once the rows it brought are in place."""

    privacy = {
        "operational": "kind file_name sha256 layout scope rows_read rows_written rows_outside rows_skipped "
        "skipped started_at finished_at"
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=ImportKind)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    layout = models.CharField(max_length=60, help_text="The published layout it was recognised as.")
    scope = models.CharField(
        max_length=400, help_text="What it replaces: a release, or the postcode areas kept."
    )
    rows_read = models.PositiveIntegerField()
    rows_written = models.PositiveIntegerField()
    rows_outside = models.PositiveIntegerField(help_text="Valid rows of areas that were not asked for.")
    rows_skipped = models.PositiveIntegerField()
    skipped = models.JSONField(
        default=dict, help_text="Rows skipped by reason, and the first of them by line."
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ImportKind.values), name="import_kind_known"),
            models.CheckConstraint(
                condition=Q(finished_at__gte=F("started_at")), name="import_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["kind", "-finished_at"], name="import_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.scope}: {self.file_name}"


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, scope: Any) -> "ImportRunQuerySet":
        """For a system administrator, who keeps the official files."""
        return self if scope.may("manage_accounts") else self.none()

    def newest_first(self) -> "ImportRunQuerySet":
        return self.select_related("job", "asked_by").order_by("-asked_at", "id")


class ImportRun(models.Model):
    """An official file that somebody had checked or taken from a page: who asked, and what came of it."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="import_run")
    kind = models.CharField(max_length=20, choices=ImportKind)
    file_name = models.CharField(max_length=255)
    takes = models.BooleanField(help_text="False: only finds out what would change.")
    partial = models.BooleanField(default=False, help_text="Far fewer rows than are loaded are accepted.")
    checked = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_as"
    )
    asked_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    refusal = models.CharField(max_length=500, blank=True, help_text="Why the file was refused.")
    result = models.JSONField(
        default=dict, help_text="Rows added, changed, removed and skipped; the file's digest."
    )
    objects = ImportRunQuerySet.as_manager()
    privacy = {"operational": "kind file_name takes partial asked_at refusal result"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ImportKind.values), name="import_run_kind_known"),
            models.CheckConstraint(
                condition=Q(takes=True, checked__isnull=False) | Q(takes=False, checked=None),
                name="a_file_is_taken_after_its_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}: {'taken' if self.takes else 'checked'}"

    @property
    def may_be_taken(self) -> bool:
        """A check that found something to change, and has not been acted on."""
        return (
            not self.takes
            and bool(self.result)
            and not self.result["unchanged"]
            and not hasattr(self, "taken_as")
        )
