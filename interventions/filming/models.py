"""Cycles of filming and shared review. No video is stored here: only where it is kept, and until when."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from interventions.episodes.models import Episode, Intervention
from interventions.filming.rules import Recording, get_deletion_due_date, get_film_stage
from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Caregiver, Dyad


class FilmCycleQuerySet(RecordQuerySet):
    def recordings(self) -> "FilmCycleQuerySet":
        """Cycles whose recording exists."""
        return self.filter(filmed_on__isnull=False, deleted_on=None)

    def sealed_away(self, scope: Scope) -> "FilmCycleQuerySet":
        """For information governance: cycles in records sealed by adoption; recordings may still exist."""
        sites = scope.sites("govern_records")
        return self.sealed().valid().filter(episode__family__site__in=sites)

    def with_names(self) -> "FilmCycleQuerySet":
        return self.select_related(
            "episode", "dyad__infant", "dyad__caregiver", "intervention", "consent_by", "copy_given_to",
            "deleted_by",
        )  # fmt: skip

    def newest_first(self) -> "FilmCycleQuerySet":
        return self.order_by("-consented_on", "-number", "id")


@tracked
class FilmCycle(Record):
    """One cycle: consent, a film of infant and carer, a shared review, and the deletion of the recording."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="films")
    dyad = ProtectedKey(Dyad, related_name="films")
    intervention = ProtectedKey(Intervention, related_name="films")
    number = models.PositiveSmallIntegerField(help_text="Which cycle of this relationship in this episode.")
    consent_by = ProtectedKey(Caregiver, related_name="film_consents")
    consented_on = models.DateField()
    consent_for = models.CharField(max_length=300, help_text="What was agreed to, in the family's words.")
    withdrawn_on = models.DateField(null=True, blank=True)
    filmed_on = models.DateField(null=True, blank=True)
    kept_where = models.CharField(max_length=200, blank=True, help_text="A place, never the film itself.")
    delete_by = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    deleted_on = models.DateField(null=True, blank=True)
    deleted_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    copy_given_to = ProtectedKey(Caregiver, null=True, related_name="films_kept")
    recorded_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = FilmCycleQuerySet.as_manager()
    privacy = {
        "clinical": "number consented_on consent_for withdrawn_on filmed_on reviewed_on",
        "operational": "kept_where delete_by deleted_on",
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["delete_by"],
                condition=Q(filmed_on__isnull=False, deleted_on=None),
                name="recordings_we_hold",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(filmed_on=None, delete_by=None, kept_where="")
                | (
                    Q(filmed_on__gte=F("consented_on"), delete_by__gte=F("filmed_on"))
                    & Q(filmed_on__isnull=False, delete_by__isnull=False)
                    & ~Q(kept_where="")
                ),
                name="a_film_is_kept_somewhere_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on=None) | Q(filmed_on__isnull=False, reviewed_on__gte=F("filmed_on")),
                name="only_a_film_is_watched",
            ),
            models.CheckConstraint(
                condition=Q(deleted_on=None, deleted_by=None)
                | Q(filmed_on__isnull=False, deleted_by__isnull=False, deleted_on__gte=F("filmed_on")),
                name="a_deletion_is_of_a_film_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("consented_on")),
                name="consent_is_withdrawn_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"Cycle {self.number}"

    @property
    def site_id(self) -> UUID:
        return self.episode.site_id

    @property
    def recording(self) -> Recording:
        """The dates that the rules need."""
        names = Recording.__dataclass_fields__
        return Recording(**{name: getattr(self, name) for name in names})

    @property
    def stage(self) -> str:
        return get_film_stage(self.recording)

    @property
    def due_on(self) -> date | None:
        """The day from which its recording is due to be deleted."""
        return get_deletion_due_date(self.recording)
