"""The API of changes of lead, of absences, and of work that is handed over."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from interventions.workforce import hand_over_record_forms, record_forms
from interventions.workforce.models import Absence, HandOver, LeadChange
from pairs.access import policy
from pairs.access.visible_records import get_visible_or_404
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


class HandOverOut(serializers.ModelSerializer):
    """Whose work was handed over, by whom and why, and whether that was undone."""

    class Meta:
        model = HandOver
        fields = ["id", "leaver", "by", "at", "why", "undone_at", "undone_by"]


@policy.permission("supervise", "manage_accounts")
class HandOverList(ListApi):
    """Hand-overs, newest first."""

    serializer_class = HandOverOut

    def get_rows(self) -> QuerySet[Any]:
        return HandOver.objects.all()


class PossibleHolderOut(serializers.Serializer):
    """Someone who may take it, with the number of families that they lead."""

    id = serializers.UUIDField(source="person_id")
    name = serializers.CharField()
    families = serializers.IntegerField(source="load")
    is_away = serializers.BooleanField()


class HeldRowOut(serializers.Serializer):
    """One thing that a colleague holds; ``what`` names it in a hand-over, ``proposed`` is who we would ask."""

    what = serializers.CharField(source="key")
    kind = serializers.CharField(source="work.one")
    described = serializers.CharField(source="describe")
    site = serializers.UUIDField(source="site_id", allow_null=True)
    family = serializers.UUIDField(source="family_id", allow_null=True)
    goes_along = serializers.ListField(child=serializers.CharField(), source="describe_goes_along")
    may_end = serializers.BooleanField()
    proposed = serializers.UUIDField(allow_null=True)
    people = PossibleHolderOut(many=True)


@policy.permission("supervise", "manage_accounts")
class ColleagueWorkList(hand_over_record_forms.HandOverWork, ListApi):
    """GET: what a colleague holds. POST: hand over the rows that are sent, all at once; returns the hand-over."""

    serializer_class, created_class = HeldRowOut, HandOverOut

    def get_rows(self) -> list[Any]:
        return self.held

    def get_shown_record(self, pk: UUID) -> Any:
        return get_visible_or_404(self.request, self.get_shown_records(), pk=pk)


@policy.permission("supervise", "manage_accounts")
class HandOverUndoing(hand_over_record_forms.UndoHandOver, ActionApi):
    """Undo a hand-over: everything goes back, except what has been changed since."""

    serializer_class = HandOverOut
