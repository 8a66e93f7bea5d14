"""The API of programmes, their sessions and facilitators."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.groups import actions, forms
from interventions.groups.models import Facilitator, GroupSession, Programme
from interventions.groups.roster import of_group
from interventions.groups.views.programmes import known, session_known, sessions, whole
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_page
from pairs.submissions.api import create_once


class GroupSessionOut(serializers.ModelSerializer):
    class Meta:
        model = GroupSession
        fields = [
            "id",
            "programme",
            "starts_at",
            "minutes",
            "location",
            "room",
            "cancelled_at",
            "cancelled_because",
        ]


class FacilitatorOut(serializers.ModelSerializer):
    user = serializers.CharField(source="user.username", default=None)

    class Meta:
        model = Facilitator
        fields = ["id", "programme", "user", "name", "organisation", "until"]


class GroupOut(serializers.ModelSerializer):
    site = serializers.CharField(source="site.code")
    sites = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    intervention = serializers.CharField(source="intervention.code")
    sessions = serializers.SerializerMethodField()
    facilitators = serializers.SerializerMethodField()

    class Meta:
        model = Programme
        fields = [
            "id", "name", "intervention", "site", "sites", "capacity", "closed_on", "closed_because", "sessions",
            "facilitators",
        ]  # fmt: skip

    def get_sessions(self, programme) -> list[dict]:
        return GroupSessionOut([s for s in programme.sessions.all() if not s.is_out_of_sight], many=True).data

    def get_facilitators(self, programme) -> list[dict]:
        held = [each for each in programme.facilitators.all() if not each.is_out_of_sight]
        return FacilitatorOut(held, many=True).data


NEW, CHANGED = Sheet(form=forms.NewGroup), Sheet(form=forms.ChangedGroup)
SESSION, CANCELLATION = Sheet(form=forms.SessionDetails), Sheet(form=forms.Cancellation)
FACILITATOR, NOTHING, CLOSING = (
    Sheet(form=forms.NewFacilitator),
    Sheet(form=forms.Nothing),
    Sheet(form=forms.Closing),
)


def _with_all():
    return whole().prefetch_related("sessions", "facilitators__user")


def _shown(request, pk):
    return GroupOut(fetch(request._request, _with_all(), pk=pk)).data


def _session_shown(request, pk):
    return GroupSessionOut(fetch(request._request, sessions(), pk=pk)).data


def _programme(request, pk):
    may_write = request.method != "GET"
    return of_group(request._request, _with_all(), may_write=may_write, pk=pk)


def _session(request, pk):
    may_write = request.method != "GET"
    return of_group(request._request, sessions(), path="programme", may_write=may_write, pk=pk)


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(NEW, "NewGroup"), responses=GroupOut)
@api_view(["GET", "POST"])
def groups(request):
    """GET: groups of one's sites and those one holds, 50 a page. POST: plan one with its weekly sessions."""
    if request.method == "GET":
        page = fetch_page(request._request, _with_all().order_by("-closed_on", "name", "pk"))
        return Response(
            {"pages": page.paginator.num_pages, "results": GroupOut(page.object_list, many=True).data}
        )
    form, _ = replace(NEW, kwargs={"scope": request._request.scope}).read(request.data)
    return create_once(
        request,
        kind="api-group",
        make=lambda: actions.begin_programme(by=request.user, **form.programme()),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("read_families", PATCH="write_records")
@extend_schema(request=schema_of(CHANGED, "ChangedGroup"), responses=GroupOut)
@api_view(["GET", "PATCH"])
def group(request, programme_id):
    """GET: one group with its sessions and facilitators. PATCH: its name, sites and places."""
    found = _programme(request, programme_id)
    if request.method == "PATCH":
        form = CHANGED.read_over(known(found), request.data)
        actions.change_programme(programme=found, by=request.user, **form.cleaned_data)
    return Response(_shown(request, found.pk))


@policy.permission("write_records")
@extend_schema(request=schema_of(SESSION, "GroupSessionDetails"), responses=GroupSessionOut)
@api_view(["POST"])
def group_sessions(request, programme_id):
    """One session more."""
    found = _programme(request, programme_id)
    form, _ = SESSION.read(request.data)
    return create_once(
        request,
        kind="api-group-session",
        make=lambda: actions.add_session(programme=found, by=request.user, **form.session()),
        show=lambda pk: _session_shown(request, pk),
    )


@policy.permission("read_families", PATCH="write_records")
@extend_schema(request=schema_of(SESSION, "GroupSessionChange"), responses=GroupSessionOut)
@api_view(["GET", "PATCH"])
def group_session(request, group_session_id):
    """GET: one session. PATCH: another time or place, while nobody is registered."""
    found = _session(request, group_session_id)
    if request.method == "PATCH":
        form = SESSION.read_over(session_known(found), request.data)
        actions.move_session(session=found, by=request.user, **form.session())
    return Response(_session_shown(request, found.pk))


@policy.permission("write_records")
@extend_schema(request=schema_of(CANCELLATION, "Cancellation"), responses=GroupSessionOut)
@api_view(["POST"])
def cancellation(request, group_session_id):
    """We cancel the session: each family's record says so from its day on."""
    found = _session(request, group_session_id)
    form, _ = CANCELLATION.read(request.data)
    return create_once(
        request,
        kind="api-group-cancellation",
        make=lambda: actions.cancel_session(session=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _session_shown(request, pk),
    )


def _facilitator_shown(request, pk):
    return FacilitatorOut(fetch(request._request, Facilitator.objects.select_related("user"), pk=pk)).data


@policy.permission("write_records")
@extend_schema(request=schema_of(FACILITATOR, "NewFacilitator"), responses=FacilitatorOut)
@api_view(["POST"])
def facilitators(request, programme_id):
    """One more who holds the group: a colleague, or a partner of another service by name."""
    found = _programme(request, programme_id)
    form, _ = FACILITATOR.read(request.data)
    return create_once(
        request,
        kind="api-facilitator",
        make=lambda: actions.add_facilitator(programme=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _facilitator_shown(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=schema_of(NOTHING, "FacilitatorEnding"), responses=FacilitatorOut)
@api_view(["POST"])
def facilitator_ending(request, facilitator_id):
    """They no longer hold the group."""
    records = Facilitator.objects.select_related("programme", "user")
    found = of_group(request._request, records, path="programme", may_write=True, pk=facilitator_id)
    NOTHING.read(request.data)
    return create_once(
        request,
        kind="api-facilitator-ending",
        make=lambda: actions.end_facilitator(facilitator=found, by=request.user),
        show=lambda pk: _facilitator_shown(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=schema_of(CLOSING, "GroupClosing"), responses=GroupOut)
@api_view(["POST"])
def closing(request, programme_id):
    """Close the group: every place ends with it, and sessions still to come are cancelled."""
    found = _programme(request, programme_id)
    form, _ = CLOSING.read(request.data)
    return create_once(
        request,
        kind="api-group-closing",
        make=lambda: actions.close_programme(programme=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )
