"""API of programmes, their sessions and facilitators."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from interventions.groups import record_forms
from interventions.groups.models import Facilitator, GroupSession, GroupSignOff, Programme
from interventions.groups.record_forms import query_full_programmes
from interventions.groups.session_warnings import list_session_warnings
from pairs.access import policy
from pairs.api.views import ActionApi, ApiView, ListApi, RecordApi


class GroupSessionOut(serializers.ModelSerializer):
    class Meta:
        model = GroupSession
        fields = [
            "id", "programme", "starts_at", "minutes", "location", "room", "cancelled_at", "cancelled_because",
        ]  # fmt: skip


class WarnedOut(serializers.Serializer):
    """Something that was saved; ``warnings``: clashes of that time, which forbid nothing."""

    warnings = serializers.SerializerMethodField()

    def get_warnings(self, row: Any) -> list[str]:
        return list(self.context.get("warnings", ()))


class WarnedSessionOut(WarnedOut, GroupSessionOut):
    class Meta(GroupSessionOut.Meta):
        fields = [*GroupSessionOut.Meta.fields, "warnings"]


class FacilitatorOut(serializers.ModelSerializer):
    """``user``: a colleague; else ``name`` and ``organisation`` say who it is."""

    class Meta:
        model = Facilitator
        fields = ["id", "programme", "user", "name", "organisation", "until"]


class WarnedFacilitatorOut(WarnedOut, FacilitatorOut):
    class Meta(FacilitatorOut.Meta):
        fields = [*FacilitatorOut.Meta.fields, "warnings"]


class GroupOut(serializers.ModelSerializer):
    """A group, with the sessions and facilitators that stand."""

    site = serializers.CharField(source="site.code")
    sites = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    intervention = serializers.CharField(source="intervention.code")
    sessions = GroupSessionOut(many=True)
    facilitators = FacilitatorOut(many=True)  # rows come from query_full_programmes

    class Meta:
        model = Programme
        fields = [
            "id", "name", "intervention", "site", "sites", "capacity", "closed_on", "closed_because", "sessions",
            "facilitators",
        ]  # fmt: skip


class PlannedGroupOut(WarnedOut, GroupOut):
    class Meta(GroupOut.Meta):
        fields = [*GroupOut.Meta.fields, "warnings"]


class WarnedAnswer(ApiView):
    """Answers what was saved with what its page warns of before it is saved."""

    warned: Sequence[str] = ()

    def save(self, form: Any) -> Any:
        self.warned = self.list_warnings(form)
        return super().save(form)

    def get_serializer_context(self) -> dict[str, Any]:
        return super().get_serializer_context() | {"warnings": self.warned}


class GroupAnswer(ApiView):
    """Answers a group."""

    serializer_class = GroupOut

    def get_shown_records(self) -> QuerySet[Any]:
        return query_full_programmes()


@policy.permission("read_families", POST="write_records")
class GroupList(WarnedAnswer, GroupAnswer, record_forms.PlanGroup, ListApi):
    """GET: groups of your sites and those you facilitate, open ones first. POST: plan a weekly group."""

    created_class = PlannedGroupOut

    def get_rows(self) -> QuerySet[Any]:
        return query_full_programmes().order_by("-closed_on", "name", "pk")


@policy.permission("read_families", PATCH="write_records")
class GroupDetail(GroupAnswer, record_forms.ChangeGroup, RecordApi):
    """GET: one group with its sessions and facilitators. PATCH: change its name, sites and capacity."""

    def get_records(self) -> QuerySet[Any]:
        return query_full_programmes()


class GroupSignOffOut(serializers.ModelSerializer):
    """How a group is delivered by facilitators without the competence, and who signed that off."""

    class Meta:
        model = GroupSignOff
        fields = [
            "id", "programme", "arrangement", "by_colleague", "by_outside", "note", "signed_by", "created_at",
        ]  # fmt: skip


@policy.permission("read_families", POST="supervise")
class GroupSignOffList(record_forms.SignOffGroup, ListApi):
    """GET: sign-offs of a group, newest first. POST: sign off how its facilitators deliver it."""

    serializer_class = GroupSignOffOut

    def get_rows(self) -> QuerySet[Any]:
        return GroupSignOff.objects.filter(programme=self.record)


@policy.permission("write_records")
class GroupClosing(GroupAnswer, record_forms.CloseGroup, ActionApi):
    """Close the group; every place ends, and coming sessions are cancelled."""


@policy.permission("write_records")
class GroupSessionAddition(WarnedAnswer, record_forms.AddSession, ActionApi):
    """Add a session to the group."""

    serializer_class = WarnedSessionOut


@policy.permission("read_families", PATCH="write_records")
class GroupSessionDetail(WarnedAnswer, record_forms.MoveSession, RecordApi):
    """GET: one session. PATCH: change the time or place of a coming one."""

    serializer_class = WarnedSessionOut

    def get_serializer_context(self) -> dict[str, Any]:
        """Of a session that is only read: what stands against its time now."""
        context, session = super().get_serializer_context(), self.record
        if self.request.method == "GET" and session.cancelled_at is None:
            time = (session.starts_at, session.minutes)
            context["warnings"] = list_session_warnings(session.programme, time)
        return context


@policy.permission("write_records")
class GroupSessionCancellation(record_forms.CancelSession, ActionApi):
    """Cancel the session; on its day each family's record says so."""

    serializer_class = GroupSessionOut


@policy.permission("write_records")
class FacilitatorAddition(WarnedAnswer, record_forms.AddFacilitator, ActionApi):
    """Add a facilitator, who is a colleague, or a partner from another service by name."""

    serializer_class = WarnedFacilitatorOut


@policy.permission("write_records")
class FacilitatorEnding(record_forms.EndFacilitator, ActionApi):
    """End a facilitator's role in the group."""

    serializer_class = FacilitatorOut
