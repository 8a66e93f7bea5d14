"""The API of changes of lead and of absences."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from interventions.workforce import record_forms
from interventions.workforce.models import Absence, LeadChange
from pairs.access import policy
from pairs.api.views import ActionApi, ListApi, RecordApi


class LeadChangeOut(serializers.ModelSerializer):
    class Meta:
        model = LeadChange
        fields = ["id", "episode", "before", "lead", "since", "why"]


@policy.permission("read_families", POST="write_records")
class LeadChangeList(record_forms.ChangeLead, ListApi):
    """GET: the episode's changes of lead. POST: change the lead."""

    serializer_class = LeadChangeOut

    def get_rows(self) -> QuerySet[Any]:
        return LeadChange.objects.filter(episode=self.record)


class AbsenceOut(serializers.ModelSerializer):
    class Meta:
        model = Absence
        fields = ["id", "site", "person", "starts_on", "ends_on", "cover", "cancelled_at"]


@policy.permission("write_records", "supervise")
class AbsenceList(record_forms.RecordAbsence, ListApi):
    """GET: absences under way and to come. POST: record an absence."""

    serializer_class = AbsenceOut

    def get_rows(self) -> QuerySet[Any]:
        return Absence.objects.standing().unended(timezone.localdate())


@policy.permission("write_records", "supervise", PATCH=("write_records", "supervise"))
class AbsenceDetail(record_forms.ChangeAbsence, RecordApi):
    """GET: an absence. PATCH: other days or another cover."""

    serializer_class = AbsenceOut


@policy.permission("write_records", "supervise")
class AbsenceCancelling(record_forms.CancelAbsence, ActionApi):
    """Cancel an absence: their work is theirs again at once."""

    serializer_class = AbsenceOut
