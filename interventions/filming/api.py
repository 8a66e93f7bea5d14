"""The API of filming: an episode's cycles, and the steps of each."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from interventions.filming import record_forms
from interventions.filming.models import FilmCycle
from interventions.filming.rules import OVER, TO_DELETE, TO_FILM, TO_REVIEW
from pairs.access import policy
from pairs.api.views import ActionApi, ApiView, ListApi, RecordApi


class FilmCycleOut(serializers.ModelSerializer):
    """One cycle; ``stage`` is what comes next."""

    intervention = serializers.CharField(source="intervention.code")
    stage = serializers.ChoiceField(choices=[TO_FILM, TO_REVIEW, TO_DELETE, OVER])

    class Meta:
        model = FilmCycle
        fields = [
            "id", "episode", "dyad", "intervention", "number", "consent_by", "consented_on", "consent_for",
            "withdrawn_on", "filmed_on", "kept_where", "delete_by", "reviewed_on", "deleted_on", "copy_given_to",
            "stage",
        ]  # fmt: skip


class FilmAnswer(ApiView):
    """Answers a cycle of filming."""

    serializer_class = FilmCycleOut

    def get_shown_records(self) -> QuerySet[Any]:
        return FilmCycle.objects.with_names()


@policy.permission("read_families", POST="write_records")
class FilmList(record_forms.BeginCycle, FilmAnswer, ListApi):
    """GET: the episode's cycles of filming, newest first. POST: begin a cycle, with the family's consent."""

    def get_rows(self) -> QuerySet[Any]:
        return FilmCycle.objects.filter(episode=self.record).with_names().newest_first()


@policy.permission("read_families")
class FilmDetail(FilmAnswer, RecordApi):
    """One cycle of filming."""

    def get_records(self) -> QuerySet[Any]:
        return FilmCycle.objects.with_names()


@policy.permission("write_records")
class FilmMade(record_forms.RecordFilming, FilmAnswer, ActionApi):
    """Record that the film was made, where it is kept and until when."""


@policy.permission("write_records")
class FilmReview(record_forms.RecordSharedReview, FilmAnswer, ActionApi):
    """Record the shared review, where the film was watched together with the family."""


@policy.permission("write_records")
class FilmWithdrawal(record_forms.WithdrawConsent, FilmAnswer, ActionApi):
    """Withdraw the family's consent; the recording is then due to be deleted."""


@policy.permission("write_records")
class FilmDeletion(record_forms.RecordDeletion, FilmAnswer, ActionApi):
    """Record that our recording was deleted."""
