"""The API of supervision: agreements, agendas, sessions, what is planned, and decisions."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from interventions.supervision import record_forms
from interventions.supervision.frequency import annotate_standing, read_standing
from interventions.supervision.models import (
    AgendaItem,
    CaseDecision,
    PlannedSupervision,
    SupervisionAgreement,
    SupervisionSession,
)
from interventions.supervision.review_forms import ReviewCaseload
from interventions.supervision.session_agenda import build_agenda, load_caseload_agenda
from pairs.access import policy
from pairs.access.visible_records import get_visible_or_404
from pairs.api.views import ActionApi, ListApi, RecordApi

AGREEMENT_FIELDS = [
    "id", "site", "supervisor", "supervisee", "kind", "every_days", "minutes", "under_twos_since",
    "working_percent", "starts_on", "ends_on",
]  # fmt: skip


class AgreementOut(serializers.ModelSerializer):
    class Meta:
        model = SupervisionAgreement
        fields = AGREEMENT_FIELDS


class AgreementStandingOut(serializers.ModelSerializer):
    """With where it stands today."""

    next_at = serializers.DateTimeField(allow_null=True)
    due_on = serializers.SerializerMethodField()
    overdue_days = serializers.SerializerMethodField()

    class Meta:
        model = SupervisionAgreement
        fields = [*AGREEMENT_FIELDS, "next_at", "due_on", "overdue_days"]

    def get_due_on(self, agreement: Any) -> str:
        return read_standing(agreement, timezone.localdate()).due_on.isoformat()

    def get_overdue_days(self, agreement: Any) -> int:
        return read_standing(agreement, timezone.localdate()).overdue_days


@policy.permission("write_records", "supervise", POST="supervise")
class AgreementList(record_forms.AgreeSupervision, ListApi):
    """GET: agreements under way, with who is overdue. POST: agree how often somebody has supervision."""

    serializer_class = AgreementStandingOut
    created_class = AgreementOut

    def get_rows(self) -> QuerySet[Any]:
        rows = SupervisionAgreement.objects.visible_to(self.request.scope).going_on(timezone.localdate())
        return annotate_standing(rows.order_by("starts_on", "pk"), timezone.now())


@policy.permission("write_records", "supervise", PATCH="supervise")
class AgreementDetail(record_forms.ChangeAgreement, RecordApi):
    """GET: an agreement. PATCH: another frequency, other hours, or its last day."""

    serializer_class = AgreementOut


class ReasonOut(serializers.Serializer):
    kind = serializers.CharField()
    why = serializers.CharField()
    since = serializers.DateField()


class AgendaFamilyOut(serializers.Serializer):
    """A family of the caseload, and why to talk about it."""

    family = serializers.UUIDField(source="family.pk")
    episode = serializers.UUIDField()
    name = serializers.CharField(source="line.name")
    reasons = ReasonOut(many=True)


@policy.permission("write_records", "supervise")
class AgreementAgenda(ListApi):
    """GET: the families of the supervisee's caseload, the most concern first, each with the reasons."""

    serializer_class = AgendaFamilyOut

    def get_records(self) -> QuerySet[Any]:
        return SupervisionAgreement.objects.all()

    def get_rows(self) -> list[Any]:
        return load_caseload_agenda(self.request, [self.record.supervisee_id], timezone.localdate())


class AgendaItemOut(serializers.ModelSerializer):
    class Meta:
        model = AgendaItem
        fields = ["id", "agreement", "raised_by", "text", "created_at", "closed_at"]


@policy.permission("write_records", "supervise")
class AgendaItemList(record_forms.AddAgendaItem, ListApi):
    """GET: what either of the two wants to raise; nobody else reads it. POST: add to it."""

    serializer_class = AgendaItemOut

    def get_rows(self) -> QuerySet[Any]:
        return AgendaItem.objects.open().filter(agreement=self.record)


@policy.permission("write_records", "supervise")
class ItemClosing(record_forms.CloseAgendaItem, ActionApi):
    """Take an item off the agenda."""

    serializer_class = AgendaItemOut


class SessionOut(serializers.ModelSerializer):
    """That it was; what was said about the worker is not among it."""

    class Meta:
        model = SupervisionSession
        fields = ["id", "site", "supervisor", "supervisee", "kind", "held_on", "minutes", "together"]


@policy.permission("write_records", "supervise", POST="supervise")
class SessionList(record_forms.RecordSupervision, ListApi):
    """GET: sessions held, newest first. POST: record one, with what was decided about families and the next date."""

    serializer_class = SessionOut

    def get_rows(self) -> QuerySet[Any]:
        return SupervisionSession.objects.order_by("-held_on", "pk")


class PlannedOut(serializers.ModelSerializer):
    class Meta:
        model = PlannedSupervision
        fields = [
            "id", "site", "supervisor", "supervisee", "kind", "starts_at", "minutes", "together",
            "cancelled_at", "held_as",
        ]  # fmt: skip


@policy.permission("write_records", "supervise", POST="supervise")
class PlannedList(record_forms.PlanSupervision, ListApi):
    """GET: sessions that are planned. POST: plan one."""

    serializer_class = PlannedOut

    def get_rows(self) -> QuerySet[Any]:
        return PlannedSupervision.objects.standing()


@policy.permission("supervise")
class Cancelling(record_forms.CancelSupervision, ActionApi):
    """Cancel a session that one was to give."""

    serializer_class = PlannedOut


class DecisionOut(serializers.ModelSerializer):
    class Meta:
        model = CaseDecision
        fields = [
            "id", "session", "reviewed_by", "reviewed_on", "family", "decision", "action", "do_by", "done_at",
            "owner",
        ]  # fmt: skip


class ReviewRowOut(AgendaFamilyOut):
    """With when they were last seen, and the next visit that is booked."""

    site = serializers.CharField()
    opened_on = serializers.DateField()
    days_since_seen = serializers.IntegerField(allow_null=True)
    next_at = serializers.DateTimeField(allow_null=True)


@policy.permission("supervise")
class CaseloadReview(ReviewCaseload, ListApi):
    """GET: a colleague's families at the sites one supervises, the most concern first. POST: decide about one."""

    serializer_class = ReviewRowOut
    created_class = DecisionOut

    def get_rows(self) -> list[Any]:
        return build_agenda(self.episodes, self.on)

    def get_shown_record(self, pk: UUID) -> CaseDecision:
        return get_visible_or_404(self.request, CaseDecision.objects.all(), pk=pk)


@policy.permission("write_records")
class DecisionFinishing(record_forms.FinishDecision, ActionApi):
    """Mark what supervision decided as done."""

    serializer_class = DecisionOut


@policy.permission("write_records")
class DecisionReopening(record_forms.ReopenDecision, ActionApi):
    """It was marked as done by mistake."""

    serializer_class = DecisionOut
